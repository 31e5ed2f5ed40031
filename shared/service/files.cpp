#include "shared/service/files.hpp"

#include <algorithm>

namespace witan::service {

namespace {

constexpr std::size_t k_readers_max = 8;  ///< Each has up to three pieces in memory.

}  // namespace

Result<FilePutReply> take_bytes(const Definition& definition, const FilePut& put, std::string_view bytes, storage::Store& store,
                                Engine& engine, Timestamp now) {
  const auto most = definition.files->may_put(put.upload, put.actor, StoreRows(store));
  if (!most) return std::unexpected(most.error());
  auto& files = engine.files(store);
  const auto received = files.received(put.upload);
  if (bytes.empty() || put.offset != received.value_or(0)) return FilePutReply{received.value_or(0)};
  const auto after = put.offset + static_cast<std::int64_t>(bytes.size());
  if (bytes.size() > k_file_message_bytes_max || after > *most) {
    return reject(ErrorCode::too_large, "More was sent than the file's length, as it was told at first.");
  }
  if (!received) files.begin(put.upload, now);
  files.append(put.upload, put.offset, bytes);
  return FilePutReply{after};
}

storage::FileReader* FileDesk::reader_of(const std::string& address) {
  auto& open = readers_[address];
  if (!open.reader) open.reader = storage::FileReader::of_file(*store_, *definition_.files->key, address);
  open.used = ++reads_;
  if (readers_.size() > k_readers_max) {
    readers_.erase(std::ranges::min_element(readers_, {}, [](const auto& known) { return known.second.used; }));
  }
  return readers_[address].reader.get();
}

Result<std::string> FileDesk::answer(const FileGet& get, Timestamp now) {
  Result<std::string> answered = reject(ErrorCode::not_found);
  store_->consistently([&] {
    const auto address = definition_.files->may_get(get.of, get.number, get.actor, rows_, now);
    if (!address) {
      answered = std::unexpected(address.error());
      return;
    }
    auto* reader = reader_of(*address);
    if (!reader || get.offset < 0) return;
    std::string bytes(k_file_message_bytes_max, '\0');
    bytes.resize(reader->read(static_cast<std::uint64_t>(get.offset), bytes.data(), bytes.size()));
    answered = with_bytes(ok_reply(codec::encode(FileGetReply{static_cast<std::int64_t>(reader->size())})), bytes);
  });
  return answered;
}

}  // namespace witan::service
