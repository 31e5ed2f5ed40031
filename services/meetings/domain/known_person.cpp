#include "services/meetings/domain/known_person.hpp"

#include <cctype>
#include <set>

#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

using Decided = domain::Decided<KnownPersonEvent>;

bool is_in_word(const std::string& text, std::size_t at) {
  const auto c = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
  return std::isalnum(c) || c >= 0x80;
}

bool has_namesake(const PersonId& person, const std::string& name, const domain::Rows& rows) {
  for (const auto& [other, value] : rows.rows(k_people_index, k_private_audience, "")) {
    const auto text = codec::decode<Erasable>(value);
    if (!other.starts_with(person.str() + "/") && text && rows.text(*text) == name) return true;
  }
  return false;
}

using Names = std::set<std::string>;

std::string without(std::string words, const Names& names) {
  for (const auto& name : names) words = without_name(words, name);
  return words;
}

/// The text without the names, where they stand in it; the one that they stood in is erased.
std::optional<Erasable> cleared(const std::optional<Erasable>& text, const Names& names, domain::Context& context) {
  const auto words = text ? context.text(*text) : std::nullopt;
  const auto rest = words ? without(*words, names) : std::string();
  return words && rest != *words ? std::optional(context.keep(rest)) : std::nullopt;
}

NameRemoved removal_from(const Meeting& meeting, const Names& names, domain::Context& context) {
  NameRemoved removed{cleared(meeting.chair, names, context), cleared(meeting.co_chair, names, context), {}};
  for (const auto& item : meeting.items) {
    if (auto lead = cleared(item.lead, names, context)) removed.leads.push_back({item.item, std::move(*lead)});
  }
  return removed;
}

void remove_from_meetings(const Names& names, Decided& decided, domain::Context& context) {
  std::set<std::string> meetings;
  for (const auto& [key, value] : context.rows(k_names_index, k_private_audience, "")) {
    auto text = codec::decode<Erasable>(value);
    const auto words = text ? context.text(*text) : std::nullopt;
    if (!words || without(*words, names) == *words) continue;
    meetings.insert(key.substr(0, key.find('/')));
    decided.erased.push_back(std::move(*text));
  }
  for (const auto& meeting : meetings) {
    const auto removed = removal_from(context.load<MeetingAggregate>(meeting), names, context);
    decided.further.push_back(domain::further<MeetingAggregate>(meeting, removed));
  }
}

}  // namespace

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
  if (context.text(person.names.back()) == notice.name) return Decided{};  // told twice
  return Decided{{PersonNamed{notice.person, context.keep(notice.name)}}, {}, {}};
}

Result<Decided> decide(const KnownPerson& person, const contract::directory::PersonErasedNotice& notice, domain::Context& context) {
  if (!KnownPersonAggregate::exists(person)) return Decided{};
  Decided decided{{PersonForgotten{notice.person}}, {}, {}};
  std::set<std::string> names;
  for (const auto& text : person.names) {
    decided.erased.push_back(text);
    const auto name = context.text(text);
    if (name && !has_namesake(notice.person, *name, context)) names.insert(*name);
  }
  remove_from_meetings(names, decided, context);
  return decided;
}

KnownPerson KnownPersonAggregate::evolve(KnownPerson state, const KnownPersonEvent& event) {
  const auto* named = std::get_if<PersonNamed>(&event);
  if (!named) return {};
  state.names.push_back(named->name);
  return state;
}

void KnownPersonAggregate::present(const KnownPersonEvent& event, const domain::EventInfo&, const KnownPerson&, domain::Presenter& presenter) {
  const std::string index(k_people_index);
  std::visit(domain::overloaded{
                 [&](const PersonNamed& e) { presenter.put_private(index, e.person.str() + "/" + e.name.text_id, codec::encode(e.name)); },
                 [&](const PersonForgotten& e) {
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
