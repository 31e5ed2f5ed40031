#include <gmock/gmock.h>

#include <algorithm>

#include "infra/nats/config.hpp"

namespace witan::nats {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// Whether a subject matches a pattern with `*` and `>`, as nats-server sees it.
bool matches(std::string_view pattern, std::string_view subject) {
  while (true) {
    const auto p = pattern.substr(0, pattern.find('.')), s = subject.substr(0, subject.find('.'));
    if (p == ">") return !subject.empty();
    if (p != "*" && p != s) return false;
    const bool pattern_ends = p.size() == pattern.size(), subject_ends = s.size() == subject.size();
    if (pattern_ends || subject_ends) return pattern_ends && subject_ends;
    pattern.remove_prefix(p.size() + 1);
    subject.remove_prefix(s.size() + 1);
  }
}

bool may(const std::vector<std::string>& allowed, std::string_view subject) {
  return std::any_of(allowed.begin(), allowed.end(), [&](const auto& pattern) { return matches(pattern, subject); });
}

TEST(BusUsers, only_the_gateway_and_the_operator_may_send_commands) {
  for (const auto& user : users()) {
    const bool is_front = user == "gateway" || user == "operator";
    EXPECT_EQ(may(permissions_of(user).publish, "cmd.meetings"), is_front) << user;
  }
}

TEST(BusUsers, only_the_gateway_may_ask_for_views) {
  for (const auto& user : users()) EXPECT_EQ(may(permissions_of(user).publish, "view.meetings"), user == "gateway") << user;
}

TEST(BusUsers, a_service_speaks_only_in_its_own_name) {
  for (const auto& me : services()) {
    for (const auto& other : services()) {
      const auto can = permissions_of(me);
      EXPECT_EQ(may(can.publish, "evt." + other + ".thing"), me == other) << me << " as " << other;
      EXPECT_EQ(may(can.publish, "live." + other + ".change.public.x"), me == other) << me << " as " << other;
      EXPECT_EQ(may(can.subscribe, "cmd." + other), me == other) << me << " as " << other;
      EXPECT_EQ(may(can.publish, "$JS.API.DIRECT.GET.EVT_" + other), me == other) << me << " as " << other;
      EXPECT_EQ(may(can.publish, "empty." + other), me == other) << me << " as " << other;
    }
  }
}

TEST(BusUsers, a_service_reads_another_ones_events_only_through_its_own_consumer) {
  const auto can = permissions_of("advisory");
  EXPECT_TRUE(may(can.publish, "$JS.API.CONSUMER.MSG.NEXT.EVT_directory.advisory"));
  EXPECT_TRUE(may(can.publish, "$JS.ACK.EVT_directory.advisory.1.2.3.4.5"));
  EXPECT_FALSE(may(can.publish, "$JS.API.CONSUMER.MSG.NEXT.EVT_directory.meetings"));
  EXPECT_FALSE(may(can.publish, "$JS.ACK.EVT_directory.meetings.1.2.3.4.5"));
  EXPECT_FALSE(may(can.publish, "$JS.API.CONSUMER.DELETE.EVT_directory.advisory"));
}

TEST(BusUsers, a_service_that_follows_nobody_has_no_consumer) {
  for (const auto& other : services()) {
    EXPECT_FALSE(may(permissions_of("directory").publish, "$JS.API.CONSUMER.MSG.NEXT.EVT_" + other + ".directory")) << other;
    EXPECT_FALSE(may(permissions_of("directory").publish, "evt-since." + other)) << other;
  }
}

TEST(BusUsers, only_the_provisioner_makes_and_empties_and_nobody_deletes_or_restores) {
  for (const auto& user : users()) {
    const auto can = permissions_of(user);
    for (const auto* act : {"CREATE", "UPDATE", "PURGE"}) {
      EXPECT_EQ(may(can.publish, std::string("$JS.API.STREAM.") + act + ".EVT_meetings"), user == "provisioner") << user << ' ' << act;
    }
    EXPECT_EQ(may(can.publish, "$JS.API.CONSUMER.DURABLE.CREATE.EVT_directory.meetings"), user == "provisioner") << user;
    for (const auto* act : {"DELETE", "RESTORE", "SNAPSHOT", "MSG.DELETE", "MSG.GET", "INFO"}) {
      EXPECT_FALSE(may(can.publish, std::string("$JS.API.STREAM.") + act + ".EVT_meetings")) << user << ' ' << act;
    }
  }
}

TEST(BusConfig, has_no_door_but_the_accounts) {
  const auto config = server_config({"127.0.0.1", 4999, "/tmp/a \"b\"", [](std::string_view user) { return "secret-of-" + std::string(user); }});
  EXPECT_THAT(config, HasSubstr("host: \"127.0.0.1\""));
  EXPECT_THAT(config, HasSubstr("port: 4999"));
  EXPECT_THAT(config, HasSubstr("\"/tmp/a \\\"b\\\"\""));
  EXPECT_THAT(config, HasSubstr("password: \"secret-of-gateway\""));
  for (const auto* door : {"websocket", "mqtt", "leafnodes", "no_auth_user", "authorization", "http"}) {
    EXPECT_THAT(config, Not(HasSubstr(door)));
  }
}

}  // namespace
}  // namespace witan::nats
