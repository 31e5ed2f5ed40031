#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "infra/supervisor/bus_store.hpp"
#include "infra/supervisor/child.hpp"
#include "infra/supervisor/data_folder.hpp"
#include "infra/supervisor/options.hpp"
#include "infra/supervisor/programs.hpp"

namespace witan::supervisor {

/// Starts nats-server, the provisioner, the services and the gateway, starts again what ends, and stops them in the opposite order.
/// One thread; the only one that may start processes, since they are bound to its life. Speaks to the person who
/// started it through `say`, and to the log through witan::log.
class Supervisor {
 public:
  Supervisor(const Options& options, DataFolder& folder, Catalogue catalogue, std::function<void(const std::string&)> say);
  ~Supervisor();

  /// Runs until SIGTERM, SIGINT or SIGHUP, then stops everything. A second such signal stops at once.
  /// Throws CannotStart, after stopping what runs, when Witan does not come up.
  void run();

 private:
  using Clock = std::chrono::steady_clock;
  /// One process that is kept running.
  struct Part {
    std::string name;
    std::vector<std::string> command;
    pid_t pid = 0;                 ///< 0 while it does not run.
    Clock::time_point started{};
    Clock::time_point start_again{};
    std::chrono::milliseconds pause{0};
    int quick_ends = 0;            ///< In a row, each soon after its start.
    bool is_kept = true;           ///< False for a task that ends by itself.
    Ending ending{};
  };

  void prepare();
  void bring_up();
  void start_bus();
  void load_demo();
  void offer_administration();
  /// Runs a task of the operator's to its end; true when it went well.
  bool carry_out(const std::string& what, std::vector<std::string> command, std::chrono::seconds limit);
  void wait_for(const std::string& what, std::chrono::seconds limit, const std::function<bool()>& done);
  void keep_running();
  void stop();
  void stop_parts(const std::vector<Part*>& parts, int signal, std::chrono::seconds limit);

  void start(Part& part);
  void ended(Part& part, Ending ending);
  /// Waits at most `limit` for something to happen, then deals with it: signals, ended processes, starts that are due.
  void pump(std::chrono::milliseconds limit);
  void read_signals(std::chrono::milliseconds limit);
  void reap();
  void start_what_is_due();
  void watch_bus_store();
  Part& add(std::string name, std::vector<std::string> command);
  Part* find(pid_t pid);
  bool is_asked_to_stop() const { return stop_signals_ > 0; }

  const Options& options_;
  DataFolder& folder_;
  Commands commands_;
  std::function<void(const std::string&)> say_;
  std::string address_;  ///< Where the gateway listens, as seen from this machine.
  std::string admin_address_;
  BusStore bus_store_;
  Ports ports_;
  std::vector<std::unique_ptr<Part>> parts_;  ///< In the order of starting.
  Clock::time_point next_bus_look_{};
  int signals_ = -1;
  int stop_signals_ = 0;
  bool is_up_ = false;
  bool is_stopping_ = false;
};

}  // namespace witan::supervisor
