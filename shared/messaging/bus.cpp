#include "shared/messaging/bus.hpp"

#include <set>
#include <unordered_map>

#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/this_coro.hpp>

#include "shared/messaging/answered.hpp"
#include "shared/messaging/jetstream.hpp"
#include "shared/messaging/request_mux.hpp"
#include "shared/messaging/subscription.hpp"

namespace witan::messaging {

namespace {

constexpr std::string_view k_lost =
    "The connection inside the service was lost before the answer came; it may or may not have been done.";
constexpr std::string_view k_stopped = "This part of the service is stopping.";

/// The live subscriptions of a bus, for drain and for the library's word that it dropped messages.
/// Thread-safe.
class Register {
 public:
  void add(natsSubscription* subscription, std::weak_ptr<Handling> handling) {
    const std::lock_guard lock(mutex_);
    entries_[subscription] = std::move(handling);
  }
  void remove(natsSubscription* subscription) {
    const std::lock_guard lock(mutex_);
    entries_.erase(subscription);
  }
  void dropped(natsSubscription* subscription) {
    std::shared_ptr<Handling> handling;
    {
      const std::lock_guard lock(mutex_);
      const auto found = entries_.find(subscription);
      if (found != entries_.end()) handling = found->second.lock();
    }
    if (handling) handling->dropped();
  }
  /// Tells the server to send no more, and returns those whose messages are still to be handled.
  std::vector<std::shared_ptr<Handling>> drain(std::chrono::milliseconds limit) {
    std::vector<std::shared_ptr<Handling>> draining;
    const std::lock_guard lock(mutex_);
    for (const auto& [subscription, weak] : entries_) {
      auto handling = weak.lock();
      if (handling && natsSubscription_DrainTimeout(subscription, limit.count()) == NATS_OK) {
        draining.push_back(std::move(handling));
      }
    }
    return draining;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<natsSubscription*, std::weak_ptr<Handling>> entries_;
};

class NatsBus final : public Bus {
 public:
  explicit NatsBus(BusOptions options)
      : options_(std::move(options)),
        subscriptions_(std::make_shared<Register>()),
        connection_(std::make_shared<Connection>(
            options_, Connection::Listener{[this](bool connected) { tell(connected); },
                                           [subscriptions = subscriptions_](natsSubscription* slow) {
                                             subscriptions->dropped(slow);
                                           }})),
        mux_(*connection_),
        jetstream_(connection_, mux_) {
    const std::lock_guard lock(ready_mutex_);
    is_ready_ = true;
  }
  NatsBus(const NatsBus&) = delete;
  NatsBus& operator=(const NatsBus&) = delete;
  ~NatsBus() override { connection_->close(); }

  bool is_connected() const override { return connection_->is_connected(); }

  void publish(const std::string& subject, std::string_view payload) override {
    const natsStatus status = natsConnection_Publish(connection_->get(), subject.c_str(), payload.data(),
                                                     static_cast<int>(payload.size()));
    switch (status) {
      case NATS_INVALID_ARG:
      case NATS_INVALID_SUBJECT:
      case NATS_MAX_PAYLOAD:
      case NATS_NO_MEMORY:
        check(status, "publish to " + subject);
        break;
      default:
        break;  // away, and more is waiting than is kept: at most once
    }
  }

  std::unique_ptr<Subscription> subscribe(const std::string& subject, const std::string& queue,
                                          net::any_io_executor executor, std::function<void(Message)> handler,
                                          std::size_t pending_max,
                                          std::function<void()> on_dropped) override {
    auto handling =
        std::make_shared<Handling>(executor, std::move(handler), pending_max, std::move(on_dropped));
    auto made = std::make_unique<LiveSubscription>(connection_, subject, queue, handling);
    subscriptions_->add(made->get(), handling);
    made->on_destroyed = [all = subscriptions_, subscription = made->get()] { all->remove(subscription); };
    return made;
  }

  void request(const std::string& subject, std::string payload, std::chrono::milliseconds timeout,
               net::any_io_executor executor, std::function<void(Result<std::string>)> done) override {
    // Tracked, so that a loop does not end while an answer is on its way to it.
    auto tracked = net::prefer(std::move(executor), net::execution::outstanding_work.tracked);
    mux_.send(subject, payload, {}, RequestMux::Clock::now() + timeout,
              [tracked, done = std::move(done)](Result<std::string> answer) mutable {
                net::post(tracked, [done = std::move(done), answer = std::move(answer)]() mutable {
                  done(std::move(answer));
                });
              });
  }

  void ensure_stream(const StreamSpec& spec) override { jetstream_.ensure_stream(spec); }
  void empty_stream(const std::string& stream, std::int64_t up_to) override {
    jetstream_.empty_stream(stream, up_to);
  }
  std::optional<Message> last_event(const std::string& stream) override {
    return jetstream_.last_event(stream);
  }
  void publish_events(const std::vector<OutgoingEvent>& events) override {
    jetstream_.publish_events(events);
  }
  void ensure_consumer(const std::string& stream, const std::string& durable,
                       const std::string& filter) override {
    jetstream_.ensure_consumer(stream, durable, filter);
  }
  std::vector<std::unique_ptr<FetchedEvent>> fetch(const std::string& stream, const std::string& durable,
                                                   const std::string& filter, int batch,
                                                   std::chrono::milliseconds wait) override {
    return jetstream_.fetch(stream, durable, filter, batch, wait);
  }

  void drain(std::chrono::milliseconds limit) override {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    for (const auto& handling : subscriptions_->drain(limit)) handling->wait_until_idle(deadline);
    const auto left = deadline - std::chrono::steady_clock::now();
    connection_->flush_for(std::chrono::duration_cast<std::chrono::milliseconds>(left));
    connection_->close();
    mux_.fail_all(k_stopped);
  }

 private:
  /// On a library thread, from the moment the connection exists: the mux may not be there yet.
  void tell(bool connected) {
    {
      const std::lock_guard lock(ready_mutex_);
      if (!connected && is_ready_) mux_.fail_all(k_lost);
    }
    if (options_.on_connection) options_.on_connection(connected);
  }

  BusOptions options_;
  std::mutex ready_mutex_;
  bool is_ready_ = false;
  std::shared_ptr<Register> subscriptions_;
  std::shared_ptr<Connection> connection_;
  RequestMux mux_;
  JetStream jetstream_;
};

}  // namespace

std::shared_ptr<Bus> Bus::connect(BusOptions options) {
  return std::make_shared<NatsBus>(std::move(options));
}

net::awaitable<Result<std::string>> Bus::request(std::string subject, std::string payload,
                                                 std::chrono::milliseconds timeout) {
  const net::any_io_executor executor = co_await net::this_coro::executor;
  co_return co_await answered(executor, [&](auto done) {
    request(subject, std::move(payload), timeout, executor, std::move(done));
  });
}

}  // namespace witan::messaging
