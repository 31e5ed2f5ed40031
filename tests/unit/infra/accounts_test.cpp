#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "infra/operator/accounts.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::operate {
using test::TempFolder;
namespace {

TEST(Accounts, are_written_for_their_owner_only_and_can_be_read_back) {
  const TempFolder temp;
  const auto file = temp.path() / "demo-accounts.json";
  write_accounts(file, {{"a@example.org", "p1", "Ann \"A\" Ash", {"secretary, Council"}}, {"b@example.org", "p2", "Bob", {}}});
  struct stat info{};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_THAT(passwords_in(file), testing::ElementsAre(testing::Pair("a@example.org", "p1"), testing::Pair("b@example.org", "p2")));
}

TEST(Accounts, that_are_not_there_or_torn_are_no_accounts) {
  const TempFolder temp;
  EXPECT_TRUE(passwords_in(temp.path() / "none.json").empty());
  std::ofstream(temp.path() / "torn.json") << "[{\"email\":";
  EXPECT_TRUE(passwords_in(temp.path() / "torn.json").empty());
}

TEST(Accounts, get_passwords_that_are_long_and_all_different) {
  EXPECT_EQ(random_password().size(), 29U);
  EXPECT_NE(random_password(), random_password());
}

}  // namespace
}  // namespace witan::operate
