#include "services/meetings/domain/known_person.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "services/meetings/domain/notes/notes.hpp"
#include "services/meetings/domain/papers/reading.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

using Decided = domain::Decided<KnownPersonEvent>;

bool is_in_word(const std::string& text, std::size_t at) {
  const auto c = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
  return std::isalnum(c) || c >= 0x80;
}

/// Longer names first: a name may begin with another one.
struct Longer {
  bool operator()(const std::string& a, const std::string& b) const { return a.size() != b.size() ? a.size() > b.size() : a < b; }
};
/// Each name with the event since which it was the person's.
using Names = std::map<std::string, std::int64_t, Longer>;

/// The person's names, but for those that somebody else has as well.
Names names_of(const PersonId& person, const domain::Rows& rows) {
  Names own;
  std::set<std::string> others;
  for (const auto& [key, value] : rows.rows(k_people_index, k_private_audience, "")) {
    const auto named = codec::decode<NamedRow>(value);
    const auto text = named ? rows.text(named->text) : std::nullopt;
    if (!text) continue;
    if (key.starts_with(person.str() + "/")) own.emplace(*text, named->seq);
    else others.insert(*text);
  }
  std::erase_if(own, [&](const auto& name) { return others.contains(name.first); });
  return own;
}

/// `seq`: of the event that brought the words. What was written before a name was the person's is about somebody else.
std::string without(std::string words, std::int64_t seq, const Names& names) {
  for (const auto& [name, since] : names) {
    if (since <= seq) words = without_name(words, name);
  }
  return words;
}

/// The texts that change: text id → what is left of it.
using Rests = std::map<std::string, std::string>;

/// What is left of the text, to be kept in its place.
std::optional<Erasable> cleared(const std::optional<Erasable>& text, const Rests& rests, domain::Context& context) {
  const auto rest = text ? rests.find(text->text_id) : rests.end();
  return rest == rests.end() ? std::nullopt : std::optional(context.keep(rest->second));
}

NameRemoved removal_from(const Meeting& meeting, const Rests& rests, domain::Context& context) {
  NameRemoved removed{cleared(meeting.chair, rests, context), cleared(meeting.co_chair, rests, context), {}, cleared(meeting.secretary, rests, context),
                       cleared(meeting.late_reason, rests, context)};
  for (const auto& [seat, attendee] : meeting.attendance) {
    TextsOfAttendee texts{seat, cleared(attendee.substitute, rests, context), cleared(attendee.reason, rests, context)};
    if (!texts.substitute && !texts.reason) continue;
    if (!removed.attendees) removed.attendees.emplace();
    removed.attendees->push_back(std::move(texts));
  }
  for (const auto& one : meeting.room.declarations) {
    TextsOfDeclaration texts{one.item, one.sitter.seat, one.sitter.person, cleared(one.words, rests, context), cleared(one.reason, rests, context)};
    if (!texts.words && !texts.reason) continue;
    if (!removed.declarations) removed.declarations.emplace();
    removed.declarations->push_back(std::move(texts));
  }
  for (const auto& text : texts_of(meeting.votes)) {
    auto rest = cleared(text, rests, context);
    if (!rest) continue;
    if (!removed.votes) removed.votes.emplace();
    removed.votes->push_back({text.text_id, std::move(*rest)});
  }
  for (const auto& item : meeting.items) {
    if (auto lead = cleared(item.lead, rests, context)) removed.leads.push_back({item.item, std::move(*lead)});
  }
  removed.change_reason = cleared(meeting.change_reason, rests, context);
  removed.cancel_reason = cleared(meeting.cancel_reason, rests, context);
  return removed;
}

NameRemovedFromPaper removal_from(const Paper& paper, const Rests& rests, domain::Context& context) {
  NameRemovedFromPaper removed{cleared(paper.late_reason, rests, context), cleared(paper.withdrawn_reason, rests, context), {}};
  for (std::size_t number = 1; number <= paper.versions.size(); ++number) {
    auto words = cleared(paper.versions[number - 1].what_changed, rests, context);
    if (words) removed.versions.push_back({static_cast<std::int64_t>(number), std::move(*words)});
  }
  removed.from = cleared(paper.from, rests, context);
  return removed;
}

std::vector<TextReplaced> replaced(const std::vector<Erasable>& texts, const Rests& rests, domain::Context& context) {
  std::vector<TextReplaced> all;
  for (const auto& text : texts) {
    if (auto rest = cleared(text, rests, context)) all.push_back({text.text_id, std::move(*rest)});
  }
  return all;
}

NameRemovedFromMinutes removal_from(const Minutes& minutes, const Rests& rests, domain::Context& context) { return {replaced(texts_of(minutes), rests, context)}; }

NameRemovedFromAction removal_from(const ActionLife& life, const Rests& rests, domain::Context& context) { return {replaced(texts_of(life), rests, context)}; }

NameRemovedFromPlan removal_from(const Plan& plan, const Rests& rests, domain::Context& context) { return {replaced(texts_of(plan), rests, context)}; }

NameRemovedFromDates removal_from(const Dates& dates, const Rests& rests, domain::Context& context) { return {replaced(texts_of(dates), rests, context)}; }

/// From every aggregate of a kind, by the index of its texts that may name somebody.
template <class A>
void remove_from(std::string_view index, const Names& names, Decided& decided, domain::Context& context) {
  std::set<std::string> ids;
  Rests rests;
  for (const auto& [key, value] : context.rows(index, k_private_audience, "")) {
    auto named = codec::decode<NamedRow>(value);
    const bool is_gone = named && std::ranges::find(decided.erased, named->text.text_id, &Erasable::text_id) != decided.erased.end();
    const auto words = named && !is_gone ? context.text(named->text) : std::nullopt;  // all that they wrote is gone with them
    auto rest = words ? without(*words, named->seq, names) : std::string();
    if (!words || rest == *words) continue;
    ids.insert(key.substr(0, key.find('/')));
    rests.emplace(named->text.text_id, std::move(rest));
    decided.erased.push_back(std::move(named->text));
  }
  for (const auto& id : ids) decided.further.push_back(domain::further<A>(id, removal_from(context.load<A>(id), rests, context)));
}

/// Whoever holds a seat has the new name on the lists of meetings that are not closed.
std::vector<domain::FurtherEvent> renamed_on_lists(const PersonId& person, const Erasable& name, domain::Context& context) {
  std::vector<domain::FurtherEvent> further;
  for (const auto& [key, value] : context.rows(k_seats_index, k_private_audience, person.str() + "/")) {
    const auto body = BodyId::from_trusted(std::string(value.as_string()));
    const auto& seats = context.load<KnownBodyAggregate>(body.str()).seats;
    const auto found = seats.find(SeatId::from_trusted(key.substr(key.find('/') + 1)));
    if (found == seats.end()) continue;
    auto held = found->second;
    held.name = name;
    further.push_back(domain::further<KnownBodyAggregate>(body.str(), SeatTaken{body, held}));
    for (auto& event : listed_in_open_meetings(body, held, context)) further.push_back(std::move(event));
  }
  return further;
}

/// The names under which they stood on attendance lists, whoever else has the same.
void remove_from_lists(const PersonId& person, Decided& decided, domain::Context& context) {
  for (auto& text : domain::personal_texts(person, context)) decided.erased.push_back(std::move(text));
  for (const auto& [key, value] : context.rows(k_attendees_index, k_private_audience, person.str() + "/")) {
    decided.further.push_back(domain::further<MeetingAggregate>(key.substr(key.find('/') + 1), AttendeeForgotten{person}));
  }
  for (const auto& [key, value] : context.rows(k_minutes_people_index, k_private_audience, person.str() + "/")) {
    decided.further.push_back(domain::further<MinutesAggregate>(key.substr(key.find('/') + 1), MinutesPersonForgotten{person}));
  }
  for (const auto& [key, value] : context.rows(k_action_people_index, k_private_audience, person.str() + "/")) {
    decided.further.push_back(domain::further<ActionAggregate>(key.substr(key.find('/') + 1), ActionPersonForgotten{person}));
  }
  for (const auto& [key, value] : context.rows(k_proposers_index, k_private_audience, person.str() + "/")) {
    decided.further.push_back(domain::further<PlanAggregate>(key.substr(key.find('/') + 1), ProposerForgotten{person}));
  }
  for (const auto& [key, value] : context.rows(k_date_voices_index, k_private_audience, person.str() + "/")) {
    decided.further.push_back(domain::further<DatesAggregate>(key.substr(key.find('/') + 1), VoicesForgotten{person}));
  }
}

}  // namespace

std::optional<std::string> known_name(const PersonId& person, const domain::Rows& rows) {
  std::optional<NamedRow> newest;
  for (const auto& [key, value] : rows.rows(k_people_index, k_private_audience, person.str() + "/")) {
    auto named = codec::decode<NamedRow>(value);
    if (named && (!newest || newest->seq < named->seq)) newest = std::move(*named);
  }
  return newest ? rows.text(newest->text) : std::nullopt;
}

std::string without_name(const std::string& text, const std::string& name) {
  if (text == name) return domain::k_name_removed;
  if (name.find(' ') == std::string::npos) return text;
  std::string rest = text;
  for (auto at = rest.find(name); at != std::string::npos; at = rest.find(name, at + 1)) {
    const bool is_whole = (at == 0 || !is_in_word(rest, at - 1)) && !is_in_word(rest, at + name.size());
    if (is_whole) rest.replace(at, name.size(), domain::k_name_removed);
  }
  return rest;
}

Result<Decided> decide(const KnownPerson& person, const contract::directory::PersonRegisteredNotice& notice, domain::Context& context) {
  if (KnownPersonAggregate::exists(person)) return Decided{};  // told twice
  return Decided{{PersonNamed{notice.person, context.keep(notice.name)}}, {}, {}};
}

Result<Decided> decide(const KnownPerson& person, const contract::directory::PersonRenamedNotice& notice, domain::Context& context) {
  if (!KnownPersonAggregate::exists(person)) return Decided{};
  if (notice.number <= person.number) return Decided{};  // told twice
  const auto name = context.keep(notice.name);
  return Decided{{PersonNamed{notice.person, name, notice.number}}, {}, {}, renamed_on_lists(notice.person, name, context)};
}

Result<Decided> decide(const KnownPerson& person, const contract::directory::PersonErasedNotice& notice, domain::Context& context) {
  if (!KnownPersonAggregate::exists(person)) return Decided{};
  Decided decided{{PersonForgotten{notice.person}}, {}, {}};
  decided.erased = person.names;
  remove_from_lists(notice.person, decided, context);
  const auto names = names_of(notice.person, context);
  remove_from<MeetingAggregate>(k_names_index, names, decided, context);
  remove_from<PaperAggregate>(k_paper_names_index, names, decided, context);
  remove_from<MinutesAggregate>(k_minutes_names_index, names, decided, context);
  remove_from<ActionAggregate>(k_action_names_index, names, decided, context);
  remove_from<PlanAggregate>(k_plan_names_index, names, decided, context);
  remove_from<DatesAggregate>(k_dates_names_index, names, decided, context);
  return decided;
}

KnownPerson KnownPersonAggregate::evolve(KnownPerson state, const KnownPersonEvent& event) {
  const auto* named = std::get_if<PersonNamed>(&event);
  if (!named) return {};
  state.names.push_back(named->name);
  state.number = named->number.value_or(0);
  return state;
}

void KnownPersonAggregate::present(const KnownPersonEvent& event, const domain::EventInfo& when, const KnownPerson&, domain::Presenter& presenter) {
  const std::string index(k_people_index);
  std::visit(domain::overloaded{
                 [&](const PersonNamed& e) {
                   // The first name may stand on agendas from before directory told of the person.
                   const auto since = e.number ? static_cast<std::int64_t>(when.seq) : 0;
                   presenter.put_private(index, e.person.str() + "/" + e.name.text_id, codec::encode(NamedRow{e.name, since}));
                   present_reader(e.person, presenter.text(e.name), presenter);
                   present_dates_answered_by(e.person, when.at, presenter);
                   open_own_actions(e.person, presenter);
                 },
                 [&](const PersonForgotten& e) {
                   domain::drop_personal(e.person, presenter);
                   present_reader(e.person, std::nullopt, presenter);
                   close_own_actions(e.person, presenter);
                   drop_notes_of(e.person, presenter);
                   drop_reading_of(e.person, presenter);
                   for (const auto& [key, name] : presenter.rows(index, k_private_audience, e.person.str() + "/")) {
                     presenter.drop(index, std::string(k_private_audience), key);
                   }
                 },
             },
             event);
}

domain::AuditLine KnownPersonAggregate::describe(const KnownPersonEvent& event, const KnownPerson&, const KnownPerson&, const domain::Rows& rows) {
  if (const auto* named = std::get_if<PersonNamed>(&event)) {
    return {"Meetings took note of " + rows.text(named->name).value_or(domain::k_name_removed), {}, "", "Known", {}};
  }
  return {"Erased the name of a deleted account in meetings", {}, "Known", "Forgotten", {}};
}

}  // namespace witan::meetings
