#include <array>
#include <random>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/storage/faulty_disk.hpp"
#include "tests/integration/storage/writer_scene.hpp"

namespace witan::storage {
namespace {

struct CrashTest : WriterScene {
  /// Runs `body` in a process of its own. Call before this process has other threads.
  static pid_t in_child(const std::function<void()>& body) {
    const pid_t child = ::fork();
    if (child == 0) {
      body();
      ::_exit(0);
    }
    return child;
  }
  static int exit_code_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
};

/// In the child: writes `round/0`, `round/1`, … as fast as it can, and reports each job by its number once it
/// is told that the job is committed.
void write_and_report(const std::string& path, int round, int report_to) {
  Writer writer(path, {});
  for (int number = 0;; ++number) {
    const auto name = std::to_string(round) + "/" + std::to_string(number);
    Job job{append_to(name), [number, report_to](Outcome outcome) {
              if (outcome != Outcome::committed) ::_exit(1);
              if (::write(report_to, &number, sizeof number) != sizeof number) ::_exit(2);
            }};
    while (!writer.submit(job)) ::usleep(100);
  }
}

TEST_F(CrashTest, loses_no_acknowledged_job_however_often_the_writer_is_killed) {
  std::mt19937 random(20180619);
  std::set<std::string> acknowledged;
  constexpr int k_rounds = 25;
  for (int round = 0; round < k_rounds; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = in_child([&] { write_and_report(path, round, pipe[1]); });
    ::close(pipe[1]);
    const auto reports_before_the_kill = 1 + random() % 700;
    int number = 0;
    std::size_t reports = 0;
    while (::read(pipe[0], &number, sizeof number) == sizeof number) {
      acknowledged.insert(std::to_string(round) + "/" + std::to_string(number));
      if (++reports == reports_before_the_kill) ::kill(child, SIGKILL);
    }
    ::close(pipe[0]);
    ASSERT_EQ(exit_code_of(child), -SIGKILL);
    ASSERT_GE(reports, reports_before_the_kill);
  }
  auto store = Store::open(path, Store::Mode::write);
  std::set<std::string> found;
  std::int64_t seq = 0;
  for (const auto& event : store->log().read(0, 10'000'000)) {
    EXPECT_EQ(event.seq, ++seq);
    EXPECT_TRUE(found.insert(event.aggregate).second) << event.aggregate << " is there twice";
  }
  EXPECT_TRUE(std::includes(found.begin(), found.end(), acknowledged.begin(), acknowledged.end()));
}

TEST_F(CrashTest, lets_the_next_writer_in_as_soon_as_the_one_before_was_killed) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe(pipe.data()), 0);
  const pid_t child = in_child([&] {
    Writer writer(path, {});
    char ready = 'r';
    if (::write(pipe[1], &ready, 1) == 1) ::pause();
  });
  char ready = 0;
  ASSERT_EQ(::read(pipe[0], &ready, 1), 1);
  EXPECT_THROW(Store::open(path, Store::Mode::write), StorageFailure);
  ::kill(child, SIGKILL);
  exit_code_of(child);
  EXPECT_NO_THROW(Store::open(path, Store::Mode::write));
  ::close(pipe[0]);
  ::close(pipe[1]);
}

struct FailingDiskTest : CrashTest,
                         testing::WithParamInterface<std::pair<const char*, faulty_disk::Fails>> {};

/// Jobs until the disk fails; exits with 0 only if the writer went on as if nothing had happened.
void write_on_a_failing_disk(const std::string& path, faulty_disk::Fails kind) {
  faulty_disk::install();
  Writer writer(path, {});
  if (done(writer, append_to("before/1")) != Outcome::committed) ::_exit(3);
  faulty_disk::fail_from_now_on(kind);
  const std::string large = "\"" + std::string(100'000, 'x') + "\"";
  for (int i = 0; i < 200; ++i) {
    if (kind != faulty_disk::Fails::sync_of_file) {
      done(writer, append_to("after/" + std::to_string(i), large));
      ::_exit(4);  // an outcome was reported
    }
    done(writer, append_to("after/" + std::to_string(i), large));  // until a checkpoint has to sync the file
  }
}

TEST_P(FailingDiskTest, ends_the_process_and_reports_nothing_as_saved) {
  const pid_t child = in_child([&] { write_on_a_failing_disk(path, GetParam().second); });
  EXPECT_EQ(exit_code_of(child), 70);
  auto store = Store::open(path, Store::Mode::write);
  EXPECT_EQ(aggregates(*store).at(0), "before/1");
}

INSTANTIATE_TEST_SUITE_P(Disk, FailingDiskTest,
                         testing::Values(std::pair("sync_of_the_log", faulty_disk::Fails::sync_of_log),
                                         std::pair("write_of_the_log", faulty_disk::Fails::write_of_log),
                                         std::pair("sync_of_the_file", faulty_disk::Fails::sync_of_file)),
                         [](const auto& info) { return std::string(info.param.first); });

}  // namespace
}  // namespace witan::storage
