#include "shared/messaging/connection.hpp"

#include <fstream>
#include <iterator>

#include "shared/base/log.hpp"

namespace witan::messaging {

namespace {

constexpr std::int64_t k_connect_timeout_ms = 1000;
constexpr std::int64_t k_reconnect_wait_ms = 100;
constexpr std::int64_t k_reconnect_jitter_ms = 200;
constexpr std::int64_t k_write_deadline_ms = 2000;
constexpr std::int64_t k_ping_interval_ms = 5000;
constexpr int k_pings_unanswered_max = 2;
constexpr int k_buffer_while_away_bytes_max = 8 * 1024 * 1024;

std::string password_in(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path, std::ios::binary);
  if (!file) throw MessagingFailure("cannot read the bus password file " + path);
  std::string password((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  while (!password.empty() && (password.back() == '\n' || password.back() == '\r')) password.pop_back();
  return password;
}

/// Each user's own, so that no other user can read the answers; infra/nats gives it to them.
std::string inbox_prefix(const std::string& user) { return user.empty() ? "_INBOX" : "_I." + user; }

NatsOptions library_options(const BusOptions& options) {
  natsOptions* made = nullptr;
  check(natsOptions_Create(&made), "make bus options");
  NatsOptions o(made);
  check(natsOptions_SetURL(made, options.url.c_str()), "use the bus address " + options.url);
  if (!options.user.empty()) {
    const std::string password = password_in(options.password_file);
    check(natsOptions_SetUserInfo(made, options.user.c_str(), password.c_str()), "set the bus user");
  }
  check(natsOptions_SetCustomInboxPrefix(made, inbox_prefix(options.user).c_str()), "set the subject of answers");
  check(natsOptions_SetName(made, options.name.c_str()), "set the connection's name");
  check(natsOptions_SetTimeout(made, k_connect_timeout_ms), "set the connect time-out");
  check(natsOptions_SetMaxReconnect(made, -1), "reconnect for ever");
  check(natsOptions_SetReconnectWait(made, k_reconnect_wait_ms), "set the reconnect wait");
  check(natsOptions_SetReconnectJitter(made, k_reconnect_jitter_ms, k_reconnect_jitter_ms), "set the jitter");
  check(natsOptions_SetReconnectBufSize(made, k_buffer_while_away_bytes_max), "set the buffer");
  check(natsOptions_SetWriteDeadline(made, k_write_deadline_ms), "set the write deadline");
  check(natsOptions_SetPingInterval(made, k_ping_interval_ms), "set the ping interval");
  check(natsOptions_SetMaxPingsOut(made, k_pings_unanswered_max), "set the unanswered pings");
  // The library's own flusher waits a millisecond for company before each write: too long for a request that
  // crosses the bus twice.
  check(natsOptions_SetSendAsap(made, true), "send at once");
  return o;
}

}  // namespace

Connection::Connection(const BusOptions& options, Listener listener)
    : listener_(std::move(listener)), inbox_prefix_(inbox_prefix(options.user)) {
  const NatsOptions o = library_options(options);
  check(natsOptions_SetRetryOnFailedConnect(o.get(), true, &on_connected, this), "retry the first connect");
  check(natsOptions_SetDisconnectedCB(o.get(), &on_disconnected, this), "set a callback");
  check(natsOptions_SetReconnectedCB(o.get(), &on_connected, this), "set a callback");
  check(natsOptions_SetClosedCB(o.get(), &on_closed, this), "set a callback");
  check(natsOptions_SetErrorHandler(o.get(), &on_error, this), "set a callback");
  natsConnection* made = nullptr;
  const natsStatus status = natsConnection_Connect(&made, o.get());
  if (status != NATS_OK && status != NATS_NOT_YET_CONNECTED)
    check(status, "connect to the bus at " + options.url);
  connection_.reset(made);
  // A callback may already have said more than this call knows.
  State nothing_said = State::unknown;
  state_.compare_exchange_strong(nothing_said, status == NATS_OK ? State::connected : State::away);
}

Connection::~Connection() { close(); }

void Connection::close() {
  is_closing_ = true;
  natsConnection_Close(connection_.get());
  std::unique_lock lock(mutex_);
  last_callback_.wait(lock, [&] { return is_last_callback_done_; });
}

void Connection::flush_for(std::chrono::milliseconds limit) {
  if (is_connected() && limit.count() > 0) natsConnection_FlushTimeout(connection_.get(), limit.count());
}

std::uint64_t Connection::messages_read() const {
  natsStatistics* made = nullptr;
  check(natsStatistics_Create(&made), "make statistics");
  const std::unique_ptr<natsStatistics, Destroyer<&natsStatistics_Destroy>> statistics(made);
  std::uint64_t messages = 0;
  check(natsConnection_GetStats(connection_.get(), made), "count messages");
  check(natsStatistics_GetCounts(made, &messages, nullptr, nullptr, nullptr, nullptr), "count messages");
  return messages;
}

void Connection::retire(NatsSubscription subscription) {
  if (!subscription) return;
  natsSubscription_Unsubscribe(subscription.get());
  // The library counts a message and looks its subscription up under one lock, so a thread that has since
  // counted another message is done with what it looked up before.
  const std::uint64_t read = messages_read();
  const std::lock_guard lock(retiring_);
  std::erase_if(retired_, [&](const Retired& old) { return old.messages_read < read; });
  retired_.push_back({read, std::move(subscription)});
}

void Connection::enter(State state, bool tell) {
  state_ = state;
  if (tell && listener_.on_state) listener_.on_state(state == State::connected);
}

void Connection::closed() {
  const bool was_connected = state_.exchange(State::closed) == State::connected;
  if (!is_closing_) {
    // The library gives up when the server refuses the same password twice. Only a restart with another one
    // helps.
    log::error("messaging", "bus_connection_closed",
               {{"reason", "the server refuses the user or the password"}});
    if (was_connected && listener_.on_state) listener_.on_state(false);
  }
  const std::lock_guard lock(mutex_);
  is_last_callback_done_ = true;
  last_callback_.notify_all();
}

void Connection::on_connected(natsConnection*, void* self) noexcept {
  static_cast<Connection*>(self)->enter(State::connected, true);
}

void Connection::on_disconnected(natsConnection*, void* self) noexcept {
  auto* connection = static_cast<Connection*>(self);
  connection->enter(State::away, !connection->is_closing_);
}

void Connection::on_closed(natsConnection*, void* self) noexcept { static_cast<Connection*>(self)->closed(); }

void Connection::on_error(natsConnection*, natsSubscription* subscription, natsStatus status,
                          void* self) noexcept {
  auto* connection = static_cast<Connection*>(self);
  if (status == NATS_SLOW_CONSUMER && subscription) {
    connection->listener_.on_slow_subscription(subscription);
  } else if (!connection->is_closing_) {
    log::warning("messaging", "bus_error", {{"status", natsStatus_GetText(status)}});
  }
}

}  // namespace witan::messaging
