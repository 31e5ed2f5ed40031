#include <SQLiteCpp/SQLiteCpp.h>

#include "tests/unit/service/engine_fixture.hpp"

namespace witan::test {
namespace {

TEST_F(EngineTest, gives_the_same_answer_to_a_repeat_and_does_nothing_again) {
  const auto book = open_book();
  const auto first = run("n1", "meetings.write_note", {{"book", book}, {"text", "hello"}});
  const auto head = store->log().head();
  const auto again = run("n1", "meetings.write_note", {{"text", "hello"}, {"book", book}});
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(executed.is_repeat);
  EXPECT_EQ(first->version, again->version);
  EXPECT_EQ(first->result, again->result);
  EXPECT_EQ(store->log().head(), head);
}

TEST_F(EngineTest, refuses_an_id_that_was_used_for_another_request) {
  const auto book = open_book();
  ASSERT_TRUE(run("n1", "meetings.write_note", {{"book", book}, {"text", "hello"}}));
  const auto other = run("n1", "meetings.write_note", {{"book", book}, {"text", "other"}});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::idempotency_mismatch);
  EXPECT_EQ(store->views().snapshot("meetings/" + book, "public")->entities->size(), 2U);
}

TEST_F(EngineTest, refuses_a_command_on_a_version_that_is_no_longer_the_newest) {
  const auto book = open_book();
  const auto first = run("n1", "meetings.write_note", {{"book", book}, {"text", "one"}});
  ASSERT_TRUE(run("n2", "meetings.write_note", {{"book", book}, {"text", "two"}}, first->version));
  const auto stale = run("n3", "meetings.write_note", {{"book", book}, {"text", "three"}}, first->version);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, ErrorCode::stale_version);
  EXPECT_EQ(stale.error().extra.at("version").as_int64(), first->version + 1);
  EXPECT_EQ(store->views().row("meetings/" + book, "public", "book")->at("notes").as_int64(), 2);
}

TEST_F(EngineTest, leaves_nothing_behind_when_a_refused_command_had_kept_a_text) {
  const auto book = open_book();
  EXPECT_EQ(run("n1", "meetings.write_and_refuse", {{"book", book}}).error().code, ErrorCode::not_now);
  SQLite::Statement count(store->database(), "SELECT count(*) FROM texts");
  ASSERT_TRUE(count.executeStep());
  EXPECT_EQ(count.getColumn(0).getInt(), 0);
}

TEST_F(EngineTest, writes_what_one_command_means_for_two_aggregates_together) {
  const auto reply = run("two", "meetings.open_two_books", {{"title", "Minutes"}});
  ASSERT_TRUE(reply);
  const std::string book(reply->result.at("book").as_string()), other(reply->result.at("other").as_string());
  EXPECT_EQ(store->log().head(), 2);
  EXPECT_EQ(reply->version, 2);
  EXPECT_EQ(executed.changes.size(), 4U) << "for each book its row, and who may read it";
  EXPECT_EQ(store->views().row("meetings/" + other, "public", "book")->at("title").as_string(), "The other");
  ASSERT_TRUE(run("n1", "meetings.write_note", {{"book", other}, {"text", "hello"}}));
  ASSERT_TRUE(run("n2", "meetings.write_note", {{"book", book}, {"text", "hello"}}));
  EXPECT_EQ(service::read_commits(definition, *store, 0, 100).size(), 4U) << "other services take each aggregate's part by itself";
  const auto before = store->views().digest();
  std::promise<std::string> rebuilt;
  ASSERT_TRUE(writer.submit({[&](storage::Store& s) { rebuilt.set_value(service::rebuild_views(definition, s)); }, {}}));
  EXPECT_EQ(rebuilt.get_future().get(), before);
}

TEST_F(EngineTest, a_refusal_may_be_written_down) {
  const auto book = open_book();
  const auto refused = run("r", "meetings.write_refused_note", {{"book", book}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "Noted, and refused.");
  EXPECT_EQ(store->log().head(), 2);
  EXPECT_EQ(executed.changes.size(), 1U);
}

TEST_F(EngineTest, erases_texts_with_the_commit) {
  const auto book = open_book();
  ASSERT_TRUE(run("n", "meetings.write_note", {{"book", book}, {"text", "hello"}}));
  const auto event = json::parse(store->log().read(1, 1).front().data);
  const auto text_id = event.at("text").at("text_id").as_string();
  ASSERT_TRUE(store->text(text_id));
  ASSERT_TRUE(run("e", "meetings.erase_text", {{"book", book}, {"text_id", text_id}}));
  EXPECT_FALSE(store->text(text_id));
  EXPECT_EQ(store->log().head(), 2);
}

TEST_F(EngineTest, says_who_must_sign_in_and_what_does_not_exist) {
  const auto book = open_book();
  EXPECT_EQ(run("n1", "meetings.write_note", {{"book", book}, {"text", "x"}}, {}, false).error().code, ErrorCode::not_signed_in);
  EXPECT_EQ(run("n2", "meetings.write_note", {{"book", "nowhere"}, {"text", "x"}}).error().code, ErrorCode::not_found);
}

TEST_F(EngineTest, chains_the_versions_of_each_topic) {
  const auto book = open_book();
  run("n1", "meetings.write_note", {{"book", book}, {"text", "one"}});
  const auto first = executed.changes;
  run("n2", "meetings.write_note", {{"book", book}, {"text", "two"}});
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(executed.changes.size(), 1U);
  EXPECT_EQ(executed.changes[0].prev, first[0].version);
  EXPECT_EQ(executed.changes[0].put.size(), 2U);  // the note and the book's count
}

TEST_F(EngineTest, loads_its_state_from_the_log_after_a_restart) {
  const auto book = open_book();
  run("n1", "meetings.write_note", {{"book", book}, {"text", "one"}});
  engine.forget();
  EXPECT_EQ(run("n2", "meetings.write_note", {{"book", book}, {"text", "two"}})->result.at("number").as_int64(), 2);
}

TEST_F(EngineTest, keeps_texts_out_of_events) {
  const auto book = open_book();
  run("n1", "meetings.write_note", {{"book", book}, {"text", "a canary sings"}});
  for (const auto& event : store->log().read(0, 100)) EXPECT_EQ(event.data.find("canary"), std::string::npos);
}

TEST_F(EngineTest, hashes_no_password_no_one_time_code_and_no_vote) {
  const std::string key(32, 'k');
  for (const auto* name : {"password", "current_password", "new_password", "code", "present_code"}) {
    CommandRequest a{"i", "n", {{"email", "a@b.example"}, {name, "correct horse"}}, {}, {}, 1, ""};
    CommandRequest b{"i", "n", {{"email", "a@b.example"}, {name, "battery staple"}}, {}, {}, 1, ""};
    EXPECT_EQ(service::hash_of(a, key), service::hash_of(b, key)) << name;
  }
  const auto chosen = [&](const char* command, const char* choice) { return service::hash_of(CommandRequest{"i", command, {{"choice", choice}}, {}, {}, 1, ""}, key); };
  EXPECT_EQ(chosen("meetings.cast_vote", "against"), chosen("meetings.cast_vote", "abstain"));
  EXPECT_NE(chosen("meetings.choose", "against"), chosen("meetings.choose", "abstain")) << "elsewhere it is a choice like any other";
}

TEST_F(EngineTest, remembers_nothing_of_visitors) {
  ASSERT_TRUE(run("open", "meetings.open_book", {{"title", "Minutes"}}, {}, false));
  const auto again = run("open", "meetings.open_book", {{"title", "Another"}}, {}, false);
  EXPECT_TRUE(again);
  EXPECT_FALSE(executed.is_repeat);
}

TEST_F(EngineTest, hashes_a_request_alike_whatever_the_order_of_its_members) {
  CommandRequest a{"i", "n", json::parse(R"({"x":1,"y":{"p":[1,2],"q":"z"}})").as_object(), {}, {}, 1, ""};
  CommandRequest b{"i", "n", json::parse(R"({"y":{"q":"z","p":[1,2]},"x":1})").as_object(), {}, {}, 1, ""};
  CommandRequest c{"i", "n", json::parse(R"({"y":{"q":"z","p":[2,1]},"x":1})").as_object(), {}, {}, 1, ""};
  const std::string key(32, 'k');
  EXPECT_EQ(service::hash_of(a, key), service::hash_of(b, key));
  EXPECT_NE(service::hash_of(a, key), service::hash_of(c, key));
}

}  // namespace
}  // namespace witan::test
