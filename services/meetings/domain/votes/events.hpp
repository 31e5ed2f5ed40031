#pragma once

#include <optional>
#include <vector>

#include "shared/contract/meetings.hpp"

/// What can have happened with motions and votes.
namespace witan::meetings {

struct MotionMoved {
  static constexpr std::string_view k_type = "motion_moved";
  MotionId motion;
  AgendaItemId item;
  SeatId seat;
  PersonId person;
  Erasable words;  ///< The body's, not the person's: they stay when the account goes, without its name.
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(MotionMoved, (), (motion, item, seat, person, words, at))

struct MotionSeconded {
  static constexpr std::string_view k_type = "motion_seconded";
  MotionId motion;
  SeatId seat;
  PersonId person;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(MotionSeconded, (), (motion, seat, person, at))

struct MotionWithdrawn {
  static constexpr std::string_view k_type = "motion_withdrawn";
  MotionId motion;
};
BOOST_DESCRIBE_STRUCT(MotionWithdrawn, (), (motion))

struct VoteOpened {
  static constexpr std::string_view k_type = "vote_opened";
  VoteId vote;
  AgendaItemId item;
  contract::meetings::VoteKind kind = contract::meetings::VoteKind::named;
  std::optional<MotionId> motion;
  std::optional<Erasable> question;  ///< Where it is on no motion.
  Timestamp at;
  std::vector<SeatId> seats;         ///< On which those who are entitled sit, one for each person.
  std::optional<Erasable> box;       ///< Of a secret ballot: what is in the box.
};
BOOST_DESCRIBE_STRUCT(VoteOpened, (), (vote, item, kind, motion, question, at, seats, box))

/// Who has voted. What, only by show of hands: of a secret ballot it is in the box, added to what was there, and in nothing else.
struct VoteCast {
  static constexpr std::string_view k_type = "vote_cast";
  VoteId vote;
  SeatId seat;
  PersonId person;
  Timestamp at;
  std::optional<contract::meetings::VoteChoice> choice;
  std::optional<Erasable> box;       ///< In place of the one before, which was erased.
  std::optional<bool> is_recorded;   ///< Those who run the meeting recorded the hand.
};
BOOST_DESCRIBE_STRUCT(VoteCast, (), (vote, seat, person, at, choice, box, is_recorded))

/// A hand that was recorded for somebody counts no more, and they have not voted.
struct HandTakenBack {
  static constexpr std::string_view k_type = "hand_taken_back";
  VoteId vote;
  SeatId seat;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(HandTakenBack, (), (vote, seat, person))

/// The box was emptied and erased.
struct VoteClosed {
  static constexpr std::string_view k_type = "vote_closed";
  VoteId vote;
  Timestamp at;
  std::int64_t entitled = 0;
  std::int64_t present = 0;
  std::int64_t cast = 0;
  std::int64_t in_favour = 0;
  std::int64_t against = 0;
  std::int64_t abstained = 0;
};
BOOST_DESCRIBE_STRUCT(VoteClosed, (), (vote, at, entitled, present, cast, in_favour, against, abstained))

/// The box was erased, and nobody has looked into it.
struct VoteCancelled {
  static constexpr std::string_view k_type = "vote_cancelled";
  VoteId vote;
  Timestamp at;
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(VoteCancelled, (), (vote, at, reason))

/// What is left of a text of a motion or vote once a name was taken out of it.
struct TextOfVote {
  std::string text_id;  ///< Of the text that named somebody.
  Erasable by;
};
BOOST_DESCRIBE_STRUCT(TextOfVote, (), (text_id, by))

}  // namespace witan::meetings
