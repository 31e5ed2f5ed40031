#include "services/meetings/domain/papers/readership.hpp"

#include <algorithm>
#include <set>

namespace witan::meetings {

namespace {

/// Of an audience of one person: who that is.
std::string_view person_in(std::string_view audience) {
  const auto slash = audience.find('/');
  return slash == std::string_view::npos ? std::string_view() : audience.substr(slash + 1);
}

std::string audience_of(std::string_view kind, const PersonId& person) { return std::string(kind) + "/" + person.str(); }

bool has(const std::vector<PersonId>& people, std::string_view person) {
  return std::ranges::any_of(people, [&](const PersonId& one) { return one.str() == person; });
}

}  // namespace

Readership::Readership(const MeetingId& meeting, const domain::Rows& rows)
    : recusals_(rows.row_as<RecusalsRow>(k_recusal_index, k_private_audience, meeting.str()).value_or(RecusalsRow())),
      named_(rows.row_as<std::vector<NamedReaders>>(k_named_index, k_private_audience, meeting.str()).value_or(std::vector<NamedReaders>())),
      audiences_{"staff", "member", "public"} {
  std::set<PersonId> people;
  for (const auto& one : named_) people.insert(one.people.begin(), one.people.end());
  people_.assign(people.begin(), people.end());
  for (const auto& person : people_) audiences_.push_back(audience_of(is_recused(person) ? k_recused : k_addressed, person));
  const bool is_any_other_recused = std::ranges::any_of(recusals_.people, [&](const PersonId& person) { return !people.contains(person); });
  if (is_any_other_recused) audiences_.emplace_back(k_recused);
}

bool Readership::is_recused(const PersonId& person) const { return std::ranges::count(recusals_.people, person) > 0; }

const NamedReaders* Readership::readers_of(const AgendaItemId& item) const {
  const auto found = std::ranges::find(named_, item, &NamedReaders::item);
  return found == named_.end() ? nullptr : &*found;
}

bool Readership::is_named(const AgendaItemId& item) const { return readers_of(item) != nullptr; }

std::string_view Readership::seen_as(std::string_view audience, const AgendaItemId& item) const {
  if (audience == "staff" || audience == "public") return audience;
  const bool has_withdrawn = audience.starts_with(k_recused);
  if (has_withdrawn && std::ranges::count(recusals_.items, item) > 0) return "public";
  const auto* readers = readers_of(item);
  if (!readers) return "member";
  return has(readers->people, person_in(audience)) ? k_addressed : "public";
}

std::vector<AccessRule> Readership::access_of_recused(const BodyId& body) const {
  std::vector<AccessRule> rules;
  for (const auto& person : recusals_.people) {
    const auto audience = std::ranges::count(people_, person) > 0 ? audience_of(k_recused, person) : std::string(k_recused);
    rules.push_back({audience, Who::roles, person, body.str(), {}});
    rules.push_back({audience, Who::roles, person, std::string(k_everywhere), {Role::administrator}});
  }
  return rules;
}

std::vector<AccessRule> Readership::access_of_named(const BodyId& body) const {
  std::vector<AccessRule> rules;
  for (const auto& person : people_) {
    if (!is_recused(person)) rules.push_back({audience_of(k_addressed, person), Who::roles, person, body.str(), {}});
  }
  return rules;
}

}  // namespace witan::meetings
