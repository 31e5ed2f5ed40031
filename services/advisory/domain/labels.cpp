#include "services/advisory/domain/labels.hpp"

#include <algorithm>
#include <cctype>

namespace witan::advisory {

using contract::advisory::Challenge;
using contract::advisory::Channel;
using contract::advisory::VoiceKind;
using contract::advisory::VoiceSize;

std::string label(Challenge challenge) {
  switch (challenge) {
    case Challenge::ai_and_data:
      return "Artificial intelligence and data";
    case Challenge::ageing_society:
      return "Ageing society";
    case Challenge::clean_growth:
      return "Clean growth";
    case Challenge::future_of_mobility:
      return "Future of mobility";
  }
  return {};
}

std::string label(VoiceKind kind) {
  switch (kind) {
    case VoiceKind::business:
      return "Business";
    case VoiceKind::academia:
      return "Academia";
    case VoiceKind::civil_society:
      return "Civil society";
    case VoiceKind::public_body:
      return "Public body";
    case VoiceKind::trade_body:
      return "Trade body";
    case VoiceKind::community:
      return "Community";
  }
  return {};
}

std::string label(VoiceSize size) {
  switch (size) {
    case VoiceSize::micro:
      return "Micro (fewer than 10 people)";
    case VoiceSize::small:
      return "Small (10 to 49 people)";
    case VoiceSize::medium:
      return "Medium (50 to 249 people)";
    case VoiceSize::large:
      return "Large (250 people or more)";
    case VoiceSize::not_applicable:
      return "Not applicable";
  }
  return {};
}

std::string label(Channel channel) {
  switch (channel) {
    case Channel::roundtable:
      return "Roundtable";
    case Channel::visit:
      return "Visit";
    case Channel::call:
      return "Call";
    case Channel::letter:
      return "Letter";
    case Channel::event:
      return "Event";
    case Channel::meeting:
      return "Meeting";
  }
  return {};
}

std::string label(Role role) {
  switch (role) {
    case Role::chair:
      return "Chair";
    case Role::co_chair:
      return "Co-chair";
    case Role::secretary:
      return "Secretary";
    case Role::champion:
      return "Business Champion";
    case Role::minister:
      return "Minister";
    case Role::member:
      return "Adviser";
    case Role::substitute:
      return "Substitute";
    case Role::observer:
      return "Observer";
    case Role::officer:
      return "Officer";
    case Role::administrator:
      return "Administrator";
    case Role::auditor:
      return "Auditor";
  }
  return {};
}

namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

int place_of(Role role) {
  switch (role) {
    case Role::champion:
      return 0;
    case Role::chair:
      return 1;
    case Role::co_chair:
      return 2;
    case Role::minister:
      return 3;
    case Role::member:
      return 4;
    case Role::substitute:
      return 5;
    case Role::observer:
      return 6;
    case Role::secretary:
      return 7;
    case Role::officer:
      return 8;
    case Role::administrator:
    case Role::auditor:
      return 9;
  }
  return 9;
}

}  // namespace

std::string group_order(Challenge challenge, std::string_view name) {
  return std::to_string(static_cast<int>(challenge)) + " " + lower_case(name);
}

std::string member_order(Role role, std::string_view title) {
  return std::to_string(place_of(role)) + " " + lower_case(title);
}

std::string engagement_order(const CalendarDate& heard_on, std::int64_t seq) {
  std::string order;
  for (char c : heard_on.value) order += c >= '0' && c <= '9' ? static_cast<char>('9' - (c - '0')) : c;
  const auto later_first = std::to_string(999'999'999'999 - seq);
  return order + " " + std::string(12 - std::min<std::size_t>(12, later_first.size()), '0') + later_first;
}

}  // namespace witan::advisory
