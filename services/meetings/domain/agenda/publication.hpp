#pragma once

#include "services/meetings/domain/state.hpp"

/// By when an agenda is to be published.
namespace witan::meetings {

/// The latest day, as `2018-06-11`. The day of a meeting is that on UK calendars on which it starts.
std::string publication_day(const Meeting& meeting);
/// The same for people: "Monday 11 June 2018".
std::string publication_day_in_words(const Meeting& meeting);
/// "five clear working days", "1 clear working day": how long before the meeting that is.
std::string clear_days_in_words(const Meeting& meeting);
/// Whether something that is published at `moment` is late.
bool is_late(const Meeting& meeting, Timestamp moment);

}  // namespace witan::meetings
