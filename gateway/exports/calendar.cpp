#include "gateway/exports/calendar.hpp"

namespace witan::exports {

using contract::meetings::MeetingView;

namespace {

constexpr std::size_t k_line_octets = 75;
constexpr std::string_view k_line_end = "\r\n";
constexpr std::string_view k_begin = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Witan//Meetings//EN\r\nCALSCALE:GREGORIAN\r\n";

/// `20180619T130000Z`
std::string utc(Timestamp moment) {
  std::string text;
  for (const char c : uk_time::rfc3339(moment).substr(0, 19)) {
    if (c != '-' && c != ':') text += c;
  }
  return text + "Z";
}

bool continues_a_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string status_of(const MeetingView& meeting) {
  if (meeting.cancellation.has_value()) return "CANCELLED";
  return meeting.is_draft ? "TENTATIVE" : "CONFIRMED";
}

std::string description_of(const MeetingView& meeting, const std::string& address) {
  std::string text = meeting.body_name + "\n";
  if (meeting.cancellation) text += "This meeting is cancelled: " + meeting.cancellation->reason + "\n";
  else if (meeting.change) text += "Changed: " + meeting.change->reason + "\n";
  if (meeting.is_draft) return text + "The agenda is not published yet.\n" + address;
  return text + "Agenda: " + address;
}

std::string event(const MeetingView& meeting, std::string_view origin) {
  const auto address = std::string(origin) + meeting.href;
  const auto revised = utc(meeting.revised_at.value_or(meeting.starts_at));
  const bool is_cancelled = meeting.cancellation.has_value();
  std::string text = content_line("BEGIN", "VEVENT");
  text += content_line("UID", meeting.meeting.str() + "@witan");
  text += content_line("DTSTAMP", revised);
  text += content_line("LAST-MODIFIED", revised);
  text += content_line("SEQUENCE", std::to_string(meeting.sequence.value_or(0)));
  text += content_line("DTSTART", utc(meeting.starts_at));
  text += content_line("DTEND", utc(meeting.ends_at));
  // Some calendars show nothing of STATUS.
  text += content_line("SUMMARY", escaped((is_cancelled ? "Cancelled: " : "") + meeting.title));
  text += content_line("LOCATION", escaped(meeting.place));
  text += content_line("DESCRIPTION", escaped(description_of(meeting, address)));
  text += content_line("URL", address);
  text += content_line("CATEGORIES", escaped(meeting.body_name));
  text += content_line("STATUS", status_of(meeting));
  text += content_line("TRANSP", is_cancelled ? "TRANSPARENT" : "OPAQUE");
  return text + content_line("END", "VEVENT");
}

}  // namespace

std::string content_line(std::string_view name, std::string_view value) {
  const auto whole = std::string(name) + ":" + std::string(value);
  std::string lines;
  for (std::size_t from = 0; from < whole.size();) {
    const auto room = from == 0 ? k_line_octets : k_line_octets - 1;  // the space that marks a continuation counts
    auto size = std::min(room, whole.size() - from);
    while (from + size < whole.size() && continues_a_character(whole[from + size])) --size;
    lines += (from == 0 ? "" : " ") + whole.substr(from, size);
    lines += k_line_end;
    from += size;
  }
  return lines;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') result += '\\';
    if (c == '\n') result += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) result += c;
  }
  return result;
}

std::string calendar(const MeetingView& meeting, std::string_view origin) {
  return std::string(k_begin) + event(meeting, origin) + content_line("END", "VCALENDAR");
}

std::string calendar(std::string_view name, const std::vector<MeetingView>& meetings, std::string_view origin) {
  std::string text(k_begin);
  for (const auto* property : {"NAME", "X-WR-CALNAME"}) text += content_line(property, escaped(name));  // RFC 7986, and those from before
  for (const auto* property : {"REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL"}) text += content_line(property, "PT1H");
  for (const auto& meeting : meetings) text += event(meeting, origin);
  return text + content_line("END", "VCALENDAR");
}

}  // namespace witan::exports
