#pragma once

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// What may happen to a meeting. Who may ask for it stands in app/meetings_service.cpp.
namespace witan::meetings {

using DecidedMeeting = Result<domain::Decided<MeetingEvent>>;

/// The time of the current item may be up. Asked by itself.
struct TimeForItemIsUp {};

DecidedMeeting decide(const Meeting& meeting, const wire::ScheduleMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::RescheduleMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CancelMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::SetChairs& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::AddAgendaItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::EditAgendaItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::NameSeats& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::OpenToMembers& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::MoveAgendaItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::ForwardItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CopyAgenda& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::RemoveAgendaItem& command,
                      domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::PublishAgenda& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::StartMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::GoToItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const TimeForItemIsUp& up, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::PauseMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::ResumeMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CloseMeeting& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::RecordAttendance& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::AskToSpeak& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawRequest& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::MoveRequest& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::GiveFloor& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::EndTurn& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::DeclareAtItem& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawDeclaration& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::SetQuorum& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::SetPublicationClock& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::ProposeMotion& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::SecondMotion& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawMotion& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::OpenVote& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CastVote& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::TakeBackHand& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CloseVote& command, domain::Context& context);
DecidedMeeting decide(const Meeting& meeting, const wire::CancelVote& command, domain::Context& context);

/// Refused once the meeting is over, or will not be.
Result<void> open_to_changes(const Meeting& meeting);
/// The end of the turn, and of the queue, with which the meeting leaves its item.
std::vector<MeetingEvent> leaving_item(const Meeting& meeting, Timestamp at);
/// What was decided, and then who withdraws by it from the item where the meeting is, and who comes back.
DecidedMeeting with_recusals(const Meeting& before, DecidedMeeting decided, const domain::Context& context);

}  // namespace witan::meetings
