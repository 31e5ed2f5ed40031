#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/replay/replay.hpp"

/// Which events a replay tells of.
namespace witan::meetings {

namespace {

using enum MomentKind;
using Noted = std::optional<Moment>;

/// Whether it is kept.
bool note(const MeetingId& meeting, std::int64_t seq, const Moment& moment, domain::Presenter& presenter) {
  const bool is_of_members = moment.kind == counted || moment.kind == declared;
  const auto counter = meeting.str() + (is_of_members ? "/members" : "");
  const auto count = presenter.row_as<std::int64_t>(k_moments_count_index, k_private_audience, counter).value_or(0) + 1;
  presenter.put_private(std::string(k_moments_count_index), counter, json::value(count));
  if (count > (is_of_members ? k_members_moments_max : k_moments_max) && moment.kind != closed) return false;
  presenter.put_private(std::string(k_moments_index), fmt::format("{}/{:015}", meeting.str(), seq), codec::encode(moment));
  return true;
}

/// How many are there, without anybody's name.
Moment count_of(const Meeting& meeting, Timestamp at) {
  return {at, counted, {}, attendance_in_words(tally_of(meeting.attendance, recused_now(meeting)), meeting.quorum)};
}

std::optional<std::int64_t> number_of_declaration(const Meeting& meeting, const AgendaItemId& item, const SeatId& seat, const PersonId& person) {
  const auto* declaration = declaration_by(meeting, item, seat, person);
  return declaration ? std::optional(declaration->number) : std::nullopt;
}

Noted turn_of(const Meeting& meeting, const FloorGiven& e, Timestamp at) {
  const auto& turn = meeting.room.turn;
  return turn ? Noted({at, floor_given, e.item, turn->sitter.title, {}, turn->sitter.name}) : std::nullopt;
}

/// While the meeting is in progress, and its end.
Noted noted_in_meeting(const Meeting& meeting, const MeetingEvent& event, Timestamp at) {
  return std::visit(domain::overloaded{
                        [&](const MeetingStarted& e) { return Noted({at, began, e.item}); },
                        [&](const WentToItem& e) { return Noted({at, came_to, e.item}); },
                        [&](const MeetingPaused&) { return Noted({at, paused}); },
                        [&](const MeetingResumed&) { return Noted({at, resumed}); },
                        [&](const FloorGiven& e) { return turn_of(meeting, e, at); },
                        [&](const TurnEnded& e) { return Noted({at, turn_ended, e.item, {}, e.seconds}); },
                        [&](const RecusalBegan& e) { return Noted({at, withdrew, e.item, {}, number_of_declaration(meeting, e.item, e.seat, e.person)}); },
                        [&](const RecusalEnded& e) { return Noted({at, came_back, e.item, {}, number_of_declaration(meeting, e.item, e.seat, e.person)}); },
                        [&](const MotionMoved& e) { return Noted({at, motion_moved, e.item, e.motion.str()}); },
                        [&](const MotionSeconded& e) { return Noted({at, motion_seconded, {}, e.motion.str()}); },
                        [&](const MotionWithdrawn& e) { return Noted({at, motion_withdrawn, {}, e.motion.str()}); },
                        [&](const VoteOpened& e) { return Noted({at, vote_opened, e.item, e.vote.str()}); },
                        [&](const VoteClosed& e) { return Noted({at, vote_closed, {}, e.vote.str()}); },
                        [&](const VoteCancelled& e) { return Noted({at, vote_cancelled, {}, e.vote.str()}); },
                        [&](const AttendanceRecorded&) { return Noted(count_of(meeting, at)); },
                        [&](const QuorumSet&) { return Noted(count_of(meeting, at)); },
                        [&](const SeatsListed&) { return Noted(count_of(meeting, at)); },
                        [&](const SeatUnlisted&) { return Noted(count_of(meeting, at)); },
                        [](const auto&) { return Noted(); },
                    },
                    event);
}

bool was_for_members(const Meeting& meeting, const Moment& moment) {
  const auto item = moment.item ? moment.item : meeting.now;
  const auto place = item ? place_of(meeting, *item) : std::nullopt;
  return place && is_for_members(meeting.items, *place);
}

Noted noted(const Meeting& meeting, const MeetingEvent& event, Timestamp at) {
  if (const auto* e = std::get_if<InterestDeclared>(&event)) return Moment{at, declared, e->item, {}, number_of_declaration(meeting, e->item, e->seat, e->person)};
  if (std::holds_alternative<MeetingClosed>(event)) return Moment{at, closed};
  return meeting.is_started() ? noted_in_meeting(meeting, event, at) : std::nullopt;
}

/// After these, the replay of a meeting that is over may say something else, or not say it any more.
bool may_change(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const MeetingClosed&) { return true; }, [](const InterestDeclared&) { return true; }, [](const DeclarationWithdrawn&) { return true; },
                                       [](const NameRemoved&) { return true; }, [](const AttendeeForgotten&) { return true; }, [](const auto&) { return false; }},
                    event);
}

}  // namespace

void present_replay(const Meeting& meeting, const MeetingEvent& event, const domain::EventInfo& when, domain::Presenter& presenter) {
  if (auto moment = noted(meeting, event, when.at)) {
    if (was_for_members(meeting, *moment)) moment->is_behind_doors = true;
    const bool is_kept = note(meeting.meeting, when.seq, *moment, presenter);
    // Who withdraws does not count, and who comes back does again.
    if (is_kept && (moment->kind == began || moment->kind == withdrew || moment->kind == came_back)) {
      presenter.put_private(std::string(k_moments_index), fmt::format("{}/{:015}+", meeting.meeting.str(), when.seq), codec::encode(count_of(meeting, when.at)));
    }
  }
  if (!meeting.is_closed() || !may_change(event)) return;
  const auto began_at = meeting.started_at.value_or(meeting.starts_at);
  const auto off_plan = began_at - on_its_clock(meeting, began_at);
  const ReplayHead head{meeting.body, began_at, meeting.closed_at.value_or(meeting.ends_at), off_plan.count()};
  presenter.put_private(std::string(k_replay_index), meeting.meeting.str(), codec::encode(head));
  put_replay(meeting.meeting, presenter);
}

void present_replay(const Paper& paper, const PaperEvent& event, const domain::EventInfo& when, domain::Presenter& presenter) {
  const auto of = [&](MomentKind kind) { return Moment{when.at, kind, paper.item, paper.paper.str(), std::ssize(paper.versions)}; };
  if (std::holds_alternative<PaperAdded>(event)) note(paper.meeting, when.seq, of(paper_added), presenter);
  if (std::holds_alternative<PaperVersionAdded>(event)) note(paper.meeting, when.seq, of(paper_replaced), presenter);
  if (std::holds_alternative<PaperWithdrawn>(event)) note(paper.meeting, when.seq, of(paper_withdrawn), presenter);
  put_replay(paper.meeting, presenter);
}

void present_replay(const Minutes& minutes, const MinutesEvent& event, const domain::EventInfo& when, domain::Presenter& presenter) {
  if (std::holds_alternative<MinutesCirculated>(event)) note(minutes.meeting, when.seq, {when.at, minutes_circulated}, presenter);
  if (std::holds_alternative<MinutesApproved>(event)) note(minutes.meeting, when.seq, {when.at, minutes_approved}, presenter);
  const bool is_told = std::visit(domain::overloaded{[](const MinutesBegun&) { return true; }, [](const DecisionRecorded&) { return true; }, [](const DecisionChanged&) { return true; },
                                                     [](const DecisionRemoved&) { return true; }, [](const MinutesCirculated&) { return true; },
                                                     [](const MinutesApproved&) { return true; }, [](const NameRemovedFromMinutes&) { return true; },
                                                     [](const auto&) { return false; }},
                                  event);
  if (is_told) put_replay(minutes.meeting, presenter);
}

}  // namespace witan::meetings
