#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "shared/messaging/connection.hpp"

namespace witan::messaging {

/// All answers to a bus's requests through one wildcard inbox, and one thread for all their deadlines: a
/// request costs two map entries, not a thread or a subscription. Thread-safe.
class RequestMux {
 public:
  using Clock = std::chrono::steady_clock;
  /// Runs once, on any thread, and must not block: with the answer, `deadline_exceeded` or `unavailable`.
  using Settle = std::move_only_function<void(Result<std::string>)>;

  explicit RequestMux(Connection& connection);
  RequestMux(const RequestMux&) = delete;
  RequestMux& operator=(const RequestMux&) = delete;
  /// Settles what is still waiting as `unavailable`.
  ~RequestMux();

  /// Sends `payload`, with the header `Nats-Msg-Id` when `message_id` is not empty.
  void send(const std::string& subject, std::string_view payload, const std::string& message_id,
            Clock::time_point deadline, Settle settle);
  /// Settles everything that waits, because no answer can come any more.
  void fail_all(std::string_view why);

 private:
  struct Waiting {
    Clock::time_point deadline;
    Settle settle;
  };
  using Token = std::uint64_t;

  static void on_message(natsConnection*, natsSubscription*, natsMsg* message, void* closure) noexcept;
  static void on_complete(void* closure) noexcept;
  void answered(const natsMsg* message);
  void watch_deadlines();
  /// Null when it has been settled already.
  Settle take(Token token);
  natsStatus publish(const std::string& subject, const std::string& reply, std::string_view payload,
                     const std::string& message_id);

  Connection& connection_;
  std::string inbox_;  ///< `_I.<user>.<unique>.`
  std::mutex mutex_;
  std::condition_variable changed_;
  Token last_token_ = 0;
  std::unordered_map<Token, Waiting> waiting_;
  std::set<std::pair<Clock::time_point, Token>> deadlines_;
  bool is_stopping_ = false;
  bool is_complete_ = false;  ///< The library will not call any more.
  NatsSubscription subscription_;
  std::thread watcher_;
};

}  // namespace witan::messaging
