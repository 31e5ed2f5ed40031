#include "gateway/topics/topic_cache.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/topics/cache_state.hpp"
#include "shared/contract/topics.hpp"

namespace witan::topics {

namespace {
constexpr std::chrono::milliseconds k_failure_believed{300};

bool is_at(const Position& one, const Position& other) { return one.epoch == other.epoch && one.version == other.version; }

/// Until the timer is cancelled, which is how "something has settled" is told here.
net::awaitable<void> settled(net::steady_timer& timer) {
  co_await timer.async_wait(net::as_tuple(net::use_awaitable));
}
}  // namespace

TopicCache::TopicCache(net::io_context& loop, messaging::ServiceLinks& services, CacheOptions options)
    : state_(std::make_shared<State>(loop, services, std::move(options))) {
  state_->start();
}

TopicCache::~TopicCache() { state_->stop(); }

net::awaitable<Result<View>> TopicCache::open(std::string topic, std::string audience) {
  const auto state = state_;
  if (!service_of_topic(topic)) co_return reject(ErrorCode::unknown_topic);
  const auto slot = state->find_or_make(topic, audience);
  if (!slot) co_return reject(ErrorCode::unavailable, "Too many topics are open at the moment.");
  slot->used = state->options.now();
  auto* owner = state->owner(slot->service);
  if (slot->held.is_held() && owner && owner->may_lag()) {
    state->ask_heads(*owner);
    while (owner->is_asking) co_await settled(owner->settled);
  }
  while (slot->is_asking) co_await settled(slot->settled);
  if (slot->held.is_held() && !slot->is_gone) co_return slot->held.view();
  if (!slot->failure || slot->used - slot->failed_at > k_failure_believed) {
    state->ask(slot, std::nullopt);
    while (slot->is_asking) co_await settled(slot->settled);
  }
  if (slot->held.is_held() && !slot->is_gone) co_return slot->held.view();
  if (slot->failure) co_return std::unexpected(*slot->failure);
  co_return reject(ErrorCode::unavailable);
}

net::awaitable<Result<std::vector<AccessRule>>> TopicCache::access(std::string topic) {
  const auto state = state_;
  auto view = co_await open(topic, std::string(k_access_audience));
  if (!view) co_return std::unexpected(std::move(view.error()));
  const auto* rules = access_now(topic);
  if (!rules || rules->empty()) co_return reject(ErrorCode::not_found);
  co_return *rules;
}

std::optional<View> TopicCache::now(const std::string& topic, const std::string& audience) const {
  const auto slot = state_->find(topic, audience);
  if (!slot || !slot->held.is_held()) return std::nullopt;
  return slot->held.view();
}

const std::vector<AccessRule>* TopicCache::access_now(const std::string& topic) const {
  const auto slot = state_->find(topic, std::string(k_access_audience));
  return slot && slot->held.is_held() ? &slot->rules : nullptr;
}

void TopicCache::watch(const std::string& topic, const std::string& audience, Watcher* watcher) {
  const auto slot = state_->find(topic, audience);
  if (!slot) return;
  slot->watchers.push_back(watcher);
  ++state_->watched[topic];
}

void TopicCache::unwatch(const std::string& topic, const std::string& audience, Watcher* watcher) {
  const auto slot = state_->find(topic, audience);
  if (!slot) return;
  const auto found = std::find(slot->watchers.begin(), slot->watchers.end(), watcher);
  if (found == slot->watchers.end()) return;
  slot->watchers.erase(found);
  slot->used = state_->options.now();
  const auto count = state_->watched.find(topic);
  if (--count->second == 0) state_->watched.erase(count);
}

void TopicCache::on_access_change(std::function<void(const std::string& topic)> handler) {
  state_->access_handlers.push_back(std::move(handler));
}

std::optional<TopicCache::Missing> TopicCache::resume(const std::string& topic, const std::string& audience,
                                                      const Position& position) const {
  const auto slot = state_->find(topic, audience);
  return slot ? slot->held.resume(position) : std::nullopt;
}

net::awaitable<Result<std::optional<TopicCache::Missing>>> TopicCache::changes_since(std::string topic, std::string audience,
                                                                                     Position position) {
  const auto state = state_;
  auto view = co_await open(topic, audience);
  if (!view) co_return std::unexpected(std::move(view.error()));
  const auto slot = state->find(topic, audience);
  // One try with what is here, one after somebody else's request, one after our own.
  for (int tries = 0; slot && tries < 3; ++tries) {
    if (auto missing = slot->held.resume(position)) co_return missing;
    if (slot->detour && is_at(slot->detour->first, position)) co_return slot->detour->second;
    const auto held = slot->held.position();
    if (position.epoch != held.epoch) break;
    if (slot->too_old && slot->too_old->epoch == position.epoch && position.version <= slot->too_old->version) break;
    if (!slot->is_asking) {
      if (position.version > held.version) state->heal(slot);   // the reader knows more than this copy
      else state->ask_older(slot, position);
    }
    while (slot->is_asking) co_await settled(slot->settled);
  }
  if (slot && slot->detour && is_at(slot->detour->first, position)) co_return slot->detour->second;
  co_return slot ? slot->held.resume(position) : std::nullopt;
}

std::shared_ptr<const std::string> TopicCache::snapshot_frame(const std::string& topic, const std::string& audience,
                                                              const std::string& reason) const {
  const auto slot = state_->find(topic, audience);
  return slot && slot->held.is_held() ? slot->held.snapshot_frame(reason) : nullptr;
}

void TopicCache::wrote(const std::string& service, const Position& position) {
  auto* owner = state_->owner(service);
  if (owner && owner->has_head && owner->epoch == position.epoch) owner->written = std::max(owner->written, position.version);
}

void TopicCache::bus_left() {
  for (auto& owner : state_->owners) owner->heard_at = {};
}

void TopicCache::bus_returned() {
  for (auto& owner : state_->owners) state_->ask_heads(*owner);
}

double TopicCache::head_age_seconds(const std::string& service) const {
  const auto* owner = state_->owner(service);
  if (!owner || !owner->has_head) return 1e9;
  return std::chrono::duration<double>(state_->options.now() - owner->head_at).count();
}

std::size_t TopicCache::size() const { return state_->slots.size(); }

}  // namespace witan::topics
