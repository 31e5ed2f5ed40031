#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/json.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/contract/fields.hpp"

namespace SQLite {
class Database;
}

/// A service's one SQLite file, which is the truth for what the service owns.
namespace witan::storage {

/// The disk or the file failed. Writing stops here: the process ends, restarts and recovers from what is
/// durable.
struct StorageFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Thrown by a job to undo itself, and only itself: a decision, not a failure.
struct Undo {};
/// No room left (SQLITE_FULL). The transaction is undone; reading goes on; the same write may succeed later.
struct StorageFull : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct NewEvent {
  std::string type;
  std::string data;  ///< JSON
};

struct EventMeta {
  Timestamp at;
  std::string actor;  ///< Person id; empty for the system.
  std::string command_id;
};

struct StoredEvent {
  std::int64_t seq = 0;      ///< 1, 2, 3 … without holes, over the whole service.
  std::string aggregate;     ///< `meeting/<id>`
  std::int64_t version = 0;  ///< 1, 2, 3 … without holes, within the aggregate.
  std::string type;
  Timestamp at;
  std::string actor;
  std::string command_id;
  std::string data;
};

/// The append-only log behind a small interface, so that a distributed back end can be held to the same
/// conformance suite (tests/integration/storage/event_log_conformance.hpp).
class EventLog {
 public:
  virtual ~EventLog() = default;
  /// A random name for this history; new after a restore from a backup.
  virtual std::string epoch() const = 0;
  /// Appends when the aggregate is at `expected_version`; returns the last event's seq, or nothing when it is
  /// not.
  virtual std::optional<std::int64_t> append(std::string_view aggregate, std::int64_t expected_version,
                                             const std::vector<NewEvent>& events, const EventMeta& meta) = 0;
  virtual std::vector<StoredEvent> read(std::int64_t after_seq, std::size_t limit) const = 0;
  /// The events before `before_seq`, the newest first.
  virtual std::vector<StoredEvent> read_back(std::int64_t before_seq, std::size_t limit) const = 0;
  virtual std::vector<StoredEvent> read_aggregate(std::string_view aggregate,
                                                  std::int64_t after_version = 0) const = 0;
  virtual std::int64_t head() const = 0;
};

/// One row to put (with its JSON text) or to drop (without).
struct ViewWrite {
  std::string topic;
  std::string audience;
  std::string key;
  std::optional<std::string> text;
};

/// What people see: rows (topic, audience, key) → value, with the version of each topic and audience, and the
/// recent changes for readers that resume.
class Views {
 public:
  virtual ~Views() = default;
  virtual std::optional<std::string> row_text(std::string_view topic, std::string_view audience,
                                              std::string_view key) const = 0;
  std::optional<json::value> row(std::string_view topic, std::string_view audience, std::string_view key) const {
    const auto found = row_text(topic, audience, key);
    return found ? std::optional(parse_own(*found)) : std::nullopt;
  }
  virtual std::vector<std::pair<std::string, json::value>> rows(std::string_view topic,
                                                                std::string_view audience,
                                                                std::string_view prefix) const = 0;
  /// Writes what differs from the present rows, and returns one Change for each topic and audience that
  /// changed (private rows are written but never returned).
  virtual std::vector<Change> apply(const std::vector<ViewWrite>& writes, std::int64_t version) = 0;
  /// Nothing when the topic has no access rules, that is, does not exist. Consistent: one read transaction.
  virtual std::optional<ViewReply> snapshot(std::string_view topic, std::string_view audience) const = 0;
  /// Everything after `version` in order; nothing when that is older than what is kept. Several changes may
  /// come as one: its `prev` is the `version` asked for, its values are today's, and nothing of what was
  /// between is kept (an erased text must not live on in a history of changes).
  virtual std::optional<std::vector<Change>> changes_after(std::string_view topic, std::string_view audience,
                                                           std::int64_t version) const = 0;
  /// In order of version; a few more than `limit` when several share the last one's version.
  virtual std::vector<TopicHead> heads_after(std::int64_t version, std::size_t limit) const = 0;
  /// Forgets every row, head and change, for a rebuild.
  virtual void clear() = 0;
  /// BLAKE2b-256 of all rows in order, to compare a rebuild with what was there.
  virtual std::string digest() const = 0;
  /// Names the history of these rows for their readers: that of the log, and the shape that the service gives its rows.
  /// A position in rows of another shape means nothing in these.
  virtual std::string epoch() const = 0;
  /// As counted by the service that writes the rows (service::Definition::views_shape).
  virtual std::int64_t shape() const = 0;
  /// The rows have been written again in another shape. Stores that are open already still name the old one.
  virtual void reshaped(std::int64_t shape) = 0;
};

struct RememberedReply {
  std::string request_hash;
  std::string reply;  ///< JSON of the CommandReply or of the problem.
};

/// Everything on one connection to the file. Not thread-safe: a store belongs to one thread.
class Store {
 public:
  enum class Mode { write, read };
  /// Creates or migrates the file (write), sets every pragma and reads it back; throws StorageFailure
  /// otherwise.
  static std::unique_ptr<Store> open(const std::string& path, Mode mode);
  virtual ~Store() = default;

  virtual EventLog& log() = 0;
  virtual Views& views() = 0;

  /// Idempotency, kept seven days: (actor, id) → the hash of the request and its answer.
  virtual std::optional<RememberedReply> remembered(std::string_view actor, std::string_view id) const = 0;
  virtual void remember(std::string_view actor, std::string_view id, const RememberedReply& reply,
                        Timestamp at) = 0;
  virtual void forget_before(Timestamp limit) = 0;

  /// Erasable texts: `keep_text` draws the salt and returns what an event may carry.
  virtual Erasable keep_text(std::string_view text) = 0;
  virtual std::optional<std::string> text(std::string_view text_id) const = 0;
  virtual void erase_text(std::string_view text_id) = 0;

  /// How far this service has consumed another one's events.
  virtual std::optional<Position> checkpoint(std::string_view producer) const = 0;
  virtual void set_checkpoint(std::string_view producer, const Position& position) = 0;
  /// An event of another service that could not be applied, kept for an operator.
  virtual void park(std::string_view producer, std::int64_t seq, std::string_view reason,
                    std::string_view body) = 0;

  /// When something was last in use: beside the log and the views, overwritten by the next use, and forgotten with the old
  /// answers (`forget_before`). An earlier time than the one known is passed over.
  virtual void note_use(std::string_view key, Timestamp at) = 0;
  virtual std::optional<Timestamp> last_use(std::string_view key) const = 0;

  /// A random 32-byte key made once per file, for keyed hashes of requests and look-ups.
  virtual std::string secret_key() const = 0;
  /// Names this history anew. Whoever has the file open goes on saying the old name: open it again.
  virtual void begin_epoch() = 0;
  /// Runs `read` inside one read transaction.
  virtual void consistently(const std::function<void()>& read) = 0;

  virtual SQLite::Database& database() = 0;
};

enum class Outcome { committed, full, failed };

/// One piece of work for the writer.
struct Job {
  /// Runs on the writer's thread inside a savepoint. Throwing undoes only this job: StorageFull ends as
  /// Outcome::full, StorageFailure ends the process, anything else is logged and ends as Outcome::failed
  /// (Undo too, but without a log line). May open no transaction.
  std::function<void(Store&)> work;
  /// Runs on the writer's thread after the group's COMMIT (or after it failed). Must not block.
  std::function<void(Outcome)> done;
};

struct WriterOptions {
  std::size_t group_max = 64;               ///< Jobs a transaction.
  std::chrono::microseconds group_wait{0};  ///< How long to wait for more jobs once there is one.
  std::size_t queue_max = 4096;             ///< Jobs waiting; beyond it `submit` refuses.
  std::function<void()> on_group;  ///< All of a group have been told how they ended.
  std::function<void()> on_rollback;  ///< A job (not by Undo) or a group was undone: drop cached states.
};

/// The one thread that writes: takes what waits, commits it in one transaction with a savepoint for each job,
/// then reports. Owns its Store. `submit`, `queued` and `stop` are thread-safe. When the disk fails, the
/// process ends with code 70 and nobody is told that anything was saved.
class Writer {
 public:
  /// Opens the store; throws StorageFailure when it cannot be had, for example because another process writes
  /// it.
  Writer(const std::string& path, WriterOptions options);
  ~Writer();
  /// False when the queue is full or the writer is stopping.
  bool submit(Job job);
  std::size_t queued() const;
  /// Finishes what is queued, then ends the thread. Idempotent.
  void stop();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace witan::storage
