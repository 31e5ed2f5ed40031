#pragma once

#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/state.hpp"

/// When and where a meeting is, and whether it takes place at all.
namespace witan::meetings {

struct Times {
  Timestamp starts_at;
  Timestamp ends_at;
};

/// What a form says of a UK day and clock; an end before the start is on the next day.
Result<Times> times_of(const CalendarDate& date, const ClockTime& starts, const ClockTime& ends);

/// A meeting of that id, which is new, as the command says: also for those who schedule one as a part of something else.
DecidedMeeting schedule_meeting(const MeetingId& meeting, const wire::ScheduleMeeting& command, domain::Context& context);

/// `not_now` where it is.
Result<void> not_cancelled(const Meeting& meeting);

}  // namespace witan::meetings
