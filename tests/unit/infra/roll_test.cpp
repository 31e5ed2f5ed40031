#include <gmock/gmock.h>

#include "infra/operator/roll.hpp"

namespace witan::operate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

json::object object(std::string_view text) { return json::parse(text).as_object(); }

Roll roll_with_a_secretary() {
  Roll roll;
  roll.note("directory.establish_body", object(R"({"name":"Council of LEP Chairs","kind":"council"})"), object(R"({"body":"b1"})"));
  roll.note("directory.register_person", object(R"({"name":"Ann"})"), object(R"({"person":"p1"})"));
  roll.note("directory.create_seat", object(R"({"body":"b1","title":"Secretary","role":"secretary"})"), object(R"({"seat":"s1"})"));
  roll.note("directory.fill_seat", object(R"({"body":"b1","seat":"s1","person":"p1"})"), {});
  return roll;
}

TEST(Roll, gives_the_holder_of_a_seat_its_role_in_the_body) {
  const auto roll = roll_with_a_secretary();
  EXPECT_THAT(roll.roles_of("p1"), ElementsAre(Pair("b1", ElementsAre(Role::secretary))));
  EXPECT_THAT(roll.titles_of("p1"), ElementsAre("secretary, Council of LEP Chairs"));
  EXPECT_THAT(roll.roles_of("p2"), IsEmpty());
}

TEST(Roll, takes_the_role_away_with_the_seat) {
  auto roll = roll_with_a_secretary();
  roll.note("directory.vacate_seat", object(R"({"body":"b1","seat":"s1"})"), {});
  EXPECT_THAT(roll.roles_of("p1"), IsEmpty());
}

TEST(Roll, lists_several_seats_in_the_order_they_were_filled) {
  auto roll = roll_with_a_secretary();
  roll.note("directory.establish_body", object(R"({"name":"Future of mobility"})"), object(R"({"body":"b0"})"));
  roll.note("directory.create_seat", object(R"({"body":"b0","title":"Co-chair","role":"co_chair"})"), object(R"({"seat":"s0"})"));
  roll.note("directory.fill_seat", object(R"({"body":"b0","seat":"s0","person":"p1"})"), {});
  EXPECT_THAT(roll.titles_of("p1"), ElementsAre("secretary, Council of LEP Chairs", "co-chair, Future of mobility"));
}

TEST(Roll, knows_administrators) {
  Roll roll;
  roll.note("directory.register_person", object(R"({"name":"Root","administrator":true})"), object(R"({"person":"p9"})"));
  EXPECT_THAT(roll.roles_of("p9"), ElementsAre(Pair(std::string(k_everywhere), ElementsAre(Role::administrator))));
  EXPECT_THAT(roll.titles_of("p9"), ElementsAre("administrator"));
}

TEST(Roll, knows_offices_that_were_given_and_taken) {
  Roll roll;
  roll.note("directory.register_person", object(R"({"name":"Ann"})"), object(R"({"person":"p1"})"));
  roll.note("directory.grant_office", object(R"({"person":"p1","office":"auditor"})"), {});
  EXPECT_THAT(roll.roles_of("p1"), ElementsAre(Pair(std::string(k_everywhere), ElementsAre(Role::auditor))));
  EXPECT_THAT(roll.titles_of("p1"), ElementsAre("auditor"));
  roll.note("directory.withdraw_office", object(R"({"person":"p1","office":"auditor"})"), {});
  EXPECT_THAT(roll.roles_of("p1"), IsEmpty());
  roll.note("directory.grant_office", object(R"({"person":"p1","office":"administrator"})"), {});
  EXPECT_THAT(roll.titles_of("p1"), ElementsAre("administrator"));
}

}  // namespace
}  // namespace witan::operate
