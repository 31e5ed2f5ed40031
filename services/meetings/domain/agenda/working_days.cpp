#include "services/meetings/domain/agenda/working_days.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace witan::meetings {

using namespace std::chrono;

namespace {

// Moved or added by proclamation. Source: https://www.gov.uk/bank-holidays for 2019 and later, and the royal proclamations
// under section 1 of the Banking and Financial Dealings Act 1971, as published in the London Gazette, for earlier years.
constexpr std::array k_added = {
    1981y / July / 29,       // royal wedding
    1995y / May / 8,         // fifty years after VE day, in place of 1 May
    1999y / December / 31,   // the millennium
    2002y / June / 3,        // golden jubilee
    2002y / June / 4,        // the spring bank holiday, in place of 27 May
    2011y / April / 29,      // royal wedding
    2012y / June / 4,        // the spring bank holiday, in place of 28 May
    2012y / June / 5,        // diamond jubilee
    2020y / May / 8,         // seventy-five years after VE day, in place of 4 May
    2022y / June / 2,        // the spring bank holiday, in place of 30 May
    2022y / June / 3,        // platinum jubilee
    2022y / September / 19,  // funeral of Elizabeth II
    2023y / May / 8,         // coronation
};
constexpr std::array k_moved_away = {1995y / May / 1, 2002y / May / 27, 2012y / May / 28, 2020y / May / 4, 2022y / May / 30};

bool is_weekend(Day day) {
  const weekday in_week(day);
  return in_week == Saturday || in_week == Sunday;
}

/// A holiday on a weekend is kept on the next day that is neither in the weekend nor a holiday itself.
bool is_new_year(Day day, year in) {
  const Day first = in / January / 1;
  const auto kept = is_weekend(first) ? Day(in / January / Monday[1]) : first;
  return day == kept;
}

bool is_christmas(Day day, year in) {
  const Day christmas = in / December / 25;
  const weekday falls(christmas);
  if (falls == Friday) return day == christmas || day == christmas + days(3);                   // Boxing Day on Monday
  if (falls == Saturday) return day == christmas + days(2) || day == christmas + days(3);       // Monday and Tuesday
  if (falls == Sunday) return day == christmas + days(1) || day == christmas + days(2);         // Boxing Day, and Tuesday
  return day == christmas || day == christmas + days(1);
}

}  // namespace

/// The anonymous algorithm of "A correspondent from New York", Nature 13, 487 (20 April 1876), as given by J. Meeus,
/// Astronomical Algorithms, chapter 8.
Day easter(year in) {
  const int y = static_cast<int>(in);
  const int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return in / month(static_cast<unsigned>(n / 31)) / std::chrono::day(static_cast<unsigned>(n % 31 + 1));
}

bool is_bank_holiday(Day day) {
  const year_month_day date(day);
  if (std::ranges::find(k_added, date) != k_added.end()) return true;
  if (std::ranges::find(k_moved_away, date) != k_moved_away.end()) return false;
  const auto in = date.year();
  const auto sunday = easter(in);
  if (day == sunday - days(2) || day == sunday + days(1)) return true;
  if (day == Day(in / May / Monday[1]) || day == Day(in / May / Monday[last]) || day == Day(in / August / Monday[last])) return true;
  return is_new_year(day, in) || is_christmas(day, in);
}

bool is_working_day(Day day) { return !is_weekend(day) && !is_bank_holiday(day); }

Day latest_day_before(Day day, int clear) {
  for (day -= days(1); clear > 0; day -= days(1)) {
    if (is_working_day(day)) --clear;
  }
  return day;
}

Day working_day_after(Day day, int count) {
  while (count > 0) {
    day += days(1);
    if (is_working_day(day)) --count;
  }
  return day;
}

std::optional<Day> day_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  std::size_t part = 0;
  for (const char c : text) {
    if (c == '-') ++part;
    else if (c >= '0' && c <= '9' && part < 3) parts[part] = parts[part] * 10 + (c - '0');
    else return std::nullopt;
  }
  const year_month_day date{year(parts[0]), month(static_cast<unsigned>(parts[1])), std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::string text_of(Day day) {
  const year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace witan::meetings
