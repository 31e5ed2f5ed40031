#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "shared/messaging/bus.hpp"
#include "shared/service/parts.hpp"

namespace witan::service {

/// Publishes the log to JetStream, in order, each commit once: what is in the stream says where to go on, so a bus
/// that lost everything is simply filled again. Runs on a thread of its own.
class Relay {
 public:
  /// `on_other_history` is called from the relay's thread, again and again, while the stream ends with a commit of this
  /// epoch that is not in the log: the file was restored from a backup. Nothing is published then.
  Relay(const Definition& definition, const std::string& store_path, std::shared_ptr<messaging::Bus> bus,
        std::function<void()> on_other_history);
  ~Relay() { stop(std::chrono::milliseconds(0)); }

  /// There is more to publish. Thread-safe, never blocks.
  void wake();
  /// The bus was away: look again at what the stream holds. Thread-safe.
  void reposition();
  /// Publishes what it can within `limit`, then ends the thread. Idempotent.
  void stop(std::chrono::milliseconds limit);
  /// The newest event that the bus has acknowledged.
  std::int64_t published() const { return published_.load(); }
  /// The bus took the last batch not; it is tried again until it does.
  bool is_refused() const { return is_failing_.load(); }

 private:
  void run();
  bool publish_some();
  bool find_position();
  void empty_stream();
  void say_why(const std::exception& failure) const;
  bool is_in_log(const PublicCommit& commit);

  const Definition& definition_;
  std::unique_ptr<storage::Store> store_;
  std::shared_ptr<messaging::Bus> bus_;
  std::function<void()> on_other_history_;
  std::atomic<std::int64_t> published_{0};
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_work_ = true;
  bool is_positioned_ = false;
  std::atomic<bool> is_failing_{false};
  std::optional<std::chrono::steady_clock::time_point> stop_at_;
  std::thread thread_;
};

}  // namespace witan::service
