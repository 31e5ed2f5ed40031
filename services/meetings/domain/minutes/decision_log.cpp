#include <fmt/format.h>

#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/personal.hpp"

/// The decisions of a body across its meetings, the latest first: one log for its members, and one for everybody.
namespace witan::meetings {

namespace {

wire::DecisionView row_of(const Minutes& minutes, const MinutedDecision& one, const wire::MeetingView& meeting, const wire::AgendaItemView& item, const domain::Rows& rows) {
  wire::DecisionView view;
  view.decision = one.decision;
  view.meeting = minutes.meeting;
  view.decision_number = number_in_words(one.year, one.number);
  view.decided = rows.text(one.text).value_or(domain::k_text_removed);
  view.meeting_title = meeting.title;
  view.when = uk_time::date(meeting.starts_at);
  view.item_title = item.title;
  view.href = fmt::format("/meetings/{}/minutes#item-{}", minutes.meeting.str(), one.item.str());
  view.sort = fmt::format("{:04}/{:06}", 9999 - one.year, 999'999 - one.number);
  if (item.is_members_only) view.is_members_only = true;
  if (minutes.state != wire::MinutesState::approved) view.is_unapproved = true;
  return view;
}

}  // namespace

void put_in_log(const Minutes& minutes, domain::Presenter& presenter) {
  if (minutes.state == wire::MinutesState::writing) return;
  const auto topic = MeetingAggregate::topic(minutes.meeting.str());
  const auto meeting = presenter.row_as<wire::MeetingView>(topic, "staff", "meeting").value_or(wire::MeetingView{});
  const auto for_members = decisions_of_body(minutes.body, meeting.body_name), for_all = public_decisions_of_body(minutes.body, meeting.body_name);
  for (const auto& one : minutes.decisions) {
    const auto item = presenter.row_as<wire::AgendaItemView>(topic, "staff", "agenda/" + one.item.str());
    if (!item) continue;
    const auto key = "decision/" + one.decision.str();
    const auto view = row_of(minutes, one, meeting, *item, presenter);
    for_members.put(key, view, presenter);
    if (minutes.state == wire::MinutesState::approved && !item->is_members_only) for_all.put(key, view, presenter);
    else for_all.drop(key, presenter);
  }
}

}  // namespace witan::meetings
