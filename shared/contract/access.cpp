#include "shared/contract/access.hpp"

#include <algorithm>

namespace witan {

bool Actor::holds(std::string_view body, const std::vector<Role>& any_of) const {
  const auto held = roles.find(std::string(body));
  if (held == roles.end()) return false;
  if (any_of.empty()) return !held->second.empty();
  return std::any_of(any_of.begin(), any_of.end(), [&](Role role) {
    return std::find(held->second.begin(), held->second.end(), role) != held->second.end();
  });
}

namespace {
bool matches(const AccessRule& rule, const Actor& actor) {
  switch (rule.who) {
    case Who::anyone: return true;
    case Who::signed_in: return actor.signed_in();
    case Who::person: return rule.person && actor.person == rule.person;
    case Who::roles:
      return rule.body && (actor.holds(*rule.body, rule.roles) || (actor.is_auditor() && *rule.body != k_everywhere));
    case Who::gateway: return false;
  }
  return false;
}
}  // namespace

std::optional<std::string> audience_for(const std::vector<AccessRule>& rules, const Actor& actor) {
  for (const auto& rule : rules) {
    if (matches(rule, actor)) return rule.audience;
  }
  return std::nullopt;
}

}  // namespace witan
