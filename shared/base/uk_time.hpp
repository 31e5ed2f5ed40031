#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/clock.hpp"

/// Times as people in the UK read them (GOV.UK style guide), and RFC 3339 for machines.
/// Needs the machine's time zone database (Debian package tzdata).
namespace witan::uk_time {

std::string rfc3339(Timestamp moment);
/// Accepts RFC 3339 with `Z` or a numeric offset, with or without fractions of a second.
std::optional<Timestamp> parse_rfc3339(std::string_view text);

/// A wall-clock time in the UK, for example from a form: `2018-06-19` and `14:30`.
/// In the hour that the clocks repeat, the earlier moment; in the one they skip, nothing.
std::optional<Timestamp> from_local(std::string_view date, std::string_view clock);

/// The day on UK calendars: `2018-06-19`.
std::string calendar_day(Timestamp moment);
/// The moments at which a day in the UK begins and is over; nothing for a text that is no day.
std::optional<Timestamp> day_begins(std::string_view date);
std::optional<Timestamp> day_ends(std::string_view date);

std::string clock(Timestamp moment);         ///< `14:00`, for a form: what `from_local` reads
std::string zone(Timestamp moment);          ///< `GMT`, `BST`: what UK clocks show then
std::string time_of_day(Timestamp moment);   ///< `2pm`, `2:15pm`, `midday`, `midnight`
std::string date(Timestamp moment);          ///< `Tuesday 19 June 2018`
std::string short_date(Timestamp moment);    ///< `19 June 2018`
std::string date_and_time(Timestamp moment); ///< `2:15pm on 19 June 2018`
/// `2pm to 4pm, Tuesday 19 June 2018`; over midnight both dates are named.
std::string span(Timestamp start, Timestamp end);

}  // namespace witan::uk_time
