#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <sqlite3.h>
#include <thread>
#include <unistd.h>

#include <SQLiteCpp/Exception.h>

#include "shared/base/assert.hpp"
#include "shared/base/log.hpp"
#include "shared/storage/compaction.hpp"
#include "shared/storage/query.hpp"
#include "shared/storage/sqlite_store.hpp"

namespace witan::storage {

namespace {

constexpr int k_exit_storage_failed = 70;
constexpr auto k_scrub_every = std::chrono::seconds(1);
constexpr std::chrono::minutes k_compaction_again{1};
constexpr char k_begin[] = "BEGIN IMMEDIATE";
constexpr char k_begin_job[] = "SAVEPOINT job";
constexpr char k_end_job[] = "RELEASE job";

/// What was promised durable may not be, and nothing that we could do here would tell. The process ends
/// without another write; the next start finds what is truly there.
[[noreturn]] void fail_stop(const std::string& reason) {
  log::error("storage", "writing_failed",
             {{"reason", json::value(reason)}, {"exit", json::value(k_exit_storage_failed)}});
  ::_exit(k_exit_storage_failed);
}

Outcome outcome_of_fault(Fault fault, const std::string& what) {
  switch (fault) {
    case Fault::full:
      return Outcome::full;
    case Fault::broken:
      fail_stop(what);
    case Fault::other:
      break;
  }
  return Outcome::failed;
}

/// Runs `step` and says how it ended; ends the process when the disk failed.
template <class F>
Outcome attempt(F step) {
  try {
    step();
    return Outcome::committed;
  } catch (const StorageFull&) {
    return Outcome::full;
  } catch (const StorageFailure& failure) {
    fail_stop(failure.what());
  } catch (const SQLite::Exception& failure) {
    const auto outcome = outcome_of_fault(fault_of(failure.getExtendedErrorCode()), failure.what());
    if (outcome == Outcome::failed) log::error("storage", "job_failed", {{"reason", failure.what()}});
    return outcome;
  } catch (const std::exception& failure) {
    log::error("storage", "job_failed", {{"reason", failure.what()}});
    return Outcome::failed;
  } catch (...) {  // the top of a job: whatever it threw, its neighbours go on
    log::error("storage", "job_failed", {{"reason", "something that is not a std::exception was thrown"}});
    return Outcome::failed;
  }
}

}  // namespace

struct Writer::State {
  explicit State(WriterOptions given) : options(std::move(given)) {}

  void run(const std::string& path, std::promise<void> opened);
  std::vector<Job> next_group(SqliteStore& store);
  void write(SqliteStore& store, std::vector<Job>& group);
  std::vector<Outcome> work_through(SqliteStore& store, std::vector<Job>& group);
  Outcome one_job(SqliteStore& store, Job& job);
  void undo_group(SqliteStore& store);
  void undone() const {
    if (options.on_rollback) options.on_rollback();
  }

  const WriterOptions options;
  mutable std::mutex mutex;
  std::condition_variable arrived;
  std::deque<Job> queue;
  bool stopping = false;
  std::mutex joining;
  std::thread thread;
};

Writer::Writer(const std::string& path, WriterOptions options)
    : state_(std::make_unique<State>(std::move(options))) {
  std::promise<void> opened;
  auto result = opened.get_future();
  state_->thread = std::thread([state = state_.get(), path, promise = std::move(opened)]() mutable {
    state->run(path, std::move(promise));
  });
  try {
    result.get();
  } catch (const std::exception&) {
    state_->thread.join();
    throw;
  }
}

Writer::~Writer() { stop(); }

bool Writer::submit(Job job) {
  {
    const std::lock_guard lock(state_->mutex);
    if (state_->stopping || state_->queue.size() >= state_->options.queue_max) return false;
    state_->queue.push_back(std::move(job));
  }
  state_->arrived.notify_one();
  return true;
}

std::size_t Writer::queued() const {
  const std::lock_guard lock(state_->mutex);
  return state_->queue.size();
}

void Writer::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->arrived.notify_one();
  const std::lock_guard lock(state_->joining);
  if (state_->thread.joinable()) state_->thread.join();
}

void Writer::State::run(const std::string& path, std::promise<void> opened) {
  std::unique_ptr<SqliteStore> store;
  try {
    store = std::make_unique<SqliteStore>(path, Store::Mode::write);
  } catch (const std::exception&) {
    return opened.set_exception(std::current_exception());
  }
  opened.set_value();
  std::chrono::steady_clock::time_point next_compaction{};
  const auto compact = [&] {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_compaction) return;
    // What failed, for want of room perhaps, is tried again later, not after each group: it copies the whole file.
    if (attempt([&] { compact_if_asked(store->connection()); }) != Outcome::committed) next_compaction = now + k_compaction_again;
  };
  compact();  // the last process may have ended before it came to it
  for (auto group = next_group(*store); !group.empty(); group = next_group(*store)) {
    write(*store, group);
    compact();
  }
  // SQLite does this when the last connection closes, but that one is a reader's, which may not write.
  attempt([&] { store->connection().empty_log(); });
}

/// Waits for jobs; empty when the writer stops and nothing is left to do. While it waits, it goes on trying
/// to scrub the write-ahead log if a reader was in the way.
std::vector<Job> Writer::State::next_group(SqliteStore& store) {
  const auto has_work = [&] { return stopping || !queue.empty(); };
  std::unique_lock lock(mutex);
  while (!has_work() && store.connection().scrub_wanted()) {
    if (arrived.wait_for(lock, k_scrub_every, has_work)) break;
    lock.unlock();
    attempt([&] { store.connection().checkpoint(); });
    lock.lock();
  }
  arrived.wait(lock, has_work);
  if (options.group_wait.count() > 0 && !stopping) {
    arrived.wait_for(lock, options.group_wait, [&] { return stopping || queue.size() >= options.group_max; });
  }
  const auto count = std::min(queue.size(), options.group_max);
  const auto end = queue.begin() + static_cast<std::ptrdiff_t>(count);
  std::vector<Job> group(std::make_move_iterator(queue.begin()), std::make_move_iterator(end));
  queue.erase(queue.begin(), end);
  return group;
}

void Writer::State::write(SqliteStore& store, std::vector<Job>& group) {
  auto outcomes = work_through(store, group);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!group[i].done) continue;
    attempt([&] { group[i].done(outcomes[i]); });
  }
  if (options.on_group) attempt([&] { options.on_group(); });
}

std::vector<Outcome> Writer::State::work_through(SqliteStore& store, std::vector<Job>& group) {
  auto& connection = store.connection();
  const auto nothing_saved = [&](Outcome why) {
    undo_group(store);
    return std::vector<Outcome>(group.size(), why);
  };
  if (const auto begun = attempt([&] { Query(connection, k_begin).run(); });
      begun != Outcome::committed) {
    return nothing_saved(begun);
  }
  std::vector<Outcome> outcomes;
  for (auto& job : group) {
    outcomes.push_back(one_job(store, job));
    if (connection.in_transaction()) continue;
    ASSERT(outcomes.back() != Outcome::committed);  // a job never commits: that would part it from its group
    return nothing_saved(outcomes.back());
  }
  const int code = sqlite3_exec(connection.handle(), "COMMIT", nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) return outcomes;
  const int extended = sqlite3_extended_errcode(connection.handle());
  const std::string reason = sqlite3_errmsg(connection.handle());
  // SQLite may have rolled back by itself; lack of room comes before the sync, so either way nothing was
  // saved.
  if (fault_of(extended) == Fault::full) return nothing_saved(Outcome::full);
  fail_stop("COMMIT: " + reason + " (" + std::to_string(extended) + ")");
}

Outcome Writer::State::one_job(SqliteStore& store, Job& job) {
  auto& connection = store.connection();
  if (const auto begun = attempt([&] { Query(connection, k_begin_job).run(); }); begun != Outcome::committed)
    return begun;
  bool chose_undo = false;
  auto outcome = attempt([&] {
    try {
      job.work(store);
    } catch (const Undo&) {
      chose_undo = true;
    }
  });
  if (outcome != Outcome::committed) undone();
  if (chose_undo) outcome = Outcome::failed;
  if (!connection.in_transaction()) return outcome;
  const auto ended = attempt([&] {
    if (outcome == Outcome::committed) Query(connection, k_end_job).run();
    else connection.roll_back_to_job();
  });
  return outcome == Outcome::committed ? ended : outcome;
}

/// No room: takes the whole transaction back, and moves what is committed out of the log, which makes room
/// there.
void Writer::State::undo_group(SqliteStore& store) {
  auto& connection = store.connection();
  attempt([&] {
    if (connection.in_transaction()) connection.execute("ROLLBACK");
    connection.checkpoint();
  });
  undone();
}

}  // namespace witan::storage
