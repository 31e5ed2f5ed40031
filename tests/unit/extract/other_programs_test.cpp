#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "shared/extract/extract.hpp"
#include "shared/extract/reply.hpp"
#include "tests/unit/extract/leaves_nothing.hpp"
#include "tests/unit/files/made_files.hpp"

/// What text_of does when its program is none that one can rely on, as one that a file has taken over.
namespace witan::extract {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class OtherPrograms : public LeavesNothing {
 protected:
  OtherPrograms() {
    std::string name = (fs::temp_directory_path() / "witan-extract-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~OtherPrograms() override { fs::remove_all(folder_); }

  /// A program that does what the lines of shell say.
  fs::path program(const std::string& shell) {
    const auto path = folder_ / "program";
    std::ofstream(path) << "#!/bin/sh\n" << shell << "\n";
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }

  static std::expected<Text, Failure> extracted(const fs::path& program, const std::string& bytes, const Limits& limits = {}) {
    files::BytesSource source(bytes);
    return text_of(program, files::Kind::pdf, source, limits);
  }

  /// What becomes of an answer.
  std::expected<Text, Failure> answered(const std::string& answer, const Limits& limits = {}) {
    return extracted(program("exec /bin/cat"), answer, limits);
  }

  fs::path folder_;
};

struct BrokenSource final : files::Source {
  std::uint64_t size() const override { return 1'000'000; }
  std::size_t read(std::uint64_t offset, char* to, std::size_t size) override {
    if (offset > 200'000) throw std::runtime_error("the disk is gone");
    std::fill_n(to, size, ' ');
    return size;
  }
};

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

constexpr Limits k_short{.time = std::chrono::milliseconds(300)};

}  // namespace

TEST_F(OtherPrograms, a_missing_program_is_unavailable) {
  EXPECT_EQ(extracted(folder_ / "nothing", "file"), std::unexpected(Failure::unavailable));
  EXPECT_EQ(extracted(folder_, "file"), std::unexpected(Failure::unavailable));
}

TEST_F(OtherPrograms, nobody_waits_for_a_program_once_its_work_is_abandoned) {
  std::atomic<bool> is_abandoned = false;
  AbandoningSource source(is_abandoned);
  EXPECT_EQ(text_of(program("exec /bin/sleep 30"), files::Kind::pdf, source, {.is_abandoned = &is_abandoned}), std::unexpected(Failure::unavailable)) << "and not too slow";
  EXPECT_TRUE(is_abandoned) << "it was under way";
}

TEST_F(OtherPrograms, a_program_that_could_not_be_loaded_or_confined_is_unavailable) {
  EXPECT_EQ(extracted(program("exit 127"), "file"), std::unexpected(Failure::unavailable));
  EXPECT_EQ(extracted(program("exit 1"), "file"), std::unexpected(Failure::unavailable));
  EXPECT_EQ(extracted(program("exit " + std::to_string(k_exit_not_confined)), "file"), std::unexpected(Failure::unavailable));
}

TEST_F(OtherPrograms, a_program_that_ends_says_why) {
  EXPECT_EQ(extracted(program("exit " + std::to_string(k_exit_unreadable)), "file"), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(program("exit " + std::to_string(k_exit_too_large)), "file"), std::unexpected(Failure::too_large));
  EXPECT_EQ(extracted(program("kill -SEGV $$"), "file"), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(program("kill -ABRT $$"), "file"), std::unexpected(Failure::too_large));
  EXPECT_EQ(extracted(program("kill -XCPU $$"), "file"), std::unexpected(Failure::too_slow));
  EXPECT_EQ(extracted(program("kill -KILL $$"), "file"), std::unexpected(Failure::unavailable));
}

TEST_F(OtherPrograms, a_program_that_reads_nothing_does_not_end_its_caller) {
  EXPECT_EQ(extracted("/bin/true", std::string(5'000'000, ' ')), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(program("exec >&-; exec /bin/cat"), std::string(5'000'000, ' '), {.time = std::chrono::minutes(10)}),
            std::unexpected(Failure::unavailable));
}

TEST_F(OtherPrograms, a_program_that_hangs_is_ended_in_time) {
  for (const auto* shell : {"exec /bin/sleep 100", "exec >&-; exec /bin/sleep 100", "exec <&-; exec /bin/sleep 100"}) {
    const auto begin = Clock::now();
    EXPECT_EQ(extracted(program(shell), std::string(5'000'000, ' '), k_short), std::unexpected(Failure::too_slow)) << shell;
    EXPECT_LT(Clock::now() - begin, std::chrono::seconds(30)) << shell;
  }
}

TEST_F(OtherPrograms, a_program_that_says_something_for_ever_is_ended) {
  EXPECT_EQ(extracted("/usr/bin/yes", "file"), std::unexpected(Failure::unreadable));
  EXPECT_EQ(extracted(program("while :; do echo a; /bin/sleep 0.01; done"), "file", k_short), std::unexpected(Failure::too_slow));
}

TEST_F(OtherPrograms, more_than_fits_into_a_pipe_goes_both_ways_at_once) {
  const auto text = std::string(4'000'000, 'a');
  const auto answer = answered(head_of(7, true) + text, {.text_bytes_max = text.size()});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->pages, 7);
  EXPECT_TRUE(answer->is_cut);
  EXPECT_EQ(answer->text, text);
}

TEST_F(OtherPrograms, control_characters_are_left_out) {
  const auto answer = answered(head_of(0, false) + std::string("a\0b\x1B[31m\r\n\t\f\x7F\xC2\x9B" "c\xC2\xA0", 18));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->text, "ab[31m\n\t\fc\xC2\xA0");
}

TEST_F(OtherPrograms, an_answer_that_cannot_be_is_not_believed) {
  for (const std::string answer : {"", "hello", "witan-extract 1 1 0", "witan-extract 2 1 0\ntext",
                                   "witan-extract 1 -1 0\ntext", "witan-extract 1  1 0\ntext",
                                   "witan-extract 1 100001 0\ntext", "witan-extract 1 99999999999999999999 0\ntext", "witan-extract 1 1 2\ntext",
                                   "witan-extract 1 1 0 \ntext",
                                   "witan-extract 1 1 0\n\xFF", "witan-extract 1 1 0\n\xC3", "witan-extract 1 1 0\n\xED\xA0\x80"}) {
    const auto text = answered(answer);
    ASSERT_FALSE(text) << answer;
    EXPECT_EQ(text, std::unexpected(Failure::unreadable)) << answer;
  }
  EXPECT_EQ(answered(head_of(1, false) + "12345", {.text_bytes_max = 4}), std::unexpected(Failure::unreadable));
  EXPECT_TRUE(answered(head_of(k_pages_max, false) + "1234", {.text_bytes_max = 4}));
}

TEST_F(OtherPrograms, a_program_has_no_environment_and_no_other_files_than_its_own) {
  ::setenv("WITAN_SECRET", "secret", 1);
  const int other = ::dup(0);  // as a library would, that does not care about children
  const auto shell = program("echo 'witan-extract 1 0 0'; /usr/bin/env | /bin/grep SECRET; cd /proc/self/fd; echo *");
  const auto text = extracted(shell, "file");
  ::close(other);
  ASSERT_TRUE(text);
  // The shell has the script open beside.
  EXPECT_TRUE(text->text == "0 1 10 2\n" || text->text == "0 1 2\n" || text->text == "0 1 10 2 3\n") << text->text;
}

TEST_F(OtherPrograms, a_file_that_cannot_be_read_leaves_no_program) {
  BrokenSource source;
  EXPECT_THROW(static_cast<void>(text_of(program("/bin/cat >/dev/null"), files::Kind::pdf, source)), std::runtime_error);
}

}  // namespace witan::extract
