#include "shared/storage/view_table.hpp"

#include <algorithm>
#include <utility>

#include "shared/base/assert.hpp"
#include "shared/contract/topics.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/storage/query.hpp"

namespace witan::storage {

namespace {

/// How long a dropped key is remembered for readers that resume, in versions.
constexpr std::int64_t k_drops_kept = 20'000;

constexpr char k_head[] = "SELECT id, version FROM topic_heads WHERE topic = ? AND audience = ?";
constexpr char k_new_head[] = "INSERT INTO topic_heads (topic, audience, version) VALUES (?, ?, 0)";
constexpr char k_raise_head[] = "UPDATE topic_heads SET version = ? WHERE id = ?";
constexpr char k_heads_after[] =
    "SELECT topic, audience, version FROM topic_heads WHERE version > ? ORDER BY version, id";
constexpr char k_newest_head[] = "SELECT max(version) FROM topic_heads";

constexpr char k_row[] =
    "SELECT v.value FROM topic_heads h JOIN views v ON v.head = h.id WHERE h.topic = ? AND h.audience = ? "
    "AND v.key = ?";
constexpr char k_rows_from[] =
    "SELECT v.key, v.value FROM topic_heads h JOIN views v ON v.head = h.id "
    "WHERE h.topic = ? AND h.audience = ? AND v.key >= ? ORDER BY v.key";
constexpr char k_rows_changed[] = "SELECT key, value FROM views WHERE head = ? AND version > ? ORDER BY key";
constexpr char k_all_rows[] =
    "SELECT h.topic, h.audience, v.key, v.value FROM views v JOIN topic_heads h ON h.id = v.head "
    "ORDER BY h.topic, h.audience, v.key";
constexpr char k_present[] = "SELECT id, value FROM views WHERE head = ? AND key = ?";
constexpr char k_insert[] = "INSERT INTO views (head, key, version, value) VALUES (?, ?, ?, ?)";
constexpr char k_update[] = "UPDATE views SET version = ?, value = ? WHERE id = ?";
constexpr char k_delete[] = "DELETE FROM views WHERE head = ? AND key = ?";

constexpr char k_remember_drop[] =
    "INSERT INTO dropped_keys (head, key, version) VALUES (?, ?, ?) "
    "ON CONFLICT (head, key) DO UPDATE SET version = excluded.version";
constexpr char k_forget_drop[] = "DELETE FROM dropped_keys WHERE head = ? AND key = ?";
constexpr char k_forget_old_drops[] = "DELETE FROM dropped_keys WHERE version <= ?";
constexpr char k_dropped_after[] = "SELECT key FROM dropped_keys WHERE head = ? AND version > ? ORDER BY key";
constexpr char k_resumable_from[] = "SELECT resumable_from FROM meta";
constexpr char k_raise_resumable_from[] = "UPDATE meta SET resumable_from = max(resumable_from, ?)";

constexpr char k_shape[] = "SELECT views_shape FROM meta";
constexpr char k_set_shape[] = "UPDATE meta SET views_shape = ?";
constexpr char k_raise_heads[] = "UPDATE topic_heads SET version = ? WHERE version > 0";

json::value parsed(std::string_view text) {
  json::parse_options options;
  options.max_depth = 128;  // twice what any command may carry, so what was written can be read
  return json::parse(text, {}, options);
}

void add_framed(std::string& bytes, std::string_view part) {
  bytes += std::to_string(part.size());
  bytes += ':';
  bytes += part;
}

}  // namespace

/// What `apply` has done so far to one topic and audience.
struct ViewTable::Touched {
  HeadRow head;
  bool is_private = false;
  Change change;
};

std::optional<json::value> ViewTable::row(std::string_view topic, std::string_view audience,
                                          std::string_view key) const {
  Query query(connection_, k_row, topic, audience, key);
  if (!query.step()) return std::nullopt;
  return parsed(query.view(0));
}

std::vector<std::pair<std::string, json::value>> ViewTable::rows(std::string_view topic,
                                                                 std::string_view audience,
                                                                 std::string_view prefix) const {
  std::vector<std::pair<std::string, json::value>> found;
  Query query(connection_, k_rows_from, topic, audience, prefix);
  while (query.step() && query.view(0).starts_with(prefix))
    found.emplace_back(query.text(0), parsed(query.view(1)));
  return found;
}

std::optional<ViewTable::HeadRow> ViewTable::head_of(std::string_view topic,
                                                     std::string_view audience) const {
  Query query(connection_, k_head, topic, audience);
  if (!query.step()) return std::nullopt;
  return HeadRow{query.integer(0), query.integer(1)};
}

ViewTable::HeadRow ViewTable::head_for_writing(const ViewWrite& write) {
  if (const auto* known = memory_.head(write.topic, write.audience)) return *known;
  auto head = head_of(write.topic, write.audience);
  if (!head) {
    Query(connection_, k_new_head, write.topic, write.audience).run();
    head = head_of(write.topic, write.audience);
  }
  memory_.remember(write.topic, write.audience, *head);
  return *head;
}

RowMemory::Row ViewTable::row_for_writing(std::int64_t head, const std::string& key) const {
  Query present(connection_, k_present, head, key);
  if (!present.step()) return {};
  return {present.integer(0), present.text(1)};
}

/// True when the row was not already so.
bool ViewTable::put(std::int64_t head, const std::string& key, const std::string& text,
                    std::int64_t version) {
  const auto* known = memory_.row(head, key);
  const auto before = known ? RowMemory::Row() : row_for_writing(head, key);
  const auto& present = known ? *known : before;
  if (present.id != 0 && present.text == text) {
    if (!known) memory_.remember(head, key, before);
    return false;
  }
  auto id = present.id;
  if (id != 0) {
    Query(connection_, k_update, version, text, id).run();
  } else {
    Query(connection_, k_insert, head, key, version, text).run();
    id = connection_.last_insert_id();
    Query(connection_, k_forget_drop, head, key).run();
  }
  memory_.remember(head, key, {id, text});
  return true;
}

bool ViewTable::drop(std::int64_t head, const std::string& key, std::int64_t version) {
  const auto* known = memory_.row(head, key);
  if (known && known->id == 0) return false;
  const bool was_there = Query(connection_, k_delete, head, key).run() != 0;
  memory_.remember(head, key, {});
  if (was_there) Query(connection_, k_remember_drop, head, key, version).run();
  return was_there;
}

void ViewTable::trust_memory_only_if_nothing_was_undone() {
  if (std::exchange(memory_of_, connection_.times_undone()) != connection_.times_undone()) memory_.forget();
}

std::vector<Change> ViewTable::apply(const std::vector<ViewWrite>& writes, std::int64_t version) {
  trust_memory_only_if_nothing_was_undone();
  std::vector<Touched> touched;
  const auto place_of = [&](const ViewWrite& write) -> Touched& {
    const auto known = std::find_if(touched.begin(), touched.end(), [&](const Touched& one) {
      return one.change.topic == write.topic && one.change.audience == write.audience;
    });
    if (known != touched.end()) return *known;
    const auto head = head_for_writing(write);
    ASSERT(head.version <= version);
    return touched.emplace_back(head, write.audience == k_private_audience,
                                Change{write.topic, write.audience, epoch_, head.version, version, {}, {}});
  };
  connection_.atomically([&] {
    bool dropped = false;
    for (const auto& write : writes) {
      auto& [head, is_private, change] = place_of(write);
      if (write.text) {
        if (!put(head.id, write.key, *write.text, version)) continue;
        change.put[write.key] = parsed(*write.text);
        std::erase(change.drop, write.key);
      } else if (drop(head.id, write.key, version)) {
        dropped = true;
        change.put.erase(write.key);
        change.drop.push_back(write.key);
      }
    }
    for (const auto& one : touched) {
      const bool changed = !one.change.put.empty() || !one.change.drop.empty();
      if (!changed || one.is_private) continue;
      Query(connection_, k_raise_head, version, one.head.id).run();
      memory_.remember(one.change.topic, one.change.audience, {one.head.id, version});
    }
    if (dropped) forget_old_drops(version);
  });
  std::vector<Change> changes;
  for (auto& one : touched) {
    if (!one.is_private && !(one.change.put.empty() && one.change.drop.empty()))
      changes.push_back(std::move(one.change));
  }
  return changes;
}

void ViewTable::forget_old_drops(std::int64_t version) {
  const std::int64_t limit = version - k_drops_kept;
  if (limit <= 0) return;
  if (Query(connection_, k_forget_old_drops, limit).run() > 0)
    Query(connection_, k_raise_resumable_from, limit).run();
}

std::int64_t ViewTable::resumable_from() const {
  Query query(connection_, k_resumable_from);
  return query.step() ? query.integer(0) : 0;
}

std::optional<ViewReply> ViewTable::snapshot(std::string_view topic, std::string_view audience) const {
  if (audience == k_private_audience) return std::nullopt;
  std::optional<ViewReply> reply;
  connection_.consistently([&] {
    if (!Query(connection_, k_row, topic, k_access_audience, k_access_key).step()) return;
    const auto head = head_of(topic, audience).value_or(HeadRow{});
    reply.emplace(ViewReply{std::string(topic), std::string(audience), epoch_, head.version, false,
                            json::object(), std::nullopt});
    Query query(connection_, k_rows_from, topic, audience, std::string_view());
    while (query.step()) reply->entities->emplace(query.view(0), parsed(query.view(1)));
  });
  return reply;
}

std::optional<std::vector<Change>> ViewTable::changes_after(std::string_view topic, std::string_view audience,
                                                            std::int64_t version) const {
  if (audience == k_private_audience) return std::nullopt;
  std::optional<std::vector<Change>> changes;
  connection_.consistently([&] {
    const auto head = head_of(topic, audience).value_or(HeadRow{});
    if (head.version > version && version < resumable_from()) return;
    changes.emplace();
    if (head.version <= version) return;
    Change change{std::string(topic), std::string(audience), epoch_, version, head.version, {}, {}};
    Query changed(connection_, k_rows_changed, head.id, version);
    while (changed.step()) change.put.emplace(changed.view(0), parsed(changed.view(1)));
    Query dropped(connection_, k_dropped_after, head.id, version);
    while (dropped.step()) change.drop.push_back(dropped.text(0));
    changes->push_back(std::move(change));
  });
  return changes;
}

std::vector<TopicHead> ViewTable::heads_after(std::int64_t version, std::size_t limit) const {
  std::vector<TopicHead> heads;
  if (limit == 0) return heads;
  Query query(connection_, k_heads_after, version);
  while (query.step()) {
    // Heads of one version are never parted: who asks again asks for what is after it.
    if (heads.size() >= limit && heads.back().version != query.integer(2)) break;
    heads.push_back({query.text(0), query.text(1), query.integer(2)});
  }
  return heads;
}

void ViewTable::clear() {
  connection_.scrub_log_after_commit();
  connection_.atomically([&] {
    std::int64_t newest = 0;
    if (Query query(connection_, k_newest_head); query.step()) newest = query.integer(0);
    Query(connection_, k_raise_resumable_from, newest).run();
    connection_.execute("DELETE FROM dropped_keys; DELETE FROM views; DELETE FROM topic_heads;");
    memory_.forget();
  });
}

std::int64_t ViewTable::shape() const {
  Query query(connection_, k_shape);
  return query.step() ? query.integer(0) : 0;
}

void ViewTable::reshaped(std::int64_t shape, std::int64_t version) {
  connection_.atomically([&] {
    Query(connection_, k_set_shape, shape).run();
    Query(connection_, k_raise_heads, version).run();
    Query(connection_, k_raise_resumable_from, version).run();
  });
}

std::string ViewTable::digest() const {
  std::string sum(32, '\0');
  Query query(connection_, k_all_rows);
  std::string bytes;
  while (query.step()) {
    bytes = sum;
    for (int column = 0; column < 4; ++column) add_framed(bytes, query.view(column));
    sum = crypto::blake2b(bytes);
  }
  return crypto::blake2b_text(sum);
}

}  // namespace witan::storage
