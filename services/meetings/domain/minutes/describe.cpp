#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"

/// Every event of minutes as a line of the audit. What was written is not repeated there.
namespace witan::meetings {

namespace {

/// " of item 2 in the minutes of “June meeting”", with the agenda as it is now.
std::string in_minutes(const Minutes& minutes, const domain::Rows& rows) {
  const auto meeting = rows.row_as<wire::MeetingView>(MeetingAggregate::topic(minutes.meeting.str()), "staff", "meeting");
  return meeting ? fmt::format(" in the minutes of “{}”", meeting->title) : std::string(" in the minutes of a meeting");
}

std::string of_item(const Minutes& minutes, const AgendaItemId& item, const domain::Rows& rows) {
  const auto row = rows.row_as<wire::AgendaItemView>(MeetingAggregate::topic(minutes.meeting.str()), "staff", "agenda/" + item.str());
  return row ? fmt::format(" of item {}", row->number) : std::string(" of an item that is no more");
}

std::string decision_in_words(const Minutes& minutes, const DecisionId& id) {
  const auto found = std::ranges::find(minutes.decisions, id, &MinutedDecision::decision);
  return found == minutes.decisions.end() ? std::string("a decision") : "decision " + number_in_words(found->year, found->number);
}

std::string action_in_words(const Minutes& minutes, const ActionId& id) {
  const auto found = std::ranges::find(minutes.actions, id, &MinutedAction::action);
  return found == minutes.actions.end() ? std::string("an action") : "an action due on " + found->due;
}

const Correction* correction_of(const Minutes& minutes, const CorrectionId& id) {
  const auto found = std::ranges::find_if(minutes.corrections, [&](const Correction& one) { return one.proposed.correction == id; });
  return found == minutes.corrections.end() ? nullptr : &*found;
}

}  // namespace

domain::AuditLine MinutesAggregate::describe(const MinutesEvent& event, const Minutes& before, const Minutes& after, const domain::Rows& rows) {
  const auto in = in_minutes(after, rows);
  const auto line = [&](std::string what) {
    return domain::AuditLine{std::move(what), after.body, exists(before) ? label(before.state) : std::string(), label(after.state), {}};
  };
  const auto answered = [&](std::string_view what, const CorrectionId& id) {
    const auto* one = correction_of(after, id);
    const auto of = one ? of_item(after, one->proposed.item, rows) : std::string();
    return domain::AuditLine{fmt::format("{} a correction{}{}", what, of, in), after.body, "Proposed", std::string(what), {}};
  };
  return std::visit(domain::overloaded{
                        [&](const MinutesBegun&) { return line("Began to write" + in); },
                        [&](const ItemMinuted& e) { return line(fmt::format("{} the text{}{}", e.text ? "Wrote" : "Took away", of_item(after, e.item, rows), in)); },
                        [&](const DecisionRecorded& e) { return line(fmt::format("Recorded {}{}{}", decision_in_words(after, e.decision), of_item(after, e.item, rows), in)); },
                        [&](const DecisionChanged& e) { return line(fmt::format("Changed {}{}", decision_in_words(after, e.decision), in)); },
                        [&](const DecisionRemoved& e) { return line(fmt::format("Removed {}{}", decision_in_words(before, e.decision), in)); },
                        [&](const ActionRecorded& e) { return line(fmt::format("Recorded {}{}{}", action_in_words(after, e.action), of_item(after, e.item, rows), in)); },
                        [&](const ActionChanged& e) { return line(fmt::format("Changed {}{}", action_in_words(after, e.action), in)); },
                        [&](const ActionRemoved& e) { return line(fmt::format("Removed {}{}", action_in_words(before, e.action), in)); },
                        [&](const MinutesCirculated& e) { return line(fmt::format("Circulated{} what is written{}", e.is_late ? " late" : "", in)); },
                        [&](const CorrectionProposed& e) {
                          return domain::AuditLine{fmt::format("Proposed a correction{}{}", of_item(after, e.item, rows), in), after.body, "", "Proposed", {}};
                        },
                        [&](const CorrectionAccepted& e) { return answered("Accepted", e.correction); },
                        [&](const CorrectionDeclined& e) { return answered("Declined", e.correction); },
                        [&](const MinutesApproved&) { return line("Approved and locked what is written" + in); },
                        [&](const NameRemovedFromMinutes&) { return line("Removed the name of a deleted account" + in); },
                        [&](const MinutesPersonForgotten&) { return line("Erased what somebody wrote whose account was deleted" + in); },
                    },
                    event);
}

}  // namespace witan::meetings
