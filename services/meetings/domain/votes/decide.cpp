#include <algorithm>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"

/// What may happen with motions and votes. Who may ask for it stands in app/meetings_service.cpp.
namespace witan::meetings {

using wire::VoteChoice;
using wire::VoteKind;

namespace {

/// With more, the rows would outgrow their topic.
constexpr std::size_t k_motions_max = 60;
constexpr std::ptrdiff_t k_motions_of_one_max = 8;  ///< So that one member leaves room for the others.
constexpr std::size_t k_votes_max = 60;
constexpr std::size_t k_words_bytes_max = 32 * 1024;

DecidedMeeting these(std::vector<MeetingEvent> events, json::object result = {}) {
  return domain::Decided<MeetingEvent>{std::move(events), std::move(result), {}};
}

std::unexpected<Rejection> missing(std::string pointer, std::string detail) {
  return std::unexpected(Rejection{ErrorCode::not_found, detail, {FieldError{std::move(pointer), ErrorCode::not_found, detail}}, {}});
}

bool is_staff(const Meeting& meeting, const Actor& actor) { return actor.is_administrator() || actor.holds(meeting.body.str(), staff_roles()); }

Result<void> in_progress(const Meeting& meeting) {
  if (meeting.is_started()) return {};
  return reject(ErrorCode::not_now, meeting.is_closed() ? "The meeting is closed." : "The meeting has not started.");
}

Result<void> running(const Meeting& meeting) {
  if (auto going = in_progress(meeting); !going) return going;
  if (meeting.is_paused()) return reject(ErrorCode::not_now, "The meeting is paused. Motions and votes go on when it is resumed.");
  return {};
}

/// What a page shows may be behind: nobody moves, or is asked, something at another item than they meant.
Result<void> is_at(const Meeting& meeting, const AgendaItemId& item) {
  if (meeting.now == item) return {};
  return reject(ErrorCode::not_now, "The meeting has gone to another item meanwhile.");
}

/// Who sits there, if the actor may move or second for them, and they may.
Result<Sitter> who_takes_part(const Meeting& meeting, const SeatId& seat, const Actor& actor) {
  const auto sitter = sitter_of(meeting, seat);
  if (!sitter) return missing("/seat", "Nobody holds this seat any more.");
  if (actor.person != sitter->person && !is_staff(meeting, actor)) {
    return reject(ErrorCode::forbidden, "You move and second for yourself. The chair and the secretary write it down for others.");
  }
  if (!counts(meeting.attendance.at(seat).seat.role)) return reject(ErrorCode::forbidden, "This seat has no vote, so its holder moves and seconds nothing.");
  if (recused_now(meeting).contains(sitter->person)) {
    return reject(ErrorCode::not_now, "Whoever has withdrawn from an item because of an interest moves and seconds nothing at it.");
  }
  if (!is_there(meeting, sitter->person, VoteKind::named)) return reject(ErrorCode::not_now, "They are not recorded as being here. Record that first.");
  return *sitter;
}

bool has_moved_many(const Meeting& meeting, const Sitter& mover, const Actor& actor) {
  if (is_staff(meeting, actor)) return false;
  const auto& motions = meeting.votes.motions;
  return std::ranges::count_if(motions, [&](const Motion& one) { return one.mover.person == mover.person; }) >= k_motions_of_one_max;
}

Result<void> fits(const Meeting& meeting, const std::string& more, const domain::Context& context) {
  auto bytes = more.size();
  for (const auto& text : texts_of(meeting.votes)) bytes += context.text(text).value_or("").size();
  if (bytes > k_words_bytes_max) return reject(ErrorCode::too_large, "The motions and questions of this meeting have grown too long. Put it more shortly.");
  return {};
}

Result<const Motion*> open_motion(const Meeting& meeting, const MotionId& id) {
  const auto* motion = motion_of(meeting, id);
  if (!motion) return missing("/motion", "There is no such motion.");
  if (motion->is_withdrawn) return reject(ErrorCode::not_now, "This motion has been withdrawn.");
  if (const auto* vote = vote_on(meeting, id)) {
    return reject(ErrorCode::not_now, vote->is_open() ? "This motion is being voted on." : "This motion has been voted on already.");
  }
  return motion;
}

Result<void> may_be_put(const Meeting& meeting, const MotionId& id) {
  const auto motion = open_motion(meeting, id);
  if (!motion) return std::unexpected(motion.error());
  if (auto at = is_at(meeting, (*motion)->item); !at) return at;
  if (!(*motion)->seconder) return reject(ErrorCode::not_now, "Nobody has seconded this motion yet.");
  return {};
}

Result<void> is_one_thing(const wire::OpenVote& command) {
  const bool is_question = command.question && !command.question->str().empty();
  if (command.motion && is_question) return reject_field("/question", ErrorCode::invalid_value, "A vote is on a motion or on a question, not on both.");
  if (!command.motion && !is_question) return reject_field("/question", ErrorCode::missing_field, "Write the question that is voted on.");
  return {};
}

Result<void> are_enough(const Meeting& meeting, const std::vector<SeatId>& entitled, VoteKind kind) {
  const auto tally = tally_of(meeting.attendance, recused_now(meeting));
  if (meeting.quorum && tally.present < *meeting.quorum) {
    return reject(ErrorCode::not_now, "No vote can be held: " + attendance_in_words(tally, meeting.quorum));
  }
  const bool is_anybody = std::ranges::any_of(entitled, [&](const SeatId& seat) { return is_there(meeting, sitter_of(meeting, seat)->person, kind); });
  if (!is_anybody) return reject(ErrorCode::not_now, "Nobody who may vote is recorded as being here. Record who attends first.");
  return {};
}

Result<const Vote*> vote_that_is_open(const Meeting& meeting, const VoteId& id) {
  const auto* vote = vote_of(meeting, id);
  if (!vote) return missing("/vote", "There is no such vote.");
  if (vote->state == VoteState::cancelled) return reject(ErrorCode::not_now, "This vote has been cancelled. Nothing is counted.");
  if (!vote->is_open()) return reject(ErrorCode::not_now, "This vote is closed.");
  return vote;
}

/// Whether the actor may cast it at all: one's own, or a hand that is shown.
Result<void> is_theirs_to_cast(const Meeting& meeting, const Vote& vote, const Sitter& sitter, const Actor& actor) {
  if (actor.person == sitter.person) return {};
  if (!is_staff(meeting, actor)) return reject(ErrorCode::forbidden, "You vote for your own seat.");
  if (vote.is_secret()) return reject(ErrorCode::forbidden, "In a secret ballot everybody votes for themselves.");
  return {};
}

Result<void> may_vote(const Meeting& meeting, const Vote& vote, const Sitter& sitter, bool is_own) {
  const auto* voter = voter_of(vote, sitter.person);
  if (voter && voter->has_voted) return reject(ErrorCode::already_done, "This vote has been cast already. It is final.");
  if (recused_now(meeting).contains(sitter.person)) {
    return reject(ErrorCode::not_now, "Whoever has withdrawn from an item because of an interest does not vote at it.");
  }
  if (!voter && !counts(meeting.attendance.at(sitter.seat).seat.role)) return reject(ErrorCode::forbidden, "This seat has no vote.");
  if (!voter) return reject(ErrorCode::not_now, "Who may vote was settled when the vote was opened, and this seat was not among them.");
  if (is_own ? !is_there_themselves(meeting, sitter.person) : !is_there(meeting, sitter.person, vote.kind)) {
    return reject(ErrorCode::not_now, is_own ? "You are not recorded as being here. Record that you are in the room, or remote, and then vote."
                                             : "They are not recorded as being here. Record that first.");
  }
  return {};
}

VoteCounts with(VoteCounts counts, VoteChoice choice) {
  switch (choice) {
    case VoteChoice::approve:
      ++counts.in_favour;
      break;
    case VoteChoice::against:
      ++counts.against;
      break;
    case VoteChoice::abstain:
      ++counts.abstained;
      break;
  }
  return counts;
}

/// What is in the box; refused where it cannot be that everybody who voted is in there.
Result<VoteCounts> in_the_box(const Vote& vote, const domain::Context& context) {
  const auto text = vote.box ? context.text(*vote.box) : std::nullopt;
  const auto counts = text ? counts_in(*text) : std::nullopt;
  if (counts && counts->sum() == cast_in(vote)) return *counts;
  return reject(ErrorCode::not_now, "What was cast cannot be read. Cancel this vote, and hold it again.");
}

}  // namespace

DecidedMeeting decide(const Meeting& meeting, const wire::ProposeMotion& command, domain::Context& context) {
  if (auto going = running(meeting); !going) return std::unexpected(going.error());
  if (auto at = is_at(meeting, command.item); !at) return std::unexpected(at.error());
  const auto sitter = who_takes_part(meeting, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  if (has_moved_many(meeting, *sitter, context.actor())) return reject(ErrorCode::too_large, "You have moved as many motions as one can at a meeting. The chair and the secretary can move more for you.");
  if (meeting.votes.motions.size() >= k_motions_max) return reject(ErrorCode::too_large, "There are as many motions as a meeting can have.");
  if (auto room = fits(meeting, command.words.str(), context); !room) return std::unexpected(room.error());
  const auto id = context.new_id<MotionId>();
  return these({MotionMoved{id, command.item, command.seat, sitter->person, context.keep(command.words.str()), context.now()}}, {{"motion", id.str()}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::SecondMotion& command, domain::Context& context) {
  if (auto going = running(meeting); !going) return std::unexpected(going.error());
  const auto motion = open_motion(meeting, command.motion);
  if (!motion) return std::unexpected(motion.error());
  if (auto at = is_at(meeting, (*motion)->item); !at) return std::unexpected(at.error());
  const auto sitter = who_takes_part(meeting, command.seat, context.actor());
  if (!sitter) return std::unexpected(sitter.error());
  if (const auto& seconder = (*motion)->seconder) {
    if (seconder->person == sitter->person) return these({});
    return reject(ErrorCode::already_done, "Somebody has seconded this motion already.");
  }
  if ((*motion)->mover.person == sitter->person) return reject_field("/seat", ErrorCode::invalid_value, "Somebody else than whoever moved it seconds a motion.");
  return these({MotionSeconded{command.motion, command.seat, sitter->person, context.now()}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::WithdrawMotion& command, domain::Context& context) {
  if (auto going = running(meeting); !going) return std::unexpected(going.error());
  const auto* known = motion_of(meeting, command.motion);
  if (known && context.actor().person != known->mover.person && !is_staff(meeting, context.actor())) {
    return reject(ErrorCode::forbidden, "Whoever moved it withdraws a motion, or the chair or the secretary for them.");
  }
  if (known && known->is_withdrawn) return these({});
  const auto motion = open_motion(meeting, command.motion);
  if (!motion) return std::unexpected(motion.error());
  return these({MotionWithdrawn{command.motion}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::OpenVote& command, domain::Context& context) {
  if (auto going = running(meeting); !going) return std::unexpected(going.error());
  if (auto at = is_at(meeting, command.item); !at) return std::unexpected(at.error());
  if (open_vote(meeting)) return reject(ErrorCode::not_now, "Another vote is open. Close or cancel it first.");
  if (auto one = is_one_thing(command); !one) return std::unexpected(one.error());
  if (command.motion) {
    if (auto put = may_be_put(meeting, *command.motion); !put) return std::unexpected(put.error());
  }
  auto entitled = entitled_now(meeting);
  if (auto enough = are_enough(meeting, entitled, command.kind); !enough) return std::unexpected(enough.error());
  if (meeting.votes.votes.size() >= k_votes_max) return reject(ErrorCode::too_large, "There have been as many votes as a meeting can have.");
  const auto question = command.motion ? std::string() : command.question->str();
  if (auto room = fits(meeting, question, context); !room) return std::unexpected(room.error());
  VoteOpened opened{context.new_id<VoteId>(), command.item, command.kind, command.motion, {}, context.now(), std::move(entitled), {}};
  if (!command.motion) opened.question = context.keep(question);
  if (command.kind == VoteKind::secret) opened.box = context.keep(box_text({}, context.new_id_text()));
  json::object result{{"vote", opened.vote.str()}};
  return these({std::move(opened)}, std::move(result));
}

/// The answer tells nothing of the choice: it is remembered for a repeated command.
DecidedMeeting decide(const Meeting& meeting, const wire::CastVote& command, domain::Context& context) {
  if (auto going = running(meeting); !going) return std::unexpected(going.error());
  const auto vote = vote_that_is_open(meeting, command.vote);
  if (!vote) return std::unexpected(vote.error());
  const auto sitter = sitter_of(meeting, command.seat);
  if (!sitter) return missing("/seat", "Nobody holds this seat any more.");
  if (auto theirs = is_theirs_to_cast(meeting, **vote, *sitter, context.actor()); !theirs) return std::unexpected(theirs.error());
  const bool is_own = context.actor().person == sitter->person;
  if (auto may = may_vote(meeting, **vote, *sitter, is_own); !may) return std::unexpected(may.error());
  VoteCast cast{command.vote, command.seat, sitter->person, context.now(), {}, {}, is_own ? std::nullopt : std::optional(true)};
  if (!(*vote)->is_secret()) {
    cast.choice = command.choice;
    return these({std::move(cast)});
  }
  const auto counts = in_the_box(**vote, context);
  if (!counts) return std::unexpected(counts.error());
  cast.box = context.keep(box_text(with(*counts, command.choice), context.new_id_text()));
  auto decided = these({std::move(cast)});
  decided->erased = {*(*vote)->box};
  return decided;
}

DecidedMeeting decide(const Meeting& meeting, const wire::TakeBackHand& command, domain::Context&) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  const auto vote = vote_that_is_open(meeting, command.vote);
  if (!vote) return std::unexpected(vote.error());
  const auto voter = std::ranges::find_if((*vote)->roll, [&](const Voter& one) { return one.sitter.seat == command.seat; });
  if (voter == (*vote)->roll.end()) return missing("/seat", "This seat has no vote here.");
  if (!voter->has_voted) return these({});
  if (!voter->is_recorded) return reject(ErrorCode::not_now, "They cast this vote for themselves, and that is final.");
  return these({HandTakenBack{command.vote, command.seat, voter->sitter.person}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::CloseVote& command, domain::Context& context) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  const auto* known = vote_of(meeting, command.vote);
  if (known && known->state == VoteState::closed) return reject(ErrorCode::already_done, "This vote has been closed already.");
  const auto vote = vote_that_is_open(meeting, command.vote);
  if (!vote) return std::unexpected(vote.error());
  const auto counts = (*vote)->is_secret() ? in_the_box(**vote, context) : counted(**vote);
  if (!counts) return std::unexpected(counts.error());
  const auto entitled = std::ssize((*vote)->roll);
  auto decided = these({VoteClosed{command.vote, context.now(), entitled, present_in(**vote), cast_in(**vote), counts->in_favour, counts->against, counts->abstained}});
  if ((*vote)->box) decided->erased = {*(*vote)->box};
  return decided;
}

DecidedMeeting decide(const Meeting& meeting, const wire::CancelVote& command, domain::Context& context) {
  if (auto going = in_progress(meeting); !going) return std::unexpected(going.error());
  const auto vote = vote_that_is_open(meeting, command.vote);
  if (!vote) return std::unexpected(vote.error());
  auto decided = these({VoteCancelled{command.vote, context.now(), context.keep(command.reason.str())}});
  if ((*vote)->box) decided->erased = {*(*vote)->box};
  return decided;
}

}  // namespace witan::meetings
