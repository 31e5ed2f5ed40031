#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "shared/base/ids.hpp"
#include "shared/messaging/nats_handles.hpp"

namespace witan::messaging {

/// The one connection of a bus: opens it, keeps its state, and on destruction waits for the library's last
/// callback, so that none arrives at a dead object. Thread-safe. Must not be destroyed on a library thread.
class Connection {
 public:
  struct Listener {
    std::function<void(bool connected)> on_state;                 ///< On a library thread.
    std::function<void(natsSubscription*)> on_slow_subscription;  ///< On a library thread.
  };

  Connection(const BusOptions& options, Listener listener);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  natsConnection* get() const { return connection_.get(); }
  /// A fresh subject for answers, ending in a dot; only this connection's user may listen below it.
  std::string new_inbox() const { return inbox_prefix_ + "." + random_id_text() + "."; }
  /// Never waits for the library's lock, which it holds while it tries to reconnect.
  bool is_connected() const { return state_.load() == State::connected; }
  /// Waits until what was published has reached the server, or the time is over.
  void flush_for(std::chrono::milliseconds limit);
  /// Unsubscribes at once, and frees the subscription when the library's reading thread can no longer be
  /// using it: nats.c before 3.6 looks a subscription up, lets go of the lock and then uses it
  /// (nats-io/nats.c issue 637).
  void retire(NatsSubscription subscription);
  /// Closes for good and waits for the callback that says so. Idempotent.
  void close();

 private:
  enum class State { unknown, connected, away, closed };
  std::uint64_t messages_read() const;
  void enter(State state, bool tell);
  void closed();
  static void on_connected(natsConnection*, void* self) noexcept;
  static void on_disconnected(natsConnection*, void* self) noexcept;
  static void on_closed(natsConnection*, void* self) noexcept;
  static void on_error(natsConnection*, natsSubscription*, natsStatus, void* self) noexcept;

  Listener listener_;
  const std::string inbox_prefix_;
  std::atomic<State> state_ = State::unknown;
  std::atomic<bool> is_closing_ = false;
  std::mutex mutex_;
  std::condition_variable last_callback_;
  bool is_last_callback_done_ = false;
  struct Retired {
    std::uint64_t messages_read;  ///< When it was unsubscribed.
    NatsSubscription subscription;
  };

  NatsConnection connection_;
  std::mutex retiring_;
  std::vector<Retired> retired_;
};

}  // namespace witan::messaging
