#include "services/directory/domain/labels.hpp"

#include <algorithm>
#include <cctype>
#include <span>

#include "shared/contract/spaces.hpp"

namespace witan::directory {

namespace {

struct Sign {
  std::string_view mark;
  std::string_view name;
};

std::string name_in(std::string_view user_agent, std::span<const Sign> signs) {
  for (const auto& [mark, name] : signs) {
    if (user_agent.find(mark) != std::string_view::npos) return std::string(name);
  }
  return {};
}

}  // namespace

using contract::directory::BodyKind;
using contract::directory::HowEnded;
using contract::directory::OrganisationKind;

std::string label(BodyKind kind) {
  switch (kind) {
    case BodyKind::council:
      return "Council";
    case BodyKind::lep_board:
      return "LEP board";
    case BodyKind::advisory_group:
      return "Advisory group";
    case BodyKind::skills_advisory_panel:
      return "Skills Advisory Panel";
    case BodyKind::growth_hub:
      return "Growth Hub";
    case BodyKind::working_group:
      return "Working group";
  }
  return {};
}

std::string label(OrganisationKind kind) {
  switch (kind) {
    case OrganisationKind::lep:
      return "Local Enterprise Partnership";
    case OrganisationKind::combined_authority:
      return "Combined authority";
    case OrganisationKind::business:
      return "Business";
    case OrganisationKind::academia:
      return "Academia";
    case OrganisationKind::civil_society:
      return "Civil society";
    case OrganisationKind::government:
      return "Government";
    case OrganisationKind::public_body:
      return "Public body";
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
      return "Member";
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

std::string label(HowEnded how) {
  switch (how) {
    case HowEnded::resigned:
      return "Resigned";
    case HowEnded::term_ended:
      return "Term ended";
    case HowEnded::removed:
      return "Removed";
    case HowEnded::left_organisation:
      return "Left the organisation";
    case HowEnded::died:
      return "Died";
    case HowEnded::reappointed:
      return "Reappointed";
  }
  return {};
}

std::string label(contract::directory::Office office) {
  return label(office == contract::directory::Office::auditor ? Role::auditor : Role::administrator);
}

std::string label(contract::directory::InterestKind kind) {
  using contract::directory::InterestKind;
  switch (kind) {
    case InterestKind::employment:
      return "Employment or office";
    case InterestKind::contract:
      return "Contract";
    case InterestKind::land:
      return "Land or property";
    case InterestKind::securities:
      return "Shares or securities";
    case InterestKind::sponsorship:
      return "Sponsorship, gifts or hospitality";
    case InterestKind::membership:
      return "Membership or position in another body";
    case InterestKind::family:
      return "Interest of a close family member";
    case InterestKind::other:
      return "Other interest";
  }
  return {};
}

std::string label(contract::directory::WhyErased why) {
  switch (why) {
    case contract::directory::WhyErased::asked:
      return "the person asked for it";
    case contract::directory::WhyErased::died:
      return "the person has died";
    case contract::directory::WhyErased::mistake:
      return "it was opened by mistake";
  }
  return {};
}

std::string name_order(std::string_view name) {
  std::string order(name);
  std::transform(order.begin(), order.end(), order.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return order;
}

std::string name_key(std::string_view name) { return name_order(codec::with_single_spaces(name)); }

std::string seat_order(Role role, std::string_view title) {
  const auto place = [role] {
    switch (role) {
      case Role::chair:
        return '0';
      case Role::co_chair:
        return '1';
      case Role::champion:
        return '2';
      case Role::minister:
        return '3';
      case Role::member:
        return '4';
      case Role::substitute:
        return '5';
      case Role::observer:
        return '6';
      case Role::secretary:
        return '7';
      case Role::officer:
        return '8';
      case Role::administrator:
      case Role::auditor:
        return '9';
    }
    return '9';
  };
  return std::string(1, place()) + " " + name_order(title);
}

std::string device_label(std::string_view user_agent) {
  if (user_agent == "api") return "A program";
  // The first that fits: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
  constexpr Sign k_browsers[] = {{"Edg", "Edge"},       {"OPR/", "Opera"},   {"SamsungBrowser/", "Samsung Internet"},
                                 {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"},
                                 {"Chrome/", "Chrome"},   {"Safari/", "Safari"}};
  constexpr Sign k_systems[] = {{"Android", "Android"},  {"iPhone", "iPhone"},     {"iPad", "iPad"},  {"Windows", "Windows"},
                                {"CrOS", "Chromebook"},  {"Mac OS X", "Mac"},      {"Linux", "Linux"}};
  const auto browser = name_in(user_agent, k_browsers), system = name_in(user_agent, k_systems);
  if (browser.empty()) return system.empty() ? "Unknown device" : "A browser on " + system;
  return system.empty() ? browser : browser + " on " + system;
}

}  // namespace witan::directory
