#include "tests/integration/gateway/scene.hpp"

namespace witan::test {
namespace {

using Topics = Scene;
const std::string k_topic = "meetings/aaaaaaaaaaaaaaaaaaaaaaaaaa";

TEST_F(Topics, a_hundred_readers_cost_one_snapshot_request) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "meeting", json::object{{"title", "Council"}});
  start_gateway({{"websockets_per_address_max", "200"}});
  std::vector<std::unique_ptr<Browser>> readers;
  for (int i = 0; i < 100; ++i) readers.push_back(std::make_unique<Browser>(port()));
  for (auto& reader : readers) reader->subscribe(k_topic);
  for (auto& reader : readers) {
    const auto snapshot = reader->receive();
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(string_at(*snapshot, "type"), "snapshot");
    EXPECT_EQ(string_at(*snapshot, "reason"), "first");
  }
  EXPECT_EQ(meetings.requests_for(k_topic, "public"), 1);
  EXPECT_EQ(meetings.requests_for(k_topic, "_access"), 1);

  const auto version = meetings.put(k_topic, "public", "agenda/1", json::object{{"title", "Minutes"}});
  for (auto& reader : readers) {
    const auto change = reader->receive();
    ASSERT_TRUE(change);
    EXPECT_EQ(string_at(*change, "type"), "change");
    EXPECT_EQ(version_of(*change), version);
  }
  EXPECT_EQ(meetings.requests_for(k_topic, "public"), 1);
}

TEST_F(Topics, a_gap_is_filled_by_the_owner_in_order) {
  meetings.open_to_all(k_topic);
  start_gateway();
  meetings.be_silent(true);
  Browser reader(port());
  reader.subscribe(k_topic);
  const auto held = version_of(*reader.receive_type("snapshot"));
  const auto lost = meetings.put(k_topic, "public", "a", "1", Owner::Sending::lost);
  const auto sent = meetings.put(k_topic, "public", "b", "2");
  const auto first = reader.receive();
  const auto second = reader.receive();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(version_of(*first), lost);
  EXPECT_EQ(int_at(*first, "prev"), held);
  EXPECT_EQ(version_of(*second), sent);
  EXPECT_EQ(int_at(*second, "prev"), lost);
}

TEST_F(Topics, an_owner_whose_heads_do_not_come_is_asked_for_them) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  meetings.be_silent(true);
  const auto lost = meetings.put(k_topic, "public", "a", "1", Owner::Sending::lost);
  const auto change = reader.receive(std::chrono::seconds(10));
  ASSERT_TRUE(change);
  EXPECT_EQ(version_of(*change), lost);
  EXPECT_EQ(request(port(), "GET", "/readyz").problem().at("missing").as_array().size(), 2U) << "an owner that answers is there";
}

TEST_F(Topics, a_lost_change_is_healed_by_the_next_head) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  const auto lost = meetings.put(k_topic, "public", "a", "1", Owner::Sending::lost);
  const auto change = reader.receive();
  ASSERT_TRUE(change);
  EXPECT_EQ(version_of(*change), lost);
}

TEST_F(Topics, heads_that_were_missed_are_asked_for) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  nats.kill();   // the change and several heads go nowhere
  const auto lost = meetings.put(k_topic, "public", "a", "1", Owner::Sending::lost);
  nats.restart();
  const auto change = reader.receive(std::chrono::seconds(15));
  ASSERT_TRUE(change);
  EXPECT_EQ(version_of(*change), lost);
}

TEST_F(Topics, a_reader_resumes_from_the_gateways_own_memory) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser first(port());
  first.subscribe(k_topic);
  const auto held = version_of(*first.receive_type("snapshot"));
  meetings.put(k_topic, "public", "a", "1");
  const auto last = meetings.put(k_topic, "public", "b", "2");
  ASSERT_TRUE(first.receive_type("change") && first.receive_type("change"));

  Browser second(port());
  second.subscribe_after(k_topic, "e1", held);
  EXPECT_EQ(string_at(*second.receive(), "type"), "change");
  EXPECT_EQ(string_at(*second.receive(), "type"), "change");
  const auto resumed = second.receive();
  EXPECT_EQ(string_at(*resumed, "type"), "resumed");
  EXPECT_EQ(int_at(*resumed, "missed"), 2);
  EXPECT_EQ(version_of(*resumed), last);
  EXPECT_EQ(meetings.requests_for(k_topic, "public"), 1);
}

TEST_F(Topics, a_reader_resumes_from_the_owners_memory_once_for_all) {
  meetings.open_to_all(k_topic);
  const auto held = meetings.put(k_topic, "public", "a", "1");
  meetings.put(k_topic, "public", "b", "2");
  start_gateway();
  for (int i = 0; i < 5; ++i) {
    Browser reader(port());
    reader.subscribe_after(k_topic, "e1", held);
    const auto change = reader.receive();
    ASSERT_TRUE(change);
    EXPECT_EQ(string_at(*change, "type"), "change") << json::serialize(*change);
    EXPECT_EQ(int_at(*change, "prev"), held);
    EXPECT_EQ(int_at(*reader.receive(), "missed"), 1);
  }
  EXPECT_EQ(meetings.requests_for(k_topic, "public"), 2);   // the snapshot, and what came before it
}

TEST_F(Topics, a_reader_resumes_with_the_owners_one_change_also_when_others_have_come_since) {
  meetings.open_to_all(k_topic);
  meetings.merge_changes();
  const auto held = meetings.put(k_topic, "public", "a", "1");
  meetings.put(k_topic, "public", "b", "2");
  start_gateway();
  Browser first(port());
  first.subscribe(k_topic);
  ASSERT_TRUE(first.receive_type("snapshot"));
  const auto last = meetings.put(k_topic, "public", "c", "3");
  ASSERT_TRUE(first.receive_type("change"));   // the gateway's memory reaches back to here

  Browser second(port());
  second.subscribe_after(k_topic, "e1", held);
  const auto change = second.receive();
  ASSERT_TRUE(change);
  ASSERT_EQ(string_at(*change, "type"), "change") << json::serialize(*change);
  EXPECT_EQ(int_at(*change, "prev"), held);
  EXPECT_EQ(version_of(*change), last);
  EXPECT_TRUE(object_at(*change, "put")->contains("b") && object_at(*change, "put")->contains("c"));
  EXPECT_EQ(string_at(*second.receive(), "type"), "resumed");

  const auto next = meetings.put(k_topic, "public", "d", "4");
  EXPECT_EQ(version_of(*second.receive()), next);
}

TEST_F(Topics, a_position_that_is_too_old_gets_a_snapshot_that_says_so) {
  meetings.open_to_all(k_topic);
  const auto held = meetings.put(k_topic, "public", "a", "1");
  meetings.put(k_topic, "public", "b", "2");
  meetings.forget_changes();
  start_gateway();
  Browser reader(port());
  reader.subscribe_after(k_topic, "e1", held);
  const auto snapshot = reader.receive();
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(string_at(*snapshot, "type"), "snapshot");
  EXPECT_EQ(string_at(*snapshot, "reason"), "too_old");
}

TEST_F(Topics, a_position_of_another_epoch_gets_a_snapshot_that_says_so) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser reader(port());
  reader.subscribe_after(k_topic, "from-before-the-restore", 1);
  EXPECT_EQ(string_at(*reader.receive(), "reason"), "other_epoch");
}

TEST_F(Topics, a_new_epoch_reaches_readers_as_a_snapshot) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "a", "1");
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  meetings.begin_new_epoch("e2");
  const auto again = reader.receive_type("snapshot");
  ASSERT_TRUE(again);
  EXPECT_EQ(string_at(*again, "reason"), "other_epoch");
  EXPECT_EQ(string_at(*again, "epoch"), "e2");
}

TEST_F(Topics, an_owner_restored_from_a_backup_is_told_what_was_seen) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "a", "1");
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  meetings.back_up();
  meetings.be_silent(true);   // only the change itself tells how far it is
  meetings.put(k_topic, "public", "a", "lost");
  ASSERT_TRUE(reader.receive_type("change"));
  meetings.restore();
  meetings.be_silent(false);
  const auto again = reader.receive_type("snapshot");
  ASSERT_TRUE(again);
  EXPECT_EQ(string_at(*again, "reason"), "other_epoch");
  EXPECT_EQ(again->at("entities").at("a"), "1");
}

TEST_F(Topics, a_topic_that_begins_to_exist_is_seen_soon_after_it_was_refused) {
  start_gateway();
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic).status, 404);
  meetings.open_to_all(k_topic);
  EXPECT_TRUE(eventually(std::chrono::seconds(2),
                         [&] { return request(port(), "GET", "/api/v1/views/" + k_topic).status == 200; }));
}

TEST_F(Topics, whoever_writes_reads_it_at_once_even_when_the_change_is_late) {
  meetings.open_to_all(k_topic);
  start_gateway();
  ASSERT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic).status, 200);
  meetings.be_silent(true);
  meetings.lose_changes_of_commands(true);
  const auto done = post_json(port(), "/api/v1/commands",
                              {{"id", "c1"}, {"name", "meetings.put"}, {"args", {{"topic", k_topic}, {"key", "a"}, {"value", "1"}}}});
  ASSERT_EQ(done.status, 200) << done.body;
  const auto view = request(port(), "GET", "/api/v1/views/" + k_topic);
  EXPECT_TRUE(view.problem().at("entities").as_object().contains("a")) << view.body;
}

TEST_F(Topics, the_cached_topic_is_still_read_while_the_bus_is_away) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "a", "1");
  start_gateway();
  ASSERT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic).status, 200);
  nats.kill();
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic).status, 200);
  const auto refused = post_json(port(), "/api/v1/commands", {{"id", "c1"}, {"name", "meetings.put"}, {"args", json::object()}});
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.problem().at("code").as_string(), "unavailable");
  EXPECT_EQ(request(port(), "GET", "/readyz").status, 503);
  EXPECT_EQ(request(port(), "GET", "/healthz").status, 200);
}

}  // namespace
}  // namespace witan::test
