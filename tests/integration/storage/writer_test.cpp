#include <atomic>
#include <filesystem>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

using testing::ElementsAre;

struct WriterTest : WriterScene {};

TEST_F(WriterTest, reports_a_job_only_once_another_connection_can_read_it) {
  Writer writer(path, {});
  auto reader = Store::open(path, Store::Mode::read);
  std::promise<std::size_t> seen;
  ASSERT_TRUE(writer.submit({append_to("a/1"), [&](Outcome outcome) {
                               EXPECT_EQ(outcome, Outcome::committed);
                               seen.set_value(aggregates(*Store::open(path, Store::Mode::read)).size());
                             }}));
  EXPECT_EQ(seen.get_future().get(), 1U);
  EXPECT_THAT(aggregates(*reader), ElementsAre("a/1"));
}

TEST_F(WriterTest, commits_what_waits_as_one_group) {
  Writer writer(path, {});
  Gate gate(writer);
  std::atomic<int> worked = 0;
  std::vector<int> worked_when_told;
  std::vector<std::future<Outcome>> outcomes;
  for (int i = 0; i < 10; ++i) {
    auto told = std::make_shared<std::promise<Outcome>>();
    outcomes.push_back(told->get_future());
    writer.submit({[&](Store&) { ++worked; },
                   [&, told](Outcome outcome) {
                     worked_when_told.push_back(worked);
                     told->set_value(outcome);
                   }});
  }
  EXPECT_EQ(writer.queued(), 10U);
  gate.open();
  for (auto& outcome : outcomes) EXPECT_EQ(waited(std::move(outcome)), Outcome::committed);
  EXPECT_THAT(worked_when_told, testing::Each(10));
}

TEST_F(WriterTest, makes_no_group_larger_than_its_maximum) {
  WriterOptions options;
  options.group_max = 4;
  Writer writer(path, options);
  Gate gate(writer);
  std::atomic<int> worked = 0;
  std::vector<int> worked_when_told;
  for (int i = 0; i < 8; ++i) {
    writer.submit({[&](Store&) { ++worked; }, [&](Outcome) { worked_when_told.push_back(worked); }});
  }
  gate.open();
  writer.stop();
  EXPECT_THAT(worked_when_told, ElementsAre(4, 4, 4, 4, 8, 8, 8, 8));
}

TEST_F(WriterTest, undoes_only_the_job_that_throws) {
  int undone = 0;
  WriterOptions options;
  options.on_rollback = [&] { ++undone; };
  Writer writer(path, options);
  Gate gate(writer);
  auto before = submitted(writer, append_to("a/1"));
  auto bad = submitted(writer, [](Store& store) {
    append_to("a/bad")(store);
    store.views().apply({{"topic", "public", "key", "1"}}, 2);
    throw std::runtime_error("a rule is broken");
  });
  auto after = submitted(writer, append_to("a/2"));
  gate.open();
  EXPECT_EQ(waited(std::move(before)), Outcome::committed);
  EXPECT_EQ(waited(std::move(bad)), Outcome::failed);
  EXPECT_EQ(waited(std::move(after)), Outcome::committed);
  writer.stop();
  EXPECT_EQ(undone, 1);
  auto store = Store::open(path, Store::Mode::read);
  EXPECT_THAT(aggregates(*store), ElementsAre("a/1", "a/2"));
  EXPECT_EQ(store->log().head(), 2);
  EXPECT_EQ(store->views().row("topic", "public", "key"), std::nullopt);
}

TEST_F(WriterTest, lets_a_job_undo_itself_without_dropping_cached_states) {
  int undone = 0;
  WriterOptions options;
  options.on_rollback = [&] { ++undone; };
  Writer writer(path, options);
  EXPECT_EQ(done(writer,
                 [](Store& store) {
                   append_to("a/1")(store);
                   throw Undo();
                 }),
            Outcome::failed);
  EXPECT_EQ(done(writer, [](Store&) { throw 7; }), Outcome::failed);
  EXPECT_EQ(done(writer, append_to("a/2")), Outcome::committed);
  writer.stop();
  EXPECT_EQ(undone, 1) << "only for what was not chosen";
  EXPECT_THAT(aggregates(*Store::open(path, Store::Mode::read)), ElementsAre("a/2"));
}

TEST_F(WriterTest, fails_a_job_whose_statement_fails_and_goes_on) {
  Writer writer(path, {});
  EXPECT_EQ(
      done(writer, [](Store& store) { store.database().exec("INSERT INTO meta VALUES (2, 'x', 'y', 0)"); }),
      Outcome::failed);
  EXPECT_EQ(done(writer, append_to("a/1")), Outcome::committed);
}

TEST_F(WriterTest, goes_on_after_a_report_that_throws) {
  Writer writer(path, {});
  writer.submit({append_to("a/1"), [](Outcome) { throw std::runtime_error("nobody listens"); }});
  EXPECT_EQ(done(writer, append_to("a/2")), Outcome::committed);
}

TEST_F(WriterTest, refuses_jobs_beyond_its_queue_and_takes_them_again_later) {
  WriterOptions options;
  options.queue_max = 2;
  Writer writer(path, options);
  Gate gate(writer);
  EXPECT_TRUE(writer.submit({append_to("a/1"), {}}));
  EXPECT_TRUE(writer.submit({append_to("a/2"), {}}));
  EXPECT_FALSE(writer.submit({append_to("a/3"), {}}));
  gate.open();
  while (writer.queued() > 0) std::this_thread::yield();
  EXPECT_EQ(done(writer, append_to("a/4")), Outcome::committed);
}

TEST_F(WriterTest, finishes_what_is_queued_when_it_stops_and_takes_no_more) {
  Writer writer(path, {});
  Gate gate(writer);
  std::atomic<int> committed = 0;
  for (int i = 0; i < 200; ++i) {
    writer.submit({append_to("a/" + std::to_string(i)),
                   [&](Outcome outcome) { committed += outcome == Outcome::committed ? 1 : 0; }});
  }
  std::thread stopper([&] { writer.stop(); });
  gate.open();
  stopper.join();
  writer.stop();
  EXPECT_EQ(committed, 200);
  EXPECT_FALSE(writer.submit({append_to("a/late"), {}}));
  EXPECT_EQ(Store::open(path, Store::Mode::read)->log().head(), 200);
}

TEST_F(WriterTest, leaves_everything_in_the_file_and_nothing_in_the_log_when_it_stops) {
  Writer writer(path, {});
  auto reader = Store::open(path, Store::Mode::read);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(done(writer, append_to("a/" + std::to_string(i), std::string(10'000, '1'))), Outcome::committed);
  }
  EXPECT_EQ(aggregates(*reader).size(), 20U);
  EXPECT_GT(std::filesystem::file_size(path + "-wal"), 100'000U);
  writer.stop();
  EXPECT_EQ(std::filesystem::file_size(path + "-wal"), 0U);
  EXPECT_EQ(aggregates(*reader).size(), 20U);
}

TEST_F(WriterTest, takes_jobs_from_many_threads_and_commits_each_once) {
  Writer writer(path, {});
  std::atomic<int> committed = 0;
  {
    std::vector<std::jthread> submitters;
    for (int t = 0; t < 8; ++t) {
      submitters.emplace_back([&, t] {
        for (int i = 0; i < 50; ++i) {
          const auto name = "a/" + std::to_string(t) + "-" + std::to_string(i);
          if (done(writer, append_to(name)) == Outcome::committed) ++committed;
        }
      });
    }
  }
  writer.stop();
  EXPECT_EQ(committed, 400);
  auto names = aggregates(*Store::open(path, Store::Mode::read));
  EXPECT_EQ(names.size(), 400U);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST_F(WriterTest, shows_readers_whole_commits_only) {
  Writer writer(path, {});
  std::atomic<bool> finished = false;
  std::jthread reading([&] {
    auto reader = Store::open(path, Store::Mode::read);
    while (!finished) {
      reader->consistently([&] {
        const auto head = reader->log().head();
        EXPECT_EQ(head % 2, 0) << "each job writes two events";
        const auto shown = reader->views().row("counter", "public", "events");
        EXPECT_EQ(shown.value_or(json::value(0)).to_number<std::int64_t>(), head);
      });
    }
  });
  for (int i = 0; i < 200; ++i) {
    done(writer, [i](Store& store) {
      const auto head = store.log().append("a/" + std::to_string(i), 0, {{"one", "{}"}, {"two", "{}"}}, {});
      store.views().apply({{"counter", "public", "events", std::to_string(*head)}}, *head);
    });
  }
  finished = true;
}

TEST_F(WriterTest, remembers_no_row_that_was_undone) {
  Writer writer(path, {});
  const auto put = [](const char* text, std::int64_t version) {
    return [text, version](Store& store) { store.views().apply({{"topic", "public", "key", text}}, version); };
  };
  const auto then = [](auto write, auto fault) {
    return [=](Store& store) {
      write(store);
      throw fault;
    };
  };
  const auto stored = [&] { return Store::open(path, Store::Mode::read)->views().row("topic", "public", "key"); };
  EXPECT_EQ(done(writer, then(put("1", 1), std::runtime_error("a rule is broken"))), Outcome::failed);
  EXPECT_EQ(done(writer, put("1", 1)), Outcome::committed);
  EXPECT_EQ(stored(), json::value(1)) << "the first write is undone, so the second writes";
  EXPECT_EQ(done(writer, then(put("2", 2), Undo())), Outcome::failed);
  EXPECT_EQ(done(writer, put("2", 2)), Outcome::committed);
  EXPECT_EQ(stored(), json::value(2));
  const auto drop = [](Store& store) { store.views().apply({{"topic", "public", "key", std::nullopt}}, 3); };
  EXPECT_EQ(done(writer, then(drop, Undo())), Outcome::failed);
  EXPECT_EQ(done(writer, put("2", 4)), Outcome::committed);
  EXPECT_EQ(stored(), json::value(2));
  EXPECT_EQ(done(writer, drop), Outcome::committed);
  EXPECT_EQ(stored(), std::nullopt);
  EXPECT_EQ(done(writer, put("2", 5)), Outcome::committed);
  EXPECT_EQ(stored(), json::value(2)) << "what was dropped comes back";
}

TEST_F(WriterTest, hides_a_job_that_has_not_been_committed) {
  Writer writer(path, {});
  auto reader = Store::open(path, Store::Mode::read);
  EXPECT_EQ(done(writer,
                 [&](Store& store) {
                   append_to("a/1")(store);
                   EXPECT_EQ(Store::open(path, Store::Mode::read)->log().head(), 0);
                   EXPECT_EQ(store.log().head(), 1);
                 }),
            Outcome::committed);
  EXPECT_EQ(reader->log().head(), 1);
}

}  // namespace
}  // namespace witan::storage
