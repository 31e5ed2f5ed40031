#include <gmock/gmock.h>
#include <signal.h>

#include <filesystem>

#include "infra/supervisor/network.hpp"
#include "tests/system/supervisor/running.hpp"

namespace witan::test {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

const std::vector<std::string> k_parts = {"bus", "provisioner", "directory", "meetings", "advisory", "consultations", "gateway"};

std::vector<pid_t> parts_of(const Running& witan) {
  std::vector<pid_t> pids;
  for (const auto& name : k_parts) pids.push_back(witan.part(name));
  return pids;
}

bool none_alive(const std::vector<pid_t>& pids) {
  return std::none_of(pids.begin(), pids.end(), [](pid_t pid) { return is_alive(pid); });
}

class Supervisor : public testing::Test {
 protected:
  StandIns programs;
  TempFolder temp;
  std::filesystem::path data = temp.path() / "data";
};

TEST_F(Supervisor, starts_every_part_says_ready_and_stops_gateway_first_and_bus_last) {
  Running witan(programs, data);
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  const auto pids = parts_of(witan);
  for (const auto pid : pids) EXPECT_TRUE(is_alive(pid));
  witan.signal(SIGTERM);
  EXPECT_EQ(witan.exit_code(seconds(15)), 0);
  EXPECT_TRUE(none_alive(pids));
  const auto diary = witan.file("diary");
  EXPECT_EQ(diary.substr(0, diary.find('\n')), "witan-gateway");
  EXPECT_EQ(std::count(diary.begin(), diary.end(), '\n'), 6);
  EXPECT_EQ(diary.substr(diary.rfind('\n', diary.size() - 2) + 1), "witan-provisioner\n");
  const auto log = witan.file("log/supervisor.log");
  EXPECT_LT(log.find(R"("event":"ended","part":"directory")"), log.find(R"("event":"ended","part":"bus")"));
  EXPECT_EQ(witan.part("bus"), 0);
}

TEST_F(Supervisor, starts_again_whatever_is_killed_and_says_so) {
  Running witan(programs, data);
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  for (const auto& name : k_parts) {
    const auto before = witan.part(name);
    ASSERT_EQ(::kill(before, SIGKILL), 0) << name;
    EXPECT_TRUE(holds_within(seconds(5), [&] { return witan.part(name) != 0 && witan.part(name) != before; })) << name;
    EXPECT_TRUE(witan.says(name + " ended (signal 9) and is started again"));
    EXPECT_THAT(witan.file("log/supervisor.log"), HasSubstr(R"("event":"restarting","part":")" + name));
  }
  witan.signal(SIGINT);
  EXPECT_EQ(witan.exit_code(seconds(15)), 0);
}

TEST_F(Supervisor, waits_longer_before_each_start_of_a_part_that_keeps_ending) {
  Running witan(programs, data);
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(holds_within(seconds(10), [&] { return witan.part("meetings") != 0; }));
    const auto pid = witan.part("meetings");
    ::kill(pid, SIGKILL);
    ASSERT_TRUE(holds_within(seconds(10), [&] { return witan.part("meetings") != pid; }));
  }
  const auto log = witan.file("log/supervisor.log");
  EXPECT_THAT(log, HasSubstr("\"pause_ms\":200"));
  EXPECT_THAT(log, HasSubstr("\"pause_ms\":400"));
  EXPECT_THAT(log, HasSubstr("\"pause_ms\":800"));
}

TEST_F(Supervisor, leaves_nobody_behind_when_it_is_killed_itself) {
  std::vector<pid_t> pids;
  {
    Running witan(programs, data);
    ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
    pids = parts_of(witan);
    witan.signal(SIGKILL);
  }
  EXPECT_TRUE(holds_within(seconds(5), [&] { return none_alive(pids); }));
  Running again(programs, data);
  EXPECT_TRUE(again.says("ready http://127.0.0.1:")) << again.said();
}

TEST_F(Supervisor, kills_a_part_that_does_not_stop_when_asked) {
  Running witan(programs, data, {"--set", "meetings.is_stubborn=true"});
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  const auto pids = parts_of(witan);
  witan.signal(SIGTERM);
  EXPECT_EQ(witan.exit_code(seconds(15)), 0);
  EXPECT_TRUE(none_alive(pids));
}

TEST_F(Supervisor, stops_at_once_at_the_second_signal) {
  Running witan(programs, data, {"--set", "gateway.is_stubborn=true"});
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  const auto pids = parts_of(witan);
  witan.signal(SIGTERM);
  ASSERT_TRUE(holds_within(seconds(2), [&] { return witan.file("log/supervisor.log").find("stopping") != std::string::npos; }));
  witan.signal(SIGTERM);
  EXPECT_EQ(witan.exit_code(seconds(3)), 0);
  EXPECT_TRUE(none_alive(pids));
}

TEST_F(Supervisor, runs_two_copies_side_by_side_but_not_on_one_folder) {
  Running first(programs, data), second(programs, temp.path() / "other");
  ASSERT_TRUE(first.says("ready http://127.0.0.1:")) << first.said();
  ASSERT_TRUE(second.says("ready http://127.0.0.1:")) << second.said();
  Running third(programs, data);
  EXPECT_EQ(third.exit_code(), 1);
  EXPECT_THAT(third.said(), HasSubstr("in use by another copy of Witan"));
  EXPECT_TRUE(is_alive(first.part("gateway")));
}

TEST_F(Supervisor, refuses_a_port_in_use_in_one_sentence) {
  Running first(programs, data);
  ASSERT_TRUE(first.says("ready http://127.0.0.1:")) << first.said();
  const auto said = first.said();
  const auto port = said.substr(said.rfind(':') + 1, said.size() - said.rfind(':') - 2);
  Running second(programs, temp.path() / "other", {"--port", port});
  EXPECT_EQ(second.exit_code(), 1);
  EXPECT_EQ(second.said(), "witan: port " + port + " on 127.0.0.1 is in use or not allowed; choose another with --port N\n");
}

TEST_F(Supervisor, passes_on_what_a_part_says_when_it_refuses_to_start) {
  Running witan(programs, data, {"--set", "advisory.refuse=I do not like this"});
  EXPECT_EQ(witan.exit_code(), 1);
  EXPECT_THAT(witan.said(), HasSubstr("witan-advisory: I do not like this"));
  EXPECT_TRUE(none_alive({witan.part("bus")}));
}

TEST_F(Supervisor, finds_the_bus_where_an_ordinary_users_path_does_not_lead) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 1);
  Running witan(programs, data);
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
}

TEST_F(Supervisor, refuses_to_start_without_a_bus_in_one_sentence) {
  Running witan(programs, data, {"--nats-server=no-such-server"});
  EXPECT_EQ(witan.exit_code(), 1);
  EXPECT_EQ(witan.said(), "witan: no-such-server is missing or does not run; infra/up installs it\n");
}

TEST_F(Supervisor, refuses_a_setting_that_no_program_knows) {
  Running witan(programs, data, {"--set", "gateway.colour=red"});
  EXPECT_EQ(witan.exit_code(), 1);
  EXPECT_EQ(witan.said(), "witan: gateway has no configuration key 'colour'; infra/config.md lists them\n");
}

TEST_F(Supervisor, loads_the_demo_once_into_an_empty_folder) {
  for (const bool is_first : {true, false}) {
    Running witan(programs, data);
    ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
    EXPECT_EQ(witan.said().find("loading the demo data") != std::string::npos, is_first);
    EXPECT_TRUE(std::filesystem::exists(data / "demo-accounts.json"));
    witan.signal(SIGTERM);
    EXPECT_EQ(witan.exit_code(), 0);
  }
}

TEST_F(Supervisor, leaves_the_folder_empty_when_asked_to) {
  Running witan(programs, data, {"--no-demo"});
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  EXPECT_FALSE(std::filesystem::exists(data / "demo-accounts.json"));
}

TEST_F(Supervisor, starts_the_bus_afresh_when_its_store_was_deleted) {
  Running witan(programs, data);
  ASSERT_TRUE(witan.says("ready http://127.0.0.1:")) << witan.said();
  const auto stream = data / "bus" / "jetstream" / "WITAN" / "streams" / "EVT_meetings";
  std::filesystem::create_directories(stream);
  const auto before = witan.part("bus");
  // The supervisor looks once a second; only what it has seen can be missed.
  ASSERT_FALSE(holds_within(std::chrono::milliseconds(2500), [&] { return witan.part("bus") != before; }));
  std::filesystem::remove_all(data / "bus");
  EXPECT_TRUE(holds_within(seconds(5), [&] { return witan.part("bus") != 0 && witan.part("bus") != before; })) << witan.said();
  EXPECT_THAT(witan.file("log/supervisor.log"), HasSubstr("bus_store_lost"));
}

}  // namespace
}  // namespace witan::test
