#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include "shared/base/config.hpp"
#include "shared/messaging/bus.hpp"
#include "shared/messaging/local_socket.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/consumer.hpp"
#include "shared/service/files.hpp"
#include "shared/service/head_file.hpp"
#include "shared/service/metrics.hpp"
#include "shared/service/outside.hpp"
#include "shared/service/relay.hpp"

namespace witan::service {

/// The configuration keys that every service has.
std::vector<ConfigKey> service_keys();

/// One running service: takes commands and questions, from the bus and from its socket on this machine, writes,
/// answers, announces.
/// Threads: the loop (this object's handlers), the writer, the relay, one for each producer consumed, one for work outside,
/// a few workers, one that reads the log for auditors, one that reads files.
class Host {
 public:
  Host(Definition definition, const Config& config, boost::asio::io_context& loop);
  ~Host();

  /// Opens for business. Throws StorageFailure, MessagingFailure, or std::runtime_error when a promised command has no
  /// rule.
  void start();
  /// In order: no new work, finish what was taken, relay it, drain the bus. At most about ten seconds. Idempotent.
  void stop();
  /// The file was restored from a backup, and its history has a new name by now. This host still says the old one, and
  /// has stopped the loop: whoever ran it starts another.
  bool has_begun_epoch() const { return has_begun_epoch_; }

 private:
  using Handler = void (Host::*)(const messaging::Question&);

  void prepare_views();
  void listen();
  void handle(const messaging::Question& question);
  void take_command(const messaging::Question& question);
  void prepare_and_submit(CommandRequest request, messaging::Answer answer, std::chrono::steady_clock::time_point deadline);
  void submit(CommandRequest request, Decide decide, messaging::Answer answer,
              std::chrono::steady_clock::time_point deadline);
  void announce_later(const std::vector<Change>& changes);
  void announce();
  void answer_view(const messaging::Question& question);
  void answer_heads(const messaging::Question& question);
  void answer_events_since(const messaging::Question& question);
  void answer_metrics(const messaging::Question& question);
  void answer_audit(const messaging::Question& question);
  void answer_use(const messaging::Question& question);
  void take_file(const messaging::Question& question);
  void give_file(const messaging::Question& question);
  void tick();
  void forget_old_answers();
  void begin_epoch();
  void take_seen(const std::optional<Position>& seen, const std::string& epoch);
  std::shared_ptr<messaging::Bus> connect(const std::string& name, std::function<void(bool)> on_connection);
  using Changing = std::function<std::vector<Change>(storage::Store&, Engine&)>;
  bool apply(Changing work, std::function<void(storage::Outcome)> done);
  storage::Outcome apply_and_wait(Changing work);
  void carry_out_what_is_due();
  Position position() const;
  void keep_head();

  Definition definition_;
  const Config& config_;
  boost::asio::io_context& loop_;
  SystemClock clock_;
  std::string store_path_;
  HeadFile head_file_;
  Engine engine_;                                   // the writer's thread only
  std::unique_ptr<storage::Writer> writer_;
  std::string announcements_;                       // the writer's thread only: lines of changes that are on disk
  std::unique_ptr<storage::Store> reader_;          // the loop only
  std::unique_ptr<LockedRows> prepare_rows_;
  std::unique_ptr<Audit> audit_;                    // `auditing_` only
  std::unique_ptr<FileDesk> file_desk_;             // `filing_` only; null for a service without files
  std::shared_ptr<messaging::Bus> bus_;             // commands, views, live changes
  /// Events. A stream that cannot be written (no room on the bus's disk) makes nats-server stop reading from whoever
  /// publishes to it; people's commands must not wait behind that.
  std::shared_ptr<messaging::Bus> events_bus_;
  Metrics metrics_;
  std::unique_ptr<Relay> relay_;
  std::vector<std::unique_ptr<Consumer>> consumers_;
  std::unique_ptr<OutsideWorker> outside_;
  std::map<std::string, Handler, std::less<>> handlers_;                    // by subject
  std::vector<std::unique_ptr<messaging::Subscription>> subscriptions_;
  std::unique_ptr<messaging::LocalServer> local_;
  boost::asio::steady_timer timer_;
  std::vector<std::int64_t> recent_heads_;          // the versions announced in the last seconds, oldest first
  std::int64_t ticks_ = 0;
  std::int64_t due_looked_at_ = -1;                 // the head for which `next_due_` was found
  std::optional<Timestamp> next_due_;
  struct Workers {
    explicit Workers(std::size_t threads) : pool(threads) {}
    std::atomic<int> waiting{0};
    boost::asio::thread_pool pool;
  };
  Workers workers_;
  Workers askers_{4};                               // for commands that wait for other machines
  std::atomic<int> audits_waiting_{0};
  boost::asio::thread_pool auditing_{1};
  std::atomic<int> files_waiting_{0};
  boost::asio::thread_pool filing_{1};
  bool is_cut_back_ = false;                         // the file is older than it was at the last stop
  bool is_beginning_epoch_ = false;
  bool has_begun_epoch_ = false;
  bool is_stopped_ = false;
};

}  // namespace witan::service
