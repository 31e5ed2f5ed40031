#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/ids.hpp"
#include "shared/contract/codec.hpp"

namespace witan {

/// What a seat lets its holder do in its body. `administrator` and `auditor` are offices, not seats: they count only in
/// the body `k_everywhere`. An auditor reads what the members of any body read, and changes nothing.
BOOST_DEFINE_ENUM_CLASS(Role, chair, co_chair, secretary, champion, minister, member, substitute, observer, officer,
                        administrator, auditor)

/// Roles with which so much can be done that who holds them signs in with a second factor.
bool needs_second_factor(Role role);

/// The name under which an actor carries roles that belong to no body.
inline constexpr std::string_view k_everywhere = "witan";

/// Who asks: attached to every request by the gateway from directory's live rights, never by the client.
struct Actor {
  std::optional<PersonId> person;                   ///< Absent: not signed in.
  std::map<std::string, std::vector<Role>> roles;   ///< Body id (or `k_everywhere`) → roles held there now.
  std::optional<std::string> session;               ///< The hash that names the session, for ending it.
  /// Holds the office of auditor, and so changes nothing but the own account; also while the office's rights are withheld.
  bool changes_nothing = false;

  bool signed_in() const { return person.has_value(); }
  bool holds(std::string_view body, const std::vector<Role>& any_of) const;
  bool is_administrator() const { return holds(k_everywhere, {Role::administrator}); }
  bool is_auditor() const { return holds(k_everywhere, {Role::auditor}); }
  /// Whether the record of who did what is theirs to read.
  bool may_audit() const { return is_administrator() || is_auditor(); }
};
BOOST_DESCRIBE_STRUCT(Actor, (), (person, roles, session, changes_nothing))

/// What an access rule asks of a reader.
BOOST_DEFINE_ENUM_CLASS(Who, anyone, signed_in, person, roles, gateway)

/// One line of a topic's access rules: readers that match see the topic as `audience`.
struct AccessRule {
  std::string audience;                ///< `public`, `member`, `staff`, `self`, `recused`, `gateway`. Empty: whoever matches sees nothing.
  Who who = Who::anyone;
  std::optional<PersonId> person;      ///< For `person`: only this one. For `roles`: only where this one holds them.
  std::optional<std::string> body;     ///< For `roles`: the body id, or `k_everywhere`.
  std::vector<Role> roles;             ///< For `roles`: any of these; empty means any role in the body.
};
BOOST_DESCRIBE_STRUCT(AccessRule, (), (audience, who, person, body, roles))

/// The audience of the first rule that matches; nothing when the reader may not see the topic at all.
/// `Who::gateway` never matches a person: such topics are the gateway's own. A rule for roles in a body also lets in
/// auditors; one for an office, or for one person's own page, does not.
std::optional<std::string> audience_for(const std::vector<AccessRule>& rules, const Actor& actor);

}  // namespace witan
