#include <algorithm>

#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/known_body.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"

/// What may happen to polls for dates. Who may ask for it stands in app/dates.cpp.
namespace witan::meetings {

namespace {

using Decided = domain::Decided<DatesEvent>;

Result<void> is_known(const BodyId& body, domain::Context& context) {
  if (KnownBodyAggregate::exists(context.load<KnownBodyAggregate>(body.str()))) return {};
  return reject(ErrorCode::not_found, "There is no such body.");
}

/// `if_over`: the code with which one that is over is refused.
Result<const DatePoll*> open_poll(const Dates& dates, const wire::DatePollId& id, ErrorCode if_over) {
  const auto found = std::ranges::find_if(dates.polls, [&](const DatePoll& one) { return one.opened.poll == id; });
  if (found == dates.polls.end()) return reject_field("/poll", ErrorCode::not_found, "This poll is not there, or was over long ago.");
  if (found->is_open()) return &*found;
  return reject(if_over, found->state == wire::DatePollState::settled ? "The poll is over: a date was found." : "The poll is over: it was ended without a date.");
}

Result<const TimeInPoll*> time_in(const DatePoll& poll, const wire::ProposedTimeId& id) {
  const auto found = std::ranges::find_if(poll.times, [&](const TimeInPoll& one) { return one.proposed.time == id; });
  if (found == poll.times.end()) return reject_field("/time", ErrorCode::not_found, "This time is no longer proposed.");
  return &*found;
}

/// What the command says of a day and a clock, as a time that is still to come.
template <class Command>
Result<ProposedTime> time_from(const Command& command, domain::Context& context) {
  const auto times = times_of(command.date, command.starts, command.ends);
  if (!times) return std::unexpected(times.error());
  ProposedTime proposed{context.new_id<wire::ProposedTimeId>(), times->starts_at, times->ends_at};
  if (has_begun(proposed, context.now())) return reject_field("/date", ErrorCode::out_of_range, "Choose a time that is still to come.");
  return proposed;
}

bool is_same(const ProposedTime& a, const ProposedTime& b) { return a.starts_at == b.starts_at && a.ends_at == b.ends_at; }

std::size_t voice_bytes(const std::optional<std::string>& name) { return k_voice_bytes + 2 * json::serialize(json::string(name.value_or(""))).size(); }

/// With one more time, and when everybody has answered all of them.
Result<void> has_room_for_time(const Dates& dates, const BodyId& body, const domain::Context& context) {
  std::size_t times = 1, bytes = 0;
  for (const auto& poll : dates.polls) times += poll.times.size();
  for (const auto& [person, name] : sitters_of(body, context)) bytes += voice_bytes(name);
  if (times * bytes <= k_voices_bytes_max) return {};
  return reject(ErrorCode::too_large,
                "Nothing was added: so many people sit in this body that their answers to one more time would not have room. First take away a time, or settle or end a poll.");
}

/// There may sit more in the body by now than when the times were proposed.
Result<void> has_room_for_voice(const Dates& dates, const PersonId& by, const Sitters& sitters) {
  const auto bytes_of = [&](const PersonId& person) {
    const auto found = sitters.find(person);
    return voice_bytes(found == sitters.end() ? std::nullopt : found->second);
  };
  auto bytes = bytes_of(by);
  for (const auto& poll : dates.polls) {
    for (const auto& time : poll.times) {
      for (const auto& voice : time.voices) bytes += bytes_of(voice.by);
    }
  }
  if (bytes <= k_voices_bytes_max) return {};
  return reject(ErrorCode::too_large, "Nothing was sent: so many people have answered that there is no room for more. Ask the secretary to take away a time.");
}

}  // namespace

DecidedDates decide(const Dates& dates, const wire::OpenDatePoll& command, domain::Context& context) {
  if (auto known = is_known(command.body, context); !known) return std::unexpected(known.error());
  if (std::ranges::count_if(dates.polls, &DatePoll::is_open) >= k_open_polls_max) {
    return reject(ErrorCode::too_large, "Nothing was opened: two polls are open in this body already. First settle or end one of them.");
  }
  if (command.answer_by && command.answer_by->value < uk_time::calendar_day(context.now())) {
    return reject_field("/answer_by", ErrorCode::out_of_range, "This day has passed. Leave it out, or enter a later one.");
  }
  auto first = time_from(command, context);
  if (!first) return std::unexpected(first.error());
  if (auto room = has_room_for_time(dates, command.body, context); !room) return std::unexpected(room.error());
  const auto id = context.new_id<wire::DatePollId>();
  const auto answer_by = command.answer_by ? std::optional(command.answer_by->value) : std::nullopt;
  return Decided{{DatePollOpened{command.body, id, command.title.str(), command.place.str(), answer_by, std::move(*first), context.now()}}, {{"poll", id.str()}}, {}};
}

DecidedDates decide(const Dates& dates, const wire::AddTime& command, domain::Context& context) {
  const auto poll = open_poll(dates, command.poll, ErrorCode::not_now);
  if (!poll) return std::unexpected(poll.error());
  const auto& times = (*poll)->times;
  auto proposed = time_from(command, context);
  if (!proposed) return std::unexpected(proposed.error());
  if (std::ranges::any_of(times, [&](const TimeInPoll& one) { return is_same(one.proposed, *proposed); })) {
    return reject_field("/date", ErrorCode::already_done, "This time is proposed already.");
  }
  if (times.size() >= k_times_max) return reject(ErrorCode::too_large, "Nothing was added: a poll has at most eight times. First take one away.");
  if (auto room = has_room_for_time(dates, command.body, context); !room) return std::unexpected(room.error());
  const auto id = proposed->time;
  return Decided{{TimeAdded{command.poll, std::move(*proposed)}}, {{"time", id.str()}}, {}};
}

DecidedDates decide(const Dates& dates, const wire::RemoveTime& command, domain::Context&) {
  const auto poll = open_poll(dates, command.poll, ErrorCode::not_now);
  if (!poll) return std::unexpected(poll.error());
  if (const auto time = time_in(**poll, command.time); !time) return std::unexpected(time.error());
  if ((*poll)->times.size() == 1) return reject(ErrorCode::not_now, "This is the only time that is proposed. First add another, or end the poll.");
  return Decided{{TimeRemoved{command.poll, command.time}}, {}, {}};
}

DecidedDates decide(const Dates& dates, const wire::AnswerTime& command, domain::Context& context) {
  const auto by = context.actor().person;
  if (!by || !seat_of(context.load<KnownBodyAggregate>(command.body.str()), *by)) return reject(ErrorCode::forbidden, "Whoever holds a seat of the body can answer.");
  const auto poll = open_poll(dates, command.poll, ErrorCode::not_now);
  if (!poll) return std::unexpected(poll.error());
  const auto time = time_in(**poll, command.time);
  if (!time) return std::unexpected(time.error());
  if (is_last_day_over(**poll, context.now())) return reject(ErrorCode::not_now, "Answers were taken until " + day_in_words(*(*poll)->opened.answer_by) + ".");
  if (has_begun((*time)->proposed, context.now())) return reject(ErrorCode::not_now, "This time has begun already.");
  const auto& voices = (*time)->voices;
  const auto before = std::ranges::find(voices, *by, &DateVoice::by);
  if (before != voices.end() && before->answer == command.answer) return Decided{};
  if (before == voices.end()) {
    if (auto room = has_room_for_voice(dates, *by, sitters_of(command.body, context)); !room) return std::unexpected(room.error());
  }
  return Decided{{TimeAnswered{command.poll, command.time, *by, command.answer}}, {}, {}};
}

DecidedDates decide(const Dates& dates, const wire::SettleDate& command, domain::Context& context) {
  const auto poll = open_poll(dates, command.poll, ErrorCode::already_done);
  if (!poll) return std::unexpected(poll.error());
  const auto time = time_in(**poll, command.time);
  if (!time) return std::unexpected(time.error());
  const auto& [id, starts_at, ends_at] = (*time)->proposed;
  if (has_begun((*time)->proposed, context.now())) return reject(ErrorCode::not_now, "This time has begun already. Choose one that is still to come, or first add one.");
  const auto meeting = context.new_id<MeetingId>();
  const wire::ScheduleMeeting schedule{command.body, {(*poll)->opened.title}, {uk_time::calendar_day(starts_at)}, {uk_time::clock(starts_at)}, {uk_time::clock(ends_at)},
                                       {(*poll)->opened.place}, {}, {}};
  auto scheduled = schedule_meeting(meeting, schedule, context);
  if (!scheduled) return std::unexpected(scheduled.error());
  const auto sitters = sitters_of(command.body, context);
  Decided decided{{DateSettled{command.poll, id, meeting, answered_in(**poll, sitters), std::ssize(sitters)}}, {{"meeting", meeting.str()}}, {}};
  for (const auto& event : scheduled->events) {
    std::visit([&](const auto& e) { decided.further.push_back(domain::further<MeetingAggregate>(meeting.str(), e)); }, event);
  }
  std::ranges::move(scheduled->further, std::back_inserter(decided.further));
  return decided;
}

DecidedDates decide(const Dates& dates, const wire::EndDatePoll& command, domain::Context& context) {
  const auto poll = open_poll(dates, command.poll, ErrorCode::already_done);
  if (!poll) return std::unexpected(poll.error());
  const auto sitters = sitters_of(command.body, context);
  return Decided{{DatePollEnded{command.poll, context.keep(command.reason.str()), answered_in(**poll, sitters), std::ssize(sitters)}}, {}, {}};
}

DecidedDates decide(const Dates&, const DatesMayHavePassed&, domain::Context& context) {
  const auto next = context.row_as<Timestamp>(k_dates_due_index, k_private_audience, context.aggregate_id());
  if (!next || *next > context.now()) return Decided{};
  return Decided{{DatesPassed{}}, {}, {}};
}

}  // namespace witan::meetings
