#include <gtest/gtest.h>

#include "shared/contract/access.hpp"

namespace witan {
namespace {

const auto k_person = PersonId::from_trusted("personpersonpersonpersonaa");
constexpr const char* k_body = "bodybodybodybodybodybodyaa";
constexpr const char* k_other = "otherotherotherotherothera";

AccessRule roles(std::string audience, std::string body, std::vector<Role> any_of) {
  return {std::move(audience), Who::roles, std::nullopt, std::move(body), std::move(any_of)};
}

TEST(access, gives_the_first_audience_that_matches) {
  const std::vector<AccessRule> rules = {roles("staff", k_body, {Role::secretary}), roles("member", k_body, {}),
                                         {"public", Who::anyone, {}, {}, {}}};
  Actor secretary{k_person, {{k_body, {Role::secretary}}}, {}};
  Actor member{k_person, {{k_body, {Role::member}}}, {}};
  Actor visitor;
  EXPECT_EQ(audience_for(rules, secretary), "staff");
  EXPECT_EQ(audience_for(rules, member), "member");
  EXPECT_EQ(audience_for(rules, visitor), "public");
}

TEST(access, gives_a_role_in_one_body_no_right_in_another) {
  Actor elsewhere{k_person, {{k_other, {Role::secretary, Role::chair}}}, {}};
  EXPECT_EQ(audience_for({roles("staff", k_body, {Role::secretary}), roles("member", k_body, {})}, elsewhere), std::nullopt);
}

TEST(access, shuts_out_one_holder_of_a_role_and_nobody_else) {
  const AccessRule out{"", Who::roles, k_person, k_body, {}};
  const std::vector<AccessRule> rules = {out, roles("member", k_body, {}), {"public", Who::anyone, {}, {}, {}}};
  const auto other = PersonId::from_trusted("otherpersonotherpersonother");
  EXPECT_EQ(audience_for(rules, Actor{k_person, {{k_body, {Role::member}}}, {}}), std::nullopt);
  EXPECT_EQ(audience_for(rules, Actor{other, {{k_body, {Role::member}}}, {}}), "member");
  EXPECT_EQ(audience_for(rules, Actor{k_person, {{k_other, {Role::member}}}, {}}), "public") << "a rule for a role is about who holds it";
}

TEST(access, gives_nothing_where_no_rule_matches_or_there_is_none) {
  Actor person{k_person, {}, {}};
  EXPECT_EQ(audience_for({}, person), std::nullopt);
  EXPECT_EQ(audience_for({roles("member", k_body, {})}, person), std::nullopt);
}

TEST(access, shows_a_private_topic_to_its_person_only) {
  const std::vector<AccessRule> rules = {{"self", Who::person, k_person, {}, {}}};
  EXPECT_EQ(audience_for(rules, Actor{k_person, {}, {}}), "self");
  EXPECT_EQ(audience_for(rules, Actor{PersonId::from_trusted("another"), {}, {}}), std::nullopt);
  EXPECT_EQ(audience_for(rules, Actor{}), std::nullopt);
}

TEST(access, never_shows_the_gateways_topics_to_a_person) {
  Actor administrator{k_person, {{std::string(k_everywhere), {Role::administrator}}}, {}};
  EXPECT_EQ(audience_for({{"gateway", Who::gateway, {}, {}, {}}}, administrator), std::nullopt);
}

TEST(access, counts_a_body_without_roles_as_no_seat) {
  Actor emptied{k_person, {{k_body, {}}}, {}};
  EXPECT_EQ(audience_for({roles("member", k_body, {})}, emptied), std::nullopt);
}

TEST(access, lets_an_auditor_read_what_roles_in_any_body_read_and_nothing_private) {
  const Actor auditor{k_person, {{std::string(k_everywhere), {Role::auditor}}}, {}};
  const auto other = PersonId::from_trusted("somebodysomebodysomebodyaa");
  EXPECT_EQ(audience_for({roles("staff", k_body, {Role::secretary}), roles("member", k_body, {})}, auditor), "staff");
  EXPECT_EQ(audience_for({roles("member", k_other, {})}, auditor), "member");
  EXPECT_EQ(audience_for({roles("staff", std::string(k_everywhere), {Role::administrator})}, auditor), std::nullopt);
  EXPECT_EQ(audience_for({{"self", Who::person, other, {}, {}}}, auditor), std::nullopt);
  EXPECT_EQ(audience_for({{"gateway", Who::gateway, {}, {}, {}}}, auditor), std::nullopt);
  const Actor of_a_body{k_person, {{k_other, {Role::auditor}}}, {}};
  EXPECT_EQ(audience_for({roles("member", k_body, {})}, of_a_body), std::nullopt);
}

}  // namespace
}  // namespace witan
