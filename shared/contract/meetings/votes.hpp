#pragma once

#include "shared/contract/access.hpp"

namespace witan {

using MotionId = Id<struct MotionTag>;
using VoteId = Id<struct VoteTag>;

}  // namespace witan

/// Motions and votes while a meeting runs.
namespace witan::contract::meetings {

/// By show of hands, where everybody sees who voted what once it is closed, or secret, where nobody ever does.
BOOST_DEFINE_ENUM_CLASS(VoteKind, named, secret)
/// As many letters each: the length of an encrypted request tells nothing of a secret ballot.
BOOST_DEFINE_ENUM_CLASS(VoteChoice, approve, against, abstain)

// Commands

/// A motion on the current item, for one's own seat or by those who run the meeting for any. Names the item, so that nobody moves at another
/// item than they meant. Result `{motion}`.
struct ProposeMotion {
  static constexpr std::string_view k_name = "meetings.propose_motion";
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  Text<2, 500> words;
};
BOOST_DESCRIBE_STRUCT(ProposeMotion, (), (meeting, item, seat, words))

/// By somebody else than whoever moved it.
struct SecondMotion {
  static constexpr std::string_view k_name = "meetings.second_motion";
  MeetingId meeting;
  MotionId motion;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(SecondMotion, (), (meeting, motion, seat))

/// By whoever moved it, or those who run the meeting, before it is put to the vote.
struct WithdrawMotion {
  static constexpr std::string_view k_name = "meetings.withdraw_motion";
  MeetingId meeting;
  MotionId motion;
};
BOOST_DESCRIBE_STRUCT(WithdrawMotion, (), (meeting, motion))

/// On a motion that is seconded, or on a question; not both. Who is entitled is settled by it. Result `{vote}`.
struct OpenVote {
  static constexpr std::string_view k_name = "meetings.open_vote";
  MeetingId meeting;
  AgendaItemId item;
  VoteKind kind = VoteKind::named;
  std::optional<MotionId> motion = {};
  std::optional<Text<0, 500>> question = {};
};
BOOST_DESCRIBE_STRUCT(OpenVote, (), (meeting, item, kind, motion, question))

/// Once for each person, and final. For one's own seat; a hand that is shown in the room is also recorded by those who run the meeting.
struct CastVote {
  static constexpr std::string_view k_name = "meetings.cast_vote";
  MeetingId meeting;
  VoteId vote;
  SeatId seat;
  VoteChoice choice = VoteChoice::abstain;
};
BOOST_DESCRIBE_STRUCT(CastVote, (), (meeting, vote, seat, choice))

/// A hand that those who run the meeting recorded was none, or another one: it counts no more, and the seat has not voted. While the vote is open; what
/// somebody cast for themselves is final.
struct TakeBackHand {
  static constexpr std::string_view k_name = "meetings.take_back_hand";
  MeetingId meeting;
  VoteId vote;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(TakeBackHand, (), (meeting, vote, seat))

struct CloseVote {
  static constexpr std::string_view k_name = "meetings.close_vote";
  MeetingId meeting;
  VoteId vote;
};
BOOST_DESCRIBE_STRUCT(CloseVote, (), (meeting, vote))

/// Nothing is counted. A motion may then be put to the vote again.
struct CancelVote {
  static constexpr std::string_view k_name = "meetings.cancel_vote";
  MeetingId meeting;
  VoteId vote;
  Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(CancelVote, (), (meeting, vote, reason))

using VotesCommands = boost::mp11::mp_list<ProposeMotion, SecondMotion, WithdrawMotion, OpenVote, CastVote, TakeBackHand, CloseVote, CancelVote>;

// What people see

/// Topic `votes/<meeting>` (audiences as those of `attendance/<meeting>`), key `votes`: what may be done now.
struct VotesView {
  MeetingId meeting;
  bool is_started = false;
  bool is_paused = false;
  bool is_behind_doors = false;            ///< To the public: the current item is for members.
  bool has_open = false;                   ///< A vote is open.
  std::optional<AgendaItemId> item;        ///< The current one; absent where there is none, or to the public behind doors.
  std::optional<std::string> item_number;
  std::optional<std::string> no_quorum;    ///< To staff: why no vote can be opened, "3 of 12 members present; quorum is 4: not quorate."
};
BOOST_DESCRIBE_STRUCT(VotesView, (), (meeting, is_started, is_paused, is_behind_doors, has_open, item, item_number, no_quorum))

/// Topic `votes/<meeting>`, key `motion/<motion>`. To the public not of an item for members.
struct MotionView {
  MeetingId meeting;
  MotionId motion;
  AgendaItemId item;
  std::string item_number;
  std::string item_title;
  std::string words;
  std::string moved_by;                    ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::optional<PersonId> by;              ///< Who moved it. Not to the public.
  std::optional<std::string> seconded_by;
  std::string state_label;                 ///< "Waits for a seconder", "Seconded", "Being voted on", "Withdrawn", "Carried"…
  bool is_waiting = false;                 ///< For a seconder, at the current item.
  bool may_be_put = false;                 ///< To the vote now.
  bool may_be_withdrawn = false;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(MotionView, (),
                      (meeting, motion, item, item_number, item_title, words, moved_by, by, seconded_by, state_label, is_waiting, may_be_put, may_be_withdrawn, sort))

/// Topic `votes/<meeting>`, key `vote/<vote>`, and topic `voices/<meeting>/<vote>`, key `vote`. While it is open, it says how many have voted
/// and nothing of what. To the public not of an item for members.
struct VoteView {
  MeetingId meeting;
  VoteId vote;
  AgendaItemId item;
  std::string item_number;
  std::string item_title;
  std::string question;                    ///< Of a motion its words.
  std::string kind_label;                  ///< "Show of hands", "Secret ballot"
  std::string state_label;                 ///< "Open", "Carried", "Not carried", "Tied", "Cancelled"
  bool is_secret = false;
  bool is_open = false;
  bool is_closed = false;
  bool is_cancelled = false;
  std::int64_t present = 0;                ///< Of those entitled, who is or was there while it is or was open.
  std::int64_t cast = 0;
  std::string words;                       ///< "3 of 12 who are here have voted.", "Carried: 7 for, 3 against, 2 abstained. 14 entitled…"
  std::string sort;
  // Absent where it is not so.
  std::optional<std::string> moved_by;     ///< Of a motion,
  std::optional<std::string> seconded_by;
  std::optional<std::string> opened;       ///< "2:20pm"
  std::optional<std::string> closed;
  std::optional<std::int64_t> entitled;    ///< These once it is closed.
  std::optional<std::int64_t> in_favour;
  std::optional<std::int64_t> against;
  std::optional<std::int64_t> abstained;
  std::optional<std::string> reason;       ///< Why it was cancelled. Not to the public.
  std::optional<std::string> href;         ///< Where it is shown who voted what: of a show of hands, once it is closed.
};
BOOST_DESCRIBE_STRUCT(VoteView, (),
                      (meeting, vote, item, item_number, item_title, question, kind_label, state_label, is_secret, is_open, is_closed, is_cancelled, present, cast, words,
                       sort, moved_by, seconded_by, opened, closed, entitled, in_favour, against, abstained, reason, href))

/// Topic `votes/<meeting>`, to staff, key `hand/<seat>`: somebody who is there and has not voted yet in the vote that is open.
struct HandView {
  VoteId vote;
  SeatId seat;
  std::string name;
  std::string title;
  bool may_record = false;                 ///< By show of hands: those who run the meeting record it.
  std::string sort;
  std::optional<bool> is_substitute;       ///< Somebody sits there for them.
  std::optional<bool> is_recorded = {};    ///< Key `recorded/<seat>`: their hand was recorded for them, and can be taken back.
};
BOOST_DESCRIBE_STRUCT(HandView, (), (vote, seat, name, title, may_record, sort, is_substitute, is_recorded))

/// Topic `ballot/<meeting>/<person>` (audience `self`), key `ballot`: one's own vote. That it was cast, never what it was.
struct BallotView {
  MeetingId meeting;
  bool is_open = false;                    ///< A vote is open in which the person is entitled.
  // Absent unless it is.
  std::optional<VoteId> vote;
  std::optional<SeatId> seat;
  std::optional<std::string> title;        ///< Of the seat.
  std::optional<std::string> question;
  std::optional<std::string> item_number;
  std::optional<bool> is_secret;
  std::optional<bool> has_voted;
  std::optional<std::string> why_not;      ///< Why they cannot vote as things stand.
};
BOOST_DESCRIBE_STRUCT(BallotView, (), (meeting, is_open, vote, seat, title, question, item_number, is_secret, has_voted, why_not))

/// Topic `voices/<meeting>/<vote>` (audiences as those of `votes/<meeting>`; the public's only where the item is not for members), key
/// `voice/<seat>`: what somebody voted by show of hands, once it is closed.
struct VoiceView {
  SeatId seat;
  std::string name;
  std::string title;
  std::string choice_label;                ///< "For", "Against", "Abstained", "Did not vote"
  std::string sort;
  std::optional<bool> is_recorded;         ///< Those who ran the meeting recorded it.
};
BOOST_DESCRIBE_STRUCT(VoiceView, (), (seat, name, title, choice_label, sort, is_recorded))

/// Topic `minutes/<meeting>`, key `item/<item>/vote/<vote>`: a vote that was closed. It stands there by itself.
struct MinutesVoteView {
  VoteId vote;
  std::string question;
  std::string kind_label;
  std::string counted;                     ///< As `words` of the vote.
  std::string sort;
  std::optional<std::string> moved_by;
  std::optional<std::string> seconded_by;
  std::optional<std::string> voices_href;
};
BOOST_DESCRIBE_STRUCT(MinutesVoteView, (), (vote, question, kind_label, counted, sort, moved_by, seconded_by, voices_href))

using VotesViews = boost::mp11::mp_list<VotesView, MotionView, VoteView, HandView, BallotView, VoiceView, MinutesVoteView>;

}  // namespace witan::contract::meetings
