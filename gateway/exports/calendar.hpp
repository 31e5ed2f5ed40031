#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/contract/meetings/agenda.hpp"

/// A meeting as iCalendar (RFC 5545), for any calendar program.
namespace witan::exports {

/// An event with the same UID for good, a SEQUENCE that rises whenever its title, date or place changes, and
/// STATUS for a draft and for one that is cancelled.
///
/// Times are in UTC. A meeting is one moment and not a rule that recurs, so no time zone has to travel with it; and in the hour that
/// clocks repeat in October a local time would name two moments, of which a calendar takes the first. Whoever reads the calendar sees
/// their own clock.
std::string calendar(const contract::meetings::MeetingView& meeting, std::string_view origin);

/// Several meetings as one calendar that programs follow: they read it again and again, and show it under its name. Of each list
/// the latest hundred or more, as its page shows them.
std::string calendar(std::string_view name, const std::vector<contract::meetings::MeetingView>& meetings, std::string_view origin);

/// One property, folded so that no line is longer than 75 octets and no character is torn.
std::string content_line(std::string_view name, std::string_view value);
/// A value of type TEXT.
std::string escaped(std::string_view text);

}  // namespace witan::exports
