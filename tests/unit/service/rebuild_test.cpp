#include "tests/unit/service/engine_fixture.hpp"

namespace witan::test {
namespace {

class RebuildTest : public EngineTest {
 protected:
  void on_writer(std::function<void(storage::Store&)> work) {
    std::promise<storage::Outcome> finished;
    ASSERT_TRUE(writer.submit({std::move(work), [&](storage::Outcome outcome) { finished.set_value(outcome); }}));
    ASSERT_EQ(finished.get_future().get(), storage::Outcome::committed);
  }
};

TEST_F(RebuildTest, gives_the_same_rows_byte_for_byte) {
  const auto book = open_book();
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(run("n" + std::to_string(i), "meetings.write_note", {{"book", book}, {"text", "note " + std::to_string(i)}}));
  }
  const auto before = store->views().digest();
  std::string after;
  on_writer([&](storage::Store& s) { after = service::rebuild_views(definition, s); });
  EXPECT_EQ(after, before);
  EXPECT_EQ(store->views().digest(), before);
}

/// Books as a later release shows them: with their title on a row of its own.
service::Definition with_spines(service::Definition definition) {
  auto& book = definition.aggregates.find("book")->second;
  book.present = [before = book.present](std::string_view type, const json::value& data, const domain::EventInfo& when,
                                         const std::any& after, domain::Presenter& presenter) {
    before(type, data, when, after, presenter);
    if (type != notes::BookOpened::k_type) return;
    presenter.put_value("meetings/" + std::string(data.at("book").as_string()), "public", "spine", data.at("title"));
  };
  definition.views_shape = 2;
  return definition;
}

TEST_F(RebuildTest, writes_the_rows_again_when_the_service_gives_them_another_shape) {
  const auto first = open_book();
  const auto topic = "meetings/" + first;
  const auto seen_before = store->views().snapshot(topic, "public")->version;
  run("other", "meetings.open_book", {{"title", "Other"}});
  on_writer([&](storage::Store& s) { service::bring_views_into_shape(definition, s); });
  EXPECT_FALSE(store->views().row(topic, "public", "spine"));
  EXPECT_TRUE(store->views().changes_after(topic, "public", seen_before)->empty());

  const auto newer = with_spines(definition);
  on_writer([&](storage::Store& s) { service::bring_views_into_shape(newer, s); });
  EXPECT_EQ(store->views().shape(), 2);
  EXPECT_EQ(store->views().row(topic, "public", "spine"), json::value("Minutes"));
  EXPECT_TRUE(store->views().row(topic, "public", "book"));
  EXPECT_FALSE(store->views().changes_after(topic, "public", seen_before)) << "a reader of the old rows goes on with them";
  const auto seen_since = store->views().snapshot(topic, "public")->version;
  EXPECT_TRUE(store->views().changes_after(topic, "public", seen_since)->empty());
}

TEST_F(RebuildTest, leaves_rows_of_the_present_shape_alone) {
  const auto book = open_book();
  const auto newer = with_spines(definition);
  on_writer([&](storage::Store& s) { service::bring_views_into_shape(newer, s); });
  on_writer([&](storage::Store& s) {
    s.views().apply({{"meetings/" + book, "public", "mark", json::value("still here")}}, s.log().head());
    service::bring_views_into_shape(newer, s);
  });
  EXPECT_TRUE(store->views().row("meetings/" + book, "public", "mark"));
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
