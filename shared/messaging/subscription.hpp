#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/asio/strand.hpp>

#include "shared/messaging/connection.hpp"

namespace witan::messaging {

/// What happens to one subscription's messages. Shared by the Subscription, the library's callbacks and the
/// work posted to the executor, so that it outlives each of them. Thread-safe.
class Handling : public std::enable_shared_from_this<Handling> {
 public:
  Handling(const net::any_io_executor& executor, std::function<void(Message)> handler,
           std::size_t pending_max, std::function<void()> on_dropped);

  /// On a library thread: hands the message to the executor, or drops it when too many wait.
  void take(Message message);
  /// On a library thread: the library dropped messages itself.
  void dropped();
  /// After it, no handler starts; waits for the one that runs, unless it runs on this very thread.
  void close();
  /// The library delivers nothing any more.
  void library_is_done();
  /// Waits until the library is done and every handler has run; false when that took too long.
  bool wait_until_idle(std::chrono::steady_clock::time_point deadline);

 private:
  void run(Message message);

  const std::size_t pending_max_;
  std::mutex telling_;  ///< Held while `on_dropped_` runs, so that none runs after `close`.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t waiting_ = 0;
  std::size_t waiting_bytes_ = 0;
  bool is_dropping_ = false;
  bool is_closed_ = false;
  // Let go of by `close`: the library's thread may hold this object for longer than what they lead to lives.
  std::optional<net::strand<net::any_io_executor>> strand_;
  std::shared_ptr<const std::function<void(Message)>> handler_;
  std::function<void()> on_dropped_;
  bool is_library_done_ = false;
  std::thread::id running_on_;
};

class LiveSubscription final : public Subscription {
 public:
  LiveSubscription(std::shared_ptr<Connection> connection, const std::string& subject,
                   const std::string& queue, std::shared_ptr<Handling> handling);
  LiveSubscription(const LiveSubscription&) = delete;
  LiveSubscription& operator=(const LiveSubscription&) = delete;
  ~LiveSubscription() override;

  natsSubscription* get() const { return subscription_.get(); }
  std::function<void()> on_destroyed;

 private:
  static void on_message(natsConnection*, natsSubscription*, natsMsg* message, void* closure) noexcept;
  static void on_complete(void* closure) noexcept;

  std::shared_ptr<Connection> connection_;
  std::shared_ptr<Handling> handling_;
  NatsSubscription subscription_;
};

}  // namespace witan::messaging
