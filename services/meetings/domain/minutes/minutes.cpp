#include "services/meetings/domain/minutes/minutes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/working_days.hpp"
#include "shared/base/assert.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

namespace {

MinutedItem& item_of(Minutes& minutes, const AgendaItemId& item) {
  const auto found = std::ranges::find(minutes.items, item, &MinutedItem::item);
  if (found != minutes.items.end()) return *found;
  return minutes.items.emplace_back(MinutedItem{item, {}, 0});
}

Correction* correction_of(Minutes& minutes, const CorrectionId& id) {
  const auto found = std::ranges::find_if(minutes.corrections, [&](const Correction& one) { return one.proposed.correction == id; });
  return found == minutes.corrections.end() ? nullptr : &*found;
}

/// Each text of the minutes, wherever it stands.
template <class M, class F>
void for_each_text(M& minutes, F f) {
  const auto maybe = [&](auto& text) {
    if (text) f(*text);
  };
  for (auto& item : minutes.items) maybe(item.text);
  for (auto& decision : minutes.decisions) f(decision.text);
  for (auto& action : minutes.actions) f(action.text), f(action.owner.name);
  for (auto& correction : minutes.corrections) {
    f(correction.proposed.text), maybe(correction.proposed.name), maybe(correction.wording), maybe(correction.reason);
  }
}

void replace(Minutes& minutes, const TextReplaced& replaced) {
  for_each_text(minutes, [&](Erasable& text) {
    if (text.text_id == replaced.text_id) text = replaced.by;
  });
}

std::size_t json_bytes(const std::string& text) { return json::serialize(json::string(text)).size(); }

}  // namespace

std::string circulation_day(Timestamp closed_at) {
  const auto day = day_from(uk_time::calendar_day(closed_at));
  ASSERT(day);
  return text_of(working_day_after(*day, k_circulation_days));
}

std::string day_in_words(const std::string& day) {
  const auto noon = uk_time::from_local(day, "12:00");
  return noon ? uk_time::date(*noon) : day;
}

std::string number_in_words(std::int64_t year, std::int64_t number) { return fmt::format("{}/{}", year, number); }

std::string with_title(const std::string& name, const std::string& title) { return title.empty() ? name : fmt::format("{}, {}", name, title); }

bool is_minuted(const Minutes& minutes, const AgendaItemId& item) {
  const auto is_of = [&](const auto& entry) { return entry.item == item; };
  return std::ranges::any_of(minutes.items, [&](const MinutedItem& one) { return one.item == item && one.text.has_value(); }) ||
         std::ranges::any_of(minutes.decisions, is_of) || std::ranges::any_of(minutes.actions, is_of);
}

Minutes minutes_in(const domain::Rows& rows, const MeetingId& meeting) {
  return rows.row_as<Minutes>(k_minutes_index, k_private_audience, meeting.str()).value_or(Minutes{});
}

std::size_t minutes_bytes(const Minutes& minutes, const Agenda& items, const domain::Rows& rows) {
  constexpr std::size_t k_bare_row_bytes = 480;  // a key, ids, days and flags
  auto bytes = (items.size() + minutes.decisions.size() + minutes.actions.size() + minutes.corrections.size()) * k_bare_row_bytes;
  for (const auto& item : items) bytes += json_bytes(item.title);
  for_each_text(minutes, [&](const Erasable& text) { bytes += json_bytes(rows.text(text).value_or("")); });
  for (const auto& [key, row] : rows.rows("room/" + minutes.meeting.str(), "staff", "declaration/")) bytes += json::serialize(row).size();  // each stands there, with less
  return bytes;
}

std::vector<Erasable> texts_of(const Minutes& minutes) {
  std::vector<Erasable> texts;
  for_each_text(minutes, [&](const Erasable& text) { texts.push_back(text); });
  return texts;
}

Minutes MinutesAggregate::evolve(Minutes minutes, const MinutesEvent& event) {
  const auto by_id = [](auto& all, const auto& id, auto member) { return std::ranges::find(all, id, member); };
  std::visit(domain::overloaded{
                 [&](const MinutesBegun& e) { minutes.meeting = e.meeting, minutes.body = e.body; },
                 [&](const ItemMinuted& e) {
                   auto& item = item_of(minutes, e.item);
                   item.text = e.text;
                   ++item.changes;
                 },
                 [&](const DecisionRecorded& e) { minutes.decisions.push_back({e.decision, e.item, e.year, e.number, e.text, 0}); },
                 [&](const DecisionChanged& e) {
                   const auto found = by_id(minutes.decisions, e.decision, &MinutedDecision::decision);
                   if (found != minutes.decisions.end()) found->text = e.text, ++found->changes;
                 },
                 [&](const DecisionRemoved& e) { std::erase_if(minutes.decisions, [&](const auto& one) { return one.decision == e.decision; }); },
                 [&](const ActionRecorded& e) { minutes.actions.push_back({e.action, e.item, e.text, e.owner, e.due, 0}); },
                 [&](const ActionChanged& e) {
                   const auto found = by_id(minutes.actions, e.action, &MinutedAction::action);
                   if (found != minutes.actions.end()) found->text = e.text, found->owner = e.owner, found->due = e.due, ++found->changes;
                 },
                 [&](const ActionRemoved& e) { std::erase_if(minutes.actions, [&](const auto& one) { return one.action == e.action; }); },
                 [&](const MinutesCirculated& e) {
                   minutes.state = wire::MinutesState::circulated;
                   minutes.circulated_at = e.at;
                   minutes.is_late = e.is_late;
                 },
                 [&](const CorrectionProposed& e) { minutes.corrections.push_back({e, {}, {}}); },
                 [&](const CorrectionAccepted& e) {
                   if (auto* one = correction_of(minutes, e.correction)) one->wording = e.wording;
                 },
                 [&](const CorrectionDeclined& e) {
                   if (auto* one = correction_of(minutes, e.correction)) one->reason = e.reason;
                 },
                 [&](const MinutesApproved& e) {
                   minutes.state = wire::MinutesState::approved;
                   minutes.approved_by = e.at_meeting;
                   minutes.approved_at = e.at;
                 },
                 [&](const NameRemovedFromMinutes& e) {
                   for (const auto& text : e.texts) replace(minutes, text);
                 },
                 [](const MinutesPersonForgotten&) {},  // what they wrote is kept nowhere any more
             },
             event);
  return minutes;
}

}  // namespace witan::meetings
