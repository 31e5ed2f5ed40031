#include <gtest/gtest.h>

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/labels.hpp"
#include "services/directory/domain/rows.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_email = "hilda@example.org";
const std::string k_password = "correct horse";

/// 52 characters of base32, another for each number.
std::string session(int number) {
  std::string name(52, 'a');
  for (std::size_t i = 0; number > 0; number /= 26, ++i) name[i] = static_cast<char>('a' + number % 26);
  return name;
}

class Account : public testing::Test {
 protected:
  Account() : hilda(scene.person("Hilda Whitby", k_email, k_password)) {}

  Actor self(const std::string& from) const {
    Actor actor = person(hilda);
    actor.session = from;
    return actor;
  }
  void sign_in(const std::string& name) { ASSERT_TRUE(scene.sign_in(k_email, k_password, name)); }
  bool is_alive(const std::string& name) { return !scene.world().keys("sessions/" + name, "gateway").empty(); }
  bool is_listed(const std::string& name) {
    return scene.world().row_as<wire::AccountSessionView>("account/" + hilda.str(), "self", "session/" + name).has_value();
  }
  Result<json::object> change(const Actor& actor, const std::string& from, const std::string& to) {
    return scene.send(actor, wire::ChangePassword{{from}, {to}});
  }

  DirectoryScene scene;
  const PersonId hilda;
  const std::string phone = session(1), desk = session(2), tablet = session(3);
};

TEST_F(Account, is_seen_by_its_person_and_by_administrators_only) {
  const auto topic = "account/" + hilda.str();
  EXPECT_EQ(service_of_topic(topic), "directory");
  EXPECT_EQ(scene.world().audience(topic, person(hilda)), "self");
  EXPECT_EQ(scene.world().audience(topic, administrator()), "self");
  EXPECT_FALSE(scene.world().audience(topic, visitor()));
  EXPECT_FALSE(scene.world().audience(topic, person(id_of<PersonId>("somebody"))));
  const auto body = scene.body();
  EXPECT_FALSE(scene.world().audience(topic, holder(id_of<PersonId>("somebody"), body.str(), Role::secretary)));
}

TEST_F(Account, is_listed_for_administrators_only) {
  EXPECT_EQ(scene.world().audience("people", administrator()), "staff");
  const auto council = scene.body();
  for (const auto& other : {visitor(), person(hilda), holder(hilda, council.str(), Role::secretary),
                            holder(hilda, council.str(), Role::administrator)}) {
    EXPECT_FALSE(scene.world().audience("people", other));
  }
  const auto row = scene.world().row_as<wire::PersonView>("people", "staff", "person/" + hilda.str());
  ASSERT_TRUE(row);
  EXPECT_EQ(row->name, "Hilda Whitby");
  EXPECT_EQ(row->email, k_email);
  EXPECT_EQ(row->href, "/people/" + hilda.str());
}

TEST_F(Account, lists_where_the_person_is_signed_in_newest_first_and_what_has_ended_no_more) {
  ASSERT_TRUE(scene.send(visitor(), wire::StartSession{{k_email}, {k_password}, {phone}, Text<0, 200>{"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}}));
  scene.world().now += std::chrono::minutes(5);
  sign_in(desk);
  const auto listed = directory::sessions_of(WorldReader(scene.world()), hilda);
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[0].session, desk);
  EXPECT_EQ(listed[0].device, "Unknown device");
  EXPECT_EQ(listed[1].device, "Firefox on Linux");
  EXPECT_EQ(listed[1].started, uk_time::date_and_time(scene.world().now - std::chrono::minutes(5)));
  ASSERT_TRUE(scene.send(self(desk), wire::EndSession{{phone}}));
  EXPECT_FALSE(is_alive(phone));
  EXPECT_FALSE(is_listed(phone));
  EXPECT_TRUE(is_listed(desk));
}

TEST_F(Account, a_session_that_has_run_out_leaves_the_list_at_the_next_sign_in) {
  sign_in(phone);
  scene.world().now += directory::k_session_lasts;
  sign_in(desk);
  EXPECT_FALSE(is_listed(phone));
  EXPECT_FALSE(is_alive(phone));
  EXPECT_TRUE(is_alive(desk));
}

TEST_F(Account, one_session_too_many_ends_the_oldest) {
  scene.world().now += std::chrono::seconds(1);
  for (std::size_t i = 0; i < directory::k_sessions_max; ++i) {
    // As it stands in the log, without the cost of a password each.
    const auto name = session(static_cast<int>(100 + i));
    scene.world().append("session", name, "session_started",
                         codec::encode(directory::SessionStarted{name, hilda, scene.world().now, scene.world().now + directory::k_session_lasts, {}, {}}), hilda);
    scene.world().now += std::chrono::seconds(1);
  }
  sign_in(phone);
  EXPECT_FALSE(is_alive(session(100)));
  EXPECT_TRUE(is_alive(session(101)));
  EXPECT_EQ(directory::sessions_of(WorldReader(scene.world()), hilda).size(), directory::k_sessions_max);
}

TEST_F(Account, all_other_sessions_end_at_once) {
  for (const auto& name : {phone, desk, tablet}) sign_in(name);
  const auto result = scene.send(self(desk), wire::EndSessions{hilda, Text<20, 100>{desk}});
  ASSERT_TRUE(result);
  EXPECT_EQ(string_at(*result, "ended"), "2");
  EXPECT_TRUE(is_alive(desk));
  EXPECT_FALSE(is_alive(phone));
  EXPECT_FALSE(is_alive(tablet));
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(self(desk), wire::EndSessions{hilda, Text<20, 100>{desk}}));
  EXPECT_EQ(scene.world().log.size(), events) << "nothing needed to change";
  ASSERT_TRUE(scene.send(administrator(), wire::EndSessions{hilda, {}}));
  EXPECT_FALSE(is_alive(desk));
}

TEST_F(Account, somebody_elses_sessions_do_not_exist_for_others) {
  sign_in(phone);
  const auto other = person(id_of<PersonId>("somebody"));
  EXPECT_EQ(code_of(scene.send(other, wire::EndSessions{hilda, {}})), "not_found");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::EndSessions{hilda, {}})), "not_found");
  EXPECT_EQ(code_of(scene.send(administrator(), wire::EndSessions{id_of<PersonId>("somebody"), {}})), "not_found");
  EXPECT_TRUE(is_alive(phone));
}

TEST_F(Account, a_new_password_replaces_the_old_one_and_ends_all_other_sessions) {
  sign_in(phone);
  sign_in(desk);
  const auto result = change(self(desk), k_password, "battery staple and more");
  ASSERT_TRUE(result);
  EXPECT_EQ(string_at(*result, "ended"), "1");
  EXPECT_TRUE(is_alive(desk));
  EXPECT_FALSE(is_alive(phone));
  EXPECT_EQ(code_of(scene.sign_in(k_email, k_password, tablet)), "sign_in_failed");
  EXPECT_TRUE(scene.sign_in(k_email, "battery staple and more", tablet));
  const auto events = scene.world().all_events();
  EXPECT_EQ(events.find("battery"), std::string::npos);
  EXPECT_EQ(events.find("$argon2"), std::string::npos);
}

TEST_F(Account, a_password_that_was_looked_at_before_it_was_changed_counts_no_more) {
  sign_in(desk);
  const auto prepared = [&](std::string_view name, const json::object& args, const Actor& actor) {
    auto decide = scene.definition().commands.find(name)->second.prepare(args, actor, WorldReader(scene.world()));
    EXPECT_TRUE(decide);
    return *decide;
  };
  const auto decided = [&](const service::Decide& decide, const Actor& actor) {
    WorldContext context(scene.world(), actor);
    return decide(context, [&](std::string_view kind, std::string_view id) -> const std::any& { return scene.world().state(kind, id); });
  };
  const auto late_sign_in = prepared(wire::StartSession::k_name, codec::encode(wire::StartSession{{k_email}, {k_password}, {phone}, {}}).as_object(), visitor());
  const auto late_change = prepared(wire::ChangePassword::k_name, codec::encode(wire::ChangePassword{{k_password}, {"another long password"}}).as_object(), self(desk));
  ASSERT_TRUE(change(self(desk), k_password, "battery staple and more"));
  EXPECT_EQ(code_of(decided(late_sign_in, visitor())), "sign_in_failed");
  EXPECT_EQ(code_of(decided(late_change, self(desk))), "invalid_arguments");
}

TEST_F(Account, ending_a_session_that_ended_with_others_changes_nothing) {
  for (const auto& name : {phone, desk}) sign_in(name);
  ASSERT_TRUE(scene.send(self(desk), wire::EndSessions{hilda, Text<20, 100>{desk}}));
  const auto events = scene.world().log.size();
  EXPECT_TRUE(scene.send(self(desk), wire::EndSession{{phone}}));
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Account, refuses_a_wrong_present_password_and_a_weak_or_equal_new_one) {
  sign_in(desk);
  const auto refused_at = [&](const std::string& from, const std::string& to) {
    const auto refused = change(self(desk), from, to);
    return refused || refused.error().errors.empty() ? "nowhere" : refused.error().errors.front().pointer;
  };
  EXPECT_EQ(refused_at("wrong horse", "battery staple and more"), "/current_password");
  EXPECT_EQ(refused_at(k_password, "elevenchars"), "/new_password");
  EXPECT_EQ(refused_at(k_password, k_password), "/new_password");
  EXPECT_TRUE(change(self(desk), k_password, "éèêëàâäîïôöù")) << "twelve characters, whatever their bytes";
  EXPECT_EQ(code_of(change(visitor(), k_password, "battery staple and more")), "not_signed_in");
}

TEST_F(Account, guessing_is_slowed_down_alike_for_known_and_unknown_addresses) {
  std::vector<Rejection> refusals;
  for (const auto* email : {"hilda@example.org", "nobody@example.org"}) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(code_of(scene.sign_in(email, "wrong horse", phone)), "sign_in_failed");
    const auto refused = scene.sign_in(email, k_password, phone);
    ASSERT_FALSE(refused);
    refusals.push_back(refused.error());
  }
  EXPECT_EQ(to_problem(refusals[0], "t"), to_problem(refusals[1], "t"));
  EXPECT_EQ(refusals[0].code, ErrorCode::rate_limited);
  EXPECT_EQ(refusals[0].extra.at("retry_after_s").as_int64(), 1);
  EXPECT_FALSE(is_alive(phone));
}

TEST(DeviceLabel, names_browser_and_system) {
  using directory::device_label;
  EXPECT_EQ(device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36 Edg/129.0.0.0"), "Edge on Windows");
  EXPECT_EQ(device_label("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"), "Safari on iPhone");
  EXPECT_EQ(device_label("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Mobile Safari/537.36"), "Chrome on Android");
  EXPECT_EQ(device_label("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.6; rv:130.0) Gecko/20100101 Firefox/130.0"), "Firefox on Mac");
  EXPECT_EQ(device_label("api"), "A program");
  EXPECT_EQ(device_label("curl/8.5.0"), "Unknown device");
  EXPECT_EQ(device_label(""), "Unknown device");
}

}  // namespace
}  // namespace witan::test
