#include "shared/storage/event_table.hpp"

#include <algorithm>

#include "shared/storage/query.hpp"

namespace witan::storage {

namespace {

constexpr char k_epoch[] = "SELECT epoch FROM meta";
constexpr char k_head[] = "SELECT max(seq) FROM events";
constexpr char k_version[] = "SELECT max(version) FROM events WHERE aggregate = ?";
constexpr char k_append[] =
    "INSERT INTO events (seq, aggregate, version, type, at, actor, command_id, data) VALUES (?, ?, ?, ?, ?, "
    "?, ?, ?)";
constexpr char k_read[] =
    "SELECT seq, aggregate, version, type, at, actor, command_id, data FROM events WHERE seq > ? ORDER BY "
    "seq LIMIT ?";
constexpr char k_read_back[] =
    "SELECT seq, aggregate, version, type, at, actor, command_id, data FROM events WHERE seq < ? ORDER BY "
    "seq DESC LIMIT ?";
constexpr char k_read_aggregate[] =
    "SELECT seq, aggregate, version, type, at, actor, command_id, data FROM events "
    "WHERE aggregate = ? AND version > ? ORDER BY version";

constexpr std::size_t k_reserve_max = 4096;

std::vector<StoredEvent> collect(Query& query, std::size_t expected = 0) {
  std::vector<StoredEvent> events;
  events.reserve(expected);
  while (query.step()) {
    events.push_back({query.integer(0), query.text(1), query.integer(2), query.text(3),
                      Timestamp(std::chrono::milliseconds(query.integer(4))), query.text(5), query.text(6),
                      query.text(7)});
  }
  return events;
}

}  // namespace

EventTable::EventTable(Connection& connection) : connection_(connection) {
  Query query(connection_, k_epoch);
  if (!query.step()) throw StorageFailure(connection_.path() + " has no epoch.");
  epoch_ = query.text(0);
}

std::int64_t EventTable::head() const {
  Query query(connection_, k_head);
  return query.step() ? query.integer(0) : 0;
}

std::int64_t EventTable::version_of(std::string_view aggregate) const {
  Query query(connection_, k_version, aggregate);
  return query.step() ? query.integer(0) : 0;
}

std::optional<std::int64_t> EventTable::append(std::string_view aggregate, std::int64_t expected_version,
                                               const std::vector<NewEvent>& events, const EventMeta& meta) {
  std::optional<std::int64_t> last;
  connection_.atomically([&] {
    if (version_of(aggregate) != expected_version) return;
    std::int64_t seq = head();
    std::int64_t version = expected_version;
    const std::int64_t at = meta.at.time_since_epoch().count();
    for (const auto& event : events) {
      Query(connection_, k_append, ++seq, aggregate, ++version, event.type, at, meta.actor, meta.command_id,
            event.data)
          .run();
    }
    last = seq;
  });
  return last;
}

std::vector<StoredEvent> EventTable::read(std::int64_t after_seq, std::size_t limit) const {
  Query query(connection_, k_read, after_seq,
              static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  return collect(query, std::min(limit, k_reserve_max));
}

std::vector<StoredEvent> EventTable::read_back(std::int64_t before_seq, std::size_t limit) const {
  Query query(connection_, k_read_back, before_seq,
              static_cast<std::int64_t>(std::min<std::size_t>(limit, INT64_MAX)));
  return collect(query, std::min(limit, k_reserve_max));
}

std::vector<StoredEvent> EventTable::read_aggregate(std::string_view aggregate,
                                                    std::int64_t after_version) const {
  Query query(connection_, k_read_aggregate, aggregate, after_version);
  return collect(query);
}

}  // namespace witan::storage
