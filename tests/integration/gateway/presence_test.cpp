#include "shared/contract/presence.hpp"
#include "shared/contract/topics.hpp"
#include "tests/integration/gateway/scene.hpp"

/// Who is at a meeting's page, through real gateways and a real bus.
namespace witan::test {
namespace {

using contract::directory::PresenceShown;
const std::string k_about = "meetings/bbbbbbbbbbbbbbbbbbbbbbbbbb";
const std::string k_topic = "now/" + k_about;
const std::string k_item = "agenda/iiiiiiiiiiiiiiiiiiiiiiiiii";
const std::string k_body = "dddddddddddddddddddddddddd";

class PresenceOverTheBus : public Scene {
 protected:
  void SetUp() override {
    open_to(true);
    for (const auto* audience : {"staff", "member", "public"}) meetings.put(k_about, audience, "meeting", json::object{{"title", "June"}});
    meetings.put(k_about, "staff", k_item, json::object{{"number", "3"}, {"title", "Land"}});
  }
  void open_to(bool everyone) {
    std::vector<AccessRule> rules{{"staff", Who::roles, {}, k_body, {Role::secretary}}, {"member", Who::roles, {}, k_body, {}}};
    if (everyone) rules.push_back({"public", Who::anyone, {}, {}, {}});
    meetings.access(k_about, rules);
  }
  struct Named {
    PersonId person;
    std::string cookie;
  };
  Named named(const std::string& name, Role role = Role::member, bool is_auditor = false) {
    const Named made{PersonId::random(), {}};
    auto cookie = sign_in(made.person, k_body, role);
    chooses(made.person, name, PresenceShown::members, is_auditor);
    return {made.person, std::move(cookie)};
  }
  void chooses(const PersonId& person, const std::string& name, PresenceShown shown, bool is_auditor = false) {
    directory.put("rights/" + person.str(), "gateway", "person",
                  codec::encode(contract::directory::RightsPersonView{person, name, false, is_auditor, false, shown}));
  }
  static json::object entities(const std::optional<json::object>& frame) {
    const auto* found = frame ? object_at(*frame, "entities") : nullptr;
    return found ? *found : json::object();
  }
  static std::string words(const json::object& rows) {
    const auto* here = object_at(rows, "here");
    return here ? std::string(string_at(*here, "words")) : "no answer";
  }
  /// Reads until it is said; every word that came before is in `heard`.
  bool hears(Browser& browser, const std::string& wanted, std::string* heard = nullptr) {
    for (int tries = 0; tries < 20; ++tries) {
      const auto frame = browser.receive();
      if (!frame) return false;
      if (heard) *heard += json::serialize(*frame);
      if (string_at(*frame, "type") == "snapshot" && words(entities(frame)) == wanted) return true;
    }
    return false;
  }
  static std::string problem(Browser& browser) {
    const auto frame = browser.receive_type("problem");
    const auto* problem = frame ? object_at(*frame, "problem") : nullptr;
    return problem ? std::string(string_at(*problem, "code")) : "";
  }
};

TEST_F(PresenceOverTheBus, members_are_named_to_members_and_counted_for_visitors) {
  start_gateway();
  const auto ada = named("Ada"), bea = named("Bea");
  Browser first(port(), {.cookie = ada.cookie});
  first.subscribe(k_topic);
  EXPECT_TRUE(hears(first, "Ada"));
  Browser visitor(port());
  visitor.subscribe(k_topic);
  std::string heard;
  EXPECT_TRUE(hears(visitor, "2 people", &heard));
  Browser second(port(), {.cookie = bea.cookie});
  second.subscribe(k_topic);
  EXPECT_TRUE(hears(first, "Ada, Bea and 1 other"));
  EXPECT_TRUE(hears(visitor, "3 people", &heard));
  EXPECT_EQ(heard.find("Ada"), std::string::npos);
  EXPECT_EQ(heard.find(ada.person.str()), std::string::npos);

  chooses(ada.person, "Ada", PresenceShown::everyone);
  EXPECT_TRUE(hears(visitor, "Ada and 2 others"));
  chooses(ada.person, "Ada", PresenceShown::nobody);
  EXPECT_TRUE(hears(visitor, "2 people"));
  EXPECT_TRUE(hears(second, "Bea and 1 other"));
}

TEST_F(PresenceOverTheBus, whoever_may_not_see_the_topic_is_told_nothing_and_whoever_may_no_longer_nothing_more) {
  open_to(false);
  start_gateway();
  const auto ada = named("Ada");
  Browser visitor(port());
  for (const auto& topic : {k_topic, "now/meetings/" + std::string(26, 'z'), std::string("now/people"), std::string("now/now/meetings")}) {
    visitor.subscribe(topic);
    const auto code = problem(visitor);
    EXPECT_TRUE(code == "not_found" || code == "unknown_topic") << topic << code;
  }
  Browser member(port(), {.cookie = ada.cookie});
  member.subscribe(k_topic);
  ASSERT_TRUE(hears(member, "Ada"));
  directory.drop("rights/" + ada.person.str(), "gateway", "seat/1");
  const auto revoked = member.receive_type("revoked");
  ASSERT_TRUE(revoked);
  EXPECT_EQ(string_at(*revoked, "topic"), k_topic);
  const auto bea = named("Bea");
  Browser other(port(), {.cookie = bea.cookie});
  other.subscribe(k_topic);
  EXPECT_TRUE(hears(other, "Bea"));
  EXPECT_FALSE(member.receive(std::chrono::milliseconds(1500)));
}

TEST_F(PresenceOverTheBus, staff_see_who_edits_and_nobody_else_can_say_so) {
  start_gateway();
  const auto sam = named("Sam", Role::secretary), ada = named("Ada"), auditor = named("Aud", Role::secretary, true);
  Browser staff(port(), {.cookie = sam.cookie}), member(port(), {.cookie = ada.cookie}), audit(port(), {.cookie = auditor.cookie}), visitor(port());
  for (auto* browser : {&staff, &member, &audit, &visitor}) {
    browser->subscribe(k_topic);
    ASSERT_TRUE(browser->receive_type("snapshot"));
  }
  const json::object doing{{"type", "doing"}, {"topic", k_topic}, {"editing", k_item}};
  for (auto* browser : {&member, &audit, &visitor}) {
    browser->send(doing);
    EXPECT_EQ(problem(*browser), "forbidden");
  }
  staff.send({{"type", "doing"}, {"topic", k_topic}, {"editing", "agenda/" + std::string(26, 'z')}});
  EXPECT_EQ(problem(staff), "not_found");
  staff.send({{"type", "doing"}, {"topic", k_about}, {"editing", k_item}});
  EXPECT_EQ(problem(staff), "not_found");
  staff.send(doing);
  const auto key = "editing/agenda-" + std::string(26, 'i') + "-" + sam.person.str();
  for (;;) {
    const auto rows = entities(audit.receive_type("snapshot"));
    ASSERT_FALSE(rows.empty());
    if (rows.contains(key)) break;
  }
  while (const auto frame = member.receive(std::chrono::milliseconds(1500))) EXPECT_FALSE(entities(frame).contains(key));
}

TEST_F(PresenceOverTheBus, two_gateways_know_of_each_others_readers) {
  start_gateway();
  RunningGateway other(nats.url(), {});
  const auto ada = named("Ada"), bea = named("Bea");
  Browser here(port(), {.cookie = ada.cookie});
  here.subscribe(k_topic);
  ASSERT_TRUE(hears(here, "Ada"));
  ASSERT_TRUE(eventually(std::chrono::seconds(10), [&] { return request(other.port(), "GET", "/readyz").problem().at("missing").as_array().size() == 2; }));
  Browser same(other.port(), {.cookie = ada.cookie});
  same.subscribe(k_topic);
  ASSERT_TRUE(same.receive_type("snapshot"));
  {
    Browser there(other.port(), {.cookie = bea.cookie});
    there.subscribe(k_topic);
    EXPECT_TRUE(hears(here, "Ada and Bea"));
    EXPECT_TRUE(hears(there, "Ada and Bea"));
  }
  EXPECT_TRUE(hears(here, "Ada")) << "Bea has left; Ada is there twice and counts once";
}

TEST_F(PresenceOverTheBus, nonsense_from_the_bus_changes_nothing) {
  start_gateway();
  const auto ada = named("Ada");
  Browser member(port(), {.cookie = ada.cookie});
  member.subscribe(k_topic);
  ASSERT_TRUE(hears(member, "Ada"));
  messaging::BusOptions options;
  options.url = nats.url();
  options.name = "somebody";
  const auto bus = messaging::Bus::connect(options);
  const live::NowPart good{"another", k_about, false, {}, 2};
  for (const auto& text : {std::string(), std::string("{"), std::string(300'000, '['), std::string(R"({"gateway":1})"), json::serialize(codec::encode(live::NowPart{"another", k_about, true, {}, -4}))}) {
    bus->publish(subjects::presence(k_about), text);
  }
  bus->publish(subjects::presence(k_about), json::serialize(codec::encode(good)));
  EXPECT_TRUE(hears(member, "Ada and 2 others"));
}

}  // namespace
}  // namespace witan::test
