#include "gateway/live/session.hpp"

#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/auth/refusals.hpp"
#include "gateway/http/api.hpp"
#include "shared/contract/catalogue.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

namespace witan::live {

namespace {

template <class T>
Result<T> decode_frame(json::object frame) {
  frame.erase("type");
  auto decoded = codec::decode_from_outside<T>(json::value(std::move(frame)));
  if (decoded) return decoded;
  auto rejection = std::move(decoded.error());
  rejection.code = ErrorCode::invalid_request;
  return std::unexpected(std::move(rejection));
}

constexpr std::string_view k_other_audience = "other_audience";
constexpr std::string_view k_paper_topics = "papers/";
constexpr std::chrono::milliseconds k_retry_time{500};

net::awaitable<void> pause(std::chrono::steady_clock::duration time) {
  net::steady_timer timer(co_await net::this_coro::executor, time);
  co_await timer.async_wait(net::use_awaitable);
}

/// The topic whose rules and rows count: of `now/<topic>` those of the topic that it is about.
std::string ruling(const std::string& topic) {
  const auto about = topic_of_presence(topic);
  return about ? std::string(*about) : topic;
}

bool is_other_audience(const ResumeFrom& after, const std::string& audience) {
  return after.audience && *after.audience != audience;
}

std::size_t bytes_of(const std::vector<std::shared_ptr<const std::string>>& frames) {
  std::size_t bytes = 0;
  for (const auto& frame : frames) bytes += frame->size();
  return bytes;
}

}  // namespace

Session::Session(Hub& hub, std::shared_ptr<Wire> wire, auth::Caller caller)
    : hub_(hub),
      wire_(std::move(wire)),
      caller_(std::make_shared<const auth::Caller>(std::move(caller))),
      session_(caller_->session),
      tokens_(hub.limits().messages_burst) {
  if (!session_.empty()) hub_.auth().hold(session_);
}

Session::~Session() {
  leave();
}

void Session::leave() {
  if (has_left_) return;
  has_left_ = true;
  for (const auto& [topic, subscription] : subscriptions_) {
    if (subscription.channel) hub_.leave(*subscription.channel, this);
  }
  subscriptions_.clear();
  if (!session_.empty()) hub_.auth().release(session_);
}

template <class Frame>
void Session::send(const Frame& frame) {
  push(std::make_shared<const std::string>(live::frame(frame)));
}

void Session::push(const std::shared_ptr<const std::string>& frame) {
  if (has_left_) return;
  hub_.count_frame();
  wire_->send(frame);
}

void Session::refuse(std::optional<std::string> topic, const Rejection& rejection) {
  send(Problem{std::move(topic), to_problem(rejection, http::new_trace())});
}

bool Session::may_receive(Time now) {
  const auto& limits = hub_.limits();
  if (refilled_ != Time()) {
    const double passed = std::chrono::duration<double>(now - refilled_).count();
    tokens_ = std::min(limits.messages_burst, tokens_ + passed * limits.messages_per_second);
  }
  refilled_ = now;
  if (tokens_ < 1.0) return false;
  tokens_ -= 1.0;
  return true;
}

void Session::receive(std::string_view text, Time now) {
  if (has_left_ || wire_->is_closing()) return;
  if (!may_receive(now)) return wire_->close(CloseCode::too_many_messages, "too many messages; come back later");
  auto value = http::parse_json(text);
  if (!value) return refuse(std::nullopt, value.error());
  const auto* object = value->if_object();
  if (!object) return refuse(std::nullopt, Rejection{ErrorCode::invalid_request, "A frame is a JSON object.", {}, {}});
  take(*object);
}

void Session::take(const json::object& frame) {
  const auto type = string_at(frame, "type");
  const auto topic_of = [&]() -> std::optional<std::string> {
    const auto topic = string_at(frame, "topic");
    return topic.empty() ? std::nullopt : std::optional(std::string(topic));
  };
  if (type == Subscribe::k_type) {
    auto request = decode_frame<Subscribe>(frame);
    return request ? subscribe(std::move(*request)) : refuse(topic_of(), request.error());
  }
  if (type == Unsubscribe::k_type) {
    auto request = decode_frame<Unsubscribe>(frame);
    return request ? unsubscribe(*request) : refuse(topic_of(), request.error());
  }
  if (type == Here::k_type) {
    if (!session_.empty()) hub_.auth().note_use(session_);
    return;
  }
  if (type == Command::k_type) {
    if (!session_.empty()) hub_.auth().note_use(session_);
    auto request = decode_frame<Command>(frame);
    if (request) return command(std::move(*request));
    const auto id = string_at(frame, "id");
    if (id.empty()) return refuse(std::nullopt, request.error());
    return send(Reply{std::string(id), std::nullopt, to_problem(request.error(), http::new_trace())});
  }
  if (type == Doing::k_type) {
    auto request = decode_frame<Doing>(frame);
    return request ? doing(std::move(*request)) : refuse(std::nullopt, request.error());
  }
  refuse(std::nullopt, Rejection{ErrorCode::invalid_request,
                                 "A frame's type is subscribe, unsubscribe, command, here or doing.",
                                 {FieldError{"/type", ErrorCode::invalid_value, "There is no such type of frame."}},
                                 {}});
}

void Session::subscribe(Subscribe request) {
  const bool is_new = !subscriptions_.contains(request.topic);
  if (is_new && subscriptions_.size() >= hub_.limits().subscriptions_max) {
    return refuse(request.topic, Rejection{ErrorCode::rate_limited, "This socket watches as many topics as it may.", {}, {}});
  }
  begin(request.topic, std::move(request.after), "first");
}

void Session::begin(const std::string& topic, std::optional<ResumeFrom> after, std::string snapshot_reason) {
  auto& subscription = subscriptions_[topic];
  if (subscription.channel) hub_.leave(*subscription.channel, this);
  subscription = {nullptr, ++attempts_};
  hub_.spawn(answer_subscribe(topic, std::move(after), std::move(snapshot_reason), subscription.attempt));
}

void Session::unsubscribe(const Unsubscribe& request) {
  const auto found = subscriptions_.find(request.topic);
  if (found == subscriptions_.end()) return;
  if (found->second.channel) hub_.leave(*found->second.channel, this);
  subscriptions_.erase(found);
}

/// Refused without the topic: its subscription stands.
void Session::doing(Doing request) {
  const auto found = subscriptions_.find(request.topic);
  if (found == subscriptions_.end() || !found->second.channel) {
    return refuse(std::nullopt, Rejection{ErrorCode::not_found, "Subscribe to the topic first.", {}, {}});
  }
  const auto noted = found->second.channel->note_editing(this, std::move(request.editing));
  if (!noted) refuse(std::nullopt, noted.error());
}

bool Session::is_current(const std::string& topic, std::uint64_t attempt) const {
  const auto found = subscriptions_.find(topic);
  return !has_left_ && !wire_->is_closing() && found != subscriptions_.end() && found->second.attempt == attempt;
}

std::optional<std::string> Session::audience_now(const std::string& topic) const {
  const auto* rules = hub_.cache().access_now(ruling(topic));
  return rules ? audience_for(*rules, actor()) : std::nullopt;
}

bool Session::may_show(const std::string& topic, const std::string& audience) const {
  const auto* rules = hub_.cache().access_now(ruling(topic));
  return rules && http::may_show_now(hub_.auth(), *rules, audience);
}

net::awaitable<void> Session::answer_subscribe(std::string topic, std::optional<ResumeFrom> after, std::string reason,
                                               std::uint64_t attempt) {
  const auto self = shared_from_this();
  const bool is_watched = reason == k_other_audience;
  const auto begun = std::chrono::steady_clock::now();
  auto prepared = co_await prepare(topic, after);
  if (!is_watched && !prepared && auth::is_absent(prepared.error()) && topic.starts_with(k_paper_topics)) {
    auth::note_refused_paper(hub_.auth(), *caller_, {}, std::string_view(topic).substr(k_paper_topics.size()), {});
    co_await pause(auth::held_for(begun, std::chrono::steady_clock::now()));
  }
  while (is_watched && !prepared && is_current(topic, attempt) && !auth::is_absent(prepared.error())) {
    // The browser has not asked, so it would not ask again. Nothing of the old audience follows meanwhile.
    co_await pause(k_retry_time);
    if (is_current(topic, attempt)) prepared = co_await prepare(topic, after);
  }
  if (!is_current(topic, attempt)) co_return;
  if (!prepared) {
    subscriptions_.erase(topic);
    if (is_watched) send(Revoked{topic});
    else refuse(topic, prepared.error());
    co_return;
  }
  // From here to the end nothing waits: what is sent is what the channel goes on from.
  if (ruling(topic) == topic) send_first(topic, *prepared, after, reason);   // who is there now is told by the channel, as a whole
  auto& channel = hub_.channel(topic, prepared->audience);
  subscriptions_[topic].channel = &channel;
  channel.add(this, hub_.cache().now(ruling(topic), prepared->audience)->version);
}

/// Opens what the caller may see of the topic and, with `after`, the way from there. Rights may change while this
/// waits, so it looks again at the end.
net::awaitable<Result<Session::Prepared>> Session::prepare(std::string topic, std::optional<ResumeFrom> after) {
  const auto self = shared_from_this();
  const auto rows = ruling(topic);
  if (rows != topic) after.reset();   // there is nothing to go on from
  for (int tries = 0; tries < 5; ++tries) {
    auto audience = co_await http::audience_of(hub_.cache(), hub_.auth(), rows, *caller_);
    if (!audience) co_return std::unexpected(std::move(audience.error()));
    Prepared prepared{std::move(*audience), {}};
    if (after && !is_other_audience(*after, prepared.audience)) {
      auto missing = co_await hub_.cache().changes_since(topic, prepared.audience, after->position());
      if (!missing) co_return std::unexpected(std::move(missing.error()));
      prepared.missing = std::move(*missing);
    } else {
      auto view = co_await hub_.cache().open(rows, prepared.audience);
      if (!view) co_return std::unexpected(std::move(view.error()));
    }
    co_await wire_->room();
    // Directory may have fallen silent meanwhile; then the next try is refused.
    if (audience_now(topic) == prepared.audience && may_show(topic, prepared.audience) &&
        hub_.cache().now(rows, prepared.audience)) {
      co_return prepared;
    }
  }
  co_return reject(ErrorCode::unavailable);
}

/// What leads from `after` to now: from the cache, or what was prepared and the changes since then.
std::optional<topics::TopicCache::Missing> Session::missing_now(const std::string& topic, const Prepared& prepared,
                                                                const Position& after) const {
  const auto& cache = hub_.cache();
  if (auto missing = cache.resume(topic, prepared.audience, after)) return missing;
  if (!prepared.missing) return std::nullopt;
  const auto& reached = prepared.missing->now;
  auto missing = cache.resume(topic, prepared.audience, {reached.epoch, reached.version});
  if (!missing) return std::nullopt;
  missing->frames.insert(missing->frames.begin(), prepared.missing->frames.begin(), prepared.missing->frames.end());
  return missing;
}

void Session::send_first(const std::string& topic, const Prepared& prepared, const std::optional<ResumeFrom>& after,
                         const std::string& reason) {
  auto& cache = hub_.cache();
  const auto& audience = prepared.audience;
  const bool is_other = after && is_other_audience(*after, audience);
  const auto missing = after && !is_other ? missing_now(topic, prepared, after->position()) : std::nullopt;
  if (missing && bytes_of(missing->frames) <= hub_.limits().queue_bytes_max / 2) {
    for (const auto& frame : missing->frames) push(frame);
    return send(Resumed{topic, missing->now.epoch, missing->now.version, static_cast<std::int64_t>(missing->frames.size())});
  }
  const auto now = cache.now(topic, audience);
  const std::string why = !after ? reason : is_other ? std::string(k_other_audience)
                                        : after->epoch != now->epoch ? "other_epoch" : "too_old";
  push(cache.snapshot_frame(topic, audience, why));
}

void Session::command(Command request) {
  if (commands_in_flight_ >= hub_.limits().commands_in_flight_max) {
    const Rejection rejection{ErrorCode::rate_limited, "Too many commands wait for their answers.", {}, {}};
    return send(Reply{request.id, std::nullopt, to_problem(rejection, http::new_trace())});
  }
  if (catalogue::is_for_visitors(request.name)) {  // each may cost a password's hash or a mail, and is limited there
    const Rejection rejection{ErrorCode::invalid_request, "Send this command to /api/v1/commands.", {}, {}};
    return send(Reply{request.id, std::nullopt, to_problem(rejection, http::new_trace())});
  }
  ++commands_in_flight_;
  hub_.spawn(answer_command(std::move(request)));
}

net::awaitable<void> Session::answer_command(Command request) {
  const auto self = shared_from_this();
  const auto id = request.id;
  const auto trace = http::new_trace();
  auto sent = http::to_command_request(std::move(request), *caller_, trace);
  Result<CommandReply> reply = std::unexpected(Rejection());
  if (sent) reply = co_await hub_.sender().send(std::move(*sent));
  else reply = std::unexpected(std::move(sent.error()));
  --commands_in_flight_;
  if (reply) send(Reply{id, std::move(*reply), std::nullopt});
  else send(Reply{id, std::nullopt, to_problem(reply.error(), trace)});
}

void Session::rights_changed() {
  if (has_left_ || session_.empty()) return;
  auto caller = hub_.auth().now(session_);
  if (!caller) return wire_->close(CloseCode::session_ended, "the session has ended; sign in again");
  caller_ = std::move(caller);
  std::vector<std::string> topics;
  for (const auto& [topic, subscription] : subscriptions_) topics.push_back(topic);
  for (const auto& topic : topics) recheck(topic);
}

void Session::access_changed(const std::string& topic) {
  for (const auto& ruled : {topic, topic_of_who_is_at(topic)}) {
    if (!has_left_ && subscriptions_.contains(ruled)) recheck(ruled);
  }
}

void Session::recheck(const std::string& topic) {
  auto& subscription = subscriptions_.at(topic);
  if (!subscription.channel) return;   // its answer looks again before it is sent
  const auto audience = audience_now(topic);
  if (audience == subscription.channel->audience()) return subscription.channel->person_changed();
  hub_.leave(*subscription.channel, this);
  subscription.channel = nullptr;
  if (audience) return begin(topic, std::nullopt, std::string(k_other_audience));
  subscriptions_.erase(topic);
  send(Revoked{topic});
}

}  // namespace witan::live
