#include <map>
#include <unordered_map>

#include "shared/base/log.hpp"
#include "shared/service/parts.hpp"
#include "shared/service/presenting.hpp"
#include "shared/service/service.hpp"

namespace witan::service {

namespace {

constexpr std::size_t k_batch = 5000;
constexpr std::size_t k_held_max = 200'000;

/// Rows on their way back from the events. Held in memory as text, each with the version that changed it last, because
/// a row that a thousand events touch need be written only once; written out in the order of versions.
class RebuiltRows final : public domain::Presenter {
 public:
  explicit RebuiltRows(storage::Store& store) : store_(store), stored_(store) {}

  void at_version(std::int64_t version) { version_ = version; }
  bool is_full() const { return held_count_ > k_held_max; }
  void write_out();

  std::optional<json::value> row(std::string_view topic, std::string_view audience, std::string_view key) const override {
    const Held* held = find(topic, audience, key);
    if (!held) return stored_.row(topic, audience, key);
    return held->text ? std::optional(json::parse(*held->text)) : std::nullopt;
  }
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override;
  std::optional<std::string> text(const Erasable& erasable) const override;
  void put_text(std::string topic, std::string audience, std::string key, std::string text) override {
    set(topic, audience, std::move(key), std::move(text));
  }
  void drop(std::string topic, std::string audience, std::string key) override {
    set(topic, audience, std::move(key), std::nullopt);
  }

 private:
  struct Held {
    std::optional<std::string> text;
    std::int64_t version = 0;
  };
  using Sheet = std::map<std::string, Held, std::less<>>;

  /// One topic as one audience sees it. `|` occurs in no topic.
  static std::string sheet_name(std::string_view topic, std::string_view audience) {
    return std::string(topic) + '|' + std::string(audience);
  }
  const Held* find(std::string_view topic, std::string_view audience, std::string_view key) const;
  void set(const std::string& topic, const std::string& audience, std::string key, std::optional<std::string> text);

  storage::Store& store_;
  StoreRows stored_;
  std::unordered_map<std::string, Sheet> held_;
  std::size_t held_count_ = 0;
  mutable std::unordered_map<std::string, std::optional<std::string>> texts_;
  std::int64_t version_ = 0;
};

const RebuiltRows::Held* RebuiltRows::find(std::string_view topic, std::string_view audience, std::string_view key) const {
  const auto sheet = held_.find(sheet_name(topic, audience));
  if (sheet == held_.end()) return nullptr;
  const auto row = sheet->second.find(key);
  return row == sheet->second.end() ? nullptr : &row->second;
}

std::vector<std::pair<std::string, json::value>> RebuiltRows::rows(std::string_view topic, std::string_view audience,
                                                                   std::string_view prefix) const {
  std::map<std::string, json::value> merged;
  for (auto& [key, value] : stored_.rows(topic, audience, prefix)) merged[key] = std::move(value);
  if (const auto sheet = held_.find(sheet_name(topic, audience)); sheet != held_.end()) {
    for (auto it = sheet->second.lower_bound(prefix); it != sheet->second.end() && it->first.starts_with(prefix); ++it) {
      if (it->second.text) merged[it->first] = json::parse(*it->second.text);
      else merged.erase(it->first);
    }
  }
  return {merged.begin(), merged.end()};
}

std::optional<std::string> RebuiltRows::text(const Erasable& erasable) const {
  if (texts_.size() > k_held_max) texts_.clear();
  const auto [found, is_new] = texts_.try_emplace(erasable.text_id);
  if (is_new) found->second = stored_.text(erasable);
  return found->second;
}

void RebuiltRows::set(const std::string& topic, const std::string& audience, std::string key, std::optional<std::string> text) {
  Sheet& sheet = held_[sheet_name(topic, audience)];
  const auto found = sheet.find(key);
  if (found != sheet.end()) {
    if (found->second.text != text) found->second = {std::move(text), version_};
    return;
  }
  const auto before = stored_.row(topic, audience, key);
  if (before ? text && json::serialize(*before) == *text : !text) return;
  sheet.emplace(std::move(key), Held{std::move(text), version_});
  ++held_count_;
}

void RebuiltRows::write_out() {
  std::map<std::int64_t, std::vector<storage::ViewWrite>> by_version;
  for (auto& [name, sheet] : held_) {
    const auto bar = name.find('|');
    for (auto& [key, held] : sheet) {
      by_version[held.version].push_back({name.substr(0, bar), name.substr(bar + 1), key, std::move(held.text)});
    }
  }
  held_.clear();
  held_count_ = 0;
  for (const auto& [version, writes] : by_version) store_.views().apply(writes, version);
}

/// The last event of the commit that `events[i]` belongs to: all rows of a commit carry that one's number.
std::int64_t commit_end(const std::vector<storage::StoredEvent>& events, std::size_t i) {
  std::size_t end = i;
  while (end + 1 < events.size() && is_same_commit(events[end + 1], events[i])) ++end;
  return events[end].seq;
}

/// The next events after `at`, never parting a commit.
std::vector<storage::StoredEvent> next_events(const storage::EventLog& log, std::int64_t at) {
  auto events = log.read(at, k_batch);
  while (!events.empty()) {
    auto more = log.read(events.back().seq, 1);
    if (more.empty() || !is_same_commit(more.front(), events.back())) break;
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

void bring_views_into_shape(const Definition& definition, storage::Store& store) {
  const auto before = store.views().shape();
  if (before == definition.views_shape) return;
  const auto head = store.log().head();
  if (head > 0) {
    log::info("service", "views_rebuilding", {{"shape", definition.views_shape}, {"before", before}, {"events", head}});
    rebuild_views(definition, store);
    log::info("service", "views_rebuilt", {{"shape", definition.views_shape}});
  }
  store.views().reshaped(definition.views_shape, head);
}

}  // namespace witan::service
