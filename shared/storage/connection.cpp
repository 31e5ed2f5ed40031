#include "shared/storage/connection.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>

#include "shared/base/assert.hpp"

namespace witan::storage {

namespace {

constexpr int k_busy_ms = 5000;
constexpr int k_scrub_wait_ms = 20;
constexpr int k_checkpoint_pages = 1000;
constexpr std::int64_t k_log_bytes_kept = 16 << 20;

[[noreturn]] void fail(const std::string& what) { throw StorageFailure(what); }

/// Savepoints keep what they may have to put back in memory, not in a file elsewhere that may itself be full.
void configure_once() {
  static std::once_flag once;
  std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, -1); });
}

/// The file is made by us, readable by its owner alone; SQLite gives its side files the same mode.
void make_private_file(const std::string& path) {
  const int made = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (made < 0) fail("Cannot open " + path + ": " + std::strerror(errno) + ".");
  ::close(made);
}

}  // namespace

Fault fault_of(int extended_code) {
  // The index of the write-ahead log could not grow: nothing was written, nothing was synced, so it is lack
  // of room.
  if (extended_code == SQLITE_IOERR_SHMSIZE) return Fault::full;
  switch (extended_code & 0xFF) {
    case SQLITE_FULL:
      return Fault::full;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return Fault::broken;
    default:
      return Fault::other;
  }
}

void throw_fault(sqlite3* handle, int extended_code, const std::string& doing) {
  const std::string what =
      std::string(sqlite3_errmsg(handle)) + " (" + std::to_string(extended_code) + ") in: " + doing;
  switch (fault_of(extended_code)) {
    case Fault::full:
      throw StorageFull(what);
    case Fault::broken:
      throw StorageFailure(what);
    case Fault::other:
      break;
  }
  throw SQLite::Exception(what, extended_code);
}

WriterLock::WriterLock(const std::string& path) {
  const std::string name = path + ".lock";
  descriptor_ = ::open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail("Cannot open " + name + ": " + std::strerror(errno) + ".");
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return;
  const int reason = errno;
  ::close(descriptor_);
  if (reason == EWOULDBLOCK)
    fail(path + " is already being written by another process; only one may do so at a time.");
  fail("Cannot lock " + name + ": " + std::strerror(reason) + ".");
}

WriterLock::~WriterLock() { ::close(descriptor_); }

Connection::Connection(const std::string& path, Store::Mode mode) : path_(path) {
  configure_once();
  if (mode == Store::Mode::write) {
    lock_ = std::make_unique<WriterLock>(path);
    make_private_file(path);
  }
  try {
    open_file(mode);
    set_pragmas(mode);
  } catch (const SQLite::Exception& failure) {
    fail("Cannot open " + path + ": " + failure.what() + ".");
  }
  if (mode == Store::Mode::write) sqlite3_wal_hook(handle_, &Connection::after_commit, this);
  sqlite3_rollback_hook(handle_, &Connection::after_rollback, this);
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
}

void Connection::open_file(Store::Mode mode) {
  const int access = mode == Store::Mode::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
  database_ = std::make_unique<SQLite::Database>(path_, access | SQLite::OPEN_NOMUTEX, k_busy_ms);
  handle_ = database_->getHandle();
  sqlite3_extended_result_codes(handle_, 1);
}

/// Every pragma that a promise rests on is read back: SQLite ignores what it cannot do without a word.
void Connection::set_pragmas(Store::Mode mode) {
  if (mode == Store::Mode::write) execute("PRAGMA journal_mode=WAL");
  execute("PRAGMA synchronous=FULL");
  execute("PRAGMA foreign_keys=ON");
  execute("PRAGMA secure_delete=ON");
  execute("PRAGMA recursive_triggers=ON");  // so that INSERT OR REPLACE cannot slip past the log's triggers
  execute("PRAGMA wal_autocheckpoint=0");   // `after_commit` does it, and looks at the result
  execute("PRAGMA trusted_schema=OFF");
  execute("PRAGMA temp_store=MEMORY");
  // Kibibytes. A process has one writer and several readers, which seldom read the same again; the system's own cache serves them.
  execute(mode == Store::Mode::write ? "PRAGMA cache_size=-8000" : "PRAGMA cache_size=-2000");
  execute(("PRAGMA journal_size_limit=" + std::to_string(k_log_bytes_kept)).c_str());

  if (pragma_text("journal_mode") != "wal")
    fail(path_ + " cannot use a write-ahead log here; is it on a network disk?");
  const std::pair<const char*, std::int64_t> wanted[] = {{"synchronous", 2},
                                                         {"foreign_keys", 1},
                                                         {"secure_delete", 1},
                                                         {"recursive_triggers", 1},
                                                         {"busy_timeout", k_busy_ms}};
  for (const auto& [name, value] : wanted) {
    if (pragma_number(name) != value)
      fail(path_ + " was refused the setting " + name + "=" + std::to_string(value) + ".");
  }
}

sqlite3_stmt* Connection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      statements_.erase(sql);
      throw_fault(handle_, sqlite3_extended_errcode(handle_), sql);
    }
  }
  ASSERT(!sqlite3_stmt_busy(statement));
  return statement;
}

void Connection::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return;
  throw_fault(handle_, sqlite3_extended_errcode(handle_), sql);
}

std::int64_t Connection::pragma_number(const char* name) {
  return database_->execAndGet(std::string("PRAGMA ") + name).getInt64();
}

std::string Connection::pragma_text(const char* name) {
  return database_->execAndGet(std::string("PRAGMA ") + name).getString();
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

namespace {
/// Rolls back what was begun, unless it was committed or SQLite rolled it back itself.
class Transaction {
 public:
  Transaction(Connection& connection, const char* begin) : connection_(connection) {
    connection.execute(begin);
  }
  ~Transaction() {
    if (connection_.in_transaction())
      sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

 private:
  Connection& connection_;
};
}  // namespace

void Connection::atomically(const std::function<void()>& work) {
  if (in_transaction()) return work();
  const Transaction transaction(*this, "BEGIN IMMEDIATE");
  work();
  execute("COMMIT");
}

void Connection::consistently(const std::function<void()>& read) {
  if (in_transaction()) return read();
  const Transaction transaction(*this, "BEGIN");
  read();
}

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }

void Connection::roll_back_to_job() {
  ++times_undone_;  // SQLite's hook tells of whole transactions only
  execute("ROLLBACK TO job; RELEASE job");
}

void Connection::after_rollback(void* self) { ++static_cast<Connection*>(self)->times_undone_; }

int Connection::after_commit(void* self, sqlite3*, const char*, int log_pages) {
  auto& connection = *static_cast<Connection*>(self);
  if (log_pages < k_checkpoint_pages && !connection.scrub_wanted_) return SQLITE_OK;
  try {
    connection.checkpoint();
  } catch (const StorageFailure&) {
    // Not thrown through SQLite's frames; a result other than OK makes the COMMIT fail, and so the caller
    // stop.
    return SQLITE_IOERR;
  }
  return SQLITE_OK;
}

void Connection::checkpoint() {
  const bool scrub = scrub_wanted_;
  if (scrub) sqlite3_busy_timeout(handle_, k_scrub_wait_ms);
  const int mode = scrub ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, nullptr, nullptr);
  const int extended = sqlite3_extended_errcode(handle_);
  if (scrub) sqlite3_busy_timeout(handle_, k_busy_ms);
  if (code == SQLITE_OK) {
    scrub_wanted_ = false;
    return;
  }
  if (fault_of(extended) == Fault::broken)
    throw StorageFailure("checkpoint of " + path_ + " failed (" + std::to_string(extended) + ")");
}

}  // namespace witan::storage
