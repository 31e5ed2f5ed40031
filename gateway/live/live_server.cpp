#include "gateway/live/live_server.hpp"

#include <unordered_map>
#include <unordered_set>

#include "gateway/http/rate_limiter.hpp"
#include "gateway/http/task_group.hpp"
#include "gateway/live/beast_wire.hpp"
#include "gateway/live/handshake.hpp"
#include "gateway/live/presence.hpp"
#include "gateway/live/session.hpp"
#include "gateway/live/tickets.hpp"
#include "shared/contract/topics.hpp"

namespace witan::live {

struct LiveServer::State final : Hub, std::enable_shared_from_this<LiveServer::State> {
  State(net::io_context& io, topics::TopicCache& topics_cache, auth::Auth& auth_room, http::CommandSender& command_sender,
        messaging::Bus& bus, LiveLimits chosen)
      : loop(io),
        topics_cache_(topics_cache),
        auth_(auth_room),
        sender_(command_sender),
        limits_(chosen),
        presence(topics_cache, auth_room, bus, io.get_executor()),
        handshakes(chosen.handshakes_per_minute, chosen.handshakes_per_minute),
        sockets(io, "sockets"),
        tasks(io, "live tasks") {}

  topics::TopicCache& cache() override { return topics_cache_; }
  auth::Auth& auth() override { return auth_; }
  http::CommandSender& sender() override { return sender_; }
  const LiveLimits& limits() const override { return limits_; }
  void spawn(net::awaitable<void> task) override { tasks.spawn(std::move(task)); }
  void count_frame() override { ++frames_sent; }

  Channel& channel(const std::string& topic, const std::string& audience) override {
    auto& found = channels[audience + ' ' + topic];
    if (found) return *found;
    if (topic_of_presence(topic)) found = presence.channel(topic, audience);
    else found = std::make_unique<TopicChannel>(topics_cache_, auth_, topic, audience);
    return *found;
  }

  void leave(Channel& left, Session* session) override {
    left.remove(session);
    // Not at once: the channel may be telling its subscribers right now.
    if (left.is_empty()) has_empty_channels = true;
  }

  void forget_empty_channels() {
    if (!has_empty_channels) return;
    has_empty_channels = false;
    std::erase_if(channels, [](const auto& entry) { return entry.second->is_empty(); });
  }

  void each_session(const std::function<void(Session&)>& tell) {
    const std::vector<std::weak_ptr<Session>> all(sessions.begin(), sessions.end());
    for (const auto& weak : all) {
      if (auto session = weak.lock()) tell(*session);
    }
  }

  /// What can be said before anybody is asked who is calling.
  std::optional<Rejection> refusal_of_anyone(const http::Request& request) {
    if (!auth_.is_own_origin(request.header("origin"))) return Rejection{ErrorCode::cross_site, {}, {}, {}};
    if (handshakes.allow(http::client_key(request.remote), std::chrono::steady_clock::now())) return std::nullopt;
    Rejection rejection{ErrorCode::rate_limited, "Too many sockets opened from this address; wait a little.", {}, {}};
    rejection.extra["retry_after_s"] = handshakes.retry_after_seconds();
    return rejection;
  }

  /// Once only: whoever has read it in a log or an address has nothing.
  bool has_ticket(const http::Request& request, const auth::Caller& caller) {
    for (const auto protocol : subprotocols(request)) {
      if (!protocol.starts_with(k_ticket_prefix)) continue;
      if (tickets.take(protocol.substr(k_ticket_prefix.size()), caller.session, std::chrono::steady_clock::now())) return true;
      auth_.strangers().form();
    }
    return false;
  }

  std::optional<Rejection> refusal(const http::Request& request, const auth::Caller& caller) {
    if (!caller.session.empty() && !has_ticket(request, caller)) {
      return Rejection{ErrorCode::ticket_invalid, "Ask for a ticket with POST /live/ticket, and open the socket within 30 seconds.", {}, {}};
    }
    if (is_stopping) return Rejection{ErrorCode::unavailable, "The service restarts; try again in a moment.", {}, {}};
    if (per_address[http::client_key(request.remote)] >= limits_.sockets_per_address_max) {
      return Rejection{ErrorCode::rate_limited, "Too many open sockets from this address.", {}, {}};
    }
    if (caller.actor.person && per_person[caller.actor.person->str()] >= limits_.sockets_per_person_max) {
      return Rejection{ErrorCode::rate_limited, "Too many open sockets for this account.", {}, {}};
    }
    return std::nullopt;
  }

  net::awaitable<void> serve(std::shared_ptr<BeastWire> wire, http::Request request, auth::Caller caller) {
    const auto self = shared_from_this();
    const auto address = http::client_key(request.remote);
    const auto person = caller.actor.person ? caller.actor.person->str() : std::string();
    const auto session = std::make_shared<Session>(*this, wire, std::move(caller));
    sessions.insert(session);
    if (!session->name().empty()) {
      by_name[session->name()].insert(session.get());
      session->rights_changed();   // they may have changed since the caller was identified
    }
    co_await wire->run(std::move(request), [session](std::string_view text) {
      session->receive(text, std::chrono::steady_clock::now());
    });
    sessions.erase(session);
    if (const auto named = by_name.find(session->name()); named != by_name.end()) {
      named->second.erase(session.get());
      if (named->second.empty()) by_name.erase(named);
    }
    session->leave();
    release(per_address, address);
    if (!person.empty()) release(per_person, person);
  }

  static void release(std::unordered_map<std::string, std::size_t>& counts, const std::string& key) {
    const auto found = counts.find(key);
    if (found != counts.end() && --found->second == 0) counts.erase(found);
  }

  void rights_changed(const std::string& name) {
    const auto named = by_name.find(name);
    if (named == by_name.end()) return;
    const auto all = named->second;
    for (auto* session : all) session->rights_changed();
  }

  void session_ends(const std::string& name, std::optional<std::chrono::seconds> in) {
    const auto named = by_name.find(name);
    if (named == by_name.end()) return;
    const auto told = std::make_shared<const std::string>(frame(Ending{in ? std::optional(in->count()) : std::nullopt}));
    for (auto* session : named->second) session->push(told);
  }

  void access_changed(const std::string& topic) {
    each_session([&](Session& session) { session.access_changed(topic); });
  }

  net::io_context& loop;
  topics::TopicCache& topics_cache_;
  auth::Auth& auth_;
  http::CommandSender& sender_;
  LiveLimits limits_;
  Presence presence;
  http::RateLimiter handshakes;
  Tickets tickets;
  std::unordered_set<std::shared_ptr<Session>> sessions;
  std::unordered_map<std::string, std::unordered_set<Session*>> by_name;   ///< Signed-in ones, by session hash.
  std::unordered_map<std::string, std::size_t> per_address;
  std::unordered_map<std::string, std::size_t> per_person;
  std::unordered_map<std::string, std::unique_ptr<Channel>> channels;      ///< By audience and topic.
  bool has_empty_channels = false;
  bool is_stopping = false;
  std::uint64_t frames_sent = 0;
  std::uint64_t closed_too_slow = 0;
  http::TaskGroup sockets;
  http::TaskGroup tasks;
};

LiveServer::LiveServer(net::io_context& loop, topics::TopicCache& cache, auth::Auth& auth, http::CommandSender& sender,
                       messaging::Bus& bus, LiveLimits limits)
    : state_(std::make_shared<State>(loop, cache, auth, sender, bus, limits)) {
  const std::weak_ptr<State> weak = state_;
  auth.on_change([weak](const std::string& session) {
    if (auto state = weak.lock()) state->rights_changed(session);
  });
  auth.on_ending([weak](const std::string& session, std::optional<std::chrono::seconds> in) {
    if (auto state = weak.lock()) state->session_ends(session, in);
  });
  cache.on_access_change([weak](const std::string& topic) {
    if (auto state = weak.lock()) state->access_changed(topic);
  });
}

LiveServer::~LiveServer() = default;

http::Response LiveServer::ticket(const http::Request& request, const auth::Caller& caller) {
  if (!state_->auth_.is_own_origin(request.header("origin"))) return http::problem_response(Rejection{ErrorCode::cross_site, {}, {}, {}}, request.trace);
  if (caller.session.empty()) return http::json_response(200, json::object());
  return http::json_response(200, json::object{{"ticket", state_->tickets.issue(caller.session, std::chrono::steady_clock::now())}});
}

net::awaitable<std::optional<http::Response>> LiveServer::upgrade(http::Request request, net::ip::tcp::socket& socket) {
  const auto state = state_;
  if (const auto refused = state->refusal_of_anyone(request)) co_return http::problem_response(*refused, request.trace);
  auto caller = co_await state->auth_.identify(std::string(request.cookie(state->auth_.cookie_name())));
  if (!caller) co_return http::problem_response(caller.error(), request.trace);
  if (const auto refused = state->refusal(request, *caller)) co_return http::problem_response(*refused, request.trace);
  ++state->per_address[http::client_key(request.remote)];
  if (caller->actor.person) ++state->per_person[caller->actor.person->str()];
  auto on_too_slow = [weak = std::weak_ptr(state)] {
    if (auto still = weak.lock()) ++still->closed_too_slow;
  };
  auto wire = BeastWire::make(state->loop, std::move(socket), state->limits_, std::move(on_too_slow));
  state->sockets.spawn(state->serve(std::move(wire), std::move(request), std::move(*caller)));
  co_return std::nullopt;
}

void LiveServer::tick() {
  const auto now = std::chrono::steady_clock::now();
  state_->presence.tick(now);
  state_->forget_empty_channels();
  state_->tickets.forget_old(now);
  state_->each_session([&](Session& session) {
    session.wire().tick(now);
    if (!session.name().empty() && !state_->auth_.now(session.name())) session.rights_changed();
  });
  for (auto& [key, channel] : state_->channels) channel->catch_up();
}

net::awaitable<void> LiveServer::stop(std::chrono::milliseconds limit) {
  const auto state = state_;
  state->is_stopping = true;
  state->each_session([](Session& session) {
    session.wire().close(CloseCode::service_restart, "the service restarts; come back in a moment");
  });
  co_await state->sockets.wait(limit);
  state->sockets.cancel();
  state->tasks.cancel();
  co_await state->sockets.wait(std::chrono::seconds(1));
  co_await state->tasks.wait(std::chrono::seconds(1));
  state->forget_empty_channels();   // other gateways are told that nobody is here any more
}

const Presence& LiveServer::presence() const { return state_->presence; }

LiveCounts LiveServer::counts() const {
  LiveCounts counts{state_->sessions.size(), 0, state_->frames_sent, state_->closed_too_slow};
  for (const auto& session : state_->sessions) counts.subscriptions += session->subscriptions();
  return counts;
}

}  // namespace witan::live
