#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <SQLiteCpp/Transaction.h>

#include "shared/contract/topics.hpp"
#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ViewWrite put(std::string key, const json::value& value, std::string audience = "public",
              std::string topic = "meetings/m") {
  return {std::move(topic), std::move(audience), std::move(key), json::serialize(value)};
}
ViewWrite drop(std::string key, std::string audience = "public", std::string topic = "meetings/m") {
  return {std::move(topic), std::move(audience), std::move(key), std::nullopt};
}
ViewWrite access(std::string topic = "meetings/m") {
  return {std::move(topic), std::string(k_access_audience), std::string(k_access_key), "[]"};
}

struct ViewsTest : WriterScene {
  std::unique_ptr<Store> store = Store::open(path, Store::Mode::write);
  Views& views = store->views();

  /// What a reader at `version` holds after applying everything it missed.
  json::object caught_up(json::object held, std::int64_t version) {
    const auto changes = views.changes_after("meetings/m", "public", version);
    for (const auto& change : changes.value()) {
      EXPECT_EQ(change.prev, version);
      for (const auto& entry : change.put) held[entry.key()] = entry.value();
      for (const auto& key : change.drop) held.erase(key);
      version = change.version;
    }
    return held;
  }
  json::object now() { return *views.snapshot("meetings/m", "public")->entities; }
};

TEST_F(ViewsTest, keeps_rows_and_reads_them_by_key_and_by_prefix) {
  views.apply({put("agenda/b", 2), put("agenda/a", 1), put("meeting", json::object{{"title", "Caf\xC3\xA9"}}),
               put("agendum", 3)},
              1);
  EXPECT_EQ(views.row("meetings/m", "public", "meeting"),
            json::value(json::object{{"title", "Caf\xC3\xA9"}}));
  EXPECT_EQ(views.row("meetings/m", "staff", "meeting"), std::nullopt);
  EXPECT_THAT(views.rows("meetings/m", "public", "agenda/"),
              ElementsAre(std::pair(std::string("agenda/a"), json::value(1)),
                          std::pair(std::string("agenda/b"), json::value(2))));
  EXPECT_EQ(views.rows("meetings/m", "public", "").size(), 4U);
  EXPECT_THAT(views.rows("meetings/other", "public", ""), IsEmpty());
}

TEST_F(ViewsTest, returns_one_change_for_each_topic_and_audience_that_changed) {
  const auto changes =
      views.apply({put("a", 1), put("a", 1, "staff"), put("b", 2), put("a", 9, "public", "meetings")}, 4);
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].topic, "meetings/m");
  EXPECT_EQ(changes[0].audience, "public");
  EXPECT_EQ(changes[0].epoch, store->log().epoch());
  EXPECT_EQ(changes[0].put, json::object({{"a", 1}, {"b", 2}}));
  EXPECT_EQ(changes[1].audience, "staff");
  EXPECT_EQ(changes[2].topic, "meetings");
}

TEST_F(ViewsTest, chains_the_changes_of_each_topic_and_audience) {
  EXPECT_EQ(views.apply({put("a", 1)}, 1).at(0).prev, 0);
  EXPECT_EQ(views.apply({put("a", 1, "staff")}, 2).at(0).prev, 0);
  const auto third = views.apply({put("a", 2), put("a", 2, "staff")}, 5);
  EXPECT_EQ(third.at(0).prev, 1);
  EXPECT_EQ(third.at(1).prev, 2);
  EXPECT_EQ(third.at(1).version, 5);
  EXPECT_EQ(views.apply({drop("a")}, 6).at(0).prev, 5);
}

TEST_F(ViewsTest, says_nothing_of_rows_that_are_as_they_were) {
  views.apply({put("a", json::object{{"x", 1}}), put("b", 1)}, 1);
  EXPECT_THAT(views.apply({put("a", json::object{{"x", 1}}), drop("never")}, 2), IsEmpty());
  EXPECT_EQ(views.snapshot("meetings/m", "public"), std::nullopt);
  EXPECT_THAT(views.heads_after(1, 10), IsEmpty());
  const auto changes = views.apply({put("a", json::object{{"x", 1}}), put("b", 2)}, 3);
  EXPECT_EQ(changes.at(0).put, json::object({{"b", 2}}));
}

TEST_F(ViewsTest, lets_the_last_write_to_a_key_win) {
  views.apply({put("b", 1)}, 1);
  const auto changes = views.apply({put("a", 1), drop("a"), drop("b"), put("b", 7)}, 2);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].put, json::object({{"b", 7}}));
  EXPECT_THAT(changes[0].drop, ElementsAre("a"));
  EXPECT_EQ(views.row("meetings/m", "public", "a"), std::nullopt);
  EXPECT_EQ(views.row("meetings/m", "public", "b"), json::value(7));
}

TEST_F(ViewsTest, remembers_no_row_of_a_transaction_that_failed) {
  views.apply({put("a", 1)}, 1);
  EXPECT_THROW(
      {
        SQLite::Transaction transaction(store->database());
        views.apply({put("a", 2), put("b", 2)}, 2);
        throw std::runtime_error("and so all is undone");
      },
      std::runtime_error);
  const auto changes = views.apply({put("a", 2), put("b", 2)}, 2);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].prev, 1);
  EXPECT_EQ(changes[0].put, json::object({{"a", 2}, {"b", 2}}));
}

TEST_F(ViewsTest, never_tells_of_private_rows) {
  EXPECT_THAT(views.apply({{"index/people", std::string(k_private_audience), "k", R"("v")"}}, 1),
              IsEmpty());
  EXPECT_EQ(views.row("index/people", k_private_audience, "k"), json::value("v"));
  views.apply({access("index/people")}, 2);
  EXPECT_EQ(views.snapshot("index/people", k_private_audience), std::nullopt);
  EXPECT_EQ(views.changes_after("index/people", k_private_audience, 0), std::nullopt);
  for (const auto& head : views.heads_after(0, 10)) EXPECT_NE(head.audience, k_private_audience);
}

TEST_F(ViewsTest, gives_a_snapshot_of_a_topic_that_has_access_rules) {
  EXPECT_EQ(views.snapshot("meetings/m", "public"), std::nullopt);
  views.apply({put("a", 1), put("b", 2)}, 3);
  EXPECT_EQ(views.snapshot("meetings/m", "public"), std::nullopt);
  views.apply({access()}, 4);
  const auto snapshot = views.snapshot("meetings/m", "public");
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(snapshot->version, 3) << "the version this audience saw last";
  EXPECT_EQ(snapshot->epoch, store->log().epoch());
  EXPECT_EQ(*snapshot->entities, json::object({{"a", 1}, {"b", 2}}));
  EXPECT_EQ(views.snapshot("meetings/m", "staff")->version, 0);
  EXPECT_THAT(*views.snapshot("meetings/m", "staff")->entities, IsEmpty());
  EXPECT_TRUE(views.snapshot("meetings/m", k_access_audience)->entities->contains(k_access_key));
}

TEST_F(ViewsTest, brings_a_reader_from_any_version_to_the_present) {
  views.apply({access()}, 1);
  std::vector<json::object> history = {now(), now()};
  const std::vector<std::vector<ViewWrite>> steps = {
      {put("a", 1)}, {put("b", 1), put("c", 1)}, {drop("b")}, {put("a", 2), drop("c")}, {put("b", 5)},
      {drop("a")},   {put("x", 1, "staff")}};
  for (const auto& step : steps) {
    views.apply(step, static_cast<std::int64_t>(history.size()));
    history.push_back(now());
  }
  for (std::size_t version = 0; version < history.size(); ++version) {
    EXPECT_EQ(caught_up(history[version], static_cast<std::int64_t>(version)), now())
        << "from version " << version;
  }
}

TEST_F(ViewsTest, has_no_changes_for_a_reader_that_is_up_to_date) {
  views.apply({access(), put("a", 1)}, 3);
  EXPECT_THAT(views.changes_after("meetings/m", "public", 3).value(), IsEmpty());
  EXPECT_THAT(views.changes_after("meetings/m", "public", 99).value(), IsEmpty());
}

TEST_F(ViewsTest, tells_a_reader_that_is_too_far_behind_to_start_again) {
  views.apply({access(), put("a", 1), put("b", 1), put("other", 1, "staff")}, 1);
  views.apply({drop("a")}, 2);
  views.apply({put("b", 2)}, 3);
  views.apply({drop("b")}, 30'000);
  EXPECT_EQ(views.changes_after("meetings/m", "public", 1), std::nullopt)
      << "the drop of a is forgotten by now";
  EXPECT_EQ(views.changes_after("meetings/m", "public", 29'999).value().at(0).drop.at(0), "b");
  EXPECT_THAT(views.changes_after("meetings/m", "staff", 1).value(), IsEmpty()) << "nothing changed there";
}

TEST_F(ViewsTest, lists_heads_in_order_of_version) {
  views.apply({put("a", 1, "public", "t1"), put("a", 1, "staff", "t1")}, 1);
  views.apply({put("a", 1, "public", "t2")}, 2);
  views.apply({put("a", 2, "public", "t1")}, 3);
  const auto heads = views.heads_after(0, 10);
  ASSERT_EQ(heads.size(), 3U);
  EXPECT_EQ(heads[0].audience, "staff");
  EXPECT_EQ(heads[1].topic, "t2");
  EXPECT_EQ(heads[2].topic, "t1");
  EXPECT_EQ(heads[2].version, 3);
  EXPECT_EQ(views.heads_after(1, 1).size(), 1U);
  EXPECT_THAT(views.heads_after(3, 10), IsEmpty());
  EXPECT_THAT(views.heads_after(0, 0), IsEmpty());
}

TEST_F(ViewsTest, never_parts_the_heads_of_one_version) {
  views.apply({put("a", 1, "public", "t1"), put("a", 1, "public", "t2"), put("a", 1, "public", "t3")}, 1);
  views.apply({put("a", 1, "public", "t4")}, 2);
  EXPECT_EQ(views.heads_after(0, 1).size(), 3U);
}

TEST_F(ViewsTest, comes_back_to_the_same_digest_after_being_cleared_and_written_again) {
  const auto empty = views.digest();
  const auto write = [&](std::int64_t version) {
    views.apply({access(),
                 put("a", json::object{{"x", 1}}),
                 {"index/i", std::string(k_private_audience), "k", "1"}},
                version);
  };
  write(1);
  const auto digest = views.digest();
  EXPECT_NE(digest, empty);
  views.clear();
  EXPECT_EQ(views.digest(), empty);
  EXPECT_EQ(views.snapshot("meetings/m", "public"), std::nullopt);
  write(1);
  EXPECT_EQ(views.digest(), digest);
  views.apply({put("a", json::object{{"x", 2}})}, 2);
  EXPECT_NE(views.digest(), digest);
}

TEST_F(ViewsTest, lets_nobody_resume_across_a_clearing) {
  views.apply({access(), put("a", 1)}, 1);
  views.apply({put("b", 1)}, 2);
  views.clear();
  views.apply({access(), put("a", 1)}, 2);
  EXPECT_EQ(views.changes_after("meetings/m", "public", 1), std::nullopt);
}

TEST_F(ViewsTest, gives_whoever_saw_rows_of_another_shape_a_snapshot_and_lets_others_resume) {
  views.apply({access(), put("a", 1)}, 1);
  EXPECT_EQ(views.shape(), 1);
  views.reshaped(2, 9);
  EXPECT_EQ(views.shape(), 2);
  EXPECT_EQ(views.changes_after("meetings/m", "public", 1), std::nullopt) << "nothing happened, but the rows are others";
  EXPECT_EQ(views.snapshot("meetings/m", "public")->version, 9);
  EXPECT_EQ(views.changes_after("meetings/m", "public", 9)->size(), 0u);
  views.apply({put("b", 1)}, 10);
  EXPECT_EQ(views.changes_after("meetings/m", "public", 9)->size(), 1u);
}

}  // namespace
}  // namespace witan::storage
