#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>

#include <boost/asio/any_io_executor.hpp>

#include "shared/messaging/bus.hpp"
#include "shared/service/engine.hpp"

namespace witan::service {

/// Takes another service's events from the bus and applies them as commands of the system. How far it came, as the
/// producer's (epoch, seq), is stored with what the events caused; a gap is filled by asking the producer, never
/// skipped. Runs on a thread of its own.
class Consumer {
 public:
  /// Runs a job on the writer and tells when it is on disk; also announces the changes it made.
  using Apply = std::function<storage::Outcome(std::function<std::vector<Change>(storage::Store&, Engine&)>)>;

  Consumer(const Definition& definition, std::string producer, const std::string& store_path,
           std::shared_ptr<messaging::Bus> bus, boost::asio::any_io_executor executor, Apply apply);
  ~Consumer() { stop(); }
  void stop();

 private:
  void run();
  bool take(const PublicCommit& commit);
  bool apply_one(const PublicCommit& commit);
  bool park(const PublicCommit& commit);
  bool begin_history(const Position& start);
  bool fill_gap(const Position& from);
  std::vector<Change> apply_event(storage::Store& store, Engine& engine, const PublicCommit& commit, const PublicEvent& event);
  Position checkpoint() const;

  const Definition& definition_;
  std::string producer_;
  std::string place_;  ///< Where it is noted how far this service has heard the producer out.
  std::unique_ptr<storage::Store> store_;
  std::shared_ptr<messaging::Bus> bus_;
  boost::asio::any_io_executor executor_;
  Apply apply_;
  std::int64_t failing_at_ = 0;   ///< First event of the commit that could not be applied lately.
  int failures_ = 0;              ///< How often in a row.
  bool is_level_ = false;         ///< Since the bus was reached, the producer has said that it knows what this service knows.
  std::atomic<bool> is_stopping_{false};
  std::thread thread_;
};

}  // namespace witan::service
