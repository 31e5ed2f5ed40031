#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <gtest/gtest.h>

#include "tests/integration/storage/event_log_conformance.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::storage {

namespace conformance {

class SqliteLog final : public LogUnderTest {
 public:
  EventLog& log() override { return store_->log(); }
  void reopen() override {
    store_.reset();
    store_ = Store::open(path_, Store::Mode::write);
  }

 private:
  test::TempFolder folder_;
  std::string path_ = folder_.file("log.sqlite");
  std::unique_ptr<Store> store_ = Store::open(path_, Store::Mode::write);
};

INSTANTIATE_TEST_SUITE_P(Log, EventLogConformance,
                         testing::Values(EventLogBackEnd{"sqlite",
                                                         [] { return std::make_unique<SqliteLog>(); }}),
                         back_end_name);

}  // namespace conformance

namespace {

struct EventTableTest : testing::Test {
  test::TempFolder folder;
  std::unique_ptr<Store> store = Store::open(folder.file("log.sqlite"), Store::Mode::write);
  void SetUp() override { ASSERT_EQ(store->log().append("meeting/a", 0, {{"scheduled", "{}"}}, {}), 1); }
};

TEST_F(EventTableTest, refuses_to_change_delete_or_replace_an_event_whoever_asks) {
  for (const char* forbidden : {"UPDATE events SET data = '[]'", "DELETE FROM events",
                                "INSERT OR REPLACE INTO events SELECT seq, aggregate, version, 'other', at, "
                                "actor, command_id, data FROM events"}) {
    EXPECT_THROW(store->database().exec(forbidden), SQLite::Exception) << forbidden;
  }
  EXPECT_EQ(store->log().read(0, 1).at(0).type, "scheduled");
}

TEST_F(EventTableTest, lets_no_two_events_of_an_aggregate_share_a_version) {
  EXPECT_THROW(
      store->database().exec(
          "INSERT INTO events SELECT 2, aggregate, version, type, at, actor, command_id, data FROM events"),
      SQLite::Exception);
}

}  // namespace
}  // namespace witan::storage
