#pragma once

#include <optional>
#include <vector>

#include "services/meetings/domain/room/room.hpp"
#include "services/meetings/domain/votes/events.hpp"
#include "shared/contract/domain.hpp"

/// Motions and votes of a meeting in progress.
namespace witan::meetings {

struct Attendee;

struct Motion {
  MotionId motion;
  AgendaItemId item;
  Sitter mover;
  std::optional<Sitter> seconder;
  Erasable words;
  bool is_withdrawn = false;
};

struct VoteCounts {
  std::int64_t in_favour = 0;
  std::int64_t against = 0;
  std::int64_t abstained = 0;
  std::int64_t sum() const { return in_favour + against + abstained; }
};

/// Somebody who is entitled.
struct Voter {
  Sitter sitter;
  bool was_there = false;  ///< While the vote was open. Who goes afterwards stays counted as present.
  bool has_voted = false;
  bool is_recorded = false;
  std::optional<contract::meetings::VoteChoice> choice = {};  ///< By show of hands only.
};

enum class VoteState { open, closed, cancelled };

struct Vote {
  VoteId vote;
  AgendaItemId item;
  contract::meetings::VoteKind kind = contract::meetings::VoteKind::named;
  std::optional<MotionId> motion;
  std::optional<Erasable> question;
  Timestamp opened_at;
  VoteState state = VoteState::open;
  std::vector<Voter> roll = {};  ///< Settled when it was opened. It only becomes shorter, by those who may not vote any more and have not.
  std::optional<Erasable> box = {};  ///< Of a secret ballot while it is open.
  std::optional<Timestamp> ended_at = {};
  VoteCounts counts = {};        ///< Once it is closed,
  std::int64_t entitled = 0;     ///< and these.
  std::int64_t present = 0;
  std::int64_t cast = 0;
  std::optional<Erasable> reason = {};

  bool is_open() const { return state == VoteState::open; }
  bool is_secret() const { return kind == contract::meetings::VoteKind::secret; }
};

struct Votes {
  std::vector<Motion> motions;
  std::vector<Vote> votes;
  std::set<PersonId> ballots;    ///< Whose ballot was ever shown.
};

void take_note(Meeting& meeting, const MotionMoved& e);
void take_note(Meeting& meeting, const MotionSeconded& e);
void take_note(Meeting& meeting, const MotionWithdrawn& e);
void take_note(Meeting& meeting, const VoteOpened& e);
void take_note(Meeting& meeting, const VoteCast& e);
void take_note(Meeting& meeting, const HandTakenBack& e);
void take_note(Meeting& meeting, const VoteClosed& e);
void take_note(Meeting& meeting, const VoteCancelled& e);
void take_note(Meeting& meeting, const TextOfVote& e);
/// Who has come, and who may not vote any more, once something else has happened while a vote is open.
void keep_roll(Meeting& meeting);

const Vote* open_vote(const Meeting& meeting);
const Vote* vote_of(const Meeting& meeting, const VoteId& vote);
const Motion* motion_of(const Meeting& meeting, const MotionId& motion);
/// The last vote on the motion that was not cancelled.
const Vote* vote_on(const Meeting& meeting, const MotionId& motion);
const Voter* voter_of(const Vote& vote, const PersonId& person);
/// Whether a motion was moved, or a vote held, at the item.
bool was_voted_at(const Meeting& meeting, const AgendaItemId& item);
/// Every text of motions and votes that may name somebody.
std::vector<Erasable> texts_of(const Votes& votes);

/// Whether the person is there and may vote in a vote of this kind. A substitute has no account, and so no secret vote.
bool is_there(const Meeting& meeting, const PersonId& person, contract::meetings::VoteKind kind);
/// Whether they are there themselves, in the room or remotely.
bool is_there_themselves(const Meeting& meeting, const PersonId& person);
/// The seats of those who are entitled as things stand, one for each person.
std::vector<SeatId> entitled_now(const Meeting& meeting);

std::int64_t present_in(const Vote& vote);
std::int64_t cast_in(const Vote& vote);
/// Of a show of hands.
VoteCounts counted(const Vote& vote);

/// What is in the box, as the text that is kept: always as long, and never the same. The counts stand behind more than a page of filling, so
/// that SQLite keeps them in pages of their own, which are overwritten when the text is erased; what nobody can guess keeps the hash, which
/// the event has, from telling them.
std::string box_text(const VoteCounts& counts, const std::string& unguessable);
std::optional<VoteCounts> counts_in(const std::string& box);

std::string label(contract::meetings::VoteKind kind);
std::string label(contract::meetings::VoteChoice choice);
/// "Carried", "Not carried", "Tied"
std::string outcome_of(const VoteCounts& counts);
/// "Open", "Cancelled", or the outcome.
std::string state_of(const Vote& vote);
/// "Carried: 7 for, 3 against, 2 abstained. 14 entitled to vote, 13 present, 12 voted."
std::string in_words(const Vote& vote);

std::string votes_topic(const MeetingId& meeting);

}  // namespace witan::meetings
