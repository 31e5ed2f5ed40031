#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>

#include "infra/supervisor/data_folder.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::supervisor {
using test::TempFolder;
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

unsigned mode_of(const std::filesystem::path& file) {
  struct stat info{};
  EXPECT_EQ(::stat(file.c_str(), &info), 0);
  return info.st_mode & 0777U;
}

TEST(DataFolder, refuses_a_second_copy_and_lets_it_in_when_the_first_is_gone) {
  const TempFolder temp;
  {
    const DataFolder first(temp.path() / "data");
    EXPECT_THAT([&] { DataFolder(temp.path() / "data"); }, ThrowsMessage<CannotStart>(HasSubstr("in use by another copy")));
  }
  EXPECT_NO_THROW(DataFolder(temp.path() / "data"));
}

TEST(DataFolder, that_cannot_be_made_is_refused_with_its_name) {
  const TempFolder temp;
  std::ofstream(temp.path() / "file") << "x";
  EXPECT_THAT([&] { DataFolder(temp.path() / "file" / "data"); },
              ThrowsMessage<CannotStart>(testing::AllOf(HasSubstr("file/data"), HasSubstr("cannot be written"), HasSubstr("--data"))));
}

TEST(DataFolder, keeps_bus_passwords_from_others_and_from_changing) {
  const TempFolder temp;
  const DataFolder folder(temp.path() / "data");
  const auto password = folder.read_or_make_bus_password("gateway");
  EXPECT_EQ(password.size(), 52U);
  EXPECT_EQ(folder.read_or_make_bus_password("gateway"), password);
  EXPECT_NE(folder.read_or_make_bus_password("meetings"), password);
  EXPECT_EQ(mode_of(folder.bus_password("gateway")), 0600U);
  EXPECT_EQ(mode_of(folder.secrets()), 0700U);
}

TEST(DataFolder, remembers_that_loading_the_demo_was_cut_short) {
  const TempFolder temp;
  {
    DataFolder folder(temp.path() / "data");
    EXPECT_TRUE(folder.is_empty());
    EXPECT_EQ(folder.demo(), DataFolder::Demo::none);
    folder.set_demo(DataFolder::Demo::loading);
  }
  DataFolder folder(temp.path() / "data");
  EXPECT_EQ(folder.demo(), DataFolder::Demo::loading);
  folder.set_demo(DataFolder::Demo::loaded);
  EXPECT_EQ(folder.demo(), DataFolder::Demo::loaded);
}

TEST(DataFolder, with_a_services_file_is_not_empty) {
  const TempFolder temp;
  const DataFolder folder(temp.path() / "data");
  std::ofstream(folder.path() / "meetings.sqlite") << "x";
  EXPECT_FALSE(folder.is_empty());
}

}  // namespace
}  // namespace witan::supervisor
