#include <gtest/gtest.h>

#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_session = "a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5e6f7a2b3c4d5e6f7a2b3";
const std::string k_other_session = "b" + k_session.substr(1);

TEST(SignIn, the_right_password_starts_a_session_of_twelve_hours) {
  DirectoryScene scene;
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  const auto result = scene.sign_in("hilda@example.org", "correct horse", k_session);
  ASSERT_TRUE(result);
  EXPECT_EQ(string_at(*result, "person"), hilda.str());
  EXPECT_EQ(string_at(*result, "name"), "Hilda Whitby");
  const auto session = scene.world().row_as<wire::SessionView>("sessions/" + k_session, "gateway", "session");
  ASSERT_TRUE(session);
  EXPECT_EQ(session->person, hilda);
  EXPECT_EQ(session->started, scene.world().now);
  EXPECT_EQ(session->expires - session->started, std::chrono::hours(12));
  EXPECT_FALSE(scene.world().audience("sessions/" + k_session, administrator()))
      << "sessions are the gateway's own";
}

TEST(SignIn, an_unknown_account_and_a_wrong_password_are_told_apart_by_nothing) {
  DirectoryScene scene;
  scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  scene.person("Oswald York", "oswald@example.org");  // has no password yet
  const auto wrong = scene.sign_in("hilda@example.org", "wrong horse", k_session);
  const auto unknown = scene.sign_in("nobody@example.org", "wrong horse", k_session);
  const auto without_password = scene.sign_in("oswald@example.org", "wrong horse", k_session);
  ASSERT_FALSE(wrong);
  ASSERT_FALSE(unknown);
  ASSERT_FALSE(without_password);
  EXPECT_EQ(code_of(wrong), "sign_in_failed");
  EXPECT_EQ(to_problem(wrong.error(), "t"), to_problem(unknown.error(), "t"));
  EXPECT_EQ(to_problem(wrong.error(), "t"), to_problem(without_password.error(), "t"));
  EXPECT_TRUE(scene.world().keys("sessions/" + k_session, "gateway").empty());
}

TEST(SignIn, an_erased_account_cannot_sign_in) {
  DirectoryScene scene;
  scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  scene.world().texts.clear();
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", "correct horse", k_session)), "sign_in_failed");
  scene.world().rebuild();
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", "correct horse", k_session)), "sign_in_failed");
}

TEST(SignIn, refuses_a_session_name_that_cannot_be_a_hash) {
  DirectoryScene scene;
  const auto refused = scene.sign_in("hilda@example.org", "correct horse", "../../rights/SOMEBODY");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().pointer, "/session");
}

TEST(SignIn, refuses_to_start_the_same_session_twice_even_after_its_end) {
  DirectoryScene scene;
  scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  ASSERT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_session));
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", "correct horse", k_session)), "already_exists");
  ASSERT_TRUE(scene.send(scene.admin, wire::EndSession{{k_session}}));
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", "correct horse", k_session)), "already_exists");
}

TEST(SignIn, whoever_guesses_does_not_keep_the_owner_out_on_a_device_of_theirs) {
  DirectoryScene scene;
  scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  scene.person("Oswald York", "oswald@example.org", "another horse");
  const auto signs_in = [&](const std::string& email, const std::string& password, const std::string& session, const std::string& device) {
    return scene.send(visitor(), wire::StartSession{{email}, {password}, {session}, {}, Text<0, 500>{device}});
  };
  const auto first = scene.sign_in("hilda@example.org", "correct horse", k_session);
  const auto other = scene.sign_in("oswald@example.org", "another horse", k_other_session);
  ASSERT_TRUE(first && other);
  const std::string hers(string_at(*first, "known_device")), his(string_at(*other, "known_device"));
  for (int i = 0; i < 5; ++i) (void)scene.sign_in("hilda@example.org", "wrong horse", k_session);
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", "correct horse", "c" + k_session.substr(1))), "rate_limited");
  EXPECT_EQ(code_of(signs_in("hilda@example.org", "correct horse", "d" + k_session.substr(1), his)), "rate_limited");
  EXPECT_EQ(code_of(signs_in("hilda@example.org", "correct horse", "e" + k_session.substr(1), "a seal of one's own")), "rate_limited");
  EXPECT_TRUE(signs_in("hilda@example.org", "correct horse", "f" + k_session.substr(1), hers));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(code_of(signs_in("hilda@example.org", "wrong horse", k_session, hers)), "sign_in_failed");
  EXPECT_EQ(code_of(signs_in("hilda@example.org", "correct horse", "g" + k_session.substr(1), hers)), "rate_limited")
      << "a device that was taken away guesses no faster";
}

TEST(Renewing, gives_the_session_another_name_and_nothing_more) {
  DirectoryScene scene;
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  ASSERT_TRUE(scene.send(visitor(), wire::StartSession{{"hilda@example.org"}, {"correct horse"}, {k_session}, Text<0, 200>{"Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"}}));
  const auto row = [&](const std::string& session) { return scene.world().row_as<wire::AccountSessionView>("account/" + hilda.str(), "self", "session/" + session); };
  const auto before = *row(k_session);
  Actor self = person(hilda);
  self.session = k_session;
  scene.world().now += std::chrono::hours(2);
  ASSERT_TRUE(scene.send(self, wire::RenewSession{{k_other_session}}));
  EXPECT_FALSE(row(k_session));
  EXPECT_TRUE(scene.world().keys("sessions/" + k_session, "gateway").empty()) << "what opened it opens nothing any more";
  ASSERT_TRUE(row(k_other_session));
  EXPECT_EQ(row(k_other_session)->device, before.device);
  EXPECT_EQ(row(k_other_session)->expires_at, before.expires_at) << "it runs out when it would have";
  EXPECT_EQ(code_of(scene.send(self, wire::RenewSession{{"c" + k_session.substr(1)}})), "not_signed_in") << "the earlier name is over";
  self.session = k_other_session;
  EXPECT_EQ(code_of(scene.send(self, wire::RenewSession{{k_session}})), "already_exists");
  EXPECT_EQ(code_of(scene.send(self, wire::RenewSession{{"../../rights/SOMEBODYSOMEBODY"}})), "invalid_arguments");
  Actor other = person(id_of<PersonId>("somebody"));
  other.session = k_other_session;
  EXPECT_EQ(code_of(scene.send(other, wire::RenewSession{{"c" + k_session.substr(1)}})), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::RenewSession{{"c" + k_session.substr(1)}})), "not_signed_in");
  scene.world().now += std::chrono::hours(10);
  EXPECT_EQ(code_of(scene.send(self, wire::RenewSession{{"c" + k_session.substr(1)}})), "not_signed_in") << "it has run out";
}

TEST(SignOut, a_person_ends_their_own_session_once_and_again_without_harm) {
  DirectoryScene scene;
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  ASSERT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_session));
  Actor self = person(hilda);
  self.session = k_session;
  ASSERT_TRUE(scene.send(self, wire::EndSession{{k_session}}));
  EXPECT_TRUE(scene.world().keys("sessions/" + k_session, "gateway").empty());
  const auto events = scene.world().log.size();
  ASSERT_TRUE(scene.send(self, wire::EndSession{{k_session}}));
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST(SignOut, somebody_elses_session_does_not_exist_for_others) {
  DirectoryScene scene;
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  ASSERT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_session));
  Actor other = person(id_of<PersonId>("somebody"));
  other.session = k_other_session;
  EXPECT_EQ(code_of(scene.send(other, wire::EndSession{{k_session}})), "not_found");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::EndSession{{k_session}})), "not_found");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::EndSession{{k_other_session}})), "not_found");
  EXPECT_FALSE(scene.world().keys("sessions/" + k_session, "gateway").empty());
}

TEST(Registering, an_address_can_be_used_once) {
  DirectoryScene scene;
  scene.person("Hilda Whitby", "hilda@example.org");
  const auto refused =
      scene.send(scene.admin, wire::RegisterPerson{{"Another"}, {"hilda@example.org"}, {}, {}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(code_of(refused), "already_exists");
  EXPECT_EQ(refused.error().errors.front().pointer, "/email");
}

TEST(Registering, an_address_taken_while_the_password_was_hashed_is_refused) {
  DirectoryScene scene;
  const auto& rules = scene.definition().commands.find(wire::RegisterPerson::k_name)->second;
  const json::object args = {{"name", "Another"}, {"email", "hilda@example.org"}};
  const auto decide = rules.prepare(args, scene.admin, WorldReader(scene.world()));
  ASSERT_TRUE(decide);
  scene.person("Hilda Whitby", "hilda@example.org");
  WorldContext context(scene.world(), scene.admin);
  const auto verdict = (*decide)(context, [&](std::string_view kind, std::string_view id) -> const std::any& {
    return scene.world().state(kind, id);
  });
  EXPECT_EQ(code_of(verdict), "already_exists");
}

TEST(Registering, refuses_an_unknown_organisation) {
  DirectoryScene scene;
  const auto refused = scene.send(
      scene.admin,
      wire::RegisterPerson{{"Hilda"}, {"hilda@example.org"}, id_of<OrganisationId>("nowhere"), {}, {}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().errors.front().pointer, "/organisation");
}

TEST(Registering, gives_rights_with_the_name_and_tells_others) {
  DirectoryScene scene;
  const auto cumbria = scene.organisation("Cumbria LEP");
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", {}, cumbria);
  const auto rights =
      scene.world().row_as<wire::RightsPersonView>("rights/" + hilda.str(), "gateway", "person");
  ASSERT_TRUE(rights);
  EXPECT_EQ(rights->name, "Hilda Whitby");
  EXPECT_FALSE(rights->is_administrator);
  const auto heard = scene.published();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard.front().first, wire::PersonRegisteredNotice::k_type);
  const auto notice = codec::decode<wire::PersonRegisteredNotice>(heard.front().second);
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->person, hilda);
  EXPECT_EQ(notice->organisation, "Cumbria LEP");

  const auto root =
      scene.made("person", scene.admin, wire::RegisterPerson{{"Root"}, {"root@example.org"}, {}, {}, true});
  EXPECT_TRUE(
      scene.world().row_as<wire::RightsPersonView>("rights/" + root, "gateway", "person")->is_administrator);
}

TEST(Registering, names_addresses_and_passwords_stay_out_of_events_and_addresses_out_of_what_others_see) {
  DirectoryScene scene;
  const auto council = scene.body();
  const auto hilda = scene.person("Hilda Whitby", "hilda@example.org", "correct horse");
  const auto seat = scene.seat(council, "Chair, Cumbria LEP");
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda}));
  ASSERT_TRUE(scene.sign_in("hilda@example.org", "correct horse", k_session));
  const auto events = scene.world().all_events();
  for (const auto* secret : {"Hilda", "hilda@", "correct horse", "$argon2"}) {
    EXPECT_EQ(events.find(secret), std::string::npos) << secret;
  }
  for (const auto* audience : {"public", "gateway", "member"}) {
    EXPECT_EQ(scene.world().all_of(audience).find("hilda@"), std::string::npos) << audience;
    EXPECT_EQ(scene.world().all_of(audience).find("$argon2"), std::string::npos) << audience;
  }
  for (const auto& [type, data] : scene.published()) {
    EXPECT_EQ(json::serialize(data).find("hilda@"), std::string::npos) << type;
  }
}

}  // namespace
}  // namespace witan::test
