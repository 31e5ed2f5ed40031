#include <fstream>
#include <random>
#include <sstream>
#include <sys/stat.h>

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"
#include "shared/storage/compaction.hpp"
#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

struct StoreTest : WriterScene {
  std::unique_ptr<Store> store = Store::open(path, Store::Mode::write);
  void reopen() {
    store.reset();
    store = Store::open(path, Store::Mode::write);
  }
  std::string bytes_of_all_files() const {
    std::ostringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      all << std::ifstream(entry.path()).rdbuf();
    return all.str();
  }
};

Timestamp at(std::int64_t ms) { return Timestamp(std::chrono::milliseconds(ms)); }

TEST_F(StoreTest, keeps_its_promise_of_durability_in_its_settings) {
  const auto pragma = [&](const char* name) {
    return store->database().execAndGet(std::string("PRAGMA ") + name).getString();
  };
  EXPECT_EQ(pragma("journal_mode"), "wal");
  EXPECT_EQ(pragma("synchronous"), "2");
  EXPECT_EQ(pragma("foreign_keys"), "1");
  EXPECT_EQ(pragma("secure_delete"), "1");
  EXPECT_EQ(pragma("integrity_check"), "ok");
}

TEST_F(StoreTest, is_readable_by_its_owner_alone) {
  store->log().append("a/1", 0, {{"x", "{}"}}, {});
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    struct stat found {};
    ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U) << entry.path();
  }
}

TEST_F(StoreTest, refuses_a_second_writer_and_takes_one_again_after_the_first) {
  EXPECT_THAT([&] { Store::open(path, Store::Mode::write); },
              ThrowsMessage<StorageFailure>(HasSubstr("already being written by another process")));
  EXPECT_THAT([&] { Writer(path, {}); }, ThrowsMessage<StorageFailure>(HasSubstr("already being written")));
  EXPECT_NO_THROW(Store::open(path, Store::Mode::read));
  reopen();
}

TEST_F(StoreTest, refuses_a_file_of_a_newer_witan_and_leaves_it_alone) {
  store->database().exec("PRAGMA user_version=99");
  store.reset();
  EXPECT_THAT([&] { Store::open(path, Store::Mode::write); },
              ThrowsMessage<StorageFailure>(HasSubstr("newer Witan")));
  EXPECT_THAT([&] { Store::open(path, Store::Mode::read); },
              ThrowsMessage<StorageFailure>(HasSubstr("newer Witan")));
  EXPECT_EQ(SQLite::Database(path).execAndGet("PRAGMA user_version").getInt(), 99);
}

TEST_F(StoreTest, brings_a_file_of_the_first_release_up_to_date_and_keeps_what_is_in_it) {
  store->log().append("a/1", 0, {{"x", "{}"}}, {});
  const auto epoch = store->log().epoch();
  store->database().exec("DROP TABLE file_pieces; DROP TABLE file_streams; DROP TABLE uses; ALTER TABLE meta DROP COLUMN compaction_wanted; ALTER TABLE meta DROP COLUMN views_shape; PRAGMA user_version=1");
  store.reset();
  EXPECT_THAT([&] { Store::open(path, Store::Mode::read); }, ThrowsMessage<StorageFailure>(HasSubstr("has schema 1")));
  reopen();
  EXPECT_EQ(store->views().shape(), 1);
  EXPECT_EQ(store->log().epoch(), epoch);
  EXPECT_EQ(store->log().head(), 1);
}

TEST_F(StoreTest, refuses_files_that_are_not_its_own) {
  const auto other = folder.file("other.sqlite");
  SQLite::Database(other, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE recipes (name)");
  EXPECT_THAT([&] { Store::open(other, Store::Mode::write); },
              ThrowsMessage<StorageFailure>(HasSubstr("not a Witan store")));
  const auto text = folder.file("text.sqlite");
  std::ofstream(text) << std::string(5000, 'x');
  EXPECT_THROW(Store::open(text, Store::Mode::write), StorageFailure);
  EXPECT_THROW(Store::open(folder.file("absent.sqlite"), Store::Mode::read), StorageFailure);
  EXPECT_THROW(Store::open(folder.file("no/such/folder.sqlite"), Store::Mode::write), StorageFailure);
}

TEST_F(StoreTest, remembers_answers_by_actor_and_id) {
  store->remember("ann", "c1", {"hash", R"({"version":1})"}, at(1000));
  reopen();
  const auto found = store->remembered("ann", "c1");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->request_hash, "hash");
  EXPECT_EQ(found->reply, R"({"version":1})");
  EXPECT_FALSE(store->remembered("ben", "c1"));
  EXPECT_FALSE(store->remembered("ann", "c2"));
  EXPECT_ANY_THROW(store->remember("ann", "c1", {"other", "{}"}, at(1001))) << "an answer is given once";
}

TEST_F(StoreTest, forgets_answers_older_than_a_limit_and_no_others) {
  store->remember("ann", "old", {"h", "{}"}, at(999));
  store->remember("ann", "edge", {"h", "{}"}, at(1000));
  store->remember("ann", "new", {"h", "{}"}, at(1001));
  store->forget_before(at(1000));
  EXPECT_FALSE(store->remembered("ann", "old"));
  EXPECT_TRUE(store->remembered("ann", "edge"));
  EXPECT_TRUE(store->remembered("ann", "new"));
  store->forget_before(at(5000));
  EXPECT_FALSE(store->remembered("ann", "new"));
}

TEST_F(StoreTest, keeps_texts_under_a_salted_hash) {
  const auto one = store->keep_text("We need the A66 dualled.");
  const auto same = store->keep_text("We need the A66 dualled.");
  EXPECT_NE(one.text_id, same.text_id);
  EXPECT_NE(one.hash, same.hash) << "equal texts must not be seen to be equal";
  EXPECT_EQ(one.hash.size(), 52U);
  EXPECT_NE(one.hash, crypto::blake2b_text("We need the A66 dualled."));
  reopen();
  EXPECT_EQ(store->text(one.text_id), "We need the A66 dualled.");
  EXPECT_EQ(store->text("unknown"), std::nullopt);
  EXPECT_EQ(store->text(store->keep_text("").text_id), "");
}

TEST_F(StoreTest, leaves_no_byte_of_an_erased_text_in_any_file) {
  const std::string canary = "canary-" + crypto::random_token();
  const auto kept = store->keep_text(canary);
  store->keep_text("stays");
  ASSERT_THAT(bytes_of_all_files(), HasSubstr(canary));
  store->erase_text(kept.text_id);
  EXPECT_EQ(store->text(kept.text_id), std::nullopt);
  EXPECT_THAT(bytes_of_all_files(), testing::Not(HasSubstr(canary)));
}

TEST_F(StoreTest, scrubs_an_erased_text_once_a_reader_that_was_in_the_way_is_done) {
  const std::string canary = "canary-" + crypto::random_token();
  store.reset();
  Writer writer(path, {});
  std::string id;
  done(writer, [&](Store& writing) { id = writing.keep_text(canary).text_id; });
  auto reader = Store::open(path, Store::Mode::read);
  reader->consistently([&] {
    EXPECT_EQ(reader->text(id), canary);
    EXPECT_EQ(done(writer, [&](Store& writing) { writing.erase_text(id); }), Outcome::committed);
    EXPECT_EQ(reader->text(id), canary) << "still inside the old transaction";
    EXPECT_THAT(bytes_of_all_files(), HasSubstr(canary));
  });
  const auto limit = std::chrono::steady_clock::now() + k_deadline;
  while (bytes_of_all_files().find(canary) != std::string::npos && std::chrono::steady_clock::now() < limit) {
    std::this_thread::yield();
  }
  EXPECT_THAT(bytes_of_all_files(), testing::Not(HasSubstr(canary)));
}

TEST_F(StoreTest, leaves_no_copy_of_an_erased_text_in_the_free_part_of_a_page_once_the_file_is_written_anew) {
  store.reset();
  Writer writer(path, {});
  std::vector<std::string> canaries;
  std::mt19937 random(1);
  for (int round = 0; round < 40; ++round) {
    done(writer, [&](Store& writing) {
      for (int i = 0; i < 100; ++i) {
        const bool is_canary = random() % 50 == 0;
        const auto kept = writing.keep_text((is_canary ? "canary" : "other ") + std::string(random() % 300, 'x'));
        if (is_canary) canaries.push_back(kept.text_id);
      }
    });
  }
  done(writer, [&](Store& writing) {
    for (const auto& id : canaries) writing.erase_text(id);
    ask_for_compaction(writing);
  });
  done(writer, [](Store&) {});  // comes after the compaction
  EXPECT_THAT(bytes_of_all_files(), testing::Not(HasSubstr("canary")));
}

TEST_F(StoreTest, remembers_how_far_it_consumed_each_producer) {
  EXPECT_EQ(store->checkpoint("directory"), std::nullopt);
  store->set_checkpoint("directory", {"epoch1", 7});
  store->set_checkpoint("meetings", {"epoch9", 1});
  store->set_checkpoint("directory", {"epoch2", 3});
  reopen();
  EXPECT_EQ(store->checkpoint("directory")->epoch, "epoch2");
  EXPECT_EQ(store->checkpoint("directory")->version, 3);
  EXPECT_EQ(store->checkpoint("meetings")->version, 1);
}

TEST_F(StoreTest, parks_what_could_not_be_applied) {
  store->park("directory", 12, "unknown role", R"({"role":"jester"})");
  store->park("directory", 12, "again", "{}");
  EXPECT_EQ(store->database()
                .execAndGet("SELECT count(*) FROM parked WHERE producer = 'directory' AND seq = 12")
                .getInt(),
            2);
}

TEST_F(StoreTest, has_a_secret_key_of_its_own_for_ever) {
  const auto key = store->secret_key();
  EXPECT_EQ(key.size(), 32U);
  reopen();
  EXPECT_EQ(store->secret_key(), key);
  EXPECT_NE(Store::open(folder.file("second.sqlite"), Store::Mode::write)->secret_key(), key);
}

TEST_F(StoreTest, lets_readers_read_everything_and_write_nothing) {
  const auto kept = store->keep_text("words");
  auto reader = Store::open(path, Store::Mode::read);
  EXPECT_EQ(reader->text(kept.text_id), "words");
  EXPECT_EQ(reader->log().epoch(), store->log().epoch());
  EXPECT_ANY_THROW(reader->log().append("a/1", 0, {{"x", "{}"}}, {}));
}

}  // namespace
}  // namespace witan::storage
