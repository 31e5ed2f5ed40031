#include <fmt/format.h>

#include "services/advisory/app/advisory_service.hpp"
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
  void expect_rebuild_gives_the_same() {
    const auto before = store->views().digest();
    std::string after;
    on_writer([&](storage::Store& s) { after = service::rebuild_views(definition, s); });
    EXPECT_EQ(after, before);
    EXPECT_EQ(store->views().digest(), before);
  }
};

TEST_F(RebuildTest, gives_the_same_rows_byte_for_byte) {
  const auto book = open_book();
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(run("n" + std::to_string(i), "meetings.write_note", {{"book", book}, {"text", "note " + std::to_string(i)}}));
  }
  expect_rebuild_gives_the_same();
}

/// The log of a group, by advisory's own rules: long enough to turn pages, by rows and by bytes.
class PagesRebuildTest : public RebuildTest {
 protected:
  PagesRebuildTest() {
    definition = advisory::definition();
    actor.roles[std::string(k_everywhere)] = {Role::administrator};
  }
  void open_group() {
    on_writer([&](storage::Store& s) {
      service::open_public_lists(definition, s);
      for (const auto& notice : definition.notices) {
        if (notice.type != "body_established") continue;
        const auto decide = notice.prepare({{"body", group}, {"name", "Group"}, {"kind", "advisory_group"}});
        ASSERT_TRUE(decide);
        ASSERT_TRUE(engine.apply_notice(s, *decide, "notice").reply);
      }
      ask(s, "advisory.open_group", {{"group", group}, {"challenge", "clean_growth"}, {"mission", "A mission."}});
    });
  }
  json::object ask(storage::Store& s, std::string_view name, json::object args) {
    CommandRequest request{fmt::format("c{}", ++commands), std::string(name), std::move(args), {}, actor, 5000, "t"};
    const service::StoreRows rows(s);
    auto decide = definition.commands.find(name)->second.prepare(request.args, request.actor, rows);
    EXPECT_TRUE(decide) << name;
    if (!decide) return {};
    const auto done = engine.execute(s, request, *decide);
    EXPECT_TRUE(done.reply) << name;
    return done.reply ? done.reply->result : json::object();
  }
  std::string log(storage::Store& s, int day, std::size_t length) {
    return std::string(string_at(
        ask(s, "advisory.log_engagement",
            {{"group", group}, {"organisation", "Small Vans"}, {"kind", "business"}, {"sector", "Logistics"},
             {"area", "Cumbria"}, {"heard_on", fmt::format("2018-05-{:02}", day)}, {"channel", "visit"},
             {"said", std::string(length, 'x')}}),
        "engagement"));
  }

  const std::string group = std::string(26, 'g');
  int commands = 0;
};

TEST_F(PagesRebuildTest, turns_the_same_pages_byte_for_byte) {
  open_group();
  std::vector<std::string> ids;
  on_writer([&](storage::Store& s) {
    // Days in no order, so that what comes late may belong on a page of long ago.
    for (int n = 0; n < 330; ++n) ids.push_back(log(s, 1 + n * 7 % 28, n % 3 == 0 ? 3000 : 20));
    for (int n = 0; n < 330; n += 11) {
      ask(s, "advisory.withdraw_engagement", {{"group", group}, {"engagement", ids[static_cast<std::size_t>(n)]}, {"reason", "Twice"}});
    }
  });
  const auto topic = "engagements/" + group;
  const auto head = store->views().snapshot(topic, "member");
  ASSERT_TRUE(head && head->entities->contains("pages"));
  std::size_t shown = head->entities->size() - 1;
  const auto pages = int_at(head->entities->at("pages").as_object(), "earlier_count");
  EXPECT_GT(pages, 2);
  for (std::int64_t page = 1; page <= pages; ++page) {
    const auto view = store->views().snapshot(fmt::format("{}/page/{}", topic, page), "member");
    ASSERT_TRUE(view) << page;
    EXPECT_LE(json::serialize(*view->entities).size(), 256U * 1024) << page;
    shown += view->entities->size() - 1;
  }
  EXPECT_EQ(shown, 300U);
  expect_rebuild_gives_the_same();
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
  on_writer([&](storage::Store& s) { service::bring_views_into_shape(definition, s); });
  EXPECT_FALSE(store->views().row(topic, "public", "spine"));

  const auto newer = with_spines(definition);
  std::string before, after;
  std::vector<Change> next;
  on_writer([&](storage::Store& s) {
    before = s.views().epoch();
    service::bring_views_into_shape(newer, s);
    after = s.views().epoch();
    next = s.views().apply({{topic, "public", "mark", "1"}}, s.log().head());
  });
  EXPECT_NE(after, before) << "or a reader of the old rows goes on with them, also where nothing happens any more";
  EXPECT_EQ(next.at(0).epoch, after);
  const auto now = storage::Store::open(folder.file("notes.sqlite"), storage::Store::Mode::read);
  EXPECT_EQ(now->views().epoch(), after);
  EXPECT_EQ(now->views().row(topic, "public", "spine"), json::value("Minutes"));
  EXPECT_TRUE(now->views().row(topic, "public", "book"));
}

TEST_F(RebuildTest, leaves_rows_of_the_present_shape_alone) {
  const auto book = open_book();
  const auto newer = with_spines(definition);
  on_writer([&](storage::Store& s) { service::bring_views_into_shape(newer, s); });
  on_writer([&](storage::Store& s) {
    s.views().apply({{"meetings/" + book, "public", "mark", R"("still here")"}}, s.log().head());
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
