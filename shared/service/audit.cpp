#include "shared/service/audit.hpp"

#include <algorithm>
#include <map>

#include "shared/contract/personal.hpp"
#include "shared/contract/untold.hpp"

namespace witan::service {

namespace {

constexpr std::int64_t k_batch = 500;
constexpr std::size_t k_bodies_max = 100'000;
/// Times in the log go up, but for a clock that was set back: so far aside is looked as well.
constexpr std::chrono::hours k_clock_error{1};

std::string kind_of(const std::string& aggregate) { return aggregate.substr(0, aggregate.find('/')); }

/// Ids are random, so one that stands anywhere in an event is the one that is meant.
bool concerns(const storage::StoredEvent& event, const std::string& person) {
  return event.actor == person || event.aggregate.ends_with("/" + person) || event.data.find(person) != std::string::npos;
}

/// The words of an event's erasable texts, of those that are in `own`.
std::optional<std::vector<AuditWords>> words_in(const json::value& data, const std::map<std::string, std::string>& own) {
  if (own.empty()) return std::nullopt;
  std::vector<AuditWords> words;
  for (const auto& [field, value] : data.as_object()) {
    const auto* text = value.if_object();
    const auto found = text ? own.find(std::string(string_at(*text, "text_id"))) : own.end();
    if (found != own.end()) words.push_back({std::string(field), found->second});
  }
  return words;
}

/// Walks an aggregate from its first event on: `visit(event, data, state, evolve)` sees the state before the event, calls
/// `evolve` to go past it, and returns false to stop.
template <class Visit>
void walk(const AggregateRules& rules, const std::vector<storage::StoredEvent>& events, Visit visit) {
  std::any state = rules.fresh();
  for (const auto& event : events) {
    const auto data = json::parse(event.data);
    if (!visit(event, data, state, [&] { rules.evolve(state, event.type, data); })) return;
  }
}

}  // namespace

Result<AuditReply> Audit::answer(const AuditRequest& request) {
  const bool asks_about_themself = request.own.value_or(false);
  const bool is_own = asks_about_themself && request.person && request.actor.person == request.person;
  if (auto allowed = allowed_if(request.actor, is_own || (!asks_about_themself && request.actor.may_audit())); !allowed) {
    return std::unexpected(allowed.error());
  }
  AuditReply reply;
  reply.kinds = kinds();
  if (request.kind && !std::binary_search(reply.kinds.begin(), reply.kinds.end(), *request.kind)) return reply;
  const auto limit = static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit, 1, k_audit_entries_max));
  store_->consistently([&] {
    const auto end = store_->log().head() + 1;
    const auto first = request.from ? first_at_or_after(*request.from - k_clock_error) : 1;
    auto at = std::min(request.before.value_or(end), request.to ? first_at_or_after(*request.to + k_clock_error) : end);
    const auto last_looked_at = std::max(first, at - k_looked_at_max);
    std::vector<storage::StoredEvent> found;
    while (at > last_looked_at && found.size() < limit) {
      for (auto& event : store_->log().read_back(at, static_cast<std::size_t>(std::min(k_batch, at - last_looked_at)))) {
        at = event.seq;
        reply.searched_to = event.at;
        const bool is_untold = is_own && event.actor != request.person->str() && domain::is_held_back(event.seq, rows_);
        if (!is_untold && matches(request, event)) found.push_back(std::move(event));
        if (found.size() == limit) break;
      }
    }
    if (at > first) reply.next = at;
    reply.entries = described(found, is_own ? domain::personal_words(*request.person, rows_) : std::map<std::string, std::string>());
  });
  return reply;
}

std::vector<std::string> Audit::kinds() const {
  std::vector<std::string> all;
  for (const auto& [kind, rules] : definition_.aggregates) all.insert(all.end(), rules.event_types.begin(), rules.event_types.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

bool Audit::matches(const AuditRequest& request, const storage::StoredEvent& event) {
  return (!request.kind || event.type == *request.kind) && (!request.from || event.at >= *request.from) &&
         (!request.to || event.at < *request.to) && (!request.person || concerns(event, request.person->str())) &&
         (!request.body || body_of(event) == request.body);
}

/// Every aggregate is of one body or of none, which its first event tells.
std::optional<BodyId> Audit::body_of(const storage::StoredEvent& event) {
  if (const auto known = bodies_.find(event.aggregate); known != bodies_.end()) return known->second;
  if (bodies_.size() > k_bodies_max) bodies_.clear();
  const auto& rules = definition_.aggregates.find(kind_of(event.aggregate))->second;
  std::optional<BodyId> body;
  walk(rules, store_->log().read_aggregate(event.aggregate), [&](const auto& first, const auto& data, const std::any& state, auto evolve) {
    const std::any before = state;
    evolve();
    body = rules.describe(first.type, data, before, state, rows_).body;
    return false;
  });
  return bodies_[event.aggregate] = body;
}

/// The first event of that moment or later; the one after the last when there is none. Events are numbered without holes.
std::int64_t Audit::first_at_or_after(Timestamp moment) const {
  std::int64_t low = 1, high = store_->log().head() + 1;
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (store_->log().read(middle - 1, 1).front().at < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/// Each aggregate is walked once, however many of its events are asked for.
std::vector<AuditEntry> Audit::described(const std::vector<storage::StoredEvent>& events, const std::map<std::string, std::string>& own) {
  std::vector<AuditEntry> entries(events.size());
  std::map<std::string, std::map<std::int64_t, std::size_t>> wanted;  // aggregate → version → place in the answer
  for (std::size_t place = 0; place < events.size(); ++place) wanted[events[place].aggregate][events[place].version] = place;
  for (const auto& [aggregate, versions] : wanted) {
    const auto& rules = definition_.aggregates.find(kind_of(aggregate))->second;
    walk(rules, store_->log().read_aggregate(aggregate), [&](const auto& event, const auto& data, const std::any& state, auto evolve) {
      const auto place = versions.find(event.version);
      if (place == versions.end()) {
        evolve();
        return true;
      }
      const std::any before = state;
      evolve();
      auto line = rules.describe(event.type, data, before, state, rows_);
      auto person = PersonId::parse(event.actor);
      entries[place->second] = {event.seq,  event.at, person ? person : line.by, event.type,
                                line.body, std::move(line.what), std::move(line.from), std::move(line.to), words_in(data, own)};
      return event.version < versions.rbegin()->first;
    });
  }
  return entries;
}

}  // namespace witan::service
