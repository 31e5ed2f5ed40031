#include <fstream>
#include <sys/resource.h>

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include "shared/storage/file_table.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::storage {
namespace {

struct FileTableTest : testing::Test {
  void SetUp() override { reopen(); }
  void reopen() {
    files.reset();
    store.reset();
    store = Store::open(path, Store::Mode::write);
    files = std::make_unique<FileTable>(*store, key);
  }
  std::string text_of(const std::string& address) const {
    std::string text;
    how = files->read(address, [&](std::string_view piece) {
      text += piece;
      return true;
    });
    return text;
  }
  std::string kept(const std::string& upload, const std::string& text) {
    files->begin(upload, Timestamp());
    EXPECT_TRUE(files->append(upload, 0, text));
    return files->finish(upload).value_or("");
  }

  test::TempFolder folder;
  std::string path = folder.file("files.sqlite");
  crypto::Secret key{std::string(32, 'k')};
  std::unique_ptr<Store> store;
  std::unique_ptr<FileTable> files;
  mutable FileTable::Read how = FileTable::Read::absent;
};

TEST_F(FileTableTest, gives_back_what_was_handed_in_in_pieces) {
  files->begin("u1", Timestamp());
  EXPECT_TRUE(files->append("u1", 0, "Good "));
  EXPECT_TRUE(files->append("u1", 5, "morning"));
  const auto address = files->finish("u1");
  ASSERT_TRUE(address);
  reopen();
  EXPECT_EQ(text_of(*address), "Good morning");
  EXPECT_EQ(how, FileTable::Read::whole);
  EXPECT_EQ(files->size(*address), 12);
}

TEST_F(FileTableTest, goes_on_after_a_restart_where_it_was) {
  files->begin("u1", Timestamp());
  files->append("u1", 0, "Good ");
  reopen();
  ASSERT_EQ(files->received("u1"), 5);
  EXPECT_TRUE(files->append("u1", 5, "morning"));
  const auto address = files->finish("u1");
  EXPECT_EQ(text_of(*address), "Good morning");
  EXPECT_EQ(how, FileTable::Read::whole);
  EXPECT_EQ(kept("u2", "Good morning"), *address);
}

TEST_F(FileTableTest, takes_no_piece_that_is_not_the_next) {
  files->begin("u1", Timestamp());
  EXPECT_TRUE(files->append("u1", 0, "Good "));
  EXPECT_FALSE(files->append("u1", 0, "Good "));
  EXPECT_FALSE(files->append("u1", 9, "morning"));
  EXPECT_FALSE(files->append("another", 0, "morning"));
  EXPECT_EQ(files->received("u1"), 5);
}

TEST_F(FileTableTest, goes_on_after_a_piece_that_was_undone) {
  files->begin("u1", Timestamp());
  files->append("u1", 0, "Good ");
  store->database().exec("SAVEPOINT piece");
  files->append("u1", 5, "night");
  store->database().exec("ROLLBACK TO piece; RELEASE piece");
  EXPECT_TRUE(files->append("u1", 5, "morning"));
  EXPECT_EQ(text_of(*files->finish("u1")), "Good morning");
}

TEST_F(FileTableTest, keeps_equal_files_once) {
  const auto first = kept("u1", "same"), second = kept("u2", "same"), other = kept("u3", "other");
  EXPECT_EQ(first, second);
  EXPECT_NE(first, other);
  EXPECT_EQ(store->database().execAndGet("SELECT count(*) FROM file_streams").getInt(), 2);
}

TEST_F(FileTableTest, shows_nothing_of_an_upload_before_it_is_finished_and_sweeps_it) {
  files->begin("u1", Timestamp());
  files->append("u1", 0, "half");
  const auto whole = kept("u2", "half");
  files->forget(whole);
  EXPECT_EQ(text_of(whole), "");
  EXPECT_EQ(how, FileTable::Read::absent);
  files->sweep(Timestamp(std::chrono::milliseconds(1)));
  EXPECT_EQ(files->received("u1"), std::nullopt);
  EXPECT_EQ(store->database().execAndGet("SELECT count(*) FROM file_pieces").getInt(), 0);
}

TEST_F(FileTableTest, never_gives_changed_moved_or_missing_pieces_for_whole) {
  for (const auto* harm : {"UPDATE file_pieces SET sealed = zeroblob(40) WHERE number = 1", "UPDATE file_pieces SET number = number + 7 WHERE number = 1",
                           "DELETE FROM file_pieces WHERE number = 2"}) {
    files->begin("u1", Timestamp());
    files->append("u1", 0, "Good ");
    files->append("u1", 5, "morning");
    const auto address = files->finish("u1");
    store->database().exec(harm);
    text_of(*address);
    EXPECT_EQ(how, FileTable::Read::damaged) << harm;
    files->forget(*address);
  }
}

TEST_F(FileTableTest, leaves_no_readable_byte_on_the_disk) {
  kept("u1", "CANARY-SIGNED-OFF-BY-NOBODY");
  files.reset();
  store.reset();
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    EXPECT_EQ(bytes.find("CANARY"), std::string::npos) << entry.path();
  }
}

TEST_F(FileTableTest, cannot_be_read_with_another_key) {
  const auto address = kept("u1", "secret");
  const crypto::Secret other{std::string(32, 'o')};
  EXPECT_EQ(FileTable(*store, other).read(address, [](std::string_view) { return true; }), FileTable::Read::damaged);
}

TEST_F(FileTableTest, takes_and_gives_25_MiB_in_constant_memory) {
  const auto most_kib = [] {
    rusage use{};
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss;
  };
  const std::string piece(256 * 1024, 'x');
  const auto before = most_kib();
  files->begin("u1", Timestamp());
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(files->append("u1", i * 256 * 1024, piece));
  const auto address = files->finish("u1");
  std::size_t size = 0;
  EXPECT_EQ(files->read(*address, [&](std::string_view text) { return (size += text.size()) > 0; }), FileTable::Read::whole);
  EXPECT_EQ(size, 25U * 1024 * 1024);
  // A sanitizer keeps what has been freed, and memory of its own for each byte.
#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
  EXPECT_LE(most_kib() - before, 16 * 1024);
#else
  EXPECT_GE(most_kib(), before);
#endif
}

}  // namespace
}  // namespace witan::storage
