#include "services/meetings/domain/schedule/schedule.hpp"

#include <fmt/format.h>

#include "services/meetings/domain/decide.hpp"

namespace witan::meetings {

namespace {

std::optional<std::string> day_after(const std::string& date) {
  const auto noon = uk_time::from_local(date, "12:00");
  if (!noon) return std::nullopt;
  return uk_time::rfc3339(*noon + std::chrono::hours(24)).substr(0, 10);
}

std::string words_of(const auto& text) { return text ? text->str() : std::string(); }

/// Only what has not begun can be put to another day, or not take place.
Result<void> still_to_come(const Meeting& meeting) {
  if (meeting.is_started()) return reject(ErrorCode::not_now, "The meeting is in progress.");
  if (meeting.is_closed()) return reject(ErrorCode::not_now, "The meeting is closed.");
  return {};
}

}  // namespace

Result<Times> times_of(const CalendarDate& date, const ClockTime& starts, const ClockTime& ends) {
  constexpr const char* k_skipped = "On that day the clocks go forward and skip this time.";
  if (ends == starts) return reject_field("/ends", ErrorCode::invalid_value, "The meeting must end later than it starts.");
  const auto starts_at = uk_time::from_local(date.value, starts.value);
  if (!starts_at) return reject_field("/starts", ErrorCode::invalid_value, k_skipped);
  const auto last_day = ends < starts ? day_after(date.value) : date.value;
  const auto ends_at = last_day ? uk_time::from_local(*last_day, ends.value) : std::nullopt;
  if (!ends_at) return reject_field("/ends", ErrorCode::invalid_value, k_skipped);
  return Times{*starts_at, *ends_at};
}

Result<void> not_cancelled(const Meeting& meeting) {
  if (!meeting.is_cancelled()) return {};
  return reject(ErrorCode::not_now, "The meeting is cancelled; everything in it stays as it is.");
}

/// Whoever sends it knows how the meeting stands.
Result<void> is_fresh(const Meeting& meeting, const std::optional<Whole<0, 1'000'000>>& seen_sequence) {
  if (!seen_sequence || *seen_sequence == meeting.sequence) return {};
  return std::unexpected(Rejection{ErrorCode::stale_version,
                                   fmt::format("Somebody else changed the meeting meanwhile. It is now \u201c{}\u201d, {}, at {}. What you wrote is still in the form: send it again if it is right.",
                                               meeting.title, uk_time::span(meeting.starts_at, meeting.ends_at), meeting.place),
                                   {}, {{"changes", meeting.sequence}}});
}

DecidedMeeting decide(const Meeting& meeting, const wire::RescheduleMeeting& command, domain::Context& context) {
  if (auto open = still_to_come(meeting); !open) return std::unexpected(open.error());
  if (meeting.is_cancelled()) return reject(ErrorCode::not_now, "The meeting is cancelled. Schedule a new one.");
  if (auto fresh = is_fresh(meeting, command.seen_sequence); !fresh) return std::unexpected(fresh.error());
  const auto times = times_of(command.date, command.starts, command.ends);
  if (!times) return std::unexpected(times.error());
  const auto asked = words_of(command.title);
  if (asked.size() == 1) return reject_field("/title", ErrorCode::too_short, "The title must have at least 2 characters.");
  const auto title = asked.empty() ? meeting.title : asked;
  const bool is_as_it_was = times->starts_at == meeting.starts_at && times->ends_at == meeting.ends_at && command.place.str() == meeting.place && title == meeting.title;
  if (is_as_it_was) return domain::Decided<MeetingEvent>{};
  const bool is_known = meeting.state != wire::MeetingState::draft;
  if (is_known && words_of(command.reason).empty()) {
    return reject_field("/reason", ErrorCode::missing_field, "The agenda is published: people know of the meeting as it is. Say why it changes.");
  }
  const auto reason = is_known ? std::optional(context.keep(words_of(command.reason))) : std::nullopt;
  return domain::Decided<MeetingEvent>{{MeetingRescheduled{title, times->starts_at, times->ends_at, command.place.str(), context.now(), reason}}, {}, {}};
}

DecidedMeeting decide(const Meeting& meeting, const wire::CancelMeeting& command, domain::Context& context) {
  if (meeting.is_cancelled()) return reject(ErrorCode::already_done, "The meeting is cancelled already.");
  if (auto open = still_to_come(meeting); !open) return std::unexpected(open.error());
  if (auto fresh = is_fresh(meeting, command.seen_sequence); !fresh) return std::unexpected(fresh.error());
  return domain::Decided<MeetingEvent>{{MeetingCancelled{context.now(), context.keep(command.reason.str())}}, {}, {}};
}

}  // namespace witan::meetings
