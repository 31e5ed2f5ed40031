#include "shared/contract/access.hpp"

#include <algorithm>

namespace witan {

namespace {

// Asked for each delivery to each reader, so nothing is allocated here.
bool holds_in(const Actor& actor, const std::string& body, const std::vector<Role>& any_of) {
  const auto held = actor.roles.find(body);
  if (held == actor.roles.end()) return false;
  if (any_of.empty()) return !held->second.empty();
  return std::any_of(any_of.begin(), any_of.end(), [&](Role role) {
    return std::find(held->second.begin(), held->second.end(), role) != held->second.end();
  });
}

/// An auditor is let in wherever roles in a body are.
bool is_let_in_as_auditor(const Actor& actor, const std::string& body) {
  static const std::string everywhere(k_everywhere);
  static const std::vector<Role> auditor{Role::auditor};
  return body != everywhere && holds_in(actor, everywhere, auditor);
}

bool matches(const AccessRule& rule, const Actor& actor) {
  switch (rule.who) {
    case Who::anyone: return true;
    case Who::signed_in: return actor.signed_in();
    case Who::person: return rule.person && actor.person == rule.person;
    case Who::roles: return rule.body && (!rule.person || actor.person == rule.person) && (holds_in(actor, *rule.body, rule.roles) || is_let_in_as_auditor(actor, *rule.body));
    case Who::gateway: return false;
  }
  return false;
}

}  // namespace

bool needs_second_factor(Role role) {
  switch (role) {
    case Role::chair:
    case Role::co_chair:
    case Role::secretary:
    case Role::officer:
    case Role::administrator:
    case Role::auditor:
      return true;
    case Role::champion:
    case Role::minister:
    case Role::member:
    case Role::substitute:
    case Role::observer:
      return false;
  }
  return true;
}

bool Actor::holds(std::string_view body, const std::vector<Role>& any_of) const {
  return holds_in(*this, std::string(body), any_of);
}

std::optional<std::string> audience_for(const std::vector<AccessRule>& rules, const Actor& actor) {
  for (const auto& rule : rules) {
    if (matches(rule, actor)) return rule.audience.empty() ? std::nullopt : std::optional(rule.audience);
  }
  return std::nullopt;
}

}  // namespace witan
