// The address under which a calendar program reads somebody's meetings.
#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

constexpr std::string_view k_before = "https://witan.example/calendar/";

struct Calendar : testing::Test {
  DirectoryScene scene;
  const PersonId hilda = scene.person("Hilda Whitby", "hilda@example.org", "four words that fit");
  const PersonId ben = scene.person("Ben", "ben@example.org", "four words that fit");

  std::optional<wire::CalendarView> shown() { return scene.world().row_as<wire::CalendarView>("calendar/" + hilda.str(), "self", "calendar"); }
  std::string opened() {
    EXPECT_TRUE(scene.send(person(hilda), wire::OpenCalendar{hilda}));
    return shown() ? shown()->address : std::string();
  }
  /// Whose meetings the address opens; empty for nobody's.
  std::string reader_of(const std::string& address) {
    const auto token = address.substr(k_before.size(), 52);
    const auto holder = scene.world().row_as<wire::CalendarHolderView>("calendars/" + crypto::sha256_text(token), "gateway", "holder");
    return holder ? holder->person.str() : std::string();
  }
};

TEST_F(Calendar, has_an_address_of_its_own_that_nobody_can_guess) {
  EXPECT_FALSE(shown());
  const auto address = opened();
  EXPECT_TRUE(address.starts_with(k_before) && address.ends_with(".ics")) << address;
  EXPECT_EQ(address.size(), k_before.size() + 52 + 4);
  EXPECT_EQ(shown()->subscribe, "webcal" + address.substr(5));
  EXPECT_EQ(reader_of(address), hilda.str());
}

TEST_F(Calendar, another_address_ends_the_one_before) {
  const auto first = opened(), second = opened();
  EXPECT_NE(first, second);
  EXPECT_EQ(reader_of(first), "");
  EXPECT_EQ(reader_of(second), hilda.str());
  EXPECT_EQ(audit_lines(scene).back(), "Made an address for the calendar of Hilda Whitby | Another address | An address");
}

TEST_F(Calendar, ends_when_its_person_says_so_and_once) {
  const auto address = opened();
  ASSERT_TRUE(scene.send(person(hilda), wire::CloseCalendar{hilda}));
  EXPECT_FALSE(shown());
  EXPECT_EQ(reader_of(address), "");
  const auto events = scene.world().log.size();
  ASSERT_TRUE(scene.send(person(hilda), wire::CloseCalendar{hilda}));
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Calendar, ends_with_the_password_that_somebody_else_may_have_known) {
  const auto address = opened();
  ASSERT_TRUE(scene.send(person(hilda), wire::ChangePassword{{"four words that fit"}, {"battery staple and more"}}));
  EXPECT_FALSE(shown());
  EXPECT_EQ(reader_of(address), "");
  const auto again = opened();
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{"hilda@example.org"}}));
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{scene.last_token()}, {"yet another four words"}}));
  EXPECT_EQ(reader_of(again), "");
}

TEST_F(Calendar, is_nobody_elses_to_make_or_to_end) {
  for (const auto& other : {person(ben), scene.admin, visitor()}) {
    EXPECT_EQ(scene.send(other, wire::OpenCalendar{hilda}).error().code, ErrorCode::not_found);
    EXPECT_EQ(scene.send(other, wire::CloseCalendar{hilda}).error().code, ErrorCode::not_found);
  }
}

TEST_F(Calendar, opens_nothing_while_the_account_is_suspended) {
  const auto address = opened();
  ASSERT_TRUE(scene.send(scene.admin, wire::SuspendPerson{hilda, {}}));
  EXPECT_EQ(reader_of(address), "");
  ASSERT_TRUE(scene.send(scene.admin, wire::ReinstatePerson{hilda}));
  EXPECT_EQ(reader_of(address), hilda.str());
}

TEST_F(Calendar, goes_with_the_account_and_its_token_was_in_no_event) {
  const auto address = opened();
  const auto token = address.substr(k_before.size(), 52);
  ASSERT_TRUE(scene.send(person(hilda), wire::ErasePerson{hilda, {"four words that fit"}, {}}));
  EXPECT_FALSE(shown());
  EXPECT_EQ(reader_of(address), "");
  for (const auto& event : scene.world().log) EXPECT_EQ(json::serialize(event.data).find(token), std::string::npos);
  for (const auto& [id, text] : scene.world().texts) EXPECT_EQ(text.find(token), std::string::npos);
}

}  // namespace
}  // namespace witan::test
