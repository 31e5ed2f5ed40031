#pragma once

#include <map>
#include <memory>
#include <string>

#include "shared/contract/files.hpp"
#include "shared/service/engine.hpp"
#include "shared/storage/file_reader.hpp"

namespace witan::service {

/// Takes the next bytes of an upload, in the caller's transaction. Bytes that are not the next ones change nothing.
Result<FilePutReply> take_bytes(const Definition& definition, const FilePut& put, std::string_view bytes, storage::Store& store,
                                Engine& engine, Timestamp now);

/// Gives files out, piece by piece. Has a connection of its own to the service's file; belongs to one thread.
class FileDesk {
 public:
  FileDesk(const Definition& definition, const std::string& store_path)
      : definition_(definition), store_(storage::Store::open(store_path, storage::Store::Mode::read)), rows_(*store_) {}
  /// The reply as text, with the bytes after it. Throws what the storage throws.
  Result<std::string> answer(const FileGet& get, Timestamp now);

 private:
  storage::FileReader* reader_of(const std::string& address);

  const Definition& definition_;
  std::unique_ptr<storage::Store> store_;
  StoreRows rows_;
  struct Open {
    std::unique_ptr<storage::FileReader> reader;
    std::uint64_t used = 0;  ///< Counted up: the one with the least was used longest ago.
  };
  std::map<std::string, Open> readers_;  ///< Of files that are being read, by their addresses.
  std::uint64_t reads_ = 0;
};

}  // namespace witan::service
