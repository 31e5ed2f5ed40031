#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "shared/contract/result.hpp"

/// NATS, in RAII and on Asio. Nobody outside this room's sources sees a C type of nats.c.
namespace witan::messaging {

namespace net = boost::asio;

struct MessagingFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Nobody answers for the stream: the provisioner has not made it yet, or not again after the bus lost its store, or the bus
/// stands still, which looks the same.
struct StreamAbsent : MessagingFailure {
  using MessagingFailure::MessagingFailure;
};

struct Message {
  std::string subject;
  std::string reply;  ///< Empty when no answer is wanted.
  std::string payload;
  std::int64_t sequence = 0;  ///< Its number in the stream that it was read from; 0 when it came by none.
};

struct BusOptions {
  std::string url;  ///< `nats://127.0.0.1:4222`
  std::string user;  ///< Answers come to `_I.<user>.>`, which the server lets nobody else listen to.
  std::string password_file;  ///< Path; empty for no password.
  std::string name;           ///< Shown by nats-server's monitoring.
  /// Called on a library thread whenever the connection is lost or regained, and for the first connection
  /// when that is made after `connect` has returned (before it: ask `is_connected`). Must not block or
  /// destroy the bus.
  std::function<void(bool connected)> on_connection;
};

/// A subscription; unsubscribes and waits for its last handler when destroyed.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

struct StreamSpec {
  std::string name;
  std::vector<std::string> subjects;
  std::int64_t bytes_max = 512LL * 1024 * 1024;
};

struct OutgoingEvent {
  std::string subject;
  std::string payload;
  std::string message_id;  ///< `Nats-Msg-Id`: a repeat inside the duplicate window is dropped by the server.
};

/// One JetStream message that was fetched. Acknowledge after what it caused is on disk.
class FetchedEvent {
 public:
  virtual ~FetchedEvent() = default;
  virtual const std::string& payload() const = 0;
  virtual void ack() = 0;
  virtual void retry_after(std::chrono::milliseconds delay) = 0;
};

/// Connection to the bus. Reconnects for ever by itself. All functions are thread-safe; those that say
/// "blocks" belong on a thread of their own (relay, consumer), never on a loop.
class Bus {
 public:
  /// Returns at once, connected or not (nats.c's retry-on-failed-connect); throws MessagingFailure on bad
  /// options, and on a refused user or password when the server says so that soon.
  static std::shared_ptr<Bus> connect(BusOptions options);
  virtual ~Bus() = default;

  virtual bool is_connected() const = 0;
  /// At once, and at most once. While away, messages are buffered up to a bound and then dropped: readers heal by heads.
  virtual void publish(const std::string& subject, std::string_view payload) = 0;

  /// The handler runs on `executor`, one message after the other, in order. With `queue`, one member of the
  /// group gets each message. `pending_max` messages may wait; beyond it the library drops and `on_dropped`
  /// is told (on a library thread).
  virtual std::unique_ptr<Subscription> subscribe(const std::string& subject, const std::string& queue,
                                                  net::any_io_executor executor,
                                                  std::function<void(Message)> handler,
                                                  std::size_t pending_max = 65536,
                                                  std::function<void()> on_dropped = {}) = 0;

  /// One request, one answer; `done` runs on `executor`. No answer in time: `deadline_exceeded`; nobody
  /// listening or no connection: `unavailable`.
  virtual void request(const std::string& subject, std::string payload, std::chrono::milliseconds timeout,
                       net::any_io_executor executor, std::function<void(Result<std::string>)> done) = 0;
  /// The same for coroutines.
  net::awaitable<Result<std::string>> request(std::string subject, std::string payload,
                                              std::chrono::milliseconds timeout);

  // JetStream. All block for at most a few seconds and throw MessagingFailure. Only the provisioner may make streams and
  // consumers and empty a stream (infra/nats).
  /// Creates the stream, or changes it where it is described otherwise.
  virtual void ensure_stream(const StreamSpec& spec) = 0;
  /// Takes everything off the stream, for good, up to the message of that number and with it. Whoever has not heard it asks
  /// its producer.
  virtual void empty_stream(const std::string& stream, std::int64_t up_to) = 0;
  /// The newest message of a stream, or nothing when it is empty. Throws StreamAbsent when nobody answers for it.
  virtual std::optional<Message> last_event(const std::string& stream) = 0;
  /// Publishes in order and waits for every acknowledgement. Throws when any is missing.
  virtual void publish_events(const std::vector<OutgoingEvent>& events) = 0;
  /// Creates the durable pull consumer when it is not there.
  virtual void ensure_consumer(const std::string& stream, const std::string& durable,
                               const std::string& filter) = 0;
  /// Up to `batch` messages; empty after `wait` without any. Throws when the consumer is gone.
  virtual std::vector<std::unique_ptr<FetchedEvent>> fetch(const std::string& stream,
                                                           const std::string& durable,
                                                           const std::string& filter, int batch,
                                                           std::chrono::milliseconds wait) = 0;

  /// Stops taking messages, lets handlers finish, sends what is buffered, closes. Blocks at most `limit`.
  virtual void drain(std::chrono::milliseconds limit) = 0;
};

}  // namespace witan::messaging
