#include "shared/base/uk_time.hpp"

#include <charconv>

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

namespace witan::uk_time {

namespace {

struct Wall {
  date::year_month_day day;
  date::weekday weekday;
  int hour;
  int minute;
};

Wall wall(Timestamp moment) {
  static const date::time_zone* const zone = date::locate_zone("Europe/London");
  const auto local = zone->to_local(moment);
  const auto midnight = date::floor<date::days>(local);
  const auto since = std::chrono::floor<std::chrono::minutes>(local - midnight);
  return {date::year_month_day(midnight), date::weekday(midnight), static_cast<int>(since.count() / 60),
          static_cast<int>(since.count() % 60)};
}

constexpr const char* k_months[] = {"January", "February", "March",     "April",   "May",      "June",
                                    "July",    "August",   "September", "October", "November", "December"};
constexpr const char* k_days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

std::string short_date_of(const Wall& w) {
  return fmt::format("{} {} {}", static_cast<unsigned>(w.day.day()),
                     k_months[static_cast<unsigned>(w.day.month()) - 1], static_cast<int>(w.day.year()));
}

std::string clock_of(const Wall& w) {
  if (w.minute == 0 && w.hour == 12) return "midday";
  if (w.minute == 0 && w.hour == 0) return "midnight";
  const int hour = w.hour % 12 == 0 ? 12 : w.hour % 12;
  const char* half = w.hour < 12 ? "am" : "pm";
  return w.minute == 0 ? fmt::format("{}{}", hour, half) : fmt::format("{}:{:02}{}", hour, w.minute, half);
}

/// Exactly `count` decimal digits at `text[at…]`.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<date::year_month_day> day_of(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const date::year_month_day result{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                    date::day(static_cast<unsigned>(*day))};
  if (!result.ok()) return std::nullopt;
  return result;
}

}  // namespace

std::string rfc3339(Timestamp moment) {
  const auto midnight = date::floor<date::days>(moment);
  const date::year_month_day day(midnight);
  const auto ms = (moment - midnight).count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), ms / 3'600'000,
                     ms / 60'000 % 60, ms / 1000 % 60, ms % 1000);
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  const auto day = day_of(text);
  if (!day || text.size() < 20 || (text[10] != 'T' && text[10] != 't')) return std::nullopt;
  const auto hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  std::size_t at = 19;
  int ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    std::size_t first = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) ms += (text[at] - '0') * scale;
    if (at == first) return std::nullopt;
  }
  std::chrono::minutes offset{0};
  if (at < text.size() && (text[at] == 'Z' || text[at] == 'z')) {
    if (at + 1 != text.size()) return std::nullopt;
  } else {
    if (at + 6 != text.size() || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') return std::nullopt;
    const auto hours = digits(text, at + 1, 2), minutes = digits(text, at + 4, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    offset = std::chrono::minutes((text[at] == '-' ? -1 : 1) * (*hours * 60 + *minutes));
  }
  return Timestamp(date::sys_days(*day)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) + std::chrono::milliseconds(ms) - offset;
}

std::optional<Timestamp> from_local(std::string_view date_text, std::string_view clock) {
  const auto day = day_of(date_text);
  if (!day || date_text.size() != 10 || clock.size() < 5 || clock[2] != ':') return std::nullopt;
  const auto hour = digits(clock, 0, 2), minute = digits(clock, 3, 2);
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  const auto local = date::local_days(*day) + std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  static const date::time_zone* const zone = date::locate_zone("Europe/London");
  const auto info = zone->get_info(local);
  if (info.result == date::local_info::nonexistent) return std::nullopt;
  return Timestamp(zone->to_sys(local, date::choose::earliest));
}

std::string calendar_day(Timestamp moment) {
  const auto day = wall(moment).day;
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

std::optional<Timestamp> day_begins(std::string_view date) {
  const auto noon = from_local(date, "12:00");
  if (!noon) return std::nullopt;
  return from_local(date, "00:00").value_or(*noon - std::chrono::hours(12));  // on 1 December 1847 midnight was skipped
}

std::optional<Timestamp> day_ends(std::string_view date) {
  const auto noon = from_local(date, "12:00");
  if (!noon) return std::nullopt;
  return from_local(date, "23:59").value_or(*noon + std::chrono::minutes(719)) + std::chrono::minutes(1);
}

std::string clock(Timestamp moment) {
  const Wall w = wall(moment);
  return fmt::format("{:02}:{:02}", w.hour, w.minute);
}

std::string zone(Timestamp moment) {
  static const date::time_zone* const zone = date::locate_zone("Europe/London");
  return zone->get_info(moment).abbrev;
}

std::string time_of_day(Timestamp moment) { return clock_of(wall(moment)); }

std::string short_date(Timestamp moment) { return short_date_of(wall(moment)); }

std::string date(Timestamp moment) {
  const Wall w = wall(moment);
  return fmt::format("{} {}", k_days[w.weekday.c_encoding()], short_date_of(w));
}

std::string date_and_time(Timestamp moment) {
  const Wall w = wall(moment);
  return fmt::format("{} on {}", clock_of(w), short_date_of(w));
}

std::string span(Timestamp start, Timestamp end) {
  if (wall(start).day == wall(end).day) {
    return fmt::format("{} to {}, {}", time_of_day(start), time_of_day(end), date(start));
  }
  return fmt::format("{}, {} to {}, {}", time_of_day(start), date(start), time_of_day(end), date(end));
}

}  // namespace witan::uk_time
