#include "services/meetings/app/meetings_service.hpp"

#include "services/meetings/app/actions.hpp"
#include "services/meetings/app/dates.hpp"
#include "services/meetings/app/minutes.hpp"
#include "services/meetings/app/notes.hpp"
#include "services/meetings/app/plan.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

/// The current item of each meeting in progress may run over its time.
std::vector<service::Due> overruns(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [meeting, at] : rows.rows(k_overrun_index, k_private_audience, "")) {
    due.push_back({codec::decode<Timestamp>(at).value(), meeting});
  }
  return due;
}

}  // namespace

service::Definition definition(const PaperDesk& desk) {
  using service::in_body;
  const auto meeting_of = [](const auto& command) { return command.meeting.str(); };
  // Who prepares the meetings of the body that the command names, and of the body whose meeting it is.
  const auto staff_named =
      in_body([](const Meeting&, const auto& command) { return command.body.str(); }, staff_roles());
  const auto staff =
      in_body([](const Meeting& meeting, const auto&) { return meeting.body.str(); }, staff_roles());

  const auto staff_of_both = [staff](const Actor& actor, const Meeting& meeting, const auto& command, const domain::Rows& rows) -> Result<void> {
    if (auto here = staff(actor, meeting, command); !here) return here;
    if (may_prepare(actor, command.to.str(), rows)) return {};
    return reject_field("/to", ErrorCode::not_found, "You do not prepare such a meeting. Choose another.");
  };

  // Whoever has a seat in the body may record their own attendance (the rules look whose seat it is), but knows of no draft.
  const auto sitters = [](const Actor& actor, const Meeting& meeting, const auto&) {
    const bool is_staff = actor.is_administrator() || actor.holds(meeting.body.str(), staff_roles());
    return service::allowed_if(actor, is_staff || (meeting.state != wire::MeetingState::draft && actor.holds(meeting.body.str(), {})));
  };

  service::Builder builder("meetings");
  builder.aggregate<MeetingAggregate>()
      .aggregate<KnownBodyAggregate>()
      .aggregate<KnownPersonAggregate>()
      .erasing<PersonForgotten>()
      .promises<wire::Commands>()
      .public_list(public_list().topic())
      // 2: lists of meetings have pages; 3: which texts name people; 4: earlier names of people; 5: items under items, times as it
      // goes, series, publication; 6: pauses, attendance and quorum, papers; 7: minutes and decisions, speakers and declarations;
      // 8: papers to follow, who opened them, changes after publication, what becomes of actions,
      // motions and votes, what calendars say of meetings; 9: how often items were changed, how long before the meeting an agenda is due,
      // replays of meetings that are over; 10: forward plans; 11: without what was withdrawn there, items that were forwarded, the text of papers;
      // 12: who is named for papers, what was declared in minutes and beside registers; 13: polls for dates, papers that two people release, which agenda a new one
      // can begin as, what comes next in the room
      .views_shape(13)
      .hearing(3)      // 2: of people as well; 3: of who holds which seat
      .creation<wire::ScheduleMeeting, MeetingAggregate>(staff_named)
      .command<wire::RescheduleMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::CancelMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::SetPublicationClock, MeetingAggregate>(meeting_of, staff)
      .command<wire::SetChairs, MeetingAggregate>(meeting_of, staff)
      .command<wire::AddAgendaItem, MeetingAggregate>(meeting_of, staff)
      .command<wire::EditAgendaItem, MeetingAggregate>(meeting_of, staff)
      .command<wire::NameSeats, MeetingAggregate>(meeting_of, staff)
      .command<wire::OpenToMembers, MeetingAggregate>(meeting_of, staff)
      .command<wire::MoveAgendaItem, MeetingAggregate>(meeting_of, staff)
      .command<wire::ForwardItem, MeetingAggregate>(meeting_of, staff_of_both)
      .command<wire::CopyAgenda, MeetingAggregate>(meeting_of, staff)
      .command<wire::RemoveAgendaItem, MeetingAggregate>(meeting_of, staff)
      .command<wire::PublishAgenda, MeetingAggregate>(meeting_of, staff)
      .command<wire::StartMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::GoToItem, MeetingAggregate>(meeting_of, staff)
      .command<wire::PauseMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::ResumeMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::CloseMeeting, MeetingAggregate>(meeting_of, staff)
      .command<wire::RecordAttendance, MeetingAggregate>(meeting_of, sitters)
      .command<wire::AskToSpeak, MeetingAggregate>(meeting_of, sitters)
      .command<wire::WithdrawRequest, MeetingAggregate>(meeting_of, sitters)
      .command<wire::MoveRequest, MeetingAggregate>(meeting_of, staff)
      .command<wire::GiveFloor, MeetingAggregate>(meeting_of, staff)
      .command<wire::EndTurn, MeetingAggregate>(meeting_of, staff)
      .command<wire::DeclareAtItem, MeetingAggregate>(meeting_of, sitters)
      .command<wire::WithdrawDeclaration, MeetingAggregate>(meeting_of, sitters)
      .command<wire::SetQuorum, MeetingAggregate>(meeting_of, staff)
      .command<wire::ProposeMotion, MeetingAggregate>(meeting_of, sitters)
      .command<wire::SecondMotion, MeetingAggregate>(meeting_of, sitters)
      .command<wire::WithdrawMotion, MeetingAggregate>(meeting_of, sitters)
      .command<wire::OpenVote, MeetingAggregate>(meeting_of, staff)
      .command<wire::CastVote, MeetingAggregate>(meeting_of, sitters)
      .command<wire::TakeBackHand, MeetingAggregate>(meeting_of, staff)
      .command<wire::CloseVote, MeetingAggregate>(meeting_of, staff)
      .command<wire::CancelVote, MeetingAggregate>(meeting_of, staff)
      .due<TimeForItemIsUp, MeetingAggregate>(overruns)
      .notice<contract::directory::BodyEstablishedNotice, KnownBodyAggregate>(
          "directory", [](const auto& notice) { return notice.body.str(); })
      .notice<contract::directory::SeatFilledNotice, KnownBodyAggregate>(
          "directory", [](const auto& notice) { return notice.body.str(); })
      .notice<contract::directory::SeatVacatedNotice, KnownBodyAggregate>(
          "directory", [](const auto& notice) { return notice.body.str(); })
      .notice<contract::directory::PersonRegisteredNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); })
      .notice<contract::directory::PersonRenamedNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); })
      .notice<contract::directory::PersonErasedNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); });
  add_papers(builder, desk);
  add_minutes(builder);
  add_actions(builder);
  add_notes(builder);
  add_plan(builder);
  add_dates(builder);
  return builder.build();
}

}  // namespace witan::meetings
