#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shared/storage/store.hpp"

/// What every back end of the event log must do. A back end instantiates the suite with a name and a factory:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, EventLogConformance, testing::Values(EventLogBackEnd{"sqlite", …}),
///     back_end_name);
namespace witan::storage::conformance {

/// A fresh, empty log, with whatever must live as long as it does. `reopened` is the same history opened
/// again, as after a restart; the one before it is gone by then.
class LogUnderTest {
 public:
  virtual ~LogUnderTest() = default;
  virtual EventLog& log() = 0;
  virtual void reopen() = 0;
};

struct EventLogBackEnd {
  std::string name;
  std::function<std::unique_ptr<LogUnderTest>()> make;
};

inline std::string back_end_name(const testing::TestParamInfo<EventLogBackEnd>& info) {
  return info.param.name;
}

class EventLogConformance : public testing::TestWithParam<EventLogBackEnd> {
 protected:
  EventLog& log() { return subject_->log(); }
  void reopen() { subject_->reopen(); }
  std::optional<std::int64_t> append(std::string_view aggregate, std::int64_t expected,
                                     std::vector<NewEvent> events) {
    return log().append(aggregate, expected, events, meta_);
  }
  static NewEvent event(std::string type) { return {type, R"({"what":")" + type + R"("})"}; }

  EventMeta meta_{Timestamp(std::chrono::milliseconds(1529413200123)), "person", "command-1"};

 private:
  std::unique_ptr<LogUnderTest> subject_ = GetParam().make();
};

TEST_P(EventLogConformance, starts_empty_with_an_epoch) {
  EXPECT_EQ(log().head(), 0);
  EXPECT_TRUE(log().read(0, 10).empty());
  EXPECT_FALSE(log().epoch().empty());
}

TEST_P(EventLogConformance, keeps_its_epoch_and_events_over_a_restart) {
  const auto epoch = log().epoch();
  append("meeting/a", 0, {event("scheduled")});
  reopen();
  EXPECT_EQ(log().epoch(), epoch);
  EXPECT_EQ(log().head(), 1);
  EXPECT_EQ(log().read(0, 10).size(), 1U);
}

TEST_P(EventLogConformance, gives_two_histories_two_epochs) {
  EXPECT_NE(GetParam().make()->log().epoch(), log().epoch());
}

TEST_P(EventLogConformance, reads_back_every_field_as_it_was_written) {
  meta_.command_id = "c.1_2-3";
  const std::string data = "{\"text\":\"caf\xC3\xA9 \\\"quoted\\\"\"}";
  ASSERT_EQ(append("meeting/a", 0, {{"agenda_item_added", data}}), 1);
  const auto events = log().read(0, 10);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].seq, 1);
  EXPECT_EQ(events[0].aggregate, "meeting/a");
  EXPECT_EQ(events[0].version, 1);
  EXPECT_EQ(events[0].type, "agenda_item_added");
  EXPECT_EQ(events[0].at, meta_.at);
  EXPECT_EQ(events[0].actor, "person");
  EXPECT_EQ(events[0].command_id, "c.1_2-3");
  EXPECT_EQ(events[0].data, data);
}

TEST_P(EventLogConformance, reads_back_from_the_newest_event_on) {
  append("meeting/a", 0, {event("one"), event("two")});
  append("meeting/b", 0, {event("three")});
  const auto seqs = [&](std::int64_t before, std::size_t limit) {
    std::vector<std::int64_t> found;
    for (const auto& stored : log().read_back(before, limit)) found.push_back(stored.seq);
    return found;
  };
  EXPECT_EQ(seqs(INT64_MAX, 10), (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_EQ(seqs(3, 1), (std::vector<std::int64_t>{2}));
  EXPECT_TRUE(seqs(1, 10).empty());
}

TEST_P(EventLogConformance, numbers_events_without_holes_over_all_aggregates) {
  EXPECT_EQ(append("meeting/a", 0, {event("one"), event("two")}), 2);
  EXPECT_EQ(append("meeting/b", 0, {event("three")}), 3);
  EXPECT_EQ(append("meeting/a", 2, {event("four")}), 4);
  const auto events = log().read(0, 10);
  ASSERT_EQ(events.size(), 4U);
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(events[i].seq, static_cast<std::int64_t>(i + 1));
  EXPECT_EQ(events[2].version, 1);
  EXPECT_EQ(events[3].version, 3);
}

TEST_P(EventLogConformance, refuses_an_append_at_another_version_and_changes_nothing) {
  ASSERT_EQ(append("meeting/a", 0, {event("one")}), 1);
  EXPECT_EQ(append("meeting/a", 0, {event("again")}), std::nullopt);
  EXPECT_EQ(append("meeting/a", 2, {event("too far")}), std::nullopt);
  EXPECT_EQ(append("meeting/b", 1, {event("not there")}), std::nullopt);
  EXPECT_EQ(log().head(), 1);
  EXPECT_EQ(append("meeting/a", 1, {event("two")}), 2);
}

TEST_P(EventLogConformance, appends_nothing_at_the_right_version_and_says_where_it_is) {
  ASSERT_EQ(append("meeting/a", 0, {event("one")}), 1);
  EXPECT_EQ(append("meeting/a", 1, {}), 1);
  EXPECT_EQ(append("meeting/a", 0, {}), std::nullopt);
  EXPECT_EQ(log().head(), 1);
}

TEST_P(EventLogConformance, reads_in_pages_from_after_a_position) {
  for (std::int64_t i = 0; i < 5; ++i) append("meeting/a", i, {event("e" + std::to_string(i))});
  const auto page = log().read(1, 3);
  ASSERT_EQ(page.size(), 3U);
  EXPECT_EQ(page.front().seq, 2);
  EXPECT_EQ(page.back().seq, 4);
  EXPECT_TRUE(log().read(5, 10).empty());
  EXPECT_TRUE(log().read(99, 10).empty());
}

TEST_P(EventLogConformance, reads_one_aggregate_from_after_a_version) {
  append("meeting/a", 0, {event("one"), event("two")});
  append("meeting/ab", 0, {event("other")});
  append("meeting/a", 2, {event("three")});
  const auto all = log().read_aggregate("meeting/a");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[2].type, "three");
  const auto rest = log().read_aggregate("meeting/a", 2);
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].version, 3);
  EXPECT_TRUE(log().read_aggregate("meeting/none").empty());
}

}  // namespace witan::storage::conformance
