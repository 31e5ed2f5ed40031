#include "shared/messaging/request_mux.hpp"

#include <charconv>

namespace witan::messaging {

namespace {

constexpr std::string_view k_nobody = "Nobody answers for this part of the service at the moment.";
constexpr std::string_view k_away = "The connection inside the service is interrupted.";

}  // namespace

RequestMux::RequestMux(Connection& connection) : connection_(connection), inbox_(connection.new_inbox()) {
  natsSubscription* made = nullptr;
  check(natsConnection_Subscribe(&made, connection.get(), (inbox_ + "*").c_str(), &on_message, this),
        "subscribe to answers");
  subscription_.reset(made);
  check(natsSubscription_SetOnCompleteCB(made, &on_complete, this), "watch the end of answers");
  check(natsSubscription_SetPendingLimits(made, -1, -1), "lift the limit of answers");
  watcher_ = std::thread([this] { watch_deadlines(); });
}

RequestMux::~RequestMux() {
  connection_.retire(std::move(subscription_));
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_complete_; });
    is_stopping_ = true;
    changed_.notify_all();
  }
  watcher_.join();
  fail_all(k_away);
}

void RequestMux::send(const std::string& subject, std::string_view payload, const std::string& message_id,
                      Clock::time_point deadline, Settle settle) {
  if (!connection_.is_connected()) {
    settle(reject(ErrorCode::unavailable, std::string(k_away)));
    return;
  }
  Token token = 0;
  {
    const std::lock_guard lock(mutex_);
    token = ++last_token_;
    waiting_.emplace(token, Waiting{deadline, std::move(settle)});
    const auto place = deadlines_.emplace(deadline, token).first;
    if (place == deadlines_.begin()) changed_.notify_all();
  }
  if (publish(subject, inbox_ + std::to_string(token), payload, message_id) == NATS_OK) return;
  if (auto unsent = take(token)) unsent(reject(ErrorCode::unavailable, std::string(k_away)));
}

natsStatus RequestMux::publish(const std::string& subject, const std::string& reply, std::string_view payload,
                               const std::string& message_id) {
  natsMsg* made = nullptr;
  natsStatus status =
      natsMsg_Create(&made, subject.c_str(), reply.c_str(), payload.data(), static_cast<int>(payload.size()));
  const NatsMessage message(made);
  if (status == NATS_OK && !message_id.empty())
    status = natsMsgHeader_Set(made, "Nats-Msg-Id", message_id.c_str());
  if (status == NATS_OK) status = natsConnection_PublishMsg(connection_.get(), made);
  return status;
}

RequestMux::Settle RequestMux::take(Token token) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(token);
  if (found == waiting_.end()) return nullptr;
  Settle settle = std::move(found->second.settle);
  deadlines_.erase({found->second.deadline, token});
  waiting_.erase(found);
  return settle;
}

void RequestMux::fail_all(std::string_view why) {
  std::unordered_map<Token, Waiting> lost;
  {
    const std::lock_guard lock(mutex_);
    lost.swap(waiting_);
    deadlines_.clear();
  }
  for (auto& [token, waiting] : lost) waiting.settle(reject(ErrorCode::unavailable, std::string(why)));
}

void RequestMux::answered(const natsMsg* message) {
  const std::string_view subject = natsMsg_GetSubject(message);
  if (!subject.starts_with(inbox_)) return;
  Token token = 0;
  const auto* end = subject.data() + subject.size();
  if (const auto read = std::from_chars(subject.data() + inbox_.size(), end, token); read.ptr != end) return;
  Settle settle = take(token);
  if (!settle) return;  // too late, or a second answer
  if (natsMsg_IsNoResponders(const_cast<natsMsg*>(message))) {
    settle(reject(ErrorCode::unavailable, std::string(k_nobody)));
  } else {
    settle(copy_of(message).payload);
  }
}

void RequestMux::watch_deadlines() {
  std::unique_lock lock(mutex_);
  while (!is_stopping_) {
    if (deadlines_.empty()) {
      changed_.wait(lock);
      continue;
    }
    const auto [deadline, token] = *deadlines_.begin();
    if (Clock::now() < deadline) {
      changed_.wait_until(lock, deadline);
      continue;
    }
    lock.unlock();
    if (auto settle = take(token)) settle(reject(ErrorCode::deadline_exceeded));
    lock.lock();
  }
}

void RequestMux::on_message(natsConnection*, natsSubscription*, natsMsg* message, void* closure) noexcept {
  const NatsMessage owned(message);
  static_cast<RequestMux*>(closure)->answered(message);
}

void RequestMux::on_complete(void* closure) noexcept {
  auto* mux = static_cast<RequestMux*>(closure);
  const std::lock_guard lock(mux->mutex_);
  mux->is_complete_ = true;
  mux->changed_.notify_all();
}

}  // namespace witan::messaging
