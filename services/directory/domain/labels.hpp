#pragma once

#include <string>

#include "shared/contract/directory.hpp"

/// Kinds and roles in plain English, and the order in which people expect them.
namespace witan::directory {

std::string label(contract::directory::BodyKind kind);
std::string label(contract::directory::OrganisationKind kind);
std::string label(Role role);
std::string label(contract::directory::HowEnded how);
std::string label(contract::directory::Office office);
std::string label(contract::directory::InterestKind kind);
/// As the end of a sentence: "the person asked for it".
std::string label(contract::directory::WhyErased why);

/// What a browser says of itself (User-Agent), in words: "Firefox on Windows". Only a help for people who look for a
/// device of theirs; a browser may say what it likes.
std::string device_label(std::string_view user_agent);

/// Sorts by name without regard to case (ASCII).
std::string name_order(std::string_view name);
/// By which names are told apart: without regard to case (ASCII), and with any white space as one space.
std::string name_key(std::string_view name);
/// Chair first, then those who advise, then those who assist; within a role by title.
std::string seat_order(Role role, std::string_view title);

}  // namespace witan::directory
