#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "shared/crypto/stream.hpp"
#include "shared/storage/store.hpp"

namespace witan::storage {

/// Reads what a FileTable keeps from any place on. A stream is opened in order only, so where it stands before each piece is
/// remembered once it has come there; a few pieces are in memory, never the file. Belongs to the store's thread.
class FileReader {
 public:
  /// What has been handed in so far and is no file yet. Null when there is no such upload.
  static std::unique_ptr<FileReader> of_upload(Store& store, const crypto::Secret& key, const std::string& upload);
  /// Null when there is no such file.
  static std::unique_ptr<FileReader> of_file(Store& store, const crypto::Secret& key, const std::string& address);

  std::uint64_t size() const { return size_; }
  /// Up to `size` bytes from `offset` on; fewer only where it ends. Throws std::runtime_error when a piece is damaged or gone.
  std::size_t read(std::uint64_t offset, char* to, std::size_t size);

 private:
  FileReader(Store& store, const crypto::Secret& key, std::string stream, std::string header);
  static std::unique_ptr<FileReader> by(Store& store, const crypto::Secret& key, const char* question, const std::string& name);
  const std::string& piece(std::size_t number);

  Store& store_;
  std::string stream_;
  std::vector<std::uint64_t> begins_;              ///< Where each piece begins, and where the last one ends.
  std::vector<crypto::OpeningStream> before_;      ///< How the stream stands before each piece, as far as it has come.
  std::deque<std::pair<std::size_t, std::string>> recent_;
  std::uint64_t size_ = 0;
};

}  // namespace witan::storage
