#include <iterator>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/contract/paged_list.hpp"

/// What somebody declared at meetings, in one place: beside their register of interests, so that nobody writes it there again.
namespace witan::meetings {

namespace {

constexpr std::size_t k_declared_max = 100;  // the topic stays within its snapshot

std::string key_of(const Meeting& meeting, std::int64_t number) { return fmt::format("declared/{}-{:05}", meeting.meeting.str(), number); }

wire::DeclaredView view_of(const Meeting& meeting, const wire::DeclarationView& row) {
  return {meeting.meeting, meeting.title, uk_time::span(meeting.starts_at, meeting.ends_at), row.item_number, row.item_title, row.words, row.effect_label, row.is_withdrawing, row.declared,
          "/meetings/" + meeting.meeting.str() + "#declarations", fmt::format("{}/{:05}", domain::newest_first(meeting.starts_at), 99999 - row.number)};
}

void drop_oldest(const std::string& topic, const std::string& audience, domain::Presenter& presenter) {
  std::set<std::pair<std::string, std::string>> all;
  for (const auto& [key, value] : presenter.rows(topic, audience, "declared/")) {
    if (const auto row = codec::decode<wire::DeclaredView>(value)) all.emplace(row->sort, key);
  }
  while (all.size() > k_declared_max) {
    presenter.drop(topic, audience, std::prev(all.end())->second);
    all.erase(std::prev(all.end()));
  }
}

/// As the rows of the room tell it: what everybody sees there, everybody sees here.
void put_declared(const Meeting& meeting, const PersonId& person, const std::string& audience, std::string_view source, domain::Presenter& presenter) {
  const auto topic = "declared/" + person.str();
  std::set<std::string> written;
  for (const auto& one : meeting.room.declarations) {
    if (one.sitter.person != person || !presenter.text(one.sitter.name)) continue;  // without a name, their account is deleted
    const auto row = presenter.row_as<wire::DeclarationView>("room/" + meeting.meeting.str(), source, fmt::format("declaration/{}", one.number));
    if (!row) continue;
    const auto key = key_of(meeting, one.number);
    presenter.put(topic, audience, key, view_of(meeting, *row));
    written.insert(key);
  }
  for (const auto& [key, value] : presenter.rows(topic, audience, "declared/" + meeting.meeting.str() + "-")) {
    if (!written.contains(key)) presenter.drop(topic, audience, key);
  }
}

/// Whose page the event is about: of those that it names, or of everybody who declared something at the meeting.
std::set<PersonId> told_of(const Meeting& meeting, const MeetingEvent& event) {
  const auto all = [&] {
    std::set<PersonId> people;
    for (const auto& one : meeting.room.declarations) people.insert(one.sitter.person);
    return people;
  };
  const auto one = [](const auto& e) { return std::set<PersonId>{e.person}; };
  return std::visit(domain::overloaded{
                        [&](const InterestDeclared& e) { return one(e); }, [&](const DeclarationWithdrawn& e) { return one(e); }, [&](const AgendaItemAdded&) { return all(); },
                        [&](const AgendaItemEdited&) { return all(); }, [&](const AgendaItemMoved&) { return all(); }, [&](const AgendaItemNested&) { return all(); },
                        [&](const AgendaItemRemoved&) { return all(); }, [&](const SeatsNamed&) { return all(); }, [&](const MeetingRescheduled&) { return all(); },
                        [&](const MeetingStarted&) { return all(); }, [&](const MeetingClosed&) { return all(); }, [&](const NameRemoved&) { return all(); },
                        [](const auto&) { return std::set<PersonId>(); }},
                    event);
}

}  // namespace

void present_declared(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter) {
  if (const auto* gone = std::get_if<AttendeeForgotten>(&event)) {
    for (const auto* audience : {"self", "public"}) {
      for (const auto& [key, value] : presenter.rows("declared/" + gone->person.str(), audience, "declared/")) presenter.drop("declared/" + gone->person.str(), audience, key);
    }
    return;
  }
  for (const auto& person : told_of(meeting, event)) {
    presenter.access("declared/" + person.str(), {{"self", Who::person, person, {}, {}}, {"public", Who::anyone, {}, {}, {}}});
    put_declared(meeting, person, "self", "member", presenter);
    put_declared(meeting, person, "public", "public", presenter);
    if (!std::holds_alternative<InterestDeclared>(event)) continue;
    for (const auto* audience : {"self", "public"}) drop_oldest("declared/" + person.str(), audience, presenter);
  }
}

}  // namespace witan::meetings
