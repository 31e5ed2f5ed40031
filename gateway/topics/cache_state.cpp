#include "gateway/topics/cache_state.hpp"

#include <algorithm>
#include <limits>

#include <boost/asio/post.hpp>

#include "shared/base/log.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

namespace witan::topics {

namespace {
constexpr std::chrono::milliseconds k_tick{250};
constexpr int k_ticks_between_sweeps = 4;
/// Heads come once a second. An owner that is silent for longer is asked instead, as often: the bus may be away, the
/// owner not.
constexpr std::chrono::milliseconds k_silence{1250};
constexpr std::chrono::milliseconds k_between_questions{1000};
/// A "no" is believed for so long, so that a crowd that asks for nothing costs one request.
constexpr std::chrono::milliseconds k_failure_believed{300};
constexpr std::size_t k_waiting_max = 1024;

std::string slot_key(const std::string& topic, const std::string& audience) { return audience + ' ' + topic; }

bool means_gone(ErrorCode code) { return code == ErrorCode::unknown_topic || code == ErrorCode::not_found; }

template <class T>
Result<T> decode_reply(Result<std::string> answer) {
  if (!answer) return std::unexpected(std::move(answer.error()));
  auto reply = parse_reply(*answer);
  if (!reply) return std::unexpected(std::move(reply.error()));
  auto decoded = codec::decode<T>(*reply);
  if (!decoded) return reject(ErrorCode::internal, "A part of the service gave an answer that cannot be read.");
  return decoded;
}
}  // namespace

TopicCache::State::State(net::io_context& io, messaging::ServiceLinks& links, CacheOptions chosen)
    : loop(io), services(links), options(std::move(chosen)), ticker_(io) {
  for (const auto& service : options.services) owners.push_back(std::make_unique<Owner>(loop, service));
}

void TopicCache::State::start() {
  for (auto& followed : owners) {
    const auto weak = weak_from_this();
    const auto service = followed->name;
    auto on_message = [weak, service](messaging::Message message) {
      if (auto self = weak.lock()) self->on_message(service, message);
    };
    auto on_dropped = [weak, service, &io = loop] {  // on a library thread
      net::post(io, [weak, service] {
        auto self = weak.lock();
        if (!self) return;
        log::warning("topics", "live changes dropped by the bus library", {{"service", json::string(service)}});
        self->ask_heads(*self->owner(service));
      });
    };
    followed->subscription = services.bus().subscribe(subjects::live_all(service), "", loop.get_executor(),
                                                      std::move(on_message), 65536, std::move(on_dropped));
  }
  tick();
}

void TopicCache::State::stop() {
  ticker_.cancel();
  for (auto& followed : owners) followed->subscription.reset();
}

std::shared_ptr<Slot> TopicCache::State::find(const std::string& topic, const std::string& audience) const {
  const auto found = slots.find(slot_key(topic, audience));
  return found == slots.end() ? nullptr : found->second;
}

std::shared_ptr<Slot> TopicCache::State::find_or_make(const std::string& topic, const std::string& audience) {
  if (auto found = find(topic, audience)) return found;
  const auto service = service_of_topic(topic);
  if (!service || slots.size() >= options.copies_max) return nullptr;
  auto slot = std::make_shared<Slot>(loop, topic, audience, std::string(*service), options.ring_changes_max);
  slots.emplace(slot_key(topic, audience), slot);
  return slot;
}

Owner* TopicCache::State::owner(const std::string& service) {
  for (auto& followed : owners) {
    if (followed->name == service) return followed.get();
  }
  return nullptr;
}

void TopicCache::State::request_view(const std::shared_ptr<Slot>& slot, std::optional<Position> after,
                                     std::function<void(State&, Result<ViewReply>)> done) {
  slot->is_asking = true;
  slot->is_behind = false;
  slot->detour.reset();
  const ViewRequest request{slot->held.topic(), slot->held.audience(), std::move(after), random_id_text()};
  services.request(slot->service, subjects::view(slot->service), json::serialize(codec::encode(request)), options.request_timeout,
               [weak = weak_from_this(), done = std::move(done)](Result<std::string> answer) {
                 if (auto self = weak.lock()) done(*self, decode_reply<ViewReply>(std::move(answer)));
               });
}

void TopicCache::State::settle(const std::shared_ptr<Slot>& slot) {
  take_waiting(slot);
  // One more try when a head promised more; heads come every second, so a wrong promise cannot spin.
  if (slot->wanted > slot->held.version()) slot->is_behind = true;
  slot->wanted = 0;
  slot->is_asking = false;
  slot->settled.cancel();
  if (slot->is_behind && slot->held.is_held() && !slot->failure) heal(slot);
}

void TopicCache::State::ask(const std::shared_ptr<Slot>& slot, std::optional<Position> after) {
  if (slot->is_asking) return;
  request_view(slot, std::move(after), [slot](State& self, Result<ViewReply> answer) {
    slot->is_asking = false;
    self.take_answer(slot, std::move(answer));
    if (!slot->is_asking) self.settle(slot);   // else a snapshot is on its way instead
  });
}

void TopicCache::State::heal(const std::shared_ptr<Slot>& slot) {
  ask(slot, slot->held.is_held() ? std::optional(slot->held.position()) : std::nullopt);
}

void TopicCache::State::ask_older(const std::shared_ptr<Slot>& slot, const Position& position) {
  if (slot->is_asking) return;
  request_view(slot, position, [slot, position](State& self, Result<ViewReply> answer) {
    if (answer && answer->changes && answer->epoch == slot->held.position().epoch) {
      for (const auto& change : *answer->changes) self.take_change(slot, change);   // those we do not have yet
      if (!slot->held.extend_back(*answer->changes)) self.take_detour(slot, position, *answer->changes);
    } else if (answer || means_gone(answer.error().code)) {
      slot->too_old = position;
    }
    self.settle(slot);
  });
}

void TopicCache::State::take_detour(const std::shared_ptr<Slot>& slot, const Position& position,
                                    const std::vector<Change>& older) {
  if (auto missing = slot->held.detour(position, older)) slot->detour.emplace(position, std::move(*missing));
  else slot->too_old = position;
}

void TopicCache::State::take_answer(const std::shared_ptr<Slot>& slot, Result<ViewReply> answer) {
  if (!answer) return take_failure(slot, std::move(answer.error()));
  slot->failure.reset();
  if (answer->entities) {
    take_snapshot(slot, *answer);
  } else if (answer->changes) {
    for (const auto& change : *answer->changes) {
      const auto applied = take_change(slot, change);
      if (applied == HeldTopic::Applied::applied || applied == HeldTopic::Applied::old) continue;
      slot->waiting.clear();
      return ask(slot, std::nullopt);
    }
  }
}

void TopicCache::State::take_failure(const std::shared_ptr<Slot>& slot, Rejection rejection) {
  slot->waiting.clear();
  const bool is_gone = means_gone(rejection.code);
  slot->failure = std::move(rejection);
  slot->failed_at = options.now();
  slot->is_behind = slot->held.is_held() && !is_gone;
  if (!slot->held.is_held() || !is_gone || slot->is_gone) return;
  slot->is_gone = true;
  slot->held.clear();
  tell_replaced(slot);
}

void TopicCache::State::take_snapshot(const std::shared_ptr<Slot>& slot, const ViewReply& snapshot) {
  const bool was_held = slot->held.is_held();
  const auto before = slot->held.position();
  if (was_held && !slot->is_gone && snapshot.epoch == before.epoch && snapshot.version <= before.version) return;
  slot->is_gone = false;
  slot->held.replace(snapshot);
  slot->too_old.reset();
  if (was_held) return tell_replaced(slot);
  read_rules(slot);
}

void TopicCache::State::take_waiting(const std::shared_ptr<Slot>& slot) {
  auto waiting = std::move(slot->waiting);
  slot->waiting.clear();
  for (const auto& change : waiting) {
    if (!slot->held.is_held()) return;
    if (take_change(slot, change) == HeldTopic::Applied::gap) slot->wanted = std::max(slot->wanted, change.version);
  }
}

HeldTopic::Applied TopicCache::State::take_change(const std::shared_ptr<Slot>& slot, const Change& change) {
  const auto applied = slot->held.apply(change);
  if (applied != HeldTopic::Applied::applied) return applied;
  const auto frame = slot->held.last_frame();
  const auto watchers = slot->watchers;   // a watcher may unwatch while it is told
  for (auto* watcher : watchers) {
    if (std::find(slot->watchers.begin(), slot->watchers.end(), watcher) != slot->watchers.end()) {
      watcher->changed(change, frame);
    }
  }
  if (slot->held.audience() == k_access_audience) {
    read_rules(slot);
    for (const auto& handler : access_handlers) handler(slot->held.topic());
  }
  return applied;
}

void TopicCache::State::tell_replaced(const std::shared_ptr<Slot>& slot) {
  read_rules(slot);
  const auto view = slot->held.view();
  const auto watchers = slot->watchers;
  for (auto* watcher : watchers) {
    if (std::find(slot->watchers.begin(), slot->watchers.end(), watcher) != slot->watchers.end()) watcher->replaced(view);
  }
  if (slot->held.audience() == k_access_audience) {
    for (const auto& handler : access_handlers) handler(slot->held.topic());
  }
}

void TopicCache::State::read_rules(const std::shared_ptr<Slot>& slot) {
  if (slot->held.audience() != k_access_audience) return;
  slot->rules.clear();
  const auto view = slot->held.view();
  const auto row = view.entities->find(std::string(k_access_key));
  if (row == view.entities->end()) return;
  auto rules = codec::decode<std::vector<AccessRule>>(row->second);
  if (rules) slot->rules = std::move(*rules);
  else log::error("topics", "access rules that cannot be read", {{"topic", json::string(slot->held.topic())}});  // nobody sees it
}

void TopicCache::State::tick() {
  ticker_.expires_after(k_tick);
  ticker_.async_wait([weak = weak_from_this()](boost::system::error_code stopped) {
    auto self = weak.lock();
    if (stopped || !self) return;
    const auto now = self->options.now();
    if (++self->ticks_ % k_ticks_between_sweeps == 0) {
      for (const auto& [key, slot] : self->slots) slot->detour.reset();
      self->forget_idle(now);
      self->find_strays();
    }
    self->ask_silent_owners(now);
    std::vector<std::shared_ptr<Slot>> behind;
    for (const auto& [key, slot] : self->slots) {
      if (slot->is_behind && !slot->is_asking) behind.push_back(slot);
    }
    for (const auto& slot : behind) self->heal(slot);
    self->tick();
  });
}

/// A copy whose request was under way while its owner began a new epoch may still be of the old one.
void TopicCache::State::find_strays() {
  for (const auto& [key, slot] : slots) {
    const auto* followed = owner(slot->service);
    const bool is_stray = followed && followed->has_head && slot->held.is_held() && !slot->is_gone &&
                          slot->held.position().epoch != followed->epoch;
    if (is_stray) slot->is_behind = true;
  }
}

void TopicCache::State::ask_silent_owners(SteadyTime now) {
  for (auto& followed : owners) {
    if (now - followed->heard_at <= k_silence || now - followed->asked_at < k_between_questions) continue;
    followed->asked_at = now;
    ask_heads(*followed);
  }
}

void TopicCache::State::forget_idle(SteadyTime now) {
  std::erase_if(slots, [&](const auto& entry) {
    const auto& slot = entry.second;
    if (slot->is_asking || !slot->watchers.empty()) return false;
    if (!slot->held.is_held()) return now - slot->failed_at > k_failure_believed;
    // Whoever watches a topic decides by its access rules at each push.
    const bool is_needed = slot->held.audience() == k_access_audience && watched.contains(slot->held.topic());
    return !is_needed && now - slot->used > options.idle;
  });
}

void TopicCache::State::on_message(const std::string& service, const messaging::Message& message) {
  if (message.subject == subjects::changes(service)) {
    for (const auto& line : change_lines(message.payload)) on_change(service, line);
    return;
  }
  if (message.subject != subjects::head(service)) return;
  boost::system::error_code failed;
  const auto value = json::parse(message.payload, failed);
  auto head = failed ? Result<Head>(reject(ErrorCode::malformed_json)) : codec::decode<Head>(value);
  if (!head) return log::error("topics", "a head that cannot be read", {{"service", json::string(service)}});
  auto& followed = *owner(service);
  followed.heard_at = options.now();
  on_head(followed, *head);
  // A change can overtake a head, so this alone proves nothing; the owner compares what was seen with its log.
  if (head->version < followed.seen()) ask_heads(followed);
}

void TopicCache::State::on_change(const std::string& service, const ChangeLine& line) {
  const auto slot = find(std::string(line.topic), std::string(line.audience));
  if (!slot) return;   // most gateways follow few of the topics, so look before parsing
  boost::system::error_code failed;
  const auto value = json::parse(line.json, failed);
  auto change = failed ? Result<Change>(reject(ErrorCode::malformed_json)) : codec::decode<Change>(value);
  if (!change) return log::error("topics", "a change that cannot be read", {{"service", json::string(service)}, {"topic", json::string(line.topic)}});
  if (change->epoch == owner(service)->epoch) owner(service)->arrived = std::max(owner(service)->arrived, change->version);
  if (slot->is_asking) {
    if (slot->waiting.size() < k_waiting_max) return slot->waiting.push_back(std::move(*change));
    slot->wanted = std::max(slot->wanted, change->version);
    return;
  }
  if (!slot->held.is_held()) {
    slot->failure.reset();   // it exists now
    return;
  }
  const auto applied = take_change(slot, *change);
  if (applied == HeldTopic::Applied::gap || applied == HeldTopic::Applied::other_epoch) heal(slot);
}

void TopicCache::State::on_head(Owner& followed, const Head& head) {
  followed.head_at = options.now();
  if (!followed.has_head || followed.epoch != head.epoch) {
    const bool is_first = !followed.has_head;
    if (!is_first) log::warning("topics", "owner began a new epoch", {{"service", json::string(followed.name)}});
    followed.has_head = true;
    followed.epoch = head.epoch;
    followed.confirmed = head.version;
    followed.arrived = 0;
    followed.written = 0;
    return heal_all(followed.name, !is_first);
  }
  for (const auto& recent : head.recent) {
    const auto slot = find(recent.topic, recent.audience);
    if (!slot || !slot->held.is_held() || slot->held.version() >= recent.version) continue;
    slot->wanted = std::max(slot->wanted, recent.version);
    heal(slot);
  }
  if (head.since > followed.confirmed) return ask_heads(followed);
  followed.confirmed = std::max(followed.confirmed, head.version);
}

void TopicCache::State::ask_heads(Owner& followed) {
  if (followed.is_asking) return;
  followed.is_asking = true;
  // Without a first head nothing is held that could have changed: only where the owner stands is asked.
  const auto since = followed.has_head ? followed.confirmed : std::numeric_limits<std::int64_t>::max();
  const auto asked_at = options.now();
  const HeadsRequest request{since, Position{followed.epoch, followed.seen()}};
  services.request(followed.name, subjects::heads(followed.name), json::serialize(codec::encode(request)), options.request_timeout,
               [weak = weak_from_this(), since, asked_at, service = followed.name](Result<std::string> answer) {
                 auto self = weak.lock();
                 if (!self) return;
                 auto& asked = *self->owner(service);
                 asked.is_asking = false;
                 auto head = decode_reply<Head>(std::move(answer));
                 if (head) {
                   if (head->since > since && head->epoch == asked.epoch) self->heal_all(service, false);
                   asked.confirmed = head->since > since ? head->since : asked.confirmed;
                   self->on_head(asked, *head);
                   asked.head_at = std::max(asked.heard_at, asked_at);   // not now: what it says may have changed since
                 }
                 asked.settled.cancel();
               });
}

void TopicCache::State::heal_all(const std::string& service, bool from_scratch) {
  std::vector<std::shared_ptr<Slot>> held;
  for (const auto& [key, slot] : slots) {
    if (slot->service == service && slot->held.is_held()) held.push_back(slot);
  }
  for (const auto& slot : held) {
    if (from_scratch) slot->waiting.clear();
    ask(slot, from_scratch ? std::nullopt : std::optional(slot->held.position()));
  }
}

}  // namespace witan::topics
