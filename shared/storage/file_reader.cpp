#include "shared/storage/file_reader.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/storage/file_table.hpp"
#include "shared/storage/query.hpp"
#include "shared/storage/sqlite_store.hpp"

namespace witan::storage {

namespace {

constexpr char k_of_upload[] = "SELECT id, header FROM file_streams WHERE id = ? AND address IS NULL";
constexpr char k_of_file[] = "SELECT id, header FROM file_streams WHERE address = ?";
constexpr char k_sizes[] = "SELECT length(sealed) FROM file_pieces WHERE stream = ? ORDER BY number";
constexpr char k_piece[] = "SELECT sealed FROM file_pieces WHERE stream = ? AND number = ?";
constexpr std::size_t k_recent_max = 3;  ///< What is looked at goes back and forth between a few places.

Connection& connection_of(Store& store) { return dynamic_cast<SqliteStore&>(store).connection(); }

}  // namespace

std::unique_ptr<FileReader> FileReader::by(Store& store, const crypto::Secret& key, const char* question, const std::string& name) {
  std::string stream, header;
  {
    Query query(connection_of(store), question, name);
    if (!query.step()) return nullptr;
    stream = query.text(0);
    header = query.text(1);
  }
  return std::unique_ptr<FileReader>(new FileReader(store, key, std::move(stream), std::move(header)));
}

std::unique_ptr<FileReader> FileReader::of_upload(Store& store, const crypto::Secret& key, const std::string& upload) {
  return by(store, key, k_of_upload, upload);
}

std::unique_ptr<FileReader> FileReader::of_file(Store& store, const crypto::Secret& key, const std::string& address) {
  return by(store, key, k_of_file, address);
}

FileReader::FileReader(Store& store, const crypto::Secret& key, std::string stream, std::string header) : store_(store), stream_(std::move(stream)) {
  Query query(connection_of(store_), k_sizes, stream_);
  begins_.push_back(0);
  while (query.step()) {
    size_ += static_cast<std::uint64_t>(query.integer(0)) - crypto::k_sealed_bytes_more;
    begins_.push_back(size_);
  }
  before_.emplace_back(file_purpose(stream_), std::move(header), key);
}

std::size_t FileReader::read(std::uint64_t offset, char* to, std::size_t size) {
  std::size_t done = 0;
  while (done < size && offset < size_) {
    const auto after = std::upper_bound(begins_.begin(), begins_.end(), offset);
    const auto number = static_cast<std::size_t>(after - begins_.begin()) - 1;
    const auto copied = piece(number).copy(to + done, size - done, offset - begins_[number]);
    done += copied;
    offset += copied;
  }
  return done;
}

const std::string& FileReader::piece(std::size_t number) {
  for (const auto& [known, plain] : recent_) {
    if (known == number) return plain;
  }
  for (auto next = std::min(number, before_.size() - 1);; ++next) {
    auto stream = before_[next].copy();
    Query query(connection_of(store_), k_piece, stream_, static_cast<std::int64_t>(next));
    auto opened = query.step() ? stream.open(query.view(0)) : std::nullopt;
    if (!opened) throw std::runtime_error("a piece of a file is damaged or gone");
    if (before_.size() == next + 1) before_.push_back(std::move(stream));
    if (next < number) continue;
    if (recent_.size() == k_recent_max) recent_.pop_front();
    recent_.emplace_back(number, std::move(opened->plain));
    return recent_.back().second;
  }
}

}  // namespace witan::storage
