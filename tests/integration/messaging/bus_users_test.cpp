// Who may do what on the bus, asked of a real nats-server for every user and every act. The table is written by hand.
#include <gtest/gtest.h>
#include <nats/nats.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>

#include "infra/nats/config.hpp"
#include "tests/support/nats_server.hpp"

namespace witan::test {
namespace {

const std::vector<std::string> k_none;
const std::vector<std::string> k_provisioner = {"provisioner"};
const std::vector<std::string> k_services = {"directory", "meetings", "advisory", "consultations"};
/// Who takes whose events.
const std::map<std::string, std::vector<std::string>> k_followers = {
    {"directory", {"meetings", "advisory", "consultations"}}, {"meetings", {}}, {"advisory", {}}, {"consultations", {}}};

struct Act {
  bool is_publish;
  std::string subject;
  std::vector<std::string> allowed;  ///< Everyone else is refused.
};

using Publish = std::function<void(std::string subject, std::vector<std::string> allowed)>;

/// What JetStream can be asked to do with a stream and with its consumers. Making, changing and emptying is the
/// provisioner's; a service reads its own newest event, and takes what it follows through its own consumer.
void add_jetstream_acts_on(const std::string& service, const Publish& publish) {
  const auto stream = "EVT_" + service;
  const auto& followers = k_followers.at(service);
  for (const auto* act : {"CREATE", "UPDATE", "PURGE"}) publish(std::string("$JS.API.STREAM.") + act + "." + stream, k_provisioner);
  for (const auto* act : {"INFO", "MSG.GET", "MSG.DELETE", "DELETE", "SNAPSHOT", "RESTORE", "LEADER.STEPDOWN", "PEER.REMOVE"}) {
    publish(std::string("$JS.API.STREAM.") + act + "." + stream, k_none);
  }
  publish("$JS.API.DIRECT.GET." + stream, {service});
  publish("$JS.API.DIRECT.GET." + stream + ".evt." + service + ".thing", k_none);
  for (const auto& reader : {"directory", "meetings", "advisory", "consultations", "gateway", "operator", "stranger"}) {
    const auto consumer = stream + "." + reader;
    const bool follows = std::find(followers.begin(), followers.end(), reader) != followers.end();
    const auto own = follows ? std::vector<std::string>{reader} : k_none;
    const auto made_by = follows ? k_provisioner : k_none;
    publish("$JS.API.CONSUMER.DURABLE.CREATE." + consumer, made_by);
    publish("$JS.API.CONSUMER.CREATE." + consumer, made_by);
    publish("$JS.API.CONSUMER.CREATE." + consumer + ".evt." + service + ".thing", made_by);
    publish("$JS.API.CONSUMER.INFO." + consumer, own);
    publish("$JS.API.CONSUMER.MSG.NEXT." + consumer, own);
    publish("$JS.ACK." + consumer + ".1.2.3.4.5", own);
    for (const auto* act : {"DELETE", "LEADER.STEPDOWN"}) publish(std::string("$JS.API.CONSUMER.") + act + "." + consumer, k_none);
  }
  for (const auto* act : {"CREATE", "NAMES", "LIST"}) publish(std::string("$JS.API.CONSUMER.") + act + "." + stream, k_none);
}

void add_acts_on(const std::string& service, std::vector<Act>& acts) {
  const auto publish = [&](std::string subject, std::vector<std::string> allowed) {
    acts.push_back({true, std::move(subject), std::move(allowed)});
  };
  const auto subscribe = [&](std::string subject, std::vector<std::string> allowed) {
    acts.push_back({false, std::move(subject), std::move(allowed)});
  };
  publish("cmd." + service, {"gateway", "operator"});
  publish("view." + service, {"gateway"});
  publish("metrics." + service, {"gateway"});
  publish("audit." + service, {"gateway"});
  publish("use." + service, {"gateway"});
  publish("files." + service + ".put", {"gateway"});
  publish("files." + service + ".get", {"gateway"});
  publish("evt." + service + ".thing", {service});
  publish("live." + service + ".changes", {service});
  publish("evt-since." + service, k_followers.at(service));
  publish("empty." + service, {service});
  add_jetstream_acts_on(service, publish);
  subscribe("cmd." + service, {service});
  subscribe("view." + service, {service});
  subscribe("evt-since." + service, {service});
  subscribe("metrics." + service, {service});
  subscribe("audit." + service, {service});
  subscribe("use." + service, {service});
  subscribe("files." + service + ".put", {service});
  subscribe("files." + service + ".get", {service});
  subscribe("empty." + service, k_provisioner);
  subscribe("evt." + service + ".>", k_none);
  subscribe("live." + service + ".changes", {"gateway"});
}

std::vector<Act> every_act() {
  std::vector<Act> acts;
  for (const auto& service : k_services) add_acts_on(service, acts);
  for (const auto& user : nats::users()) {
    acts.push_back({false, "_I." + user + ".>", {user}});
    acts.push_back({true, "_I." + user + ".forged", k_none});
  }
  for (const auto* subject : {"_INBOX.>", "_I.>", ">", "*.>", "evt.>", "cmd.>", "view.>", "audit.>", "use.>", "files.>", "empty.*", "empty.>", "now", "$JS.>", "$JS.API.>", "$SYS.>"}) {
    acts.push_back({false, subject, k_none});
  }
  acts.push_back({false, "live.>", {"gateway"}});
  for (const auto* subject : {"now.>", "now.meetings.*"}) acts.push_back({false, subject, {"gateway"}});
  acts.push_back({true, "now.meetings.m1", {"gateway"}});
  acts.push_back({true, "now", k_none});
  for (const auto* subject : {"$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.API.STREAM.LIST", "$JS.API.STREAM.CREATE.EVT_new", "$JS.API.STREAM.RESTORE.EVT_new", "$JS.API.ACCOUNT.INFO", "$SYS.REQ.SERVER.PING"}) {
    acts.push_back({true, subject, k_none});
  }
  return acts;
}

struct Freed {
  void operator()(natsOptions* options) const { natsOptions_Destroy(options); }
  void operator()(natsConnection* connection) const { natsConnection_Destroy(connection); }
  void operator()(natsSubscription* subscription) const { natsSubscription_Destroy(subscription); }
};

class BusUsers : public testing::Test {
 protected:
  using Options = std::unique_ptr<natsOptions, Freed>;
  using Connected = std::unique_ptr<natsConnection, Freed>;

  Connected connect(const std::string& user, const std::string& password) {
    natsOptions* made = nullptr;
    natsOptions_Create(&made);
    const Options options(made);
    natsOptions_SetURL(made, server.url().c_str());
    if (!user.empty()) natsOptions_SetUserInfo(made, user.c_str(), password.c_str());
    natsOptions_SetAllowReconnect(made, false);
    natsConnection* connection = nullptr;
    return natsConnection_Connect(&connection, made) == NATS_OK ? Connected(connection) : nullptr;
  }

  /// Whether the server lets the user do it. A connection of its own, since the last error stays with a connection.
  bool may(const std::string& user, const Act& act) {
    const auto connection = connect(user, "secret-of-" + user);
    if (!connection) throw std::runtime_error(user + " cannot connect");
    natsSubscription* made = nullptr;
    if (act.is_publish) natsConnection_PublishString(connection.get(), act.subject.c_str(), "x");
    else natsConnection_SubscribeSync(&made, connection.get(), act.subject.c_str());
    const std::unique_ptr<natsSubscription, Freed> subscription(made);
    natsConnection_FlushTimeout(connection.get(), 5000);   // the refusal comes before the answer to this
    const char* text = nullptr;
    return natsConnection_GetLastError(connection.get(), &text) != NATS_NOT_PERMITTED;
  }

  NatsServer server{nats::accounts_config([](std::string_view user) { return "secret-of-" + std::string(user); })};
};

TEST_F(BusUsers, may_do_what_the_table_says_and_nothing_else) {
  const auto acts = every_act();
  ASSERT_GT(acts.size(), 350U);
  for (const auto& act : acts) {
    for (const auto& user : nats::users()) {
      const bool is_allowed = std::find(act.allowed.begin(), act.allowed.end(), user) != act.allowed.end();
      EXPECT_EQ(may(user, act), is_allowed) << user << (act.is_publish ? " publishes " : " subscribes ") << act.subject;
    }
  }
}

TEST_F(BusUsers, nobody_comes_in_without_their_password) {
  EXPECT_TRUE(connect("gateway", "secret-of-gateway"));
  EXPECT_FALSE(connect("gateway", "secret-of-directory"));
  EXPECT_FALSE(connect("stranger", "secret-of-stranger"));
  EXPECT_FALSE(connect("", ""));
}

}  // namespace
}  // namespace witan::test
