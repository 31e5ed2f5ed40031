#include <gtest/gtest.h>

#include <fstream>

#include "infra/supervisor/bus_store.hpp"
#include "tests/support/temp_folder.hpp"

namespace witan::supervisor {
using test::TempFolder;
namespace {

namespace fs = std::filesystem;

fs::path stream(const TempFolder& temp, const std::string& name) {
  const auto folder = temp.path() / "jetstream" / "WITAN" / "streams" / name;
  fs::create_directories(folder / "msgs");
  return folder;
}

TEST(BusStore, notices_once_that_a_stream_is_gone) {
  const TempFolder temp;
  stream(temp, "EVT_meetings");
  BusStore store(temp.path());
  EXPECT_FALSE(store.lost_something());
  EXPECT_FALSE(store.lost_something());
  fs::remove_all(temp.path() / "jetstream");
  EXPECT_TRUE(store.lost_something());
  EXPECT_FALSE(store.lost_something());
}

TEST(BusStore, does_not_mind_a_new_stream) {
  const TempFolder temp;
  BusStore store(temp.path());
  EXPECT_FALSE(store.lost_something());
  stream(temp, "EVT_meetings");
  EXPECT_FALSE(store.lost_something());
  stream(temp, "EVT_directory");
  EXPECT_FALSE(store.lost_something());
}

TEST(BusStore, takes_away_only_files_that_a_power_cut_left_empty) {
  const TempFolder temp;
  const auto messages = stream(temp, "EVT_meetings") / "msgs";
  std::ofstream(messages / "1.blk") << "message";
  std::ofstream(messages / "2.blk");
  std::ofstream(messages / "2.idx");
  std::ofstream(messages / "lock");
  BusStore(temp.path()).remove_empty_files();
  EXPECT_TRUE(fs::exists(messages / "1.blk"));
  EXPECT_TRUE(fs::exists(messages / "lock"));
  EXPECT_FALSE(fs::exists(messages / "2.blk"));
  EXPECT_FALSE(fs::exists(messages / "2.idx"));
}

TEST(BusStore, wiped_is_an_empty_folder) {
  const TempFolder temp;
  stream(temp, "EVT_meetings");
  BusStore(temp.path()).wipe();
  EXPECT_TRUE(fs::is_empty(temp.path()));
}

}  // namespace
}  // namespace witan::supervisor
