#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/crypto/crypto.hpp"
#include "shared/storage/store.hpp"

namespace witan::storage {

/// A piece of a file at most, so that no one of them needs much memory.
inline constexpr std::size_t k_file_piece_bytes_max = 1024 * 1024;

/// What the key of a stream is worked out for.
std::string file_purpose(const std::string& stream);

/// Files in the service's own database: handed in piece by piece, encrypted at rest, found by what they contain. A file is
/// there once `finish` has committed, whole; what was begun and not finished is seen by nobody, and swept. Used inside of the
/// writer's jobs, or for reading on a store of one's own; belongs to the store's thread.
class FileTable {
 public:
  /// `key` comes from the secrets folder. Without it the files are lost.
  FileTable(Store& store, const crypto::Secret& key);
  ~FileTable();

  /// `upload` is a random name that nobody has used before.
  void begin(const std::string& upload, Timestamp at);
  /// How many bytes have been committed of an upload that is not finished: where to go on after a lost connection.
  std::optional<std::int64_t> received(const std::string& upload) const;
  /// False, and nothing is changed, unless the upload is open and `offset` is what was received so far.
  bool append(const std::string& upload, std::int64_t offset, std::string_view piece);
  /// The file's address, which is the same for the same bytes; nothing when there is no such upload. Each of several equal
  /// files is kept once.
  std::optional<std::string> finish(const std::string& upload);
  /// Removes an upload that is not finished. False when there is none.
  bool cancel(const std::string& upload);
  /// Removes what was begun before `limit` and never finished.
  void sweep(Timestamp limit);
  /// Removes a file that nothing refers to any more.
  void forget(const std::string& address);

  std::optional<std::int64_t> size(const std::string& address) const;
  enum class Read { whole, stopped, absent, damaged };
  /// Gives the pieces in order until `take` says false. What was given before `damaged` is what was handed in, but not all.
  Read read(const std::string& address, const std::function<bool(std::string_view)>& take) const;

 private:
  struct Open;
  /// Where writing the upload stands; worked out from its pieces when it was begun by a process that is gone.
  Open& open(const std::string& upload, std::int64_t pieces);
  void remove(const std::string& stream);

  Store& store_;
  const crypto::Secret& key_;
  std::map<std::string, Open> open_;
};

}  // namespace witan::storage
