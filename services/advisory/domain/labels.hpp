#pragma once

#include <string>

#include "shared/contract/access.hpp"
#include "shared/contract/advisory.hpp"

/// Kinds and roles in plain English, and the order in which people expect them.
namespace witan::advisory {

std::string label(contract::advisory::Challenge challenge);
std::string label(contract::advisory::VoiceKind kind);
std::string label(contract::advisory::VoiceSize size);
std::string label(contract::advisory::Channel channel);
/// As the seat is called in a group: a member is an adviser there.
std::string label(Role role);

std::string group_order(contract::advisory::Challenge challenge, std::string_view name);
/// The champion first, then who leads, then advisers, then who assists; within a role by title.
std::string member_order(Role role, std::string_view title);
/// Newest first: by the day somebody was heard, and within a day by what was logged last.
std::string engagement_order(const CalendarDate& heard_on, std::int64_t seq);

}  // namespace witan::advisory
