#pragma once

#include <optional>
#include <string>
#include <variant>

#include "shared/contract/advisory.hpp"
#include "shared/contract/directory.hpp"

/// What happened in advisory. Names of people and what was said are erasable: events carry only references.
namespace witan::advisory {

namespace wire = contract::advisory;
namespace directory = contract::directory;

/// Directory has established a body, which may become a group.
struct BodyNoted {
  static constexpr std::string_view k_type = "body_noted";
  BodyId body;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(BodyNoted, (), (body, name))

struct GroupOpened {
  static constexpr std::string_view k_type = "group_opened";
  BodyId group;
  wire::Challenge challenge = wire::Challenge::ai_and_data;
  std::string mission;
};
BOOST_DESCRIBE_STRUCT(GroupOpened, (), (group, challenge, mission))

/// Directory has filled a seat. The name is the one at that time.
struct MemberJoined {
  static constexpr std::string_view k_type = "member_joined";
  BodyId group;
  SeatId seat;
  std::string title;
  Role role = Role::member;
  PersonId person;
  Erasable name;
  std::string organisation;
};
BOOST_DESCRIBE_STRUCT(MemberJoined, (), (group, seat, title, role, person, name, organisation))

struct MemberLeft {
  static constexpr std::string_view k_type = "member_left";
  BodyId group;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(MemberLeft, (), (group, seat))

/// Directory says that the member has another name. What they logged under the earlier one keeps it.
struct MemberRenamed {
  static constexpr std::string_view k_type = "member_renamed";
  BodyId group;
  SeatId seat;
  PersonId person;
  Erasable name;
  std::int64_t number = 0;  ///< Of the change of name.
};
BOOST_DESCRIBE_STRUCT(MemberRenamed, (), (group, seat, person, name, number))

struct EngagementLogged {
  static constexpr std::string_view k_type = "engagement_logged";
  EngagementId engagement;
  BodyId group;
  Erasable organisation;
  wire::VoiceKind kind = wire::VoiceKind::business;
  std::string sector;
  std::string area;
  std::optional<wire::VoiceSize> size;
  CalendarDate heard_on;
  wire::Channel channel = wire::Channel::roundtable;
  Erasable said;
  std::optional<Erasable> follow_up;
  PersonId by;
  std::optional<Erasable> by_name;  ///< Absent when the person held no seat known here.
};
BOOST_DESCRIBE_STRUCT(EngagementLogged, (),
                      (engagement, group, organisation, kind, sector, area, size, heard_on, channel, said,
                       follow_up, by, by_name))

struct EngagementWithdrawn {
  static constexpr std::string_view k_type = "engagement_withdrawn";
  EngagementId engagement;
  BodyId group;
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(EngagementWithdrawn, (), (engagement, group, reason))

/// The person's account was deleted: their name is no more.
struct PersonForgotten {
  static constexpr std::string_view k_type = "person_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonForgotten, (), (person))

using PersonEvent = std::variant<PersonForgotten>;
using GroupEvent = std::variant<BodyNoted, GroupOpened, MemberJoined, MemberRenamed, MemberLeft>;
using EngagementEvent = std::variant<EngagementLogged, EngagementWithdrawn>;

}  // namespace witan::advisory
