#include <fcntl.h>
#include <filesystem>
#include <sys/mount.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

struct DiskFullTest : WriterScene {
  std::string large = "\"" + std::string(20'000, 'x') + "\"";

  /// Writes until there is no room; returns how many jobs were committed.
  int fill(Writer& writer, int start) {
    for (int i = 0; i < 10'000; ++i) {
      const auto outcome = done(writer, append_to("fill/" + std::to_string(start + i), large));
      if (outcome == Outcome::full) return i;
      EXPECT_EQ(outcome, Outcome::committed);
    }
    ADD_FAILURE() << "the disk never became full";
    return 0;
  }
};

TEST_F(DiskFullTest, says_full_goes_on_reading_and_recovers_when_a_file_may_grow_no_more) {
  int undone = 0;
  WriterOptions options;
  options.on_rollback = [&] { ++undone; };
  Writer writer(path, options);
  done(writer, [](Store& store) { store.database().exec("PRAGMA max_page_count=200"); });
  const int committed = fill(writer, 0);
  EXPECT_GT(committed, 10);
  EXPECT_GE(undone, 1);
  auto reader = Store::open(path, Store::Mode::read);
  EXPECT_EQ(reader->log().head(), committed);
  EXPECT_EQ(done(writer, append_to("still/full", large)), Outcome::full);
  done(writer, [](Store& store) { store.database().exec("PRAGMA max_page_count=100000"); });
  EXPECT_EQ(done(writer, append_to("room/again", large)), Outcome::committed);
  EXPECT_EQ(reader->log().head(), committed + 1);
}

TEST_F(DiskFullTest, keeps_the_small_jobs_of_a_group_whose_large_one_has_no_room) {
  Writer writer(path, {});
  done(writer, [](Store& store) { store.database().exec("PRAGMA max_page_count=60"); });
  Gate gate(writer);
  auto before = submitted(writer, append_to("small/1"));
  auto huge = submitted(writer, append_to("huge/1", "\"" + std::string(2'000'000, 'x') + "\""));
  auto after = submitted(writer, append_to("small/2"));
  gate.open();
  EXPECT_EQ(waited(std::move(huge)), Outcome::full);
  const auto first = waited(std::move(before));
  const auto last = waited(std::move(after));
  EXPECT_EQ(first, last) << "together, whether SQLite undid the group or only the job";
  const auto head = Store::open(path, Store::Mode::read)->log().head();
  EXPECT_EQ(head, first == Outcome::committed ? 2 : 0) << "what was said is what is there";
  EXPECT_EQ(done(writer, append_to("small/3")), Outcome::committed);
}

/// A small disk of its own; only root can make one.
class SmallDisk {
 public:
  explicit SmallDisk(std::string where) : where_(std::move(where)) {
    std::filesystem::create_directory(where_);
    mounted_ = ::mount("none", where_.c_str(), "tmpfs", 0, "size=4m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(where_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::string where_;
  bool mounted_ = false;
};

TEST_F(DiskFullTest, survives_a_disk_that_is_truly_full_and_recovers_without_restart) {
  const SmallDisk disk(folder.file("disk"));
  if (!disk.mounted()) GTEST_SKIP() << "needs root, to mount a small tmpfs";
  const auto ballast = folder.file("disk/ballast");
  const int descriptor = ::open(ballast.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  ASSERT_EQ(::posix_fallocate(descriptor, 0, 2 << 20), 0);
  ::close(descriptor);

  const auto file = folder.file("disk/service.sqlite");
  Writer writer(file, {});
  int committed = fill(writer, 0);
  auto reader = Store::open(file, Store::Mode::read);
  EXPECT_EQ(reader->log().head(), committed);
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(done(writer, append_to("no/" + std::to_string(i), large)), Outcome::full);
  EXPECT_EQ(reader->log().head(), committed);

  std::filesystem::remove(ballast);
  EXPECT_EQ(done(writer, append_to("room/again", large)), Outcome::committed);
  committed += 1 + fill(writer, 20'000);
  writer.stop();
  EXPECT_EQ(aggregates(*reader).size(), static_cast<std::size_t>(committed));
  EXPECT_EQ(reader->database().execAndGet("PRAGMA integrity_check").getString(), "ok");
}

}  // namespace
}  // namespace witan::storage
