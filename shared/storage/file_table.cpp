#include "shared/storage/file_table.hpp"

#include <vector>

#include "shared/base/assert.hpp"
#include "shared/crypto/stream.hpp"
#include "shared/storage/query.hpp"
#include "shared/storage/sqlite_store.hpp"

namespace witan::storage {

namespace {

constexpr char k_begin[] = "INSERT INTO file_streams (id, header, bytes, pieces, begun_at) VALUES (?, ?, 0, 0, ?)";
constexpr char k_header[] = "SELECT header FROM file_streams WHERE id = ?";
constexpr char k_unfinished[] = "SELECT bytes, pieces FROM file_streams WHERE id = ? AND address IS NULL";
constexpr char k_add_piece[] = "INSERT INTO file_pieces (stream, number, sealed) VALUES (?, ?, ?)";
constexpr char k_grow[] = "UPDATE file_streams SET bytes = bytes + ?, pieces = pieces + 1 WHERE id = ?";
constexpr char k_finish[] = "UPDATE file_streams SET address = ? WHERE id = ?";
constexpr char k_by_address[] = "SELECT id, bytes, header FROM file_streams WHERE address = ?";
constexpr char k_piece[] = "SELECT sealed FROM file_pieces WHERE stream = ? AND number = ?";
constexpr char k_remove_pieces[] = "DELETE FROM file_pieces WHERE stream = ?";
constexpr char k_remove[] = "DELETE FROM file_streams WHERE id = ?";
constexpr char k_old[] = "SELECT id FROM file_streams WHERE address IS NULL AND begun_at < ?";

Connection& connection_of(Store& store) { return dynamic_cast<SqliteStore&>(store).connection(); }

}  // namespace

std::string file_purpose(const std::string& stream) { return "file " + stream; }

/// The address is a keyed hash: a plain one would let whoever has the file's names guess what is in it.
struct FileTable::Open {
  crypto::SealingStream stream;
  crypto::PieceHash hash;
  std::int64_t pieces = 0;
};

FileTable::FileTable(Store& store, const crypto::Secret& key) : store_(store), key_(key) {}
FileTable::~FileTable() = default;

void FileTable::begin(const std::string& upload, Timestamp at) {
  open_.erase(upload);
  crypto::SealingStream stream(file_purpose(upload), key_);
  Query(connection_of(store_), k_begin, upload, Blob{stream.header()}, static_cast<std::int64_t>(at.time_since_epoch().count())).run();
  open_.emplace(upload, Open{std::move(stream), crypto::PieceHash(crypto::blake2b("address", key_.bytes())), 0});
}

std::optional<std::int64_t> FileTable::received(const std::string& upload) const {
  Query query(connection_of(store_), k_unfinished, upload);
  return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

FileTable::Open& FileTable::open(const std::string& upload, std::int64_t pieces) {
  const auto known = open_.find(upload);
  // More or fewer: a transaction was undone.
  if (known != open_.end() && known->second.pieces == pieces) return known->second;
  open_.erase(upload);
  auto& connection = connection_of(store_);
  std::string header;
  {
    Query query(connection, k_header, upload);
    ASSERT(query.step());
    header = query.text(0);
  }
  crypto::OpeningStream written(file_purpose(upload), header, key_);
  crypto::PieceHash hash(crypto::blake2b("address", key_.bytes()));
  for (std::int64_t number = 0; number < pieces; ++number) {
    Query query(connection, k_piece, upload, number);
    const auto piece = query.step() ? written.open(query.view(0)) : std::nullopt;
    if (!piece) throw std::runtime_error("an upload cannot be read under the present key");
    hash.add(piece->plain);
  }
  return open_.emplace(upload, Open{std::move(written).go_on(), std::move(hash), pieces}).first->second;
}

bool FileTable::append(const std::string& upload, std::int64_t offset, std::string_view piece) {
  ASSERT(piece.size() <= k_file_piece_bytes_max);
  auto& connection = connection_of(store_);
  std::int64_t pieces = 0;
  {
    Query query(connection, k_unfinished, upload);
    if (!query.step() || query.integer(0) != offset) return false;
    pieces = query.integer(1);
  }
  if (piece.empty()) return true;
  auto& file = open(upload, pieces);
  const auto sealed = file.stream.seal(piece, false);
  Query(connection, k_add_piece, upload, pieces, Blob{sealed}).run();
  Query(connection, k_grow, static_cast<std::int64_t>(piece.size()), upload).run();
  file.hash.add(piece);
  ++file.pieces;
  return true;
}

std::optional<std::string> FileTable::finish(const std::string& upload) {
  auto& connection = connection_of(store_);
  std::int64_t pieces = 0;
  {
    Query query(connection, k_unfinished, upload);
    if (!query.step()) return std::nullopt;
    pieces = query.integer(1);
  }
  auto& file = open(upload, pieces);
  const auto address = file.hash.text();
  const auto end = file.stream.seal({}, true);
  open_.erase(upload);
  if (size(address)) {
    remove(upload);
    return address;
  }
  Query(connection, k_add_piece, upload, pieces, Blob{end}).run();
  Query(connection, k_finish, address, upload).run();
  return address;
}

bool FileTable::cancel(const std::string& upload) {
  if (!received(upload)) return false;
  remove(upload);
  return true;
}

void FileTable::remove(const std::string& stream) {
  open_.erase(stream);
  auto& connection = connection_of(store_);
  Query(connection, k_remove_pieces, stream).run();
  Query(connection, k_remove, stream).run();
}

void FileTable::sweep(Timestamp limit) {
  std::vector<std::string> old;
  {
    Query query(connection_of(store_), k_old, static_cast<std::int64_t>(limit.time_since_epoch().count()));
    while (query.step()) old.push_back(query.text(0));
  }
  for (const auto& upload : old) remove(upload);
}

void FileTable::forget(const std::string& address) {
  std::string stream;
  {
    Query query(connection_of(store_), k_by_address, address);
    if (!query.step()) return;
    stream = query.text(0);
  }
  remove(stream);
}

std::optional<std::int64_t> FileTable::size(const std::string& address) const {
  Query query(connection_of(store_), k_by_address, address);
  return query.step() ? std::optional(query.integer(1)) : std::nullopt;
}

FileTable::Read FileTable::read(const std::string& address, const std::function<bool(std::string_view)>& take) const {
  auto& connection = connection_of(store_);
  std::string stream, header;
  {
    Query query(connection, k_by_address, address);
    if (!query.step()) return Read::absent;
    stream = query.text(0);
    header = query.text(2);
  }
  crypto::OpeningStream sealed(file_purpose(stream), header, key_);
  for (std::int64_t number = 0;; ++number) {
    std::optional<crypto::OpeningStream::Piece> piece;
    {
      Query query(connection, k_piece, stream, number);
      piece = query.step() ? sealed.open(query.view(0)) : std::nullopt;
    }
    if (!piece) return Read::damaged;
    if (piece->is_last) return Read::whole;
    if (!take(piece->plain)) return Read::stopped;
  }
}

}  // namespace witan::storage
