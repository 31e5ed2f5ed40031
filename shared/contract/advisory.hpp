#pragma once

#include "shared/contract/codec.hpp"

/// What advisory accepts and shows: the groups of the grand challenges, and whom they have heard.
namespace witan::contract::advisory {

BOOST_DEFINE_ENUM_CLASS(Challenge, ai_and_data, ageing_society, clean_growth, future_of_mobility)
BOOST_DEFINE_ENUM_CLASS(VoiceKind, business, academia, civil_society, public_body, trade_body, community)
BOOST_DEFINE_ENUM_CLASS(VoiceSize, micro, small, medium, large, not_applicable)
BOOST_DEFINE_ENUM_CLASS(Channel, roundtable, visit, call, letter, event, meeting)

// Commands

/// Makes an advisory group of a body that directory has established. Result `{group}` (the body's id).
struct OpenGroup {
  static constexpr std::string_view k_name = "advisory.open_group";
  BodyId group;
  Challenge challenge = Challenge::ai_and_data;
  Prose<10, 1000> mission;
};
BOOST_DESCRIBE_STRUCT(OpenGroup, (), (group, challenge, mission))

/// Records whom the group has heard. Result `{engagement}`. The date may not lie in the future.
struct LogEngagement {
  static constexpr std::string_view k_name = "advisory.log_engagement";
  BodyId group;
  Text<2, 160> organisation;
  VoiceKind kind = VoiceKind::business;
  Text<2, 80> sector;
  Text<2, 80> area;
  std::optional<VoiceSize> size;
  CalendarDate heard_on;
  Channel channel = Channel::roundtable;
  Prose<2, 4000> said;
  std::optional<Text<0, 300>> follow_up;
};
BOOST_DESCRIBE_STRUCT(LogEngagement, (), (group, organisation, kind, sector, area, size, heard_on, channel, said, follow_up))

/// Takes an entry back, with a reason that stays on record.
struct WithdrawEngagement {
  static constexpr std::string_view k_name = "advisory.withdraw_engagement";
  BodyId group;
  EngagementId engagement;
  Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawEngagement, (), (group, engagement, reason))

using Commands = boost::mp11::mp_list<OpenGroup, LogEngagement, WithdrawEngagement>;

// What people see

/// Topic `groups`, key `group/<id>`; topic `groups/<id>`, key `group`. Audiences `public` and (own topic) `member`.
struct GroupView {
  BodyId group;
  std::string name;
  Challenge challenge = Challenge::ai_and_data;
  std::string challenge_label;   ///< "Future of mobility"
  std::string mission;
  std::string champion;          ///< The champion's name; empty while there is none.
  bool has_champion = false;
  std::int64_t member_count = 0;
  std::int64_t engagement_count = 0;
  bool has_engagements = false;
  std::string href;              ///< `/groups/<id>`
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(GroupView, (),
                      (group, name, challenge, challenge_label, mission, champion, has_champion, member_count,
                       engagement_count, has_engagements, href, sort))

/// Topic `groups/<id>`, key `member/<seat>`. Audiences `public` and `member`.
struct GroupMemberView {
  std::string seat;
  std::string title;
  std::string name;
  std::string organisation;
  std::string role_label;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(GroupMemberView, (), (seat, title, name, organisation, role_label, sort))

/// Topic `engagements/<group>` and its pages, key `engagement/<id>`. Audience `member`. Newest first.
struct EngagementView {
  EngagementId engagement;
  BodyId group;
  std::string organisation;
  std::string kind_label;
  std::string sector;
  std::string area;
  std::string size_label;
  std::string heard_on;        ///< "19 June 2018"
  std::string channel_label;
  std::string said;
  std::string follow_up;
  bool has_follow_up = false;
  PersonId by;
  std::string by_name;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(EngagementView, (),
                      (engagement, group, organisation, kind_label, sector, area, size_label, heard_on, channel_label,
                       said, follow_up, has_follow_up, by, by_name, sort))

using Views = boost::mp11::mp_list<GroupView, GroupMemberView, EngagementView>;
using Notices = boost::mp11::mp_list<>;

}  // namespace witan::contract::advisory
