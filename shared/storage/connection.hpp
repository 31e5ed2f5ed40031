#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "shared/storage/store.hpp"

struct sqlite3;
struct sqlite3_stmt;

/// What the room is built on; for `shared/storage` itself, nobody else includes it.
namespace witan::storage {

/// What an SQLite result code means for us.
enum class Fault { full, broken, other };
Fault fault_of(int extended_code);
/// Throws StorageFull, StorageFailure or SQLite::Exception, whichever `extended_code` calls for.
[[noreturn]] void throw_fault(sqlite3* handle, int extended_code, const std::string& doing);

/// The lock that keeps a second writer away: an advisory lock on `<path>.lock`, which the kernel drops when
/// the process ends, however it ends. Not on the file itself: closing any descriptor of that would drop
/// SQLite's locks.
class WriterLock {
 public:
  explicit WriterLock(const std::string& path);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int descriptor_ = -1;
};

/// One connection with its pragmas set and read back, and its prepared statements. Belongs to one thread.
class Connection {
 public:
  Connection(const std::string& path, Store::Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  SQLite::Database& database() { return *database_; }
  sqlite3* handle() const { return handle_; }
  const std::string& path() const { return path_; }

  /// The statement for `sql`, made at the first use. The key is the address, so `sql` must be a constant.
  sqlite3_stmt* prepared(const char* sql);
  /// For statements without parameters or rows.
  void execute(const char* sql);
  std::int64_t pragma_number(const char* name);
  std::string pragma_text(const char* name);

  bool in_transaction() const;
  std::int64_t last_insert_id() const;
  /// Grows with each rollback, whole or to a savepoint: what was read from one's own writes before may be wrong.
  std::uint64_t times_undone() const { return times_undone_; }
  /// Takes back what was written since `SAVEPOINT job`.
  void roll_back_to_job();
  /// Runs `work` inside the transaction that is open, or inside one of its own.
  void atomically(const std::function<void()>& work);
  void consistently(const std::function<void()>& read);

  /// Something was erased: the next commit also empties the write-ahead log, where the old bytes still stand.
  void scrub_log_after_commit() { scrub_wanted_ = true; }
  bool scrub_wanted() const { return scrub_wanted_; }
  /// Moves what is committed from the write-ahead log into the file. No room is no harm: the log keeps it.
  /// Throws StorageFailure when the disk fails, since a sync that failed may not be tried again as if it had
  /// not.
  void checkpoint();
  /// A checkpoint that leaves the write-ahead log empty, unless a reader is in the way.
  void empty_log() {
    scrub_log_after_commit();
    checkpoint();
  }

 private:
  void open_file(Store::Mode mode);
  void set_pragmas(Store::Mode mode);
  static void after_rollback(void* self);
  static int after_commit(void* self, sqlite3*, const char*, int log_pages);

  std::string path_;
  std::unique_ptr<WriterLock> lock_;
  std::unique_ptr<SQLite::Database> database_;
  sqlite3* handle_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;
  bool scrub_wanted_ = false;
  std::uint64_t times_undone_ = 0;
};

}  // namespace witan::storage
