#include "services/meetings/domain/votes/votes.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "services/meetings/domain/state.hpp"

namespace witan::meetings {

using contract::meetings::Presence;
using contract::meetings::VoteChoice;
using contract::meetings::VoteKind;

namespace {

constexpr std::size_t k_filling_bytes = 5000;  // a page has 4096
constexpr std::string_view k_mark = "box:";

Vote* find_vote(Meeting& meeting, const VoteId& vote) {
  const auto found = std::ranges::find(meeting.votes.votes, vote, &Vote::vote);
  return found == meeting.votes.votes.end() ? nullptr : &*found;
}

Motion* find_motion(Meeting& meeting, const MotionId& motion) {
  const auto found = std::ranges::find(meeting.votes.motions, motion, &Motion::motion);
  return found == meeting.votes.motions.end() ? nullptr : &*found;
}

/// Each text that may name somebody.
template <class V, class F>
void for_each_text(V& votes, F f) {
  for (auto& motion : votes.motions) f(motion.words);
  for (auto& vote : votes.votes) {
    if (vote.question) f(*vote.question);
    if (vote.reason) f(*vote.reason);
  }
}

bool sits_themselves(const Attendee& attendee) {
  return !attendee.is_vacant && (attendee.presence == Presence::present || attendee.presence == Presence::remote);
}

/// Those with a vote, by whether somebody sits there who may cast it.
std::map<PersonId, bool> voters_now(const Meeting& meeting, VoteKind kind) {
  std::map<PersonId, bool> voters;
  const auto recused = recused_now(meeting);
  for (const auto& [seat, attendee] : meeting.attendance) {
    if (attendee.is_vacant || !counts(attendee.seat.role) || recused.contains(attendee.seat.person)) continue;
    auto& is_there = voters[attendee.seat.person];
    is_there = is_there || (kind == VoteKind::secret ? sits_themselves(attendee) : is_taken(attendee));
  }
  return voters;
}

std::optional<std::int64_t> number_at(std::string_view text, std::size_t at) {
  std::int64_t number = 0;
  if (text.size() < at + 4) return std::nullopt;
  const auto end = text.data() + at + 4;
  const auto read = std::from_chars(text.data() + at, end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

}  // namespace

void take_note(Meeting& meeting, const MotionMoved& e) {
  const auto sitter = sitter_of(meeting, e.seat);
  meeting.votes.motions.push_back({e.motion, e.item, sitter.value_or(Sitter{e.seat, e.person, {}, {}}), {}, e.words});
}

void take_note(Meeting& meeting, const MotionSeconded& e) {
  const auto sitter = sitter_of(meeting, e.seat);
  if (auto* motion = find_motion(meeting, e.motion)) motion->seconder = sitter.value_or(Sitter{e.seat, e.person, {}, {}});
}

void take_note(Meeting& meeting, const MotionWithdrawn& e) {
  if (auto* motion = find_motion(meeting, e.motion)) motion->is_withdrawn = true;
}

void take_note(Meeting& meeting, const VoteOpened& e) {
  Vote vote{e.vote, e.item, e.kind, e.motion, e.question, e.at};
  vote.box = e.box;
  for (const auto& seat : e.seats) {
    if (const auto sitter = sitter_of(meeting, seat)) vote.roll.push_back({*sitter});
  }
  meeting.votes.votes.push_back(std::move(vote));
  keep_roll(meeting);
}

void take_note(Meeting& meeting, const VoteCast& e) {
  auto* vote = find_vote(meeting, e.vote);
  if (!vote) return;
  if (e.box) vote->box = e.box;
  const auto voter = std::ranges::find_if(vote->roll, [&](const Voter& one) { return one.sitter.person == e.person; });
  if (voter == vote->roll.end()) return;
  voter->has_voted = voter->was_there = true;
  voter->choice = e.choice;
  voter->is_recorded = e.is_recorded.value_or(false);
}

void take_note(Meeting& meeting, const HandTakenBack& e) {
  auto* vote = find_vote(meeting, e.vote);
  if (!vote) return;
  const auto voter = std::ranges::find_if(vote->roll, [&](const Voter& one) { return one.sitter.person == e.person; });
  if (voter == vote->roll.end()) return;
  voter->has_voted = voter->is_recorded = false;
  voter->choice = std::nullopt;
}

void take_note(Meeting& meeting, const VoteClosed& e) {
  auto* vote = find_vote(meeting, e.vote);
  if (!vote) return;
  vote->state = VoteState::closed;
  vote->box = std::nullopt;
  vote->ended_at = e.at;
  vote->counts = {e.in_favour, e.against, e.abstained};
  vote->entitled = e.entitled;
  vote->present = e.present;
  vote->cast = e.cast;
}

void take_note(Meeting& meeting, const VoteCancelled& e) {
  auto* vote = find_vote(meeting, e.vote);
  if (!vote) return;
  vote->state = VoteState::cancelled;
  vote->box = std::nullopt;
  vote->ended_at = e.at;
  vote->reason = e.reason;
  for (auto& voter : vote->roll) voter.choice = std::nullopt;
}

void take_note(Meeting& meeting, const TextOfVote& e) {
  for_each_text(meeting.votes, [&](Erasable& text) {
    if (text.text_id == e.text_id) text = e.by;
  });
}

namespace {

/// A seat with a vote that the person still holds, where they hold this one no more.
std::optional<Sitter> other_seat_of(const Meeting& meeting, const Sitter& sitter) {
  const auto here = sitter_of(meeting, sitter.seat);
  if (here && here->person == sitter.person) return std::nullopt;
  for (const auto& seat : entitled_now(meeting)) {
    const auto other = sitter_of(meeting, seat);
    if (other && other->person == sitter.person) return other;
  }
  return std::nullopt;
}

}  // namespace

void keep_roll(Meeting& meeting) {
  if (meeting.votes.votes.empty() || !meeting.votes.votes.back().is_open()) return;
  auto& vote = meeting.votes.votes.back();
  const auto now = voters_now(meeting, vote.kind);
  std::erase_if(vote.roll, [&](const Voter& voter) { return !voter.has_voted && !now.contains(voter.sitter.person); });
  for (auto& voter : vote.roll) {
    // Whoever loses the seat and holds another one votes by that.
    if (const auto seat = other_seat_of(meeting, voter.sitter); seat && !voter.has_voted) voter.sitter = *seat;
    const auto found = now.find(voter.sitter.person);
    voter.was_there = voter.was_there || (found != now.end() && found->second);
  }
}

const Vote* open_vote(const Meeting& meeting) {
  const auto& votes = meeting.votes.votes;
  return !votes.empty() && votes.back().is_open() ? &votes.back() : nullptr;
}

const Vote* vote_of(const Meeting& meeting, const VoteId& vote) {
  const auto found = std::ranges::find(meeting.votes.votes, vote, &Vote::vote);
  return found == meeting.votes.votes.end() ? nullptr : &*found;
}

const Motion* motion_of(const Meeting& meeting, const MotionId& motion) {
  const auto found = std::ranges::find(meeting.votes.motions, motion, &Motion::motion);
  return found == meeting.votes.motions.end() ? nullptr : &*found;
}

const Vote* vote_on(const Meeting& meeting, const MotionId& motion) {
  const auto found = std::ranges::find_if(meeting.votes.votes, [&](const Vote& vote) { return vote.motion == motion && vote.state != VoteState::cancelled; });
  return found == meeting.votes.votes.end() ? nullptr : &*found;
}

const Voter* voter_of(const Vote& vote, const PersonId& person) {
  const auto found = std::ranges::find_if(vote.roll, [&](const Voter& voter) { return voter.sitter.person == person; });
  return found == vote.roll.end() ? nullptr : &*found;
}

bool was_voted_at(const Meeting& meeting, const AgendaItemId& item) {
  const auto is_of = [&](const auto& one) { return one.item == item; };
  return std::ranges::any_of(meeting.votes.motions, is_of) || std::ranges::any_of(meeting.votes.votes, is_of);
}

std::vector<Erasable> texts_of(const Votes& votes) {
  std::vector<Erasable> texts;
  for_each_text(votes, [&](const Erasable& text) { texts.push_back(text); });
  return texts;
}

bool is_there(const Meeting& meeting, const PersonId& person, VoteKind kind) {
  const auto now = voters_now(meeting, kind);
  const auto found = now.find(person);
  return found != now.end() && found->second;
}

bool is_there_themselves(const Meeting& meeting, const PersonId& person) {
  return std::ranges::any_of(meeting.attendance, [&](const auto& one) { return one.second.seat.person == person && counts(one.second.seat.role) && sits_themselves(one.second); });
}

std::vector<SeatId> entitled_now(const Meeting& meeting) {
  std::map<PersonId, SeatId> seats;
  const auto recused = recused_now(meeting);
  for (const auto& [seat, attendee] : meeting.attendance) {
    const auto& person = attendee.seat.person;
    if (attendee.is_vacant || !counts(attendee.seat.role) || recused.contains(person)) continue;
    const auto found = seats.find(person);
    if (found == seats.end() || (is_taken(attendee) && !is_taken(meeting.attendance.at(found->second)))) seats[person] = seat;
  }
  std::vector<SeatId> entitled;
  for (const auto& [person, seat] : seats) entitled.push_back(seat);
  std::ranges::sort(entitled);
  return entitled;
}

std::int64_t present_in(const Vote& vote) { return std::ranges::count(vote.roll, true, &Voter::was_there); }
std::int64_t cast_in(const Vote& vote) { return std::ranges::count(vote.roll, true, &Voter::has_voted); }

VoteCounts counted(const Vote& vote) {
  const auto number = [&](VoteChoice choice) { return std::ranges::count(vote.roll, std::optional(choice), &Voter::choice); };
  return {number(VoteChoice::approve), number(VoteChoice::against), number(VoteChoice::abstain)};
}

std::string box_text(const VoteCounts& counts, const std::string& unguessable) {
  return fmt::format("{}{}{:04} {:04} {:04} {}", std::string(k_filling_bytes, ' '), k_mark, counts.in_favour, counts.against, counts.abstained, unguessable);
}

std::optional<VoteCounts> counts_in(const std::string& box) {
  const auto mark = box.find(k_mark);
  if (mark == std::string::npos) return std::nullopt;
  const auto at = mark + k_mark.size();
  const auto in_favour = number_at(box, at), against = number_at(box, at + 5), abstained = number_at(box, at + 10);
  if (!in_favour || !against || !abstained) return std::nullopt;
  return VoteCounts{*in_favour, *against, *abstained};
}

std::string label(VoteKind kind) { return kind == VoteKind::secret ? "Secret ballot" : "Show of hands"; }

std::string label(VoteChoice choice) {
  switch (choice) {
    case VoteChoice::approve:
      return "For";
    case VoteChoice::against:
      return "Against";
    case VoteChoice::abstain:
      return "Abstained";
  }
  return {};
}

std::string outcome_of(const VoteCounts& counts) {
  if (counts.in_favour == counts.against) return "Tied";
  return counts.in_favour > counts.against ? "Carried" : "Not carried";
}

std::string state_of(const Vote& vote) {
  if (vote.is_open()) return "Open";
  return vote.state == VoteState::cancelled ? "Cancelled" : outcome_of(vote.counts);
}

std::string in_words(const Vote& vote) {
  if (vote.is_open()) return fmt::format("{} of {} who are here have voted.", cast_in(vote), present_in(vote));
  if (vote.state == VoteState::cancelled) return "Cancelled. Nothing was counted.";
  return fmt::format("{}: {} for, {} against, {} abstained. {} entitled to vote, {} present, {} voted.", outcome_of(vote.counts), vote.counts.in_favour,
                     vote.counts.against, vote.counts.abstained, vote.entitled, vote.present, vote.cast);
}

}  // namespace witan::meetings
