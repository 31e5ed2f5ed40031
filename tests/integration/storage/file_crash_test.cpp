#include <array>
#include <random>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>

#include "shared/storage/file_table.hpp"
#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

constexpr int k_pieces = 20;
constexpr std::size_t k_piece_bytes = 64 * 1024;

std::string piece(int round, int number) { return std::string(k_piece_bytes, static_cast<char>('a' + (round + number) % 26)); }

/// In the child: uploads a file, each piece a job of its own, and reports when it is told that a step is committed.
void upload_and_report(const std::string& path, const crypto::Secret& key, int round, int report_to) {
  Writer writer(path, {});
  std::unique_ptr<FileTable> files;
  const auto upload = "upload-" + std::to_string(round);
  const auto step = [&](const std::function<void()>& work) {
    const auto outcome = done(writer, [&](Store& store) {
      if (!files) files = std::make_unique<FileTable>(store, key);
      work();
    });
    if (outcome != Outcome::committed || ::write(report_to, "s", 1) != 1) ::_exit(1);
  };
  step([&] { files->begin(upload, Timestamp()); });
  for (int number = 0; number < k_pieces; ++number) {
    step([&] { ASSERT_TRUE(files->append(upload, number * static_cast<std::int64_t>(k_piece_bytes), piece(round, number))); });
  }
  step([&] { ASSERT_TRUE(files->finish(upload)); });
  ::pause();
}

struct FileCrashTest : WriterScene {
  crypto::Secret key{std::string(32, 'k')};

  /// Returns how many steps were reported before the end.
  int killed_after(int round, int steps, int microseconds_more) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      upload_and_report(path, key, round, pipe[1]);
      ::_exit(0);
    }
    ::close(pipe[1]);
    int reported = 0;
    char report = 0;
    while (::read(pipe[0], &report, 1) == 1) {
      if (++reported != steps) continue;
      ::usleep(static_cast<useconds_t>(microseconds_more));  // some way into the next step
      ::kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    return reported;
  }

  /// Whether the file of the round is there. If it is, it is whole.
  bool is_there(Store& store, FileTable& files, int round) {
    SQLite::Statement found(store.database(), "SELECT address FROM file_streams WHERE id = ? AND address IS NOT NULL");
    found.bind(1, "upload-" + std::to_string(round));
    if (!found.executeStep()) return false;
    const auto address = found.getColumn(0).getString();
    std::string text, expected;
    EXPECT_EQ(files.read(address, [&](std::string_view part) { return text.append(part), true; }), FileTable::Read::whole);
    for (int number = 0; number < k_pieces; ++number) expected += piece(round, number);
    EXPECT_TRUE(text == expected);
    return true;
  }
};

TEST_F(FileCrashTest, leaves_the_whole_file_or_none_whenever_it_is_killed) {
  std::mt19937 random(20180619);
  constexpr int k_steps = k_pieces + 2;
  for (int round = 0; round < 26; ++round) {
    const int steps = round % 4 == 3 ? k_steps - static_cast<int>(random() % 2) : 1 + static_cast<int>(random() % k_steps);
    const int reported = killed_after(round, steps, static_cast<int>(random() % 3000));
    auto store = Store::open(path, Store::Mode::write);
    FileTable files(*store, key);
    const bool is_kept = is_there(*store, files, round);
    if (reported == k_steps) EXPECT_TRUE(is_kept);
    if (reported < k_steps - 1) EXPECT_FALSE(is_kept);
    files.sweep(Timestamp(std::chrono::milliseconds(1)));
    EXPECT_EQ(store->database().execAndGet("SELECT count(*) FROM file_pieces WHERE stream = 'upload-" + std::to_string(round) + "'").getInt(),
              is_kept ? k_pieces + 1 : 0);
    EXPECT_EQ(store->database().execAndGet("SELECT count(*) FROM file_streams WHERE address IS NULL").getInt(), 0);
  }
}

}  // namespace
}  // namespace witan::storage
