#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/labels.hpp"
#include "services/meetings/domain/meeting.hpp"

/// Every event of an action as a line of the audit. What was noted is not repeated there.
namespace witan::meetings {

namespace {

/// " of item 2 in the minutes of “June meeting”", with the agenda as it is now.
std::string place_in_words(const ActionLife& life, const domain::Rows& rows) {
  const auto topic = MeetingAggregate::topic(life.meeting.str());
  const auto meeting = rows.row_as<wire::MeetingView>(topic, "staff", "meeting");
  const auto minutes = minutes_in(rows, life.meeting);
  const auto found = std::ranges::find(minutes.actions, life.action, &MinutedAction::action);
  const auto item = found == minutes.actions.end() ? std::nullopt : rows.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + found->item.str());
  return fmt::format("{} in the minutes of {}", item ? " of item " + item->number : std::string(), meeting ? "“" + meeting->title + "”" : std::string("a meeting"));
}

}  // namespace

domain::AuditLine ActionAggregate::describe(const ActionEvent& event, const ActionLife& before, const ActionLife& after, const domain::Rows& rows) {
  const auto where = place_in_words(after, rows);
  const auto line = [&](std::string what) {
    return domain::AuditLine{std::move(what), after.body, exists(before) ? label(before.status) : std::string(), label(after.status), {}};
  };
  return std::visit(domain::overloaded{
                        [&](const ActionFollowed&) { return line("Began to follow up an action" + where); },
                        [&](const ActionFinished&) { return line("Marked as done an action" + where); },
                        [&](const ActionDropped&) { return line("Dropped an action" + where); },
                        [&](const ActionReopened&) { return line("Opened again an action" + where); },
                        [&](const ActionDueChanged& e) { return domain::AuditLine{"Changed the due day of an action" + where, after.body, e.from, e.due, {}}; },
                        [&](const ActionHandedOver&) { return line("Handed over an action" + where); },
                        [&](const ActionNoted&) { return line("Wrote a note on an action" + where); },
                        [&](const ActionNoteRemoved&) { return line("Removed their own note on an action" + where); },
                        [&](const ActionFellDue& e) { return domain::AuditLine{fmt::format("The day {} is over for an action{}", e.due, where), after.body, "Open", "Overdue", {}}; },
                        [&](const NameRemovedFromAction&) { return line("Removed the name of a deleted account from an action" + where); },
                        [&](const ActionPersonForgotten&) { return line("Erased what somebody wrote whose account was deleted on an action" + where); },
                    },
                    event);
}

}  // namespace witan::meetings
