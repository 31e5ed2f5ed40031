// The provisioner and the services as the users that they are in production, on a real nats-server.
#include <fstream>

#include <boost/asio/io_context.hpp>
#include <nats/nats.h>

#include "infra/provisioner/provisioner.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/messaging/emptying.hpp"
#include "tests/integration/messaging/bus_scene.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::messaging::test {
namespace {

class Provisioning : public ::testing::Test {
 protected:
  Provisioning() {
    for (const auto& user : nats::users()) std::ofstream(folder.file(user)) << "secret-of-" << user;
    provision();
  }
  ~Provisioning() override { pool.join(); }

  BusOptions options_of(const std::string& user) { return {server.url(), user, folder.file(user), user, {}}; }
  void provision() { provisioner = std::make_unique<provision::Provisioner>(options_of("provisioner"), nats::layout()); }
  std::shared_ptr<Bus> connect(const std::string& user) {
    auto bus = Bus::connect(options_of(user));
    EXPECT_TRUE(eventually(k_soon, [&] { return bus->is_connected(); }));
    return bus;
  }
  static bool has_stream(Bus& bus, const std::string& service) {
    try {
      bus.last_event("EVT_" + service);
      return true;
    } catch (const MessagingFailure&) {
      return false;
    }
  }
  static void publish(Bus& bus, const std::string& service, int first, int last) {
    std::vector<OutgoingEvent> events;
    for (int i = first; i <= last; ++i) events.push_back({"evt." + service + ".thing", std::to_string(i), service + std::to_string(i)});
    bus.publish_events(events);
  }
  static std::string newest(Bus& directory) {
    const auto event = directory.last_event("EVT_directory");
    return event ? event->payload : "nothing";
  }
  /// Everything that `reader` can take of directory's, once it has its consumer.
  static std::vector<std::string> taken(Bus& bus, const std::string& reader) {
    std::vector<std::unique_ptr<FetchedEvent>> events;
    EXPECT_TRUE(eventually(k_soon, [&] {
      try {
        events = bus.fetch("EVT_directory", reader, "evt.directory.>", 100, 2s);
        return true;
      } catch (const MessagingFailure&) {
        return false;
      }
    }));
    std::vector<std::string> texts;
    for (const auto& event : events) {
      texts.push_back(event->payload());
      event->ack();
    }
    return texts;
  }
  /// What the provisioner says to whatever a service may send it; a problem's code.
  std::string answer_to(Bus& bus, const std::string& payload) {
    net::io_context loop;
    std::string code;
    bus.request("empty.directory", payload, 5s, loop.get_executor(), [&](const Result<std::string>& text) {
      const auto reply = text ? parse_reply(*text) : Result<json::value>(std::unexpected(text.error()));
      code = reply ? "ok" : std::string(info(reply.error().code).name);
    });
    loop.run();
    return code;
  }

  witan::test::TempFolder folder;
  NatsServer server{nats::accounts_config([](std::string_view user) { return "secret-of-" + std::string(user); })};
  net::thread_pool pool{1};
  std::unique_ptr<provision::Provisioner> provisioner;
};

TEST_F(Provisioning, makes_what_each_service_publishes_to_and_takes_from) {
  const auto directory = connect("directory");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 2);
  for (const auto* reader : {"meetings", "advisory", "consultations"}) {
    const auto bus = connect(reader);
    ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*bus, reader); }));
    publish(*bus, reader, 1, 1);
    EXPECT_EQ(taken(*bus, reader), (std::vector<std::string>{"1", "2"})) << reader;
  }
}

TEST_F(Provisioning, makes_everything_again_when_the_bus_has_lost_its_store) {
  const auto directory = connect("directory"), meetings = connect("meetings");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 1);
  ASSERT_EQ(taken(*meetings, "meetings").size(), 1U);
  server.kill();
  server.delete_store();
  server.restart();
  ASSERT_TRUE(eventually(k_soon, [&] { return directory->is_connected() && has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 2, 2);
  EXPECT_EQ(taken(*meetings, "meetings"), std::vector<std::string>{"2"});
}

TEST_F(Provisioning, empties_a_service_s_stream_up_to_where_it_asks) {
  const auto directory = connect("directory"), meetings = connect("meetings");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 3);
  const auto third = directory->last_event("EVT_directory")->sequence;
  publish(*directory, "directory", 4, 4);
  ask_to_empty(*directory, "directory", third);
  ask_to_empty(*directory, "directory", third);
  EXPECT_EQ(taken(*meetings, "meetings"), std::vector<std::string>{"4"});
}

TEST_F(Provisioning, empties_nothing_for_another_service) {
  const auto directory = connect("directory"), meetings = connect("meetings");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 2);
  EXPECT_THROW(ask_to_empty(*meetings, "directory", 2), MessagingFailure);
  EXPECT_EQ(newest(*directory), "2");
  EXPECT_EQ(taken(*meetings, "meetings").size(), 2U);
}

TEST_F(Provisioning, answers_nowhere_but_to_inboxes) {
  const auto directory = connect("directory"), meetings = connect("meetings");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory") && has_stream(*meetings, "meetings"); }));
  publish(*directory, "directory", 1, 2);
  publish(*meetings, "meetings", 1, 2);
  natsOptions* options = nullptr;
  natsConnection* raw = nullptr;
  ASSERT_EQ(natsOptions_Create(&options), NATS_OK);
  natsOptions_SetURL(options, server.url().c_str());
  natsOptions_SetUserInfo(options, "meetings", "secret-of-meetings");
  ASSERT_EQ(natsConnection_Connect(&raw, options), NATS_OK);
  // Whoever asks names the subject of the answer, and the provisioner may publish to this one.
  natsConnection_PublishRequestString(raw, "empty.meetings", "$JS.API.STREAM.PURGE.EVT_directory", R"({"up_to": 1})");
  natsConnection_FlushTimeout(raw, 5000);
  natsConnection_Destroy(raw);
  natsOptions_Destroy(options);
  ask_to_empty(*meetings, "meetings", 2);  // handled after the other one
  EXPECT_EQ(taken(*meetings, "meetings"), (std::vector<std::string>{"1", "2"}));
}

TEST_F(Provisioning, refuses_what_names_no_message_and_changes_nothing) {
  const auto directory = connect("directory");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 2);
  EXPECT_EQ(answer_to(*directory, "all"), "malformed_json");
  EXPECT_EQ(answer_to(*directory, R"({"up_to": 0})"), "invalid_value");
  EXPECT_EQ(answer_to(*directory, R"({"up_to": -1})"), "invalid_value");
  EXPECT_EQ(answer_to(*directory, R"({"up_to": "all"})"), "invalid_arguments");
  EXPECT_EQ(newest(*directory), "2");
  EXPECT_EQ(answer_to(*directory, R"({"up_to": 2})"), "ok");
}

TEST_F(Provisioning, that_is_away_leaves_the_stream_as_it_is_and_the_service_knows) {
  const auto directory = connect("directory");
  ASSERT_TRUE(eventually(k_soon, [&] { return has_stream(*directory, "directory"); }));
  publish(*directory, "directory", 1, 2);
  provisioner.reset();
  EXPECT_THROW(ask_to_empty(*directory, "directory", 2), MessagingFailure);
  publish(*directory, "directory", 3, 3);
  EXPECT_EQ(newest(*directory), "3");
  provision();
  EXPECT_TRUE(eventually(k_soon, [&] { return answer_to(*directory, R"({"up_to": 3})") == "ok"; }));
  EXPECT_FALSE(directory->last_event("EVT_directory"));
}

}  // namespace
}  // namespace witan::messaging::test
