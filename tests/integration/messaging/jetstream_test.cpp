#include <set>

#include <nats/nats.h>

#include "tests/integration/messaging/bus_scene.hpp"

namespace witan::messaging::test {
namespace {

class Stream : public BusScene {
 protected:
  static std::vector<OutgoingEvent> events(int first, int last) {
    std::vector<OutgoingEvent> made;
    for (int i = first; i <= last; ++i) {
      made.push_back({"evt.x.meeting", std::to_string(i), "x-epoch-" + std::to_string(i)});
    }
    return made;
  }
  static std::vector<std::string> payloads(const std::vector<std::unique_ptr<FetchedEvent>>& fetched) {
    std::vector<std::string> texts;
    for (const auto& event : fetched) texts.push_back(event->payload());
    return texts;
  }
  static void ensure(Bus& bus) {
    bus.ensure_stream(k_spec);
    bus.ensure_consumer(k_spec.name, "y", "evt.x.>");
  }
  std::vector<std::unique_ptr<FetchedEvent>> fetch(Bus& bus, int batch, std::chrono::milliseconds wait = 2s) {
    return bus.fetch(k_spec.name, "y", "evt.x.>", batch, wait);
  }

  inline static const StreamSpec k_spec{"EVT_x", {"evt.x.>"}};
};

TEST_F(Stream, that_was_emptied_takes_what_comes_next) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 3));
  bus->empty_stream(k_spec.name, bus->last_event(k_spec.name)->sequence);
  EXPECT_FALSE(bus->last_event(k_spec.name));
  bus->publish_events(events(4, 4));
  EXPECT_EQ(payloads(fetch(*bus, 10)), std::vector<std::string>{"4"});
}

TEST_F(Stream, keeps_what_came_after_the_number_up_to_which_it_is_emptied) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 3));
  const auto third = bus->last_event(k_spec.name)->sequence;
  bus->publish_events(events(4, 5));
  bus->empty_stream(k_spec.name, third);
  bus->empty_stream(k_spec.name, third);  // as when the first answer was lost
  EXPECT_EQ(payloads(fetch(*bus, 10)), (std::vector<std::string>{"4", "5"}));
}

TEST_F(Stream, of_before_direct_reading_allows_it_from_then_on) {
  natsConnection* connection = nullptr;
  ASSERT_EQ(natsConnection_ConnectTo(&connection, server.url().c_str()), NATS_OK);
  natsMsg* answer = nullptr;
  ASSERT_EQ(natsConnection_RequestString(&answer, connection, "$JS.API.STREAM.CREATE.EVT_x",
                                         R"({"name": "EVT_x", "subjects": ["evt.x.>"], "storage": "file", "discard": "old"})", 5000),
            NATS_OK);
  natsMsg_Destroy(answer);
  natsConnection_Destroy(connection);
  const auto bus = connect();
  bus->publish_events(events(1, 2));
  ASSERT_THROW(bus->last_event("EVT_x"), StreamAbsent);
  bus->ensure_stream(k_spec);
  EXPECT_EQ(bus->last_event("EVT_x")->payload, "2");
}

TEST_F(Stream, that_is_absent_is_not_taken_for_an_empty_one) {
  const auto bus = connect();
  EXPECT_THROW(bus->last_event(k_spec.name), StreamAbsent);
  bus->ensure_stream(k_spec);
  EXPECT_FALSE(bus->last_event(k_spec.name));
}

TEST_F(Stream, is_made_once_and_changed_when_its_description_changes) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  bus->publish_events(events(1, 3));
  bus->ensure_stream(k_spec);
  StreamSpec other = k_spec;
  other.subjects.push_back("evt2.x.>");
  other.bytes_max *= 2;
  bus->ensure_stream(other);
  bus->publish_events({{"evt2.x.meeting", "4", "x-epoch-4"}});
  EXPECT_EQ(bus->last_event("EVT_x")->payload, "4");
}

TEST_F(Stream, last_event_of_an_empty_stream_is_nothing) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  EXPECT_FALSE(bus->last_event("EVT_x").has_value());
  bus->publish_events({{"evt.x.group", "1", "a"}, {"evt.x.meeting", "2", "b"}, {"evt.x.group", "3", "c"}});
  EXPECT_EQ(bus->last_event("EVT_x")->payload, "3");
  EXPECT_EQ(bus->last_event("EVT_x")->subject, "evt.x.group");
  EXPECT_EQ(bus->last_event("EVT_x")->sequence, 3);
}

TEST_F(Stream, events_are_stored_in_order_and_a_repeat_of_their_ids_is_dropped) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 600));
  bus->publish_events(events(590, 610));
  std::vector<std::string> all;
  while (all.size() < 610) {
    const auto some = fetch(*bus, 100);
    ASSERT_FALSE(some.empty());
    for (const auto& event : some) {
      all.push_back(event->payload());
      event->ack();
    }
  }
  EXPECT_TRUE(fetch(*bus, 100, 100ms).empty());
  for (std::size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], std::to_string(i + 1));
}

TEST_F(Stream, publishing_without_a_stream_is_refused) {
  const auto bus = connect();
  EXPECT_THROW(bus->publish_events(events(1, 1)), MessagingFailure);
}

TEST_F(Stream, an_event_that_the_stream_refuses_is_reported) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  auto some = events(1, 3);
  some.push_back({"elsewhere.x", "4", "x-epoch-4"});
  EXPECT_THROW(bus->publish_events(some), MessagingFailure);
}

TEST_F(Stream, publishing_is_refused_at_once_when_the_server_is_away) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  server.kill();
  ASSERT_TRUE(eventually(k_soon, [&] { return !bus->is_connected(); }));
  const auto before = std::chrono::steady_clock::now();
  EXPECT_THROW(bus->publish_events(events(1, 1)), MessagingFailure);
  EXPECT_THROW(bus->ensure_stream(k_spec), MessagingFailure);
  EXPECT_THROW(bus->last_event("EVT_x"), MessagingFailure);
  EXPECT_THROW(fetch(*bus, 1), MessagingFailure);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
}

TEST_F(Stream, publishing_gives_up_when_the_server_does_not_answer) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  server.pause();
  EXPECT_THROW(bus->publish_events(events(1, 1)), MessagingFailure);
  server.resume();
  bus->publish_events(events(1, 2));
  EXPECT_EQ(bus->last_event("EVT_x")->payload, "2");
}

TEST_F(Stream, what_is_not_acknowledged_comes_again_when_asked_for) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 2));
  const auto first = fetch(*bus, 10);
  ASSERT_EQ(payloads(first), (std::vector<std::string>{"1", "2"}));
  first[0]->ack();
  first[1]->retry_after(50ms);
  const auto again = fetch(*bus, 1);
  ASSERT_EQ(payloads(again), (std::vector<std::string>{"2"}));
  again[0]->ack();
  EXPECT_TRUE(fetch(*bus, 1, 200ms).empty());
}

TEST_F(Stream, fetch_waits_for_the_first_event_and_returns_with_it) {
  const auto bus = connect();
  ensure(*bus);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_TRUE(fetch(*bus, 10, 100ms).empty());
  EXPECT_GE(std::chrono::steady_clock::now() - before, 90ms);
  std::vector<std::string> got;
  std::jthread reader([&] { got = payloads(fetch(*bus, 10, 10s)); });
  bus->publish_events(events(1, 1));
  reader.join();
  EXPECT_EQ(got, (std::vector<std::string>{"1"}));
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_F(Stream, a_new_connection_goes_on_where_the_durable_consumer_was) {
  {
    const auto bus = connect();
    ensure(*bus);
    bus->publish_events(events(1, 3));
    const auto some = fetch(*bus, 2);
    ASSERT_EQ(some.size(), 2U);
    for (const auto& event : some) event->ack();
    bus->drain(2s);
  }
  const auto bus = connect();
  ensure(*bus);
  EXPECT_EQ(payloads(fetch(*bus, 10)), (std::vector<std::string>{"3"}));
}

TEST_F(Stream, only_events_of_the_filter_are_fetched) {
  const auto bus = connect();
  bus->ensure_stream(k_spec);
  bus->ensure_consumer("EVT_x", "groups", "evt.x.group");
  bus->publish_events({{"evt.x.meeting", "1", "a"}, {"evt.x.group", "2", "b"}});
  EXPECT_EQ(payloads(bus->fetch("EVT_x", "groups", "evt.x.group", 10, 2s)), (std::vector<std::string>{"2"}));
}

TEST_F(Stream, fetching_without_the_consumer_is_a_failure_and_works_once_it_is_there) {
  const auto bus = connect();
  EXPECT_THROW(fetch(*bus, 1), MessagingFailure);
  bus->ensure_stream(k_spec);
  EXPECT_THROW(fetch(*bus, 1), MessagingFailure);
  ensure(*bus);
  bus->publish_events(events(1, 1));
  EXPECT_EQ(fetch(*bus, 1).size(), 1U);
}

TEST_F(Stream, stream_and_consumer_survive_a_restart_of_the_server) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 2));
  fetch(*bus, 1).at(0)->ack();
  settle(bus);
  server.restart();
  settle(bus);
  EXPECT_EQ(payloads(fetch(*bus, 10)), (std::vector<std::string>{"2"}));
}

TEST_F(Stream, after_the_store_was_deleted_everything_can_be_made_again) {
  const auto bus = connect();
  ensure(*bus);
  bus->publish_events(events(1, 5));
  ASSERT_EQ(fetch(*bus, 10).size(), 5U);
  server.kill();
  server.delete_store();
  server.restart();
  settle(bus);
  EXPECT_THROW(bus->last_event("EVT_x"), StreamAbsent);
  EXPECT_THROW(fetch(*bus, 1), MessagingFailure);
  EXPECT_THROW(bus->publish_events(events(6, 6)), MessagingFailure);
  ensure(*bus);
  bus->publish_events(events(1, 6));
  EXPECT_EQ(fetch(*bus, 10).size(), 6U);
}

}  // namespace
}  // namespace witan::messaging::test
