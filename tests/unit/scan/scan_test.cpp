// A scanner that is asked about files, played by the tests.
#include "shared/scan/scan.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include <boost/describe/enum_to_string.hpp>

#include "tests/unit/scan/fake_scanner.hpp"

namespace witan::scan::test {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::string_view k_ok("stream: OK\0", 11);
constexpr milliseconds k_short{300};

std::string ended(std::string words) { return words.append(1, '\0'); }

/// A scanner that hears the whole file and then says this.
auto saying(std::string words) {
  return [words = std::move(words)](Asker& asker) {
    if (asker.hear()) asker.say(words);
  };
}

std::expected<Verdict, NoVerdict> asked(const FakeScanner& scanner, std::string_view bytes, const Limits& limits = {}) {
  EXPECT_TRUE(scanner.is_listening());
  files::BytesSource source(bytes);
  return ask(scanner.path(), source, limits);
}

/// The code of what kept it from a verdict, or nothing.
std::string why_not(const std::expected<Verdict, NoVerdict>& verdict) {
  if (verdict) return verdict->is_clean ? "it is clean" : "it is not clean";
  return boost::describe::enum_to_string(verdict.error().why, "");
}

/// What is asked about a file of this size.
Asker::Asked heard_of(std::size_t size) {
  std::string bytes(size, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  std::optional<Asker::Asked> heard;
  {
    FakeScanner scanner([&](Asker& asker) {
      heard = asker.hear();
      asker.say(k_ok);
    });
    EXPECT_EQ(why_not(asked(scanner, bytes)), "it is clean") << size;
  }
  EXPECT_TRUE(heard) << size;
  if (!heard) return {};
  EXPECT_EQ(heard->command, "zINSTREAM");
  EXPECT_TRUE(heard->file == bytes) << size;
  return std::move(*heard);
}

/// The service stops while the file is on its way.
class AbandoningSource final : public files::Source {
 public:
  explicit AbandoningSource(std::atomic<bool>& is_abandoned) : is_abandoned_(is_abandoned) {}
  std::uint64_t size() const override { return 4; }
  std::size_t read(std::uint64_t offset, char* to, std::size_t size) override {
    is_abandoned_ = true;
    return files::BytesSource("file").read(offset, to, size);
  }

 private:
  std::atomic<bool>& is_abandoned_;
};

/// A file of which a part is gone.
struct ShortSource final : files::Source {
  std::uint64_t size() const override { return 200'000; }
  std::size_t read(std::uint64_t offset, char* to, std::size_t size) override { return files::BytesSource(std::string(100'000, 'a')).read(offset, to, size); }
};

}  // namespace

TEST(Scanner, that_finds_nothing_calls_a_file_clean) {
  const FakeScanner scanner(saying(std::string(k_ok)));
  const auto verdict = asked(scanner, "file");
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->is_clean);
  EXPECT_EQ(verdict->signature, "");
}

TEST(Scanner, that_finds_something_names_it) {
  const auto found = [](std::string words) {
    const FakeScanner scanner(saying(ended(std::move(words))));
    const auto verdict = asked(scanner, "file");
    EXPECT_EQ(why_not(verdict), "it is not clean");
    return verdict ? verdict->signature : std::string();
  };
  EXPECT_EQ(found("stream: Eicar-Test-Signature FOUND"), "Eicar-Test-Signature");
  EXPECT_EQ(found("stream: OK FOUND"), "OK");
  EXPECT_EQ(found("stream: a\nb\x1B[31m\xFF FOUND"), "a?b?[31m?") << "it goes into a log";
  EXPECT_EQ(found("stream: " + std::string(500, 'x') + " FOUND"), std::string(100, 'x'));
}

TEST(Scanner, is_sent_the_whole_file_in_chunks) {
  constexpr std::size_t chunk = std::size_t{64} * 1024;
  EXPECT_EQ(heard_of(0).lengths, std::vector<std::size_t>{});
  EXPECT_EQ(heard_of(1).lengths, std::vector<std::size_t>{1});
  EXPECT_EQ(heard_of(chunk - 1).lengths, std::vector<std::size_t>{chunk - 1});
  EXPECT_EQ(heard_of(chunk).lengths, std::vector<std::size_t>{chunk});
  EXPECT_EQ(heard_of(chunk + 1).lengths, (std::vector<std::size_t>{chunk, 1}));
  EXPECT_EQ(heard_of(25 * 1024 * 1024 + 258).lengths.size(), 401U);
}

TEST(Scanner, that_is_not_there_is_away) {
  const witan::test::TempFolder folder;
  files::BytesSource file("file");
  EXPECT_EQ(why_not(ask(folder.file("nobody.sock"), file)), "away");
  EXPECT_EQ(why_not(ask(folder.path().string(), file)), "away");
  EXPECT_EQ(why_not(ask("", file)), "away");
  EXPECT_EQ(why_not(ask("/" + std::string(200, 'a'), file)), "away");
}

TEST(Scanner, that_answers_with_anything_else_has_given_no_verdict) {
  for (const std::string words : {"", "OK", "stream: ok", "stream:OK", " stream: OK", "stream: OK ", "stream: OK\n", "stream: Eicar FOUND\nstream: OK", "stream: FOUND",
                                  "stream:  FOUND", "Eicar FOUND", "UNKNOWN COMMAND", "fd[10]: OK", "stream: Can't allocate memory ERROR"}) {
    const FakeScanner scanner(saying(ended(words)));
    EXPECT_EQ(why_not(asked(scanner, "file")), "unclear") << words;
  }
  const FakeScanner twice(saying(std::string(k_ok) + ended("stream: Eicar FOUND")));
  EXPECT_EQ(why_not(asked(twice, "file")), "unclear");
  const FakeScanner talking([](Asker& asker) {
    if (asker.hear()) asker.say(std::string(1'000'000, 'a'));
  });
  EXPECT_EQ(why_not(asked(talking, "file")), "unclear");
}

TEST(Scanner, that_ends_the_connection_early_has_given_no_verdict) {
  const FakeScanner at_once([](Asker&) {});
  EXPECT_EQ(why_not(asked(at_once, std::string(5'000'000, 'a'))), "unclear");
  const FakeScanner silent([](Asker& asker) { asker.hear(); });
  EXPECT_EQ(why_not(asked(silent, "file")), "unclear");
  for (const std::string words : {"stream: OK", "stream: O", "stream: Eicar FOUND"}) {
    const FakeScanner interrupted(saying(words));
    EXPECT_EQ(why_not(asked(interrupted, "file")), "unclear") << words << ": it may have wanted to go on";
  }
}

TEST(Scanner, that_calls_a_file_clean_before_it_has_all_of_it_is_not_believed) {
  const FakeScanner scanner([](Asker& asker) {
    char begin[10];
    asker.take(begin, sizeof begin);
    asker.say(k_ok);
    asker.wait_for_end();
  });
  EXPECT_EQ(why_not(asked(scanner, std::string(5'000'000, 'a'))), "unclear");
}

TEST(Scanner, that_takes_no_file_so_long_says_so_in_the_middle) {
  const FakeScanner scanner([](Asker& asker) {
    std::string some(100'000, '\0');
    asker.take(some.data(), some.size());
    asker.say(ended("INSTREAM size limit exceeded. ERROR"));
  });
  const auto verdict = asked(scanner, std::string(5'000'000, 'a'));
  EXPECT_EQ(why_not(verdict), "unclear");
  EXPECT_EQ(verdict.error().said, "INSTREAM size limit exceeded. ERROR");
}

TEST(Scanner, that_never_answers_is_not_waited_for) {
  std::atomic<int> times = 0;
  const FakeScanner scanner([&](Asker& asker) {
    if (times++ == 0) asker.wait_for_end();  // reads, and says nothing
    else asker.hear(), asker.say("stream: "), asker.wait_for_end();
  });
  for (const std::size_t size : {std::size_t{5'000'000}, std::size_t{4}}) {
    const auto begin = Clock::now();
    EXPECT_EQ(why_not(asked(scanner, std::string(size, 'a'), {.time = k_short})), "too_slow");
    EXPECT_LT(Clock::now() - begin, std::chrono::seconds(30));
  }
}

TEST(Scanner, that_reads_nothing_is_not_waited_for) {
  std::atomic<bool> is_over = false;
  const FakeScanner scanner([&](Asker&) { is_over.wait(false); });
  EXPECT_EQ(why_not(asked(scanner, std::string(5'000'000, 'a'), {.time = k_short})), "too_slow");
  is_over = true;
  is_over.notify_all();
}

TEST(Scanner, is_not_waited_for_once_nobody_wants_to_know) {
  std::atomic<bool> is_abandoned = false;
  AbandoningSource source(is_abandoned);
  const FakeScanner scanner([](Asker& asker) { asker.wait_for_end(); });
  EXPECT_EQ(why_not(ask(scanner.path(), source, {.time = std::chrono::minutes(10), .is_abandoned = &is_abandoned})), "abandoned");
}

TEST(Scanner, is_told_nothing_whole_of_a_file_that_cannot_be_read) {
  std::atomic<bool> has_heard_all = false;
  {
    const FakeScanner scanner([&](Asker& asker) { has_heard_all = asker.hear().has_value(); });
    ShortSource source;
    EXPECT_THROW(static_cast<void>(ask(scanner.path(), source)), std::runtime_error);
  }
  EXPECT_FALSE(has_heard_all);
}

TEST(Scanner, has_a_socket_whose_path_the_kernel_takes) {
  EXPECT_TRUE(is_socket_path("/run/clamav/clamd.ctl"));
  EXPECT_TRUE(is_socket_path("/" + std::string(106, 'a')));
  for (const auto& path : {std::string(), std::string("clamd.ctl"), "/" + std::string(107, 'a'), std::string("/a\0b", 4)}) EXPECT_FALSE(is_socket_path(path));
}

}  // namespace witan::scan::test
