#include "shared/messaging/subscription.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace witan::messaging {

namespace {

/// All messages of one subscription that wait for their handler, together.
constexpr std::size_t k_pending_bytes_max = 64UL * 1024 * 1024;
constexpr int k_library_pending_max = 65536;

}  // namespace

Handling::Handling(const net::any_io_executor& executor, std::function<void(Message)> handler,
                   std::size_t pending_max, std::function<void()> on_dropped)
    : pending_max_(pending_max),
      strand_(net::make_strand(executor)),
      handler_(std::make_shared<const std::function<void(Message)>>(std::move(handler))),
      on_dropped_(std::move(on_dropped)) {}

void Handling::take(Message message) {
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    const bool is_full =
        waiting_ >= pending_max_ || waiting_bytes_ + message.payload.size() > k_pending_bytes_max;
    if (!is_full) {
      ++waiting_;
      waiting_bytes_ += message.payload.size();
      is_dropping_ = false;
      net::post(*strand_, [self = shared_from_this(), moved = std::move(message)]() mutable {
        self->run(std::move(moved));
      });
      return;
    }
  }
  dropped();
}

void Handling::dropped() {
  const std::lock_guard telling(telling_);
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_ || std::exchange(is_dropping_, true))
      return;  // told once for each run of dropped messages
  }
  if (on_dropped_) on_dropped_();
}

void Handling::run(Message message) {
  /// Marks the end of the handler also when it throws.
  struct Finish {
    Handling& handling;
    std::size_t bytes;
    ~Finish() {
      const std::lock_guard lock(handling.mutex_);
      handling.running_on_ = {};
      --handling.waiting_;
      handling.waiting_bytes_ -= bytes;
      handling.changed_.notify_all();
    }
  };
  std::shared_ptr<const std::function<void(Message)>> handler;
  const Finish finish{*this, message.payload.size()};
  {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    running_on_ = std::this_thread::get_id();
    handler = handler_;
  }
  (*handler)(std::move(message));
  handler.reset();
}

void Handling::close() {
  {
    std::unique_lock lock(mutex_);
    is_closed_ = true;
    strand_.reset();
    const auto here = std::this_thread::get_id();
    changed_.wait(lock, [&] { return running_on_ == std::thread::id() || running_on_ == here; });
  }
  const std::lock_guard told(telling_);
  handler_.reset();
  on_dropped_ = nullptr;
}

void Handling::library_is_done() {
  const std::lock_guard lock(mutex_);
  is_library_done_ = true;
  changed_.notify_all();
}

bool Handling::wait_until_idle(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return changed_.wait_until(lock, deadline,
                             [&] { return is_closed_ || (is_library_done_ && waiting_ == 0); });
}

LiveSubscription::LiveSubscription(std::shared_ptr<Connection> connection, const std::string& subject,
                                   const std::string& queue, std::shared_ptr<Handling> handling)
    : connection_(std::move(connection)), handling_(std::move(handling)) {
  // The library's threads own this reference; on_complete is the last that they call.
  auto closure = std::make_unique<std::shared_ptr<Handling>>(handling_);
  natsSubscription* made = nullptr;
  const natsStatus status =
      queue.empty()
          ? natsConnection_Subscribe(&made, connection_->get(), subject.c_str(), &on_message, closure.get())
          : natsConnection_QueueSubscribe(&made, connection_->get(), subject.c_str(), queue.c_str(),
                                          &on_message, closure.get());
  check(status, "subscribe to " + subject);
  subscription_.reset(made);
  auto* const given = closure.release();
  // Fails only when the connection is closed at this moment; then the few bytes of the reference stay behind,
  // because nobody says when the library is done with them.
  check(natsSubscription_SetOnCompleteCB(made, &on_complete, given), "watch the end of " + subject);
  // The exact limit is Handling's; the library's own queue is for the moment until its thread has run.
  check(natsSubscription_SetPendingLimits(made, k_library_pending_max, static_cast<int>(k_pending_bytes_max)),
        "limit " + subject);
}

LiveSubscription::~LiveSubscription() {
  if (on_destroyed) on_destroyed();
  connection_->retire(std::move(subscription_));
  handling_->close();
}

void LiveSubscription::on_message(natsConnection*, natsSubscription*, natsMsg* message,
                                  void* closure) noexcept {
  const NatsMessage owned(message);
  (*static_cast<std::shared_ptr<Handling>*>(closure))->take(copy_of(message));
}

void LiveSubscription::on_complete(void* closure) noexcept {
  const std::unique_ptr<std::shared_ptr<Handling>> owned(static_cast<std::shared_ptr<Handling>*>(closure));
  (*owned)->library_is_done();
}

}  // namespace witan::messaging
