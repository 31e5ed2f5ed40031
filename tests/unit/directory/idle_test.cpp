#include <gtest/gtest.h>

#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

using namespace std::chrono_literals;

const std::string k_desk(52, 'd'), k_phone(52, 'p');

/// Decision 0015. A gateway tells once a minute; so does `after`.
class Idle : public testing::Test {
 protected:
  Idle() : hilda(scene.person("Hilda Whitby", "hilda@example.org", "correct horse")) {
    EXPECT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_desk));
  }

  void appoint(Role role) {
    const auto council = scene.body();
    const auto seat = scene.seat(council, "A seat", role);
    ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda}));
  }
  bool is_alive(const std::string& session) { return !scene.world().keys("sessions/" + session, "gateway").empty(); }
  bool is_listed(const std::string& session) {
    return scene.world().row_as<wire::AccountSessionView>("account/" + hilda.str(), "self", "session/" + session).has_value();
  }
  /// Time passes with nobody there.
  std::vector<std::string> after(std::chrono::minutes time) {
    std::vector<std::string> ending;
    for (const auto end = scene.world().now + time; scene.world().now < end;) {
      scene.world().now += 1min;
      ending = scene.tell_use(scene.world().now + 3min);
    }
    return ending;
  }

  DirectoryScene scene;
  const PersonId hilda;
};

TEST_F(Idle, a_session_of_staff_ends_half_an_hour_after_its_last_use) {
  appoint(Role::secretary);
  after(20min);
  scene.use(k_desk);
  after(30min);
  EXPECT_TRUE(is_alive(k_desk));
  after(1min);
  EXPECT_FALSE(is_alive(k_desk));
  EXPECT_FALSE(is_listed(k_desk));
}

TEST_F(Idle, a_session_that_is_used_goes_on_for_its_twelve_hours_and_no_longer) {
  appoint(Role::chair);
  for (int i = 0; i < 12 * 4 - 1; ++i) {
    after(15min);
    scene.use(k_desk);
    ASSERT_TRUE(is_alive(k_desk)) << i;
  }
  EXPECT_TRUE(after(14min).empty()) << "using it would not help, so nobody is told to";
  EXPECT_TRUE(is_alive(k_desk));
  after(1min);
  EXPECT_FALSE(is_alive(k_desk));
}

TEST_F(Idle, who_is_staff) {
  for (const auto role : {Role::chair, Role::co_chair, Role::secretary, Role::officer, Role::champion, Role::minister, Role::member,
                          Role::substitute, Role::observer}) {
    DirectoryScene other;
    const auto person = other.person("Hilda Whitby", "hilda@example.org", "correct horse");
    ASSERT_TRUE(other.sign_in("hilda@example.org", "correct horse", k_desk));
    const auto council = other.body();
    ASSERT_TRUE(other.send(other.admin, wire::FillSeat{council, other.seat(council, "A seat", role), person}));
    other.world().now += 31min;
    other.tell_use(other.world().now);
    const bool is_staff = role == Role::chair || role == Role::co_chair || role == Role::secretary || role == Role::officer;
    EXPECT_EQ(other.world().keys("sessions/" + k_desk, "gateway").empty(), is_staff) << static_cast<int>(role);
  }
  for (const auto office : {wire::Office::administrator, wire::Office::auditor}) {
    DirectoryScene other;
    const auto person = other.person("Hilda Whitby", "hilda@example.org", "correct horse");
    ASSERT_TRUE(other.sign_in("hilda@example.org", "correct horse", k_desk));
    ASSERT_TRUE(other.send(other.admin, wire::GrantOffice{person, office}));
    other.world().now += 31min;
    other.tell_use(other.world().now);
    EXPECT_TRUE(other.world().keys("sessions/" + k_desk, "gateway").empty());
  }
}

TEST_F(Idle, each_session_has_its_own_use) {
  appoint(Role::officer);
  ASSERT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_phone));
  after(20min);
  scene.use(k_phone);
  after(11min);
  EXPECT_FALSE(is_alive(k_desk));
  EXPECT_TRUE(is_alive(k_phone));
}

TEST_F(Idle, is_told_before_and_again_until_it_is_used) {
  appoint(Role::chair);
  EXPECT_TRUE(after(27min).empty());
  EXPECT_EQ(after(1min), std::vector<std::string>{k_desk});
  EXPECT_EQ(after(2min), std::vector<std::string>{k_desk});
  scene.use(k_desk);
  EXPECT_TRUE(after(1min).empty());
  EXPECT_TRUE(is_alive(k_desk));
}

TEST_F(Idle, without_word_from_a_gateway_nothing_ends) {
  appoint(Role::chair);
  scene.wait_until(scene.world().now + 2h);
  EXPECT_TRUE(is_alive(k_desk));
  scene.use(k_desk);   // what was used meanwhile is told before anything ends
  scene.tell_use(scene.world().now);
  EXPECT_TRUE(is_alive(k_desk));
}

TEST_F(Idle, the_audit_says_why_it_ended) {
  appoint(Role::chair);
  after(31min);
  const auto& last = scene.world().log.back();
  const auto& person = scene.definition().aggregates.find("session")->second;
  const auto line = person.describe(last.type, last.data, person.fresh(), person.fresh(), WorldReader(scene.world()));
  EXPECT_EQ(line.what, "Signed Hilda Whitby out: the session was not in use");
  EXPECT_FALSE(last.when.actor);
}

}  // namespace
}  // namespace witan::test
