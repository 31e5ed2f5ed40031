#include "shared/storage/store.hpp"

#include <SQLiteCpp/Exception.h>

#include "shared/base/ids.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/storage/migrations.hpp"
#include "shared/storage/query.hpp"
#include "shared/storage/sqlite_store.hpp"

namespace witan::storage {

namespace {

constexpr std::size_t k_salt_bytes = 32;

constexpr char k_remembered[] =
    "SELECT request_hash, reply FROM idempotency WHERE actor = ? AND command_id = ?";
constexpr char k_remember[] =
    "INSERT INTO idempotency (actor, command_id, request_hash, reply, at) VALUES (?, ?, ?, ?, ?)";
// Rows stand in order of time, so this stops at the first that is young enough. One that a clock set back
// made look old stays with its neighbours, which errs on the safe side.
constexpr char k_first_to_keep[] = "SELECT id FROM idempotency WHERE at >= ? ORDER BY id LIMIT 1";
constexpr char k_forget_up_to[] = "DELETE FROM idempotency WHERE id < ?";

constexpr char k_keep_text[] = "INSERT INTO texts (id, salt, text) VALUES (?, ?, ?)";
constexpr char k_text[] = "SELECT text FROM texts WHERE id = ?";
constexpr char k_erase_text[] = "DELETE FROM texts WHERE id = ?";

constexpr char k_checkpoint[] = "SELECT epoch, version FROM checkpoints WHERE producer = ?";
constexpr char k_set_checkpoint[] =
    "INSERT INTO checkpoints (producer, epoch, version) VALUES (?, ?, ?) "
    "ON CONFLICT (producer) DO UPDATE SET epoch = excluded.epoch, version = excluded.version";
constexpr char k_park[] = "INSERT INTO parked (producer, seq, reason, body, at) VALUES (?, ?, ?, ?, ?)";
constexpr char k_note_use[] =
    "INSERT INTO uses (key, at) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET at = MAX(at, excluded.at)";
constexpr char k_last_use[] = "SELECT at FROM uses WHERE key = ?";
constexpr char k_forget_uses[] = "DELETE FROM uses WHERE at < ?";
constexpr char k_secret_key[] = "SELECT secret_key FROM meta";
constexpr char k_begin_epoch[] = "UPDATE meta SET epoch = ?";

std::int64_t milliseconds(Timestamp at) { return at.time_since_epoch().count(); }

}  // namespace

std::unique_ptr<Store> Store::open(const std::string& path, Mode mode) {
  return std::make_unique<SqliteStore>(path, mode);
}

SqliteStore::SqliteStore(const std::string& path, Mode mode) {
  try {
    connection_ = std::make_unique<Connection>(path, mode);
    mode == Mode::write ? migrate(*connection_) : require_newest_schema(*connection_);
    log_ = std::make_unique<EventTable>(*connection_);
    views_ = std::make_unique<ViewTable>(*connection_, log_->epoch());
    if (Query query(*connection_, k_secret_key); query.step()) secret_key_ = query.text(0);
  } catch (const SQLite::Exception& failure) {
    throw StorageFailure("Cannot open " + path + ": " + failure.what() + ".");
  }
}

std::optional<RememberedReply> SqliteStore::remembered(std::string_view actor, std::string_view id) const {
  Query query(*connection_, k_remembered, actor, id);
  if (!query.step()) return std::nullopt;
  return RememberedReply{query.text(0), query.text(1)};
}

void SqliteStore::remember(std::string_view actor, std::string_view id, const RememberedReply& reply,
                           Timestamp at) {
  Query(*connection_, k_remember, actor, id, reply.request_hash, reply.reply, milliseconds(at)).run();
}

void SqliteStore::forget_before(Timestamp limit) {
  std::int64_t first_to_keep = INT64_MAX;
  if (Query query(*connection_, k_first_to_keep, milliseconds(limit)); query.step())
    first_to_keep = query.integer(0);
  Query(*connection_, k_forget_up_to, first_to_keep).run();
  Query(*connection_, k_forget_uses, milliseconds(limit)).run();
}

Erasable SqliteStore::keep_text(std::string_view text) {
  const std::string salt = crypto::random_bytes(k_salt_bytes);
  Erasable kept{random_id_text(), crypto::blake2b_text(text, salt)};
  Query(*connection_, k_keep_text, kept.text_id, Blob{salt}, text).run();
  return kept;
}

std::optional<std::string> SqliteStore::text(std::string_view text_id) const {
  Query query(*connection_, k_text, text_id);
  if (!query.step()) return std::nullopt;
  return query.text(0);
}

/// The salt goes with the text: without it, nobody can tell whether a guess at the text was right.
void SqliteStore::erase_text(std::string_view text_id) {
  connection_->scrub_log_after_commit();
  Query(*connection_, k_erase_text, text_id).run();
}

std::optional<Position> SqliteStore::checkpoint(std::string_view producer) const {
  Query query(*connection_, k_checkpoint, producer);
  if (!query.step()) return std::nullopt;
  return Position{query.text(0), query.integer(1)};
}

void SqliteStore::set_checkpoint(std::string_view producer, const Position& position) {
  Query(*connection_, k_set_checkpoint, producer, position.epoch, position.version).run();
}

void SqliteStore::park(std::string_view producer, std::int64_t seq, std::string_view reason,
                       std::string_view body) {
  Query(*connection_, k_park, producer, seq, reason, body, milliseconds(SystemClock().now())).run();
}

void SqliteStore::note_use(std::string_view key, Timestamp at) { Query(*connection_, k_note_use, key, milliseconds(at)).run(); }

std::optional<Timestamp> SqliteStore::last_use(std::string_view key) const {
  Query query(*connection_, k_last_use, key);
  if (!query.step()) return std::nullopt;
  return Timestamp(std::chrono::milliseconds(query.integer(0)));
}

void SqliteStore::begin_epoch() {
  const auto epoch = random_id_text();
  Query(*connection_, k_begin_epoch, epoch).run();
}

}  // namespace witan::storage
