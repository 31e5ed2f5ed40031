#pragma once

#include <any>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "shared/service/engine.hpp"

namespace witan::service {

/// Carries out the work outside of the log that waits (see `OutsideWork`), on a thread of its own, and has it noted. What
/// fails is tried again after 1, 2, 4 … 300 seconds, for as long as it waits. What was done but not noted (the process was
/// killed between the two) is done again.
class OutsideWorker {
 public:
  using Apply = std::function<storage::Outcome(std::function<std::vector<Change>(storage::Store&, Engine&)>)>;

  /// `apply` runs a job on the writer and returns when it is on disk. Throws StorageFailure.
  OutsideWorker(const Definition& definition, const std::string& store_path, Apply apply);
  ~OutsideWorker() { stop(); }
  /// Cuts the work in hand short where it can be, and waits for it. Idempotent.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Failed {
    int times = 0;
    Clock::time_point not_before;
    std::any outcome;  ///< It was done; only noting that failed. Empty: it was not.
  };

  void run();
  /// Whether something was done and noted: then there may be more of it.
  bool look();
  bool carry_out(const OutsideWork& work, const std::string& id);

  const Definition& definition_;
  std::unique_ptr<storage::Store> store_;
  Apply apply_;
  std::int64_t looked_at_ = -1;            ///< The head at which nothing waited.
  std::map<std::string, Failed> failed_;   ///< By the aggregate's id.
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_stopping_ = false;
  std::thread thread_;
};

}  // namespace witan::service
