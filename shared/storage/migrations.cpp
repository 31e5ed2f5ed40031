#include "shared/storage/migrations.hpp"

#include <array>

#include "shared/base/ids.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/storage/query.hpp"

namespace witan::storage {

namespace {

constexpr std::int64_t k_application_id = 0x5769746E;  // "Witn"

/// Forward only: a step that was released is never edited, a mistake is mended by the next step.
constexpr std::array<const char*, 5> k_steps = {
    // 1: the log, its answers, the views, erasable texts, and what is known of other services.
    R"sql(
      CREATE TABLE meta (
        only INTEGER PRIMARY KEY CHECK (only = 1),
        epoch TEXT NOT NULL,
        secret_key BLOB NOT NULL,
        resumable_from INTEGER NOT NULL DEFAULT 0      -- readers behind this version take a snapshot
      );

      CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        aggregate TEXT NOT NULL,
        version INTEGER NOT NULL,
        type TEXT NOT NULL,
        at INTEGER NOT NULL,                           -- milliseconds since 1970, UTC
        actor TEXT NOT NULL,
        command_id TEXT NOT NULL,
        data TEXT NOT NULL,
        UNIQUE (aggregate, version)                    -- the compare-and-set
      );
      CREATE TRIGGER events_never_change BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
      CREATE TRIGGER events_never_go BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;

      CREATE TABLE idempotency (
        id INTEGER PRIMARY KEY,
        actor TEXT NOT NULL,
        command_id TEXT NOT NULL,
        request_hash TEXT NOT NULL,
        reply TEXT NOT NULL,
        at INTEGER NOT NULL,
        UNIQUE (actor, command_id)
      );

      CREATE TABLE topic_heads (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        audience TEXT NOT NULL,
        version INTEGER NOT NULL,                      -- of the last change; 0 for private rows
        UNIQUE (topic, audience)
      );
      CREATE INDEX topic_heads_by_version ON topic_heads (version);

      CREATE TABLE views (
        id INTEGER PRIMARY KEY,
        head INTEGER NOT NULL REFERENCES topic_heads (id),
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        value TEXT NOT NULL,
        UNIQUE (head, key)
      );

      -- With the versions in `views`, all that a reader who resumes needs. Values stand in one place only, so that
      -- erasing a text from a row leaves no copy in a history of changes.
      CREATE TABLE dropped_keys (
        id INTEGER PRIMARY KEY,
        head INTEGER NOT NULL REFERENCES topic_heads (id),
        key TEXT NOT NULL,
        version INTEGER NOT NULL,
        UNIQUE (head, key)
      );
      CREATE INDEX dropped_keys_by_version ON dropped_keys (version);

      CREATE TABLE texts (
        id TEXT PRIMARY KEY,
        salt BLOB NOT NULL,
        text TEXT NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE checkpoints (
        producer TEXT PRIMARY KEY,
        epoch TEXT NOT NULL,
        version INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE parked (
        id INTEGER PRIMARY KEY,
        producer TEXT NOT NULL,
        seq INTEGER NOT NULL,
        reason TEXT NOT NULL,
        body TEXT NOT NULL,
        at INTEGER NOT NULL
      );
    )sql",
    // 2: the shape that the service gave its rows; another one has them written again from the events.
    "ALTER TABLE meta ADD COLUMN views_shape INTEGER NOT NULL DEFAULT 1",
    // 3: what is worth knowing for hours and belongs in no log: when a session was last in use.
    "CREATE TABLE uses (key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    // 4: somebody was erased, and the file is to be written anew.
    "ALTER TABLE meta ADD COLUMN compaction_wanted INTEGER NOT NULL DEFAULT 0",
    // 5: files in encrypted pieces; one with an address is whole.
    R"sql(
      CREATE TABLE file_streams (
        id TEXT PRIMARY KEY,
        header BLOB NOT NULL,
        bytes INTEGER NOT NULL,
        pieces INTEGER NOT NULL,
        begun_at INTEGER NOT NULL,
        address TEXT UNIQUE
      );
      CREATE TABLE file_pieces (
        stream TEXT NOT NULL REFERENCES file_streams (id),
        number INTEGER NOT NULL,
        sealed BLOB NOT NULL,
        UNIQUE (stream, number)
      );
    )sql"};

constexpr char k_new_history[] = "INSERT INTO meta (only, epoch, secret_key) VALUES (1, ?, ?)";

std::int64_t checked_schema(Connection& connection) {
  const auto owner = connection.pragma_number("application_id");
  const auto schema = connection.pragma_number("user_version");
  if (owner != k_application_id &&
      (owner != 0 || schema != 0 || connection.pragma_number("schema_version") != 0)) {
    throw StorageFailure(connection.path() + " is not a Witan store.");
  }
  if (schema > newest_schema()) {
    throw StorageFailure(connection.path() + " has schema " + std::to_string(schema) +
                         ", written by a newer Witan; this one knows " + std::to_string(newest_schema()) +
                         " and leaves it alone.");
  }
  return schema;
}

void apply_step(Connection& connection, std::int64_t number) {
  connection.atomically([&] {
    connection.execute(k_steps[static_cast<std::size_t>(number - 1)]);
    if (number == 1) {
      connection.execute(("PRAGMA application_id=" + std::to_string(k_application_id)).c_str());
      const auto epoch = random_id_text();
      const auto key = crypto::random_bytes(32);
      Query(connection, k_new_history, epoch, Blob{key}).run();
    }
    connection.execute(("PRAGMA user_version=" + std::to_string(number)).c_str());
  });
}

}  // namespace

std::int64_t newest_schema() { return static_cast<std::int64_t>(k_steps.size()); }

void migrate(Connection& connection) {
  for (auto number = checked_schema(connection) + 1; number <= newest_schema(); ++number)
    apply_step(connection, number);
}

void require_newest_schema(Connection& connection) {
  const auto schema = checked_schema(connection);
  if (schema == newest_schema()) return;
  throw StorageFailure(connection.path() + " has schema " + std::to_string(schema) +
                       "; its writer has to bring it to " + std::to_string(newest_schema()) + " first.");
}

}  // namespace witan::storage
