#pragma once

#include <any>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "shared/base/assert.hpp"
#include "shared/contract/domain.hpp"

/// Everything that rules can see, in memory: rows, texts, states, a clock that stands still and ids that
/// count.
namespace witan::test {

/// A valid id that reads as `name` in a failure's text: `id_of<PersonId>("chair")`.
template <class I>
I id_of(std::string_view name) {
  std::string text(name);
  ASSERT(text.size() <= 26);
  text.resize(26, 'a');
  ASSERT(is_id_text(text));
  return I::from_trusted(text);
}

/// The `n`-th id that a world's contexts draw, counted from 1. A kept text draws one too.
inline std::string issued(int n) {
  std::string text(26, 'a');
  text.replace(0, 6, "issued");
  for (std::size_t at = 26; n > 0; n /= 32) text[--at] = "abcdefghijklmnopqrstuvwxyz234567"[n % 32];
  return text;
}
template <class I>
I issued_id(int n) {
  return I::from_trusted(issued(n));
}

inline Actor visitor() { return {}; }
inline Actor person(const PersonId& id) {
  Actor actor;
  actor.person = id;
  return actor;
}
/// A signed-in person with one role in one body.
inline Actor holder(const PersonId& id, std::string_view body, Role role) {
  Actor actor = person(id);
  actor.roles[std::string(body)] = {role};
  return actor;
}
inline Actor administrator(const PersonId& id = id_of<PersonId>("administrator")) {
  return holder(id, k_everywhere, Role::administrator);
}

inline Timestamp moment(std::string_view rfc3339) {
  const auto parsed = uk_time::parse_rfc3339(rfc3339);
  ASSERT(parsed);
  return *parsed;
}

/// One kind of aggregate with its types taken off.
struct Kind {
  std::function<std::any()> fresh;
  std::function<void(std::any&, std::string_view type, const json::value&)> evolve;
  std::function<void(std::string_view type, const json::value&, const domain::EventInfo&,
                     const std::any& after, domain::Presenter&)>
      present;
};

struct Happened {
  std::string kind;
  std::string id;
  std::string type;
  json::value data;
  domain::EventInfo when;
};

/// Not thread-safe. Every row that `present` wrote is in `rows`, private and access rows included.
class World {
 public:
  using RowKey = std::tuple<std::string, std::string, std::string>;  ///< topic, audience, key

  World() = default;
  World(const World&) = default;
  World& operator=(const World&) = default;
  ~World() {
    if (owes_a_look_) EXPECT_TRUE(is_as_rebuilt(true)) << "a rebuild from the events gives other rows";
  }

  std::map<std::string, Kind, std::less<>> kinds;
  std::map<RowKey, json::value> rows;
  std::map<std::string, std::string> texts;  ///< text id → text
  std::map<std::string, std::string> made_files;  ///< By their address: what was kept of bytes that were made here.
  std::map<std::string, std::int64_t> uploads;  ///< Bytes that were handed in, of what is no file yet.
  std::vector<Happened> log;
  Timestamp now = moment("2018-06-01T09:00:00Z");
  int ids_drawn = 0;

  /// What an event carries instead of `text`, as if a command had kept it.
  Erasable keep(const std::string& text) {
    const Erasable kept{issued(++ids_drawn), "hash-of-" + std::to_string(text.size())};
    texts[kept.text_id] = text;
    return kept;
  }

  const std::any& state(std::string_view kind, std::string_view id) {
    const auto rules = kinds.find(kind);
    if (rules == kinds.end()) {
      std::fprintf(stderr, "name the aggregate '%s' in Given<…, Others>\n", std::string(kind).c_str());
      std::abort();
    }
    auto [found, is_new] = states_.try_emplace({std::string(kind), std::string(id)});
    if (is_new) found->second = rules->second.fresh();
    return found->second;
  }

  void append(std::string_view kind, std::string_view id, std::string_view type, json::value data,
              const std::optional<PersonId>& actor) {
    log.push_back({std::string(kind),
                   std::string(id),
                   std::string(type),
                   std::move(data),
                   {static_cast<std::int64_t>(log.size()) + 1, now, actor}});
    apply(log.back());
  }

  /// Forgets rows and states and derives them again from the events.
  void rebuild() {
    rows.clear();
    states_.clear();
    for (const auto& event : log) apply(event);
  }

  /// Whether the rows are those that the events give from the first one on. Of a log that has grown long it is looked at only now and then,
  /// each time that it is a quarter longer, or a test of many commands would take time with their square; whenever something
  /// `was_erased`; and at the end.
  bool is_as_rebuilt(bool was_erased) {
    owes_a_look_ = !was_erased && log.size() > k_short_log && log.size() < looked_at_ + looked_at_ / 4;
    if (owes_a_look_) return true;
    looked_at_ = log.size();
    const auto before = rows;
    rebuild();
    return before == rows;
  }
  std::optional<json::value> row(std::string_view topic, std::string_view audience,
                                 std::string_view key) const {
    const auto found = rows.find({std::string(topic), std::string(audience), std::string(key)});
    if (found == rows.end()) return std::nullopt;
    return found->second;
  }
  template <class T>
  std::optional<T> row_as(std::string_view topic, std::string_view audience, std::string_view key) const {
    const auto found = row(topic, audience, key);
    if (!found) return std::nullopt;
    auto decoded = codec::decode<T>(*found);
    if (!decoded) {
      ADD_FAILURE() << topic << " " << key
                    << " does not have its contract's shape: " << json::serialize(*found);
      return std::nullopt;
    }
    return std::move(*decoded);
  }
  /// The keys of a topic for an audience that begin with `prefix`, in order.
  std::vector<std::string> keys(std::string_view topic, std::string_view audience, std::string_view prefix = {}) const {
    std::vector<std::string> found;
    for (auto row = rows.lower_bound({std::string(topic), std::string(audience), std::string(prefix)}); row != rows.end(); ++row) {
      const auto& [of_topic, of_audience, key] = row->first;
      if (of_topic != topic || of_audience != audience || !key.starts_with(prefix)) break;
      found.push_back(key);
    }
    return found;
  }
  /// All that an audience can read anywhere, as text: for looking for what must not be there.
  std::string all_of(std::string_view audience) const {
    std::string all;
    for (const auto& [key, value] : rows) {
      if (std::get<1>(key) == audience)
        all += std::get<0>(key) + " " + std::get<2>(key) + " " + json::serialize(value) + "\n";
    }
    return all;
  }
  /// All events as text: for looking for what must be erasable.
  std::string all_events() const {
    std::string all;
    for (const auto& event : log) all += event.type + " " + json::serialize(event.data) + "\n";
    return all;
  }
  /// The audience as which `actor` sees the topic; nothing when the topic does not exist or is hidden.
  std::optional<std::string> audience(std::string_view topic, const Actor& actor) const {
    const auto rules = row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key);
    return rules ? audience_for(*rules, actor) : std::nullopt;
  }

 private:
  static constexpr std::size_t k_short_log = 16;

  void apply(const Happened& event);
  std::map<std::pair<std::string, std::string>, std::any> states_;
  std::size_t looked_at_ = 0;  ///< How long the log was when the rows were last written anew.
  bool owes_a_look_ = false;
};

namespace detail {

template <class Base>
class WorldRows : public Base {
 public:
  explicit WorldRows(World& world) : world_(world) {}
  std::optional<std::string> row_text(std::string_view topic, std::string_view audience,
                                      std::string_view key) const override {
    const auto found = world_.row(topic, audience, key);
    return found ? std::optional(json::serialize(*found)) : std::nullopt;
  }
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override {
    std::vector<std::pair<std::string, json::value>> found;
    for (auto& key : world_.keys(topic, audience, prefix)) {
      auto value = *world_.row(topic, audience, key);
      found.emplace_back(std::move(key), std::move(value));
    }
    return found;
  }
  std::optional<std::string> text(const Erasable& erasable) const override {
    const auto found = world_.texts.find(erasable.text_id);
    if (found == world_.texts.end()) return std::nullopt;
    return found->second;
  }

 protected:
  World& world_;
};

}  // namespace detail

using WorldReader = detail::WorldRows<domain::Rows>;

/// Draws ids and texts from the world. What one decision kept stays only after `commit`.
class WorldContext : public detail::WorldRows<domain::Context> {
 public:
  WorldContext(World& world, Actor actor)
      : WorldRows(world), actor_(std::move(actor)), ids_drawn_(world.ids_drawn) {}
  const Actor& actor() const override { return actor_; }
  Timestamp now() const override { return world_.now; }
  std::string new_id_text() override { return issued(++ids_drawn_); }
  Erasable keep(std::string text) override {
    Erasable kept{new_id_text(), "hash-of-" + std::to_string(text.size())};
    kept_[kept.text_id] = std::move(text);
    return kept;
  }
  std::optional<std::int64_t> received(const std::string& upload) const override {
    const auto found = world_.uploads.find(upload);
    return found == world_.uploads.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<std::string> keep_file(const std::string& upload) override {
    if (!received(upload)) return std::nullopt;
    ended_.push_back(upload);
    return "address-of-" + upload;
  }
  std::optional<std::string> keep_bytes(std::string_view bytes) override {
    auto address = "address-of-" + new_id_text();
    world_.made_files[address] = bytes;
    return address;
  }
  void drop_upload(const std::string& upload) override { ended_.push_back(upload); }
  void commit() {
    for (const auto& upload : ended_) world_.uploads.erase(upload);
    world_.ids_drawn = ids_drawn_;
    world_.texts.merge(kept_);
  }

 protected:
  const std::any& load_any(std::string_view kind, std::string_view id) override {
    return world_.state(kind, id);
  }

 private:
  Actor actor_;
  int ids_drawn_;
  std::map<std::string, std::string> kept_;
  std::vector<std::string> ended_;
};

/// Writes straight into the world's rows, so what was put can be read back at once.
class WorldPresenter : public detail::WorldRows<domain::Presenter> {
 public:
  using WorldRows::WorldRows;
  void put_text(std::string topic, std::string audience, std::string key, std::string text) override {
    EXPECT_TRUE(is_topic(topic)) << topic;
    world_.rows[{std::move(topic), std::move(audience), std::move(key)}] = json::parse(text);
  }
  void drop(std::string topic, std::string audience, std::string key) override {
    world_.rows.erase({std::move(topic), std::move(audience), std::move(key)});
  }
};

inline void World::apply(const Happened& event) {
  state(event.kind, event.id);
  auto& after = states_.at({event.kind, event.id});
  const auto& rules = kinds.find(event.kind)->second;
  rules.evolve(after, event.type, event.data);
  WorldPresenter presenter(*this);
  rules.present(event.type, event.data, event.when, after, presenter);
}

}  // namespace witan::test
