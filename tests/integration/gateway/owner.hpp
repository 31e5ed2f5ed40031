#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include "shared/contract/envelope.hpp"
#include "shared/messaging/bus.hpp"

namespace witan::test {

/// Stands in for a service on a real bus: keeps rows in memory, answers `view.*` and `cmd.*`, sends changes and heads,
/// and can be told to lose a change or to fall silent. Thread-safe.
class Owner {
 public:
  enum class Sending { sent, lost };

  Owner(const std::string& bus_url, std::string service);
  ~Owner();

  /// One commit that puts one row; returns its version.
  std::int64_t put(const std::string& topic, const std::string& audience, const std::string& key, json::value value,
                   Sending sending = Sending::sent);
  std::int64_t drop(const std::string& topic, const std::string& audience, const std::string& key);
  std::int64_t access(const std::string& topic, const std::vector<AccessRule>& rules);
  /// For everyone, as `public`.
  void open_to_all(const std::string& topic) { access(topic, {AccessRule{"public", Who::anyone, {}, {}, {}}}); }

  /// Keeps everything as it is now, and goes back to it. When it is told afterwards that more was seen, a new epoch begins.
  void back_up();
  void restore();
  /// A new history with the same rows.
  void begin_new_epoch(const std::string& epoch);
  /// From now on what is missing is answered as one change, as services do.
  void merge_changes();
  /// Changes up to now can no longer be asked for.
  void forget_changes();
  /// Heads come every 50 ms unless silent. A muted owner does not answer either.
  void be_silent(bool silent);
  void be_mute(bool mute);
  /// Commands are answered with this result; `put_on_command` rows are written, and lost, first.
  void lose_changes_of_commands(bool lose);

  Position position() const;
  int requests_for(const std::string& topic, const std::string& audience) const;
  int heads_requests() const;
  std::vector<CommandRequest> commands() const;

 private:
  struct Topic {
    std::map<std::string, json::value> rows;
    std::int64_t version = 0;
  };
  static void merge(std::vector<Change>& changes, std::int64_t prev);
  using Key = std::pair<std::string, std::string>;

  std::int64_t commit(const std::string& topic, const std::string& audience, const std::string& key,
                      std::optional<json::value> value, Sending sending);
  void answer_view(const messaging::Message& message);
  void answer_heads(const messaging::Message& message);
  void answer_command(const messaging::Message& message);
  std::vector<TopicHead> heads_after(std::int64_t version) const;
  void beat_forever(std::stop_token stopping);

  std::string service_;
  mutable std::mutex mutex_;
  std::string epoch_ = "e1";
  std::int64_t version_ = 0;
  std::map<Key, Topic> topics_;
  std::vector<Change> changes_;
  std::tuple<std::int64_t, std::map<Key, Topic>, std::vector<Change>> backup_;
  std::int64_t forgotten_ = 0;
  std::map<Key, int> requests_;
  int heads_requests_ = 0;
  std::vector<CommandRequest> commands_;
  bool is_silent_ = false;
  bool is_mute_ = false;
  bool merges_changes_ = false;
  bool loses_changes_of_commands_ = false;
  std::int64_t last_head_ = 0;

  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop_.get_executor()};
  std::shared_ptr<messaging::Bus> bus_;
  std::vector<std::unique_ptr<messaging::Subscription>> subscriptions_;
  std::jthread thread_;
  std::jthread heart_;
};

}  // namespace witan::test
