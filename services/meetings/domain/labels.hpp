#pragma once

#include <string>

#include "shared/contract/meetings.hpp"

/// States and kinds in plain English.
namespace witan::meetings {

std::string label(contract::meetings::MeetingState state);
/// Of a meeting in progress that is paused.
inline constexpr const char* k_paused = "Paused";
/// Of one that will not take place, whatever its state was.
inline constexpr const char* k_cancelled = "Cancelled";
std::string label(contract::meetings::ItemKind kind);
std::string label(contract::meetings::ItemStatus status);
std::string label(contract::meetings::MinutesState state);
std::string label(contract::meetings::ActionStatus status);

}  // namespace witan::meetings
