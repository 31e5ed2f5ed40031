#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Working days in England: which days count when an agenda is due "five clear working days before the meeting".
namespace witan::meetings {

using Day = std::chrono::sys_days;

/// The Sunday of Easter in the Gregorian calendar.
Day easter(std::chrono::year year);
/// Bank holidays in England since 1978, with those that were moved or added by proclamation up to 2023, when the last was
/// proclaimed. A proclamation that comes later is to be added.
bool is_bank_holiday(Day day);
bool is_working_day(Day day);

/// The latest day on which something can be published so that `clear` working days lie between it and `day`, of which
/// neither counts. It need not be a working day itself.
Day latest_day_before(Day day, int clear);

/// The `count`-th working day after `day`, which does not count itself.
Day working_day_after(Day day, int count);

/// `2018-06-19` and back; nothing for a text that is no day.
std::optional<Day> day_from(std::string_view text);
std::string text_of(Day day);

}  // namespace witan::meetings
