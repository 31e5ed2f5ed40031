#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/contract/personal.hpp"

/// What people see of motions and votes.
namespace witan::meetings {

using wire::Presence;

namespace {

std::optional<bool> only_if(bool is_so) { return is_so ? std::optional(true) : std::nullopt; }

std::string words_of(const Erasable& text, const domain::Rows& rows) { return rows.text(text).value_or(domain::k_text_removed); }
std::string name_of(const Sitter& sitter, const domain::Rows& rows) { return rows.text(sitter.name).value_or(domain::k_name_removed); }
std::string in_full(const Sitter& sitter, const domain::Rows& rows) { return fmt::format("{}, {}", name_of(sitter, rows), sitter.title); }

std::string ballot_topic(const Meeting& meeting, const PersonId& person) { return fmt::format("ballot/{}/{}", meeting.meeting.str(), person.str()); }
std::string voices_topic(const Meeting& meeting, const VoteId& vote) { return fmt::format("voices/{}/{}", meeting.meeting.str(), vote.str()); }

bool has_voices(const Vote& vote) { return vote.state == VoteState::closed && !vote.is_secret(); }

/// The rows of one audience.
class Sight {
 public:
  Sight(const Meeting& meeting, std::string_view audience, const domain::Rows& rows)
      : meeting_(meeting), audience_(audience), rows_(rows), numbers_(numbers_of(meeting.items)) {}

  bool is_staff() const { return audience_ == "staff"; }
  bool is_public() const { return audience_ == "public"; }
  /// Where the item stands, for an audience that may know what it is about.
  std::optional<std::size_t> shown_place(const AgendaItemId& item) const {
    const auto place = place_of(meeting_, item);
    return place && is_public() && is_for_members(meeting_.items, *place) ? std::nullopt : place;
  }

  wire::VotesView whole() const {
    wire::VotesView view;
    view.meeting = meeting_.meeting;
    view.is_started = meeting_.is_started();
    view.is_paused = meeting_.is_paused();
    if (!view.is_started) return view;
    const auto place = shown_place(meeting_.now);
    view.is_behind_doors = !place;
    if (!place) return view;
    view.has_open = open_vote(meeting_) != nullptr;
    view.item = meeting_.now;
    view.item_number = numbers_[*place];
    const auto tally = tally_of(meeting_.attendance, recused_now(meeting_));
    if (is_staff() && meeting_.quorum && tally.present < *meeting_.quorum) view.no_quorum = attendance_in_words(tally, meeting_.quorum);
    return view;
  }

  std::optional<wire::MotionView> motion(const Motion& motion, std::size_t n) const {
    const auto place = shown_place(motion.item);
    if (!place) return std::nullopt;
    const auto* vote = vote_on(meeting_, motion.motion);
    const bool is_now = meeting_.is_started() && !meeting_.is_paused() && meeting_.now == motion.item;
    const bool is_left = !motion.is_withdrawn && !vote;  // something may still become of it
    wire::MotionView view;
    view.meeting = meeting_.meeting;
    view.motion = motion.motion;
    view.item = motion.item;
    view.item_number = numbers_[*place];
    view.item_title = meeting_.items[*place].title;
    view.words = words_of(motion.words, rows_);
    view.moved_by = in_full(motion.mover, rows_);
    if (!is_public()) view.by = motion.mover.person;
    if (motion.seconder) view.seconded_by = in_full(*motion.seconder, rows_);
    view.state_label = motion.is_withdrawn ? "Withdrawn" : vote ? (vote->is_open() ? "Being voted on" : state_of(*vote)) : motion.seconder ? "Seconded" : "Waits for a seconder";
    view.is_waiting = is_left && is_now && !motion.seconder;
    view.may_be_put = is_left && is_now && motion.seconder && !open_vote(meeting_);
    view.may_be_withdrawn = is_left && meeting_.is_started() && !meeting_.is_paused();
    view.sort = fmt::format("{:03}", n + 1);
    return view;
  }

  std::optional<wire::VoteView> vote(const Vote& vote, std::size_t n) const {
    const auto place = shown_place(vote.item);
    if (!place) return std::nullopt;
    wire::VoteView view;
    view.meeting = meeting_.meeting;
    view.vote = vote.vote;
    view.item = vote.item;
    view.item_number = numbers_[*place];
    view.item_title = meeting_.items[*place].title;
    view.question = question_of(vote);
    view.kind_label = label(vote.kind);
    view.state_label = state_of(vote);
    view.is_secret = vote.is_secret();
    view.is_open = vote.is_open();
    view.is_closed = vote.state == VoteState::closed;
    view.is_cancelled = vote.state == VoteState::cancelled;
    view.present = view.is_open ? present_in(vote) : vote.present;
    view.cast = view.is_open ? cast_in(vote) : vote.cast;
    view.words = in_words(vote);
    view.sort = fmt::format("{:03}", 999 - n);  // the latest first
    add_movers(view, vote);
    const auto clock = [&](Timestamp at) { return uk_time::time_of_day(on_its_clock(meeting_, at)); };
    view.opened = clock(vote.opened_at);
    if (vote.ended_at) view.closed = clock(*vote.ended_at);
    if (!is_public() && vote.reason) view.reason = words_of(*vote.reason, rows_);
    if (view.is_closed) add_counts(view, vote);
    return view;
  }

  std::string question_of(const Vote& vote) const {
    if (vote.question) return words_of(*vote.question, rows_);
    const auto* motion = vote.motion ? motion_of(meeting_, *vote.motion) : nullptr;
    return motion ? words_of(motion->words, rows_) : std::string();
  }
  const std::vector<std::string>& numbers() const { return numbers_; }

 private:
  void add_movers(wire::VoteView& view, const Vote& vote) const {
    const auto* motion = vote.motion ? motion_of(meeting_, *vote.motion) : nullptr;
    if (!motion) return;
    view.moved_by = in_full(motion->mover, rows_);
    if (motion->seconder) view.seconded_by = in_full(*motion->seconder, rows_);
  }

  void add_counts(wire::VoteView& view, const Vote& vote) const {
    view.entitled = vote.entitled;
    view.in_favour = vote.counts.in_favour;
    view.against = vote.counts.against;
    view.abstained = vote.counts.abstained;
    if (has_voices(vote)) view.href = fmt::format("/meetings/{}/votes/{}", meeting_.meeting.str(), vote.vote.str());
  }

  const Meeting& meeting_;
  std::string_view audience_;
  const domain::Rows& rows_;
  std::vector<std::string> numbers_;
};

/// Who is there now, worked out once for all rows: there are 400 seats at most, and as many rows.
struct There {
  explicit There(const Meeting& meeting) : recused(recused_now(meeting)) {
    for (const auto& [seat, attendee] : meeting.attendance) {
      if (!counts(attendee.seat.role) || !is_taken(attendee)) continue;
      anyhow.insert(attendee.seat.person);
      if (attendee.presence != Presence::substitute) themselves.insert(attendee.seat.person);
    }
  }
  std::set<PersonId> recused, anyhow, themselves;
};

/// Whoever is there and has not voted, to those who run the meeting.
std::optional<wire::HandView> hand_of(const Vote& vote, const Voter& voter, const There& there, const domain::Rows& rows) {
  const auto& person = voter.sitter.person;
  const auto& able = vote.is_secret() ? there.themselves : there.anyhow;
  if (voter.has_voted || there.recused.contains(person) || !able.contains(person)) return std::nullopt;
  wire::HandView view;
  view.vote = vote.vote;
  view.seat = voter.sitter.seat;
  view.name = name_of(voter.sitter, rows);
  view.title = voter.sitter.title;
  view.may_record = !vote.is_secret();
  view.sort = voter.sitter.title;
  view.is_substitute = only_if(!there.themselves.contains(person));
  return view;
}

/// Whose hand was recorded for them while the vote is open, to those who run the meeting: it can be taken back.
std::optional<wire::HandView> recorded_of(const Vote& vote, const Voter& voter, const domain::Rows& rows) {
  if (!vote.is_open() || !voter.has_voted || !voter.is_recorded || vote.is_secret()) return std::nullopt;
  wire::HandView view;
  view.vote = vote.vote;
  view.seat = voter.sitter.seat;
  view.name = name_of(voter.sitter, rows);
  view.title = view.sort = voter.sitter.title;
  view.is_recorded = true;
  return view;
}

wire::BallotView ballot_of(const Meeting& meeting, const PersonId& person, const There& there, const Sight& sight) {
  wire::BallotView view;
  view.meeting = meeting.meeting;
  const auto* vote = open_vote(meeting);
  const auto* voter = vote ? voter_of(*vote, person) : nullptr;
  const auto place = vote ? place_of(meeting, vote->item) : std::nullopt;
  if (!voter || !place) return view;
  view.is_open = true;
  view.vote = vote->vote;
  view.seat = voter->sitter.seat;
  view.title = voter->sitter.title;
  view.question = sight.question_of(*vote);
  view.item_number = sight.numbers()[*place];
  view.is_secret = only_if(vote->is_secret());
  view.has_voted = only_if(voter->has_voted);
  if (voter->has_voted) return view;
  if (there.recused.contains(person)) view.why_not = "You have withdrawn from this item.";
  else if (meeting.is_paused()) view.why_not = "The meeting is paused. You can vote when it goes on.";
  else if (!there.themselves.contains(person)) view.why_not = "You are not recorded as being here. Record above that you are in the room, or remote, to vote.";
  return view;
}

/// Puts rows of one topic and audience, and drops those of before that were not put again.
class Writer {
 public:
  Writer(std::string topic, std::string audience, domain::Presenter& presenter) : topic_(std::move(topic)), audience_(std::move(audience)), presenter_(presenter) {}
  template <class View>
  void put(const std::string& key, const View& view) {
    presenter_.put(topic_, audience_, key, view);
    written_.insert(key);
  }
  void drop_others() {
    for (const auto& [key, row] : presenter_.rows(topic_, audience_, "")) {
      if (!written_.contains(key)) presenter_.drop(topic_, audience_, key);
    }
  }

 private:
  std::string topic_, audience_;
  domain::Presenter& presenter_;
  std::set<std::string> written_;
};

void put_votes(const Meeting& meeting, const std::string& audience, domain::Presenter& presenter) {
  const Sight sight(meeting, audience, presenter);
  Writer writer(votes_topic(meeting.meeting), audience, presenter);
  writer.put("votes", sight.whole());
  const auto& [motions, votes, ballots] = meeting.votes;
  for (std::size_t n = 0; n < motions.size(); ++n) {
    if (const auto view = sight.motion(motions[n], n)) writer.put("motion/" + motions[n].motion.str(), *view);
  }
  for (std::size_t n = 0; n < votes.size(); ++n) {
    if (const auto view = sight.vote(votes[n], n)) writer.put("vote/" + votes[n].vote.str(), *view);
  }
  if (const auto* vote = open_vote(meeting); vote && sight.is_staff()) {
    const There there(meeting);
    for (const auto& voter : vote->roll) {
      if (const auto view = hand_of(*vote, voter, there, presenter)) writer.put("hand/" + voter.sitter.seat.str(), *view);
      if (const auto view = recorded_of(*vote, voter, presenter)) writer.put("recorded/" + voter.sitter.seat.str(), *view);
    }
  }
  writer.drop_others();
}

void put_ballots(const Meeting& meeting, bool is_open_to_more, domain::Presenter& presenter) {
  const Sight sight(meeting, "member", presenter);
  const There there(meeting);
  for (const auto& person : meeting.votes.ballots) {
    const auto topic = ballot_topic(meeting, person);
    if (is_open_to_more) presenter.access(topic, {{"self", Who::person, person, {}, {}}});
    presenter.put(topic, "self", "ballot", ballot_of(meeting, person, there, sight));
  }
}

/// Who voted what, for those who may know of the item.
void put_voices(const Meeting& meeting, std::size_t n, domain::Presenter& presenter) {
  const auto& vote = meeting.votes.votes[n];
  const auto topic = voices_topic(meeting, vote.vote);
  auto access = access_to_list(meeting);
  const bool is_for_public = Sight(meeting, "public", presenter).shown_place(vote.item).has_value();
  if (!is_for_public) std::erase_if(access, [](const AccessRule& rule) { return rule.audience == "public"; });
  presenter.access(topic, access);
  for (const auto& audience : audiences_of_list(meeting)) {
    Writer writer(topic, audience, presenter);
    const auto shown = Sight(meeting, audience, presenter).vote(vote, n);
    if (shown) writer.put("vote", *shown);
    for (const auto& voter : vote.roll) {
      if (!shown) break;
      const auto choice = voter.choice ? label(*voter.choice) : std::string("Did not vote");
      const auto group = voter.choice ? static_cast<int>(*voter.choice) : 9;
      writer.put("voice/" + voter.sitter.seat.str(), wire::VoiceView{voter.sitter.seat, name_of(voter.sitter, presenter), voter.sitter.title, choice,
                                                                     fmt::format("{} {}", group, voter.sitter.title), only_if(voter.is_recorded)});
    }
    writer.drop_others();
  }
}

/// Nothing of motions, votes and who may cast one is otherwise after these.
bool leaves_votes(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const SpeakerAsked&) { return true; }, [](const RequestWithdrawn&) { return true; }, [](const RequestMoved&) { return true; },
                                       [](const FloorGiven&) { return true; }, [](const TurnEnded&) { return true; }, [](const QueueEmptied&) { return true; },
                                       [](const ItemOverran&) { return true; }, [](const auto&) { return false; }},
                    event);
}

/// Whether a vote that is over may be shown otherwise, or to others, after the event.
bool may_change_voices(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const AgendaItemEdited&) { return true; }, [](const AgendaItemMoved&) { return true; }, [](const AgendaItemNested&) { return true; },
                                       [](const AgendaItemAdded&) { return true; }, [](const AgendaItemRemoved&) { return true; }, [](const NameRemoved&) { return true; },
                                       [](const AttendeeForgotten&) { return true; }, [](const auto&) { return false; }},
                    event);
}

bool opens_to_more(const MeetingEvent& event) { return std::holds_alternative<MeetingStarted>(event) || std::holds_alternative<SeatsListed>(event); }

bool may_change_ballots(const Meeting& meeting, const MeetingEvent& event) {
  const bool is_about_vote = std::holds_alternative<VoteClosed>(event) || std::holds_alternative<VoteCancelled>(event);
  return open_vote(meeting) || is_about_vote || opens_to_more(event);
}

/// The one vote that was cast, in every row that tells of it: hundreds come within seconds, and nothing else is otherwise.
void present_cast(const Meeting& meeting, const VoteCast& cast, domain::Presenter& presenter) {
  const auto* vote = vote_of(meeting, cast.vote);
  if (!vote) return;
  const auto n = static_cast<std::size_t>(vote - meeting.votes.votes.data());
  for (const auto& audience : audiences_of_list(meeting)) {
    if (const auto view = Sight(meeting, audience, presenter).vote(*vote, n)) presenter.put(votes_topic(meeting.meeting), audience, "vote/" + vote->vote.str(), *view);
  }
  const auto* voter = voter_of(*vote, cast.person);
  if (!voter) return;
  presenter.drop(votes_topic(meeting.meeting), "staff", "hand/" + voter->sitter.seat.str());
  if (const auto view = recorded_of(*vote, *voter, presenter)) presenter.put(votes_topic(meeting.meeting), "staff", "recorded/" + voter->sitter.seat.str(), *view);
  presenter.put(ballot_topic(meeting, cast.person), "self", "ballot", ballot_of(meeting, cast.person, There(meeting), Sight(meeting, "member", presenter)));
}

}  // namespace

std::string votes_topic(const MeetingId& meeting) { return "votes/" + meeting.str(); }

void present_votes(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter) {
  if (const auto* cast = std::get_if<VoteCast>(&event)) return present_cast(meeting, *cast, presenter);
  if (leaves_votes(event)) return;
  presenter.access(votes_topic(meeting.meeting), access_to_list(meeting));
  for (const auto& audience : audiences_of_list(meeting)) put_votes(meeting, audience, presenter);
  if (may_change_ballots(meeting, event)) put_ballots(meeting, opens_to_more(event), presenter);
  const auto* closed = std::get_if<VoteClosed>(&event);
  for (std::size_t n = 0; n < meeting.votes.votes.size(); ++n) {
    const auto& vote = meeting.votes.votes[n];
    if (has_voices(vote) && (may_change_voices(event) || (closed && closed->vote == vote.vote))) put_voices(meeting, n, presenter);
  }
}

}  // namespace witan::meetings
