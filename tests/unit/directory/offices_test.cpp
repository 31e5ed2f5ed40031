// Who administers Witan and who checks it.
#include <gtest/gtest.h>

#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_password = "correct horse battery";

class Offices : public testing::Test {
 protected:
  PersonId made(const std::string& name, bool is_administrator, bool has_password = true) {
    wire::RegisterPerson command{{name}, {name + "@example.org"}, {}, {}, is_administrator};
    if (has_password) command.password = Password{k_password};
    return PersonId::from_trusted(scene.made("person", scene.admin, command));
  }
  std::string grants(const Actor& actor, const PersonId& person, wire::Office office) {
    return code_of(scene.send(actor, wire::GrantOffice{person, office}));
  }
  std::string withdraws(const Actor& actor, const PersonId& person, wire::Office office) {
    return code_of(scene.send(actor, wire::WithdrawOffice{person, office}));
  }
  std::string shown(const PersonId& person) {
    auto& world = scene.world();
    const auto rights = world.row_as<wire::RightsPersonView>("rights/" + person.str(), "gateway", "person");
    const auto listed = world.row_as<wire::PersonView>("people", "staff", "person/" + person.str());
    const auto account = world.row_as<wire::AccountView>("account/" + person.str(), "self", "account");
    EXPECT_EQ(rights->is_administrator, listed->is_administrator);
    EXPECT_EQ(rights->is_administrator, account->is_administrator);
    EXPECT_EQ(rights->is_auditor, listed->is_auditor);
    EXPECT_EQ(rights->is_auditor, account->is_auditor);
    return rights->is_administrator ? "administrator" : *rights->is_auditor ? "auditor" : "none";
  }

  DirectoryScene scene;
  const PersonId ada = made("ada", true), ben = made("ben", false);
  static constexpr auto k_administrator = wire::Office::administrator;
  static constexpr auto k_auditor = wire::Office::auditor;
};

TEST_F(Offices, are_given_and_taken_by_administrators_only_and_show_wherever_the_person_does) {
  const auto council = scene.body();
  for (const auto& other : {person(ben), holder(ben, council.str(), Role::secretary), holder(ben, council.str(), Role::administrator)}) {
    EXPECT_EQ(grants(other, ben, k_administrator), "not_found") << "for others there is no such person";
    EXPECT_EQ(withdraws(other, ada, k_administrator), "not_found");
  }
  EXPECT_EQ(grants(holder(ben, k_everywhere, Role::auditor), ben, k_administrator), "forbidden");
  EXPECT_EQ(grants(visitor(), ben, k_auditor), "not_signed_in");
  EXPECT_EQ(grants(scene.admin, id_of<PersonId>("nobody"), k_auditor), "not_found");
  EXPECT_EQ(shown(ada), "administrator");
  EXPECT_EQ(shown(ben), "none");
  EXPECT_EQ(grants(person(ada), ben, k_auditor), "not_found") << "the gateway says who holds an office now";
  EXPECT_EQ(grants(administrator(ada), ben, k_auditor), "");
  EXPECT_EQ(shown(ben), "auditor");
  EXPECT_EQ(withdraws(administrator(ada), ben, k_auditor), "");
  EXPECT_EQ(shown(ben), "none");
}

TEST_F(Offices, nobody_signs_in_to_a_suspended_account_with_a_new_password_either) {
  const std::string phone(52, 'a'), desk(52, 'b');
  ASSERT_TRUE(scene.sign_in("ben@example.org", k_password, phone));
  const auto suspends = [&](const Actor& actor, const PersonId& whom) {
    return code_of(scene.send(actor, wire::SuspendPerson{whom, Text<0, 300>{"Left the board"}}));
  };
  EXPECT_EQ(suspends(person(ben), ben), "not_found");
  EXPECT_EQ(suspends(administrator(ada), ada), "not_now") << "oneself";
  EXPECT_EQ(suspends(scene.admin, ada), "not_now") << "the last administrator";
  ASSERT_EQ(suspends(administrator(ada), ben), "");
  const auto account = [&] { return *scene.world().row_as<wire::AccountView>("account/" + ben.str(), "self", "account"); };
  EXPECT_EQ(account().suspended_reason, "Left the board");
  EXPECT_TRUE(scene.world().row_as<wire::PersonView>("people", "staff", "person/" + ben.str())->is_suspended);
  EXPECT_FALSE(scene.world().row("sessions/" + phone, "gateway", "session"));
  EXPECT_EQ(code_of(scene.sign_in("ben@example.org", k_password, desk)), "forbidden");
  EXPECT_EQ(code_of(scene.sign_in("ben@example.org", "not the password", desk)), "sign_in_failed") << "who does not know the password is told nothing";
  ASSERT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{"ben@example.org"}}));
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{scene.last_token()}, {"yet another four words"}}));
  EXPECT_FALSE(account().suspended_since.empty());
  EXPECT_EQ(code_of(scene.sign_in("ben@example.org", "yet another four words", desk)), "forbidden");
  ASSERT_TRUE(scene.send(administrator(ada), wire::ReinstatePerson{ben}));
  EXPECT_EQ(account().suspended_since, "");
  EXPECT_TRUE(scene.sign_in("ben@example.org", "yet another four words", desk));
}

TEST_F(Offices, a_suspended_administrator_is_no_reason_to_let_the_last_one_go) {
  const auto second = made("second", true);
  ASSERT_TRUE(scene.send(administrator(ada), wire::SuspendPerson{second, {}}));
  EXPECT_EQ(withdraws(scene.admin, ada, k_administrator), "not_now");
  ASSERT_TRUE(scene.send(administrator(ada), wire::ReinstatePerson{second}));
  EXPECT_EQ(withdraws(scene.admin, ada, k_administrator), "");
}

TEST_F(Offices, given_or_taken_twice_change_nothing) {
  EXPECT_EQ(grants(scene.admin, ben, k_auditor), "");
  const auto events = scene.world().log.size();
  EXPECT_EQ(grants(scene.admin, ben, k_auditor), "");
  EXPECT_EQ(withdraws(scene.admin, ben, k_administrator), "");
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Offices, are_never_both_with_one_person) {
  EXPECT_EQ(grants(scene.admin, ada, k_auditor), "not_now");
  EXPECT_EQ(grants(scene.admin, ben, k_auditor), "");
  EXPECT_EQ(grants(scene.admin, ben, k_administrator), "not_now");
}

TEST_F(Offices, leave_one_administrator_who_can_sign_in) {
  EXPECT_EQ(withdraws(administrator(ada), ada, k_administrator), "not_now");
  EXPECT_EQ(withdraws(scene.admin, ada, k_administrator), "not_now");
  const auto without_password = made("cyril", true, false);
  EXPECT_EQ(withdraws(scene.admin, ada, k_administrator), "not_now") << "nobody else could sign in";
  EXPECT_EQ(withdraws(scene.admin, without_password, k_administrator), "");
  EXPECT_EQ(grants(scene.admin, ben, k_administrator), "");
  EXPECT_EQ(withdraws(administrator(ada), ada, k_administrator), "");
  EXPECT_EQ(shown(ada), "none");
  EXPECT_EQ(withdraws(administrator(ben), ben, k_administrator), "not_now");
}

TEST_F(Offices, stay_as_they_are_when_the_password_changes) {
  EXPECT_EQ(grants(scene.admin, ben, k_auditor), "");
  ASSERT_TRUE(scene.send(holder(ben, k_everywhere, Role::auditor), wire::ChangePassword{{k_password}, {"battery staple and more"}}));
  EXPECT_EQ(shown(ben), "auditor");
}

TEST_F(Offices, cannot_come_with_a_seat) {
  const auto council = scene.body();
  for (const auto role : {Role::administrator, Role::auditor}) {
    EXPECT_EQ(code_of(scene.send(scene.admin, wire::CreateSeat{council, {"Seat"}, role, {}})), "invalid_arguments");
  }
}

TEST_F(Offices, let_an_auditor_use_no_command_but_those_on_their_own_account) {
  Actor auditor = holder(ben, k_everywhere, Role::auditor);
  const auto council = scene.body();
  auditor.roles[council.str()] = {Role::secretary};
  const std::set<std::string> own = {"directory.start_session", "directory.renew_session", "directory.end_session", "directory.end_sessions", "directory.change_password",
                                     "directory.finish_sign_in", "directory.set_second_factor", "directory.renew_recovery_codes",
                                     "directory.remove_second_factor",
                                     "directory.request_password_reset", "directory.reset_password", "directory.begin_openid",
                                     "directory.finish_openid_sign_in", "directory.link_openid", "directory.unlink_openid",
                                     "directory.change_email", "directory.withdraw_email_change", "directory.confirm_email",
                                       "directory.rename_person", "directory.set_preferences", "directory.open_calendar", "directory.close_calendar", "directory.erase_person"};
  Actor without_app = auditor;  // whose office's rights are withheld
  without_app.roles.erase(std::string(k_everywhere));
  without_app.changes_nothing = true;
  for (const auto& actor : {auditor, without_app}) {
    for (const auto& name : scene.definition().promised_commands) {
      const auto result = scene.send(actor, name, {});
      const bool is_refused_as_auditor = !result && result.error().detail == "An auditor reads everything and changes nothing.";
      EXPECT_EQ(is_refused_as_auditor, !own.contains(name)) << name;
    }
  }
  EXPECT_EQ(code_of(scene.send(auditor, wire::CreateSeat{council, {"Clerk"}, Role::member, {}})), "forbidden");
  EXPECT_EQ(code_of(scene.send(auditor, wire::EndSessions{ben, {}})), "");
  EXPECT_EQ(code_of(scene.send(auditor, wire::EndSessions{ada, {}})), "not_found");
}

TEST_F(Offices, let_an_auditor_read_the_list_of_people_but_nobodys_account_nor_rights) {
  const auto auditor = holder(ben, k_everywhere, Role::auditor);
  auto& world = scene.world();
  EXPECT_EQ(world.audience("people", auditor), "staff");
  EXPECT_EQ(world.audience("account/" + ben.str(), auditor), "self");
  EXPECT_FALSE(world.audience("account/" + ada.str(), auditor));
  EXPECT_FALSE(world.audience("rights/" + ada.str(), auditor));
}

}  // namespace
}  // namespace witan::test
