#include "gateway/topics/held_topic.hpp"

#include <algorithm>

#include "shared/contract/live.hpp"
#include "shared/contract/topics.hpp"

namespace witan::topics {

namespace {
/// What a ring may hold in bytes, whatever its number of changes.
constexpr std::size_t k_ring_bytes_max = 1024 * 1024;

std::vector<std::string> keys_of(const Change& change) {
  std::vector<std::string> keys;
  for (const auto& entry : change.put) keys.emplace_back(entry.key());
  return keys;
}

json::object to_object(const std::map<std::string, json::value>& entities) {
  json::object object;
  object.reserve(entities.size());
  for (const auto& [key, value] : entities) object[key] = value;
  return object;
}
}  // namespace

HeldTopic::HeldTopic(std::string topic, std::string audience, std::size_t ring_changes_max)
    : topic_(std::move(topic)), audience_(std::move(audience)), ring_changes_max_(ring_changes_max) {}

View HeldTopic::view() const { return {topic_, audience_, epoch_, version_, entities_}; }

bool HeldTopic::is_for_browsers() const {
  return audience_ != k_access_audience && audience_ != k_gateway_audience;
}

std::shared_ptr<const std::string> HeldTopic::encode(const Change& change, std::int64_t prev) const {
  if (!is_for_browsers()) return nullptr;
  return std::make_shared<const std::string>(
      live::frame(live::ChangeFrame{topic_, change.epoch, prev, change.version, change.put, change.drop}));
}

HeldTopic::Entities& HeldTopic::own_entities() {
  // Views that were handed out are immutable: copy only when somebody still reads this one.
  if (entities_.use_count() > 1) entities_ = std::make_shared<Entities>(*entities_);
  return *entities_;
}

HeldTopic::Applied HeldTopic::apply(const Change& change) {
  if (change.epoch != epoch_) return Applied::other_epoch;
  if (change.version <= version_) return Applied::old;
  if (change.prev > version_) return Applied::gap;
  auto& entities = own_entities();
  for (const auto& entry : change.put) entities.insert_or_assign(std::string(entry.key()), entry.value());
  for (const auto& key : change.drop) entities.erase(key);
  // A snapshot may stand past `change.prev`; readers hold the snapshot's version, so the frame names that one.
  last_frame_ = encode(change, version_);
  forget_what_it_replaces(change);
  remember({version_, change.version, last_frame_, keys_of(change)});
  version_ = change.version;
  snapshot_frames_.clear();
  return Applied::applied;
}

/// A value that has been replaced or dropped since is shown to nobody any more: words may have been withdrawn. Who is as
/// far behind as that gets the owner's answer, which has the newest values only (infra/decisions/0003).
void HeldTopic::forget_what_it_replaces(const Change& change) {
  const auto is_replaced = [&](const std::string& key) {
    return change.put.contains(key) || std::find(change.drop.begin(), change.drop.end(), key) != change.drop.end();
  };
  const auto newest = std::find_if(ring_.rbegin(), ring_.rend(), [&](const RingChange& older) {
    return std::any_of(older.puts.begin(), older.puts.end(), is_replaced);
  });
  for (auto count = ring_.rend() - newest; count > 0; --count) {
    ring_bytes_ -= ring_.front().frame->size();
    ring_.pop_front();
  }
}

void HeldTopic::remember(RingChange change) {
  if (!change.frame) return;
  ring_bytes_ += change.frame->size();
  ring_.push_back(std::move(change));
  while (ring_.size() > ring_changes_max_ || ring_bytes_ > k_ring_bytes_max) {
    ring_bytes_ -= ring_.front().frame->size();
    ring_.pop_front();
  }
}

void HeldTopic::replace(const ViewReply& snapshot) {
  entities_ = std::make_shared<Entities>();
  if (snapshot.entities) {
    for (const auto& entry : *snapshot.entities) entities_->emplace(entry.key(), entry.value());
  }
  epoch_ = snapshot.epoch;
  version_ = snapshot.version;
  ring_.clear();
  ring_bytes_ = 0;
  last_frame_.reset();
  snapshot_frames_.clear();
}

void HeldTopic::clear() {
  ViewReply nothing;
  nothing.epoch = epoch_;
  nothing.version = version_;
  replace(nothing);
}

std::optional<TopicCache::Missing> HeldTopic::resume(const Position& position) const {
  if (!is_held() || position.epoch != epoch_ || position.version > version_) return std::nullopt;
  TopicCache::Missing missing;
  missing.now = view();
  if (position.version == version_) return missing;
  const auto first = std::find_if(ring_.begin(), ring_.end(),
                                  [&](const RingChange& change) { return change.prev >= position.version; });
  if (first == ring_.end() || first->prev != position.version) return std::nullopt;
  for (auto change = first; change != ring_.end(); ++change) missing.frames.push_back(change->frame);
  return missing;
}

bool HeldTopic::extend_back(const std::vector<Change>& older) {
  const auto joint = ring_.empty() ? version_ : ring_.front().prev;
  std::vector<RingChange> front;
  for (const auto& change : older) {
    if (change.epoch != epoch_ || change.version > joint) break;
    if (!front.empty() && change.prev != front.back().version) return false;
    front.push_back({change.prev, change.version, encode(change, change.prev), keys_of(change)});
  }
  if (front.empty() || front.back().version != joint || !front.back().frame) return false;
  std::size_t bytes = 0;
  for (const auto& change : front) bytes += change.frame->size();
  if (front.size() + ring_.size() > ring_changes_max_ || bytes + ring_bytes_ > k_ring_bytes_max) return false;
  ring_.insert(ring_.begin(), front.begin(), front.end());
  ring_bytes_ += bytes;
  return true;
}

std::optional<TopicCache::Missing> HeldTopic::detour(const Position& position, const std::vector<Change>& older) const {
  if (older.empty() || position.epoch != epoch_ || !is_for_browsers()) return std::nullopt;
  auto missing = resume({epoch_, older.back().version});
  if (!missing) return std::nullopt;
  std::vector<std::shared_ptr<const std::string>> frames;
  auto reached = position.version;
  for (const auto& change : older) {
    if (change.epoch != epoch_ || change.prev > reached || change.version <= reached) return std::nullopt;
    frames.push_back(encode(change, reached));
    reached = change.version;
  }
  missing->frames.insert(missing->frames.begin(), frames.begin(), frames.end());
  return missing;
}

std::shared_ptr<const std::string> HeldTopic::snapshot_frame(const std::string& reason) {
  auto& frame = snapshot_frames_[reason];
  if (!frame) {
    frame = std::make_shared<const std::string>(
        live::frame(live::Snapshot{topic_, audience_, epoch_, version_, reason, to_object(*entities_)}));
  }
  return frame;
}

}  // namespace witan::topics
