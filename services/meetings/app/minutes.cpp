#include "services/meetings/app/minutes.hpp"

#include "services/meetings/app/papers.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"

namespace witan::meetings {

void add_minutes(service::Builder& builder) {
  const auto of_meeting = [](const auto& command) { return command.meeting.str(); };
  const auto staff = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) {
    return may_prepare(actor, command.meeting.str(), rows);
  };
  // Whoever has a seat in the body. To everybody else a draft is not there.
  const auto members = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) -> Result<void> {
    const auto view = rows.row_as<wire::MeetingView>(MeetingAggregate::topic(command.meeting.str()), "staff", "meeting");
    const bool is_member = view && actor.person && view->state != wire::MeetingState::draft && actor.holds(view->body.str(), {});
    if (is_member) return {};
    return may_prepare(actor, command.meeting.str(), rows);
  };

  builder.aggregate<MinutesAggregate>()
      .upsert<wire::WriteMinutes, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::WriteDecision, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::RemoveDecision, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::WriteAction, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::RemoveAction, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::CirculateMinutes, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::ProposeCorrection, MinutesAggregate>(of_meeting, members)
      .upsert<wire::AnswerCorrection, MinutesAggregate>(of_meeting, staff)
      .upsert<wire::ApproveMinutes, MinutesAggregate>(of_meeting, staff);
}

}  // namespace witan::meetings
