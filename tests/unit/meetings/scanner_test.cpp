// What the service makes of a scanner's words.
#include "services/meetings/app/scanner.hpp"

#include <gtest/gtest.h>

#include "shared/base/json.hpp"
#include "tests/unit/scan/fake_scanner.hpp"

namespace witan::meetings::test {
namespace {

using scan::test::Asker;
using scan::test::FakeScanner;

constexpr std::chrono::milliseconds k_long{60'000}, k_short{300};

/// In pieces, or scanners on this machine would take this file for a virus: https://www.eicar.org/download-anti-malware-testfile/
const std::string k_eicar = std::string("X5O!P%@AP[4\\PZX54(P^)7CC)7}$") + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE" + "!$H+H*";

/// What a scanner does that knows one virus.
void look(Asker& asker) {
  const auto asked = asker.hear();
  if (!asked) return;
  const std::string answer = asked->file.contains(k_eicar) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
  asker.say(answer + '\0');
}

Result<void> looked_at(Scanner& scanner, const std::string& bytes) {
  files::BytesSource source(bytes);
  return scanner.look("upload", source);
}

Config configured(const std::string& socket) {
  Config config(scanner_keys());
  EXPECT_TRUE(config.set("scanner_socket", socket));
  return config;
}

}  // namespace

TEST(Scanner, lets_what_is_clean_become_a_paper) {
  const FakeScanner clamd(look);
  Scanner scanner(clamd.path(), k_long);
  EXPECT_TRUE(looked_at(scanner, "A paper"));
}

TEST(Scanner, refuses_what_is_not_and_keeps_its_name_for_operators) {
  const FakeScanner clamd(look);
  Scanner scanner(clamd.path(), k_long);
  const auto refused = looked_at(scanner, "A paper " + k_eicar);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::file_refused);
  EXPECT_EQ(string_at(refused.error().extra, "fault"), "infected");
  EXPECT_EQ(json::serialize(to_problem(refused.error(), "")).find("Eicar"), std::string::npos);
}

TEST(Scanner, that_gives_no_verdict_keeps_every_file_from_being_a_paper) {
  const FakeScanner silent([](Asker& asker) { asker.wait_for_end(); }), confused([](Asker& asker) {
    if (asker.hear()) asker.say(std::string("stream: Cannot allocate memory ERROR") + '\0');
  });
  for (const auto& socket : {silent.path(), confused.path(), silent.path() + ".not"}) {
    Scanner scanner(socket, k_short);
    const auto refused = looked_at(scanner, "A paper");
    ASSERT_FALSE(refused) << socket;
    EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
    EXPECT_EQ(string_at(refused.error().extra, "fault"), "not_scanned");
  }
}

TEST(Scanner, is_not_waited_for_when_the_service_stops) {
  std::atomic<Scanner*> stopping = nullptr;
  const FakeScanner silent([&](Asker& asker) {
    stopping.load()->abandon();
    asker.wait_for_end();
  });
  Scanner scanner(silent.path(), k_long);
  stopping = &scanner;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(looked_at(scanner, "A paper"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, k_long / 2);
}

TEST(Scanner, is_there_where_it_is_configured) {
  EXPECT_FALSE(scanner_of(Config(scanner_keys())));
  EXPECT_TRUE(scanner_of(configured("/run/clamav/clamd.ctl")));
  EXPECT_THROW(static_cast<void>(scanner_of(configured("clamd.ctl"))), std::runtime_error);
  EXPECT_THROW(static_cast<void>(scanner_of(configured("tcp://127.0.0.1:3310"))), std::runtime_error);
}

}  // namespace witan::meetings::test
