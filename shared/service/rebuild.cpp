#include <map>
#include <tuple>

#include "shared/service/presenting.hpp"
#include "shared/service/service.hpp"

namespace witan::service {

namespace {

constexpr std::size_t k_batch = 5000;
constexpr std::size_t k_held_max = 200'000;

/// Rows on their way back from the events. Held in memory, each with the version that changed it last, because a row
/// that a thousand events touch need be written only once; written out in the order of versions.
class RebuiltRows final : public domain::Presenter {
 public:
  explicit RebuiltRows(storage::Store& store) : store_(store), stored_(store) {}

  void at_version(std::int64_t version) { version_ = version; }

  std::optional<json::value> row(std::string_view topic, std::string_view audience, std::string_view key) const override {
    const auto found = held_.find(PlaceView(topic, audience, key));
    return found == held_.end() ? stored_.row(topic, audience, key) : found->second.value;
  }
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override {
    std::map<std::string, json::value> merged;
    for (auto& [key, value] : stored_.rows(topic, audience, prefix)) merged[key] = std::move(value);
    for (auto it = held_.lower_bound(PlaceView(topic, audience, prefix)); it != held_.end(); ++it) {
      const auto& [t, a, key] = it->first;
      if (t != topic || a != audience || !key.starts_with(prefix)) break;
      if (it->second.value) merged[key] = *it->second.value;
      else merged.erase(key);
    }
    return {merged.begin(), merged.end()};
  }
  std::optional<std::string> text(const Erasable& erasable) const override { return stored_.text(erasable); }
  void put_value(std::string topic, std::string audience, std::string key, json::value value) override {
    set(Place(std::move(topic), std::move(audience), std::move(key)), std::move(value));
  }
  void drop(std::string topic, std::string audience, std::string key) override {
    set(Place(std::move(topic), std::move(audience), std::move(key)), std::nullopt);
  }

  bool is_full() const { return held_.size() > k_held_max; }

  void write_out() {
    std::map<std::int64_t, std::vector<storage::ViewWrite>> by_version;
    for (auto& [place, held] : held_) {
      by_version[held.version].push_back({std::get<0>(place), std::get<1>(place), std::get<2>(place), std::move(held.value)});
    }
    held_.clear();
    for (const auto& [version, writes] : by_version) store_.views().apply(writes, version);
  }

 private:
  using Place = std::tuple<std::string, std::string, std::string>;
  using PlaceView = std::tuple<std::string_view, std::string_view, std::string_view>;
  struct Held {
    std::optional<json::value> value;
    std::int64_t version = 0;
  };

  void set(Place place, std::optional<json::value> value) {
    auto found = held_.find(place);
    if (found == held_.end()) {
      auto before = stored_.row(std::get<0>(place), std::get<1>(place), std::get<2>(place));
      if (before == value) return;
      held_.emplace(std::move(place), Held{std::move(value), version_});
    } else if (found->second.value != value) {
      found->second = {std::move(value), version_};
    }
  }

  storage::Store& store_;
  StoreRows stored_;
  std::map<Place, Held, std::less<>> held_;
  std::int64_t version_ = 0;
};

/// The last event of the commit that `events[i]` belongs to: all rows of a commit carry that one's number.
std::int64_t commit_end(const std::vector<storage::StoredEvent>& events, std::size_t i) {
  std::size_t end = i;
  while (end + 1 < events.size() && events[end + 1].command_id == events[i].command_id &&
         events[end + 1].aggregate == events[i].aggregate) {
    ++end;
  }
  return events[end].seq;
}

/// The next events after `at`, never parting a commit.
std::vector<storage::StoredEvent> next_events(const storage::EventLog& log, std::int64_t at) {
  auto events = log.read(at, k_batch);
  while (!events.empty()) {
    auto more = log.read(events.back().seq, 1);
    if (more.empty() || more.front().command_id != events.back().command_id) break;
    events.push_back(std::move(more.front()));
  }
  return events;
}

}  // namespace

void open_public_lists(const Definition& definition, storage::Store& store) {
  PendingRows pending(store);
  for (const auto& topic : definition.public_lists) pending.access(topic, {{"public", Who::anyone, {}, {}, {}}});
  store.views().apply(pending.take(), store.log().head());
}

std::string rebuild_views(const Definition& definition, storage::Store& store) {
  store.views().clear();
  open_public_lists(definition, store);
  std::map<std::string, std::any> states;
  RebuiltRows rows(store);
  std::int64_t at = 0;
  for (auto events = next_events(store.log(), 0); !events.empty(); events = next_events(store.log(), at)) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      const auto& event = events[i];
      const auto& rules = definition.aggregates.find(event.aggregate.substr(0, event.aggregate.find('/')))->second;
      auto& state = states.try_emplace(event.aggregate, rules.fresh()).first->second;
      const auto data = json::parse(event.data);
      rows.at_version(commit_end(events, i));
      rules.evolve(state, event.type, data);
      rules.present(event.type, data, {event.seq, event.at, PersonId::parse(event.actor)}, state, rows);
      at = event.seq;
    }
    if (rows.is_full()) rows.write_out();
  }
  rows.write_out();
  return store.views().digest();
}

}  // namespace witan::service
