#include "tests/unit/service/engine_fixture.hpp"

namespace witan::test {
namespace {

class RebuildTest : public EngineTest {};

TEST_F(RebuildTest, gives_the_same_rows_byte_for_byte) {
  const auto book = open_book();
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(run("n" + std::to_string(i), "meetings.write_note", {{"book", book}, {"text", "note " + std::to_string(i)}}));
  }
  const auto before = store->views().digest();
  std::string after;
  std::promise<void> finished;
  ASSERT_TRUE(writer.submit({[&](storage::Store& s) { after = service::rebuild_views(definition, s); },
                             [&](storage::Outcome) { finished.set_value(); }}));
  finished.get_future().get();
  EXPECT_EQ(after, before);
  EXPECT_EQ(store->views().digest(), before);
}

TEST_F(RebuildTest, reads_the_log_as_whole_commits_whatever_the_limit) {
  const auto book = open_book();
  for (int i = 0; i < 7; ++i) run("n" + std::to_string(i), "meetings.write_note", {{"book", book}, {"text", "x"}});
  for (const std::size_t limit : {1U, 2U, 3U, 100U}) {
    std::int64_t at = 0;
    while (at < store->log().head()) {
      const auto commits = service::read_commits(definition, *store, at, limit);
      ASSERT_FALSE(commits.empty());
      for (const auto& commit : commits) {
        EXPECT_EQ(commit.first, at + 1);
        at = commit.last;
      }
    }
  }
}

}  // namespace
}  // namespace witan::test
