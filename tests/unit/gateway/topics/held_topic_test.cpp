#include "gateway/topics/held_topic.hpp"

#include <gtest/gtest.h>

namespace witan::topics {
namespace {

using Applied = HeldTopic::Applied;

Change change(std::int64_t prev, std::int64_t version, std::string key = "a") {
  Change made{"meetings/x", "public", "e1", prev, version, {}, {}};
  made.put[key] = version;
  return made;
}

ViewReply snapshot(std::int64_t version, std::string epoch = "e1") {
  ViewReply reply{"meetings/x", "public", std::move(epoch), version, false, json::object{{"a", version}}, {}};
  return reply;
}

HeldTopic held(std::int64_t version, std::size_t ring = 4) {
  HeldTopic topic("meetings/x", "public", ring);
  topic.replace(snapshot(version));
  return topic;
}

std::int64_t number(const HeldTopic& topic, const std::string& key) { return topic.view().entities->at(key).as_int64(); }

TEST(HeldTopicTest, applies_what_follows_and_ignores_what_it_has) {
  auto topic = held(5);
  EXPECT_EQ(topic.apply(change(5, 7)), Applied::applied);
  EXPECT_EQ(topic.version(), 7);
  EXPECT_EQ(number(topic, "a"), 7);
  EXPECT_EQ(topic.apply(change(5, 7)), Applied::old);
  EXPECT_EQ(topic.apply(change(3, 5)), Applied::old);
}

TEST(HeldTopicTest, refuses_what_leaves_a_gap_or_comes_from_another_history) {
  auto topic = held(5);
  EXPECT_EQ(topic.apply(change(6, 7)), Applied::gap);
  auto foreign = change(5, 7);
  foreign.epoch = "e2";
  EXPECT_EQ(topic.apply(foreign), Applied::other_epoch);
  EXPECT_EQ(topic.version(), 5);
}

TEST(HeldTopicTest, frames_name_the_version_that_readers_hold) {
  auto topic = held(5);   // the snapshot stands past the change's own prev
  ASSERT_EQ(topic.apply(change(2, 7)), Applied::applied);
  const auto frame = json::parse(*topic.last_frame()).as_object();
  EXPECT_EQ(int_at(frame, "prev"), 5);
  EXPECT_EQ(int_at(frame, "version"), 7);
}

TEST(HeldTopicTest, a_view_that_was_handed_out_never_changes) {
  auto topic = held(5);
  const auto before = topic.view();
  ASSERT_EQ(topic.apply(change(5, 6)), Applied::applied);
  EXPECT_EQ(before.entities->at("a").as_int64(), 5);
  EXPECT_EQ(number(topic, "a"), 6);
}

TEST(HeldTopicTest, drops_keys) {
  auto topic = held(5);
  Change gone{"meetings/x", "public", "e1", 5, 6, {}, {"a"}};
  ASSERT_EQ(topic.apply(gone), Applied::applied);
  EXPECT_TRUE(topic.view().entities->empty());
}

TEST(HeldTopicTest, resumes_from_any_version_in_its_ring_and_no_other) {
  auto topic = held(5);
  for (std::int64_t version = 6; version <= 10; ++version) topic.apply(change(version - 1, version, std::to_string(version)));
  EXPECT_EQ(topic.resume({"e1", 10})->frames.size(), 0U);
  EXPECT_EQ(topic.resume({"e1", 8})->frames.size(), 2U);
  EXPECT_EQ(topic.resume({"e1", 6})->frames.size(), 4U);
  EXPECT_FALSE(topic.resume({"e1", 5}));    // fallen out: the ring holds four
  EXPECT_FALSE(topic.resume({"e1", 11}));   // more than we know
  EXPECT_FALSE(topic.resume({"e2", 8}));
}

TEST(HeldTopicTest, shows_nobody_a_value_that_was_replaced_or_dropped_since) {
  auto topic = held(5, 8);
  topic.apply(change(5, 6, "said"));
  topic.apply(change(6, 7, "other"));
  topic.apply(change(7, 8, "said"));   // withdrawn, say
  EXPECT_FALSE(topic.resume({"e1", 5}));
  EXPECT_EQ(topic.resume({"e1", 6})->frames.size(), 2U);
  topic.apply({"meetings/x", "public", "e1", 8, 9, {}, {"other"}});
  EXPECT_FALSE(topic.resume({"e1", 6}));
  EXPECT_EQ(topic.resume({"e1", 7})->frames.size(), 2U);
}

TEST(HeldTopicTest, the_ring_grows_backwards_only_where_it_joins) {
  auto topic = held(5, 8);
  topic.apply(change(5, 6));
  EXPECT_FALSE(topic.extend_back({change(1, 2)}));
  EXPECT_FALSE(topic.extend_back({change(1, 2), change(3, 5)}));
  ASSERT_TRUE(topic.extend_back({change(1, 2), change(2, 5), change(5, 6)}));
  const auto missing = topic.resume({"e1", 1});
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->frames.size(), 3U);
  EXPECT_FALSE(topic.resume({"e1", 3}));   // between two changes: nobody holds that
}

TEST(HeldTopicTest, a_snapshot_forgets_the_way_that_led_there) {
  auto topic = held(5);
  topic.apply(change(5, 6));
  topic.replace(snapshot(9, "e2"));
  EXPECT_FALSE(topic.resume({"e1", 5}));
  EXPECT_FALSE(topic.resume({"e2", 6}));
  EXPECT_TRUE(topic.resume({"e2", 9}));
}

TEST(HeldTopicTest, a_snapshot_frame_is_encoded_once_for_each_version_and_reason) {
  auto topic = held(5);
  const auto first = topic.snapshot_frame("first");
  EXPECT_EQ(first, topic.snapshot_frame("first"));
  EXPECT_NE(first, topic.snapshot_frame("too_old"));
  topic.apply(change(5, 6));
  EXPECT_NE(first, topic.snapshot_frame("first"));
}

}  // namespace
}  // namespace witan::topics
