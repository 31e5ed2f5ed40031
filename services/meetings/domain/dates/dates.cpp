#include "services/meetings/domain/dates/dates.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace witan::meetings {

namespace {

/// Null where no more is kept of it: how much is kept may have been more when the event happened.
DatePoll* poll_of(Dates& dates, const wire::DatePollId& id) {
  const auto found = std::ranges::find_if(dates.polls, [&](const DatePoll& one) { return one.opened.poll == id; });
  return found == dates.polls.end() ? nullptr : &*found;
}

TimeInPoll* time_of(DatePoll& poll, const wire::ProposedTimeId& id) {
  const auto found = std::ranges::find_if(poll.times, [&](const TimeInPoll& one) { return one.proposed.time == id; });
  return found == poll.times.end() ? nullptr : &*found;
}

void take(TimeInPoll& time, const PersonId& by, wire::DateAnswer answer) {
  const auto before = std::ranges::find(time.voices, by, &DateVoice::by);
  if (before == time.voices.end()) time.voices.push_back({by, answer});
  else before->answer = answer;
}

/// The one that was over first goes where more are over than are kept.
void keep_latest(std::vector<DatePoll>& polls) {
  const auto is_over = [](const DatePoll& one) { return !one.is_open(); };
  if (static_cast<std::size_t>(std::ranges::count_if(polls, is_over)) <= k_past_polls_kept_max) return;
  polls.erase(std::ranges::min_element(polls, {}, [](const DatePoll& one) { return std::pair(one.is_open(), one.number); }));
}

/// `how` says what came of it.
template <class E>
void finish(Dates& dates, const E& e, wire::DatePollState state, auto how) {
  auto* poll = poll_of(dates, e.poll);
  if (!poll) return;
  how(*poll);
  poll->times.clear();
  poll->state = state;
  poll->number = ++dates.numbers;
  poll->answered = e.answered;
  poll->asked = e.asked;
  keep_latest(dates.polls);
}

void settle(DatePoll& poll, const DateSettled& e) {
  if (const auto* time = time_of(poll, e.time)) poll.found = time->proposed;
  poll.meeting = e.meeting;
}

void replace_texts(Dates& dates, const std::vector<TextReplaced>& texts) {
  for (auto& poll : dates.polls) {
    const auto rest = poll.reason ? std::ranges::find(texts, poll.reason->text_id, &TextReplaced::text_id) : texts.end();
    if (rest != texts.end()) poll.reason = rest->by;
  }
}

}  // namespace

std::string state_in_words(wire::DatePollState state) {
  switch (state) {
    case wire::DatePollState::open: return "Open";
    case wire::DatePollState::settled: return "Date found";
    case wire::DatePollState::ended: return "Ended";
  }
  return {};
}

bool is_last_day_over(const DatePoll& poll, Timestamp at) {
  const auto over = poll.opened.answer_by ? uk_time::day_ends(*poll.opened.answer_by) : std::nullopt;
  return over && *over <= at;
}

bool has_begun(const ProposedTime& time, Timestamp at) { return time.starts_at <= at; }

bool is_heard(const DateVoice& voice, const Sitters& sitters) {
  const auto found = sitters.find(voice.by);
  return found != sitters.end() && found->second;
}

std::int64_t answered_in(const DatePoll& poll, const Sitters& sitters) {
  std::set<PersonId> people;
  for (const auto& time : poll.times) {
    for (const auto& voice : time.voices) {
      if (is_heard(voice, sitters)) people.insert(voice.by);
    }
  }
  return std::ssize(people);
}

std::vector<Erasable> texts_of(const Dates& dates) {
  std::vector<Erasable> texts;
  for (const auto& poll : dates.polls) {
    if (poll.reason) texts.push_back(*poll.reason);
  }
  return texts;
}

Dates DatesAggregate::evolve(Dates dates, const DatesEvent& event) {
  std::visit(domain::overloaded{
                 [&](const DatePollOpened& e) { dates.body = e.body, dates.polls.push_back({e, {TimeInPoll{e.first}}, ++dates.numbers}); },
                 [&](const TimeAdded& e) {
                   if (auto* poll = poll_of(dates, e.poll)) poll->times.push_back(TimeInPoll{e.proposed});
                 },
                 [&](const TimeRemoved& e) {
                   if (auto* poll = poll_of(dates, e.poll)) std::erase_if(poll->times, [&](const TimeInPoll& one) { return one.proposed.time == e.time; });
                 },
                 [&](const TimeAnswered& e) {
                   auto* poll = poll_of(dates, e.poll);
                   if (auto* time = poll ? time_of(*poll, e.time) : nullptr) take(*time, e.person, e.answer);
                 },
                 [&](const DateSettled& e) { finish(dates, e, wire::DatePollState::settled, [&](DatePoll& poll) { settle(poll, e); }); },
                 [&](const DatePollEnded& e) { finish(dates, e, wire::DatePollState::ended, [&](DatePoll& poll) { poll.reason = e.reason; }); },
                 [](const DatesPassed&) {},
                 [&](const NameRemovedFromDates& e) { replace_texts(dates, e.texts); },
                 [&](const VoicesForgotten& e) {
                   for (auto& poll : dates.polls) {
                     for (auto& time : poll.times) std::erase_if(time.voices, [&](const DateVoice& voice) { return voice.by == e.person; });
                   }
                 },
             },
             event);
  return dates;
}

domain::AuditLine DatesAggregate::describe(const DatesEvent& event, const Dates&, const Dates& after, const domain::Rows&) {
  const auto open = state_in_words(wire::DatePollState::open);
  const auto line = [&](std::string what, std::string from, std::string to) { return domain::AuditLine{std::move(what), after.body, std::move(from), std::move(to), {}}; };
  return std::visit(domain::overloaded{
                        [&](const DatePollOpened&) { return line("Asked which times suit for a meeting", "", open); },
                        [&](const TimeAdded&) { return line("Proposed one more time for a meeting", open, open); },
                        [&](const TimeRemoved&) { return line("Took away a time that was proposed for a meeting", open, open); },
                        [&](const TimeAnswered&) { return line("Answered a time that was proposed for a meeting", open, open); },
                        [&](const DateSettled&) { return line("Chose one of the times that were proposed for a meeting", open, state_in_words(wire::DatePollState::settled)); },
                        [&](const DatePollEnded&) { return line("Ended asking which times suit for a meeting, without a meeting", open, state_in_words(wire::DatePollState::ended)); },
                        [&](const DatesPassed&) { return line("A time that was proposed for a meeting began, or the last day for answers was over", "", ""); },
                        [&](const NameRemovedFromDates&) { return line("Removed the name of a deleted account from polls for dates", "", ""); },
                        [&](const VoicesForgotten&) { return line("Removed what a deleted account had answered to polls for dates", "", ""); },
                    },
                    event);
}

}  // namespace witan::meetings
