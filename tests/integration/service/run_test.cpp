#include <atomic>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "shared/messaging/bus.hpp"
#include "shared/service/service.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/nats_server.hpp"
#include "tests/support/note_service.hpp"

namespace witan::test {
namespace {

using namespace std::chrono_literals;

int run(const std::string& data, const std::string& bus_url) {
  const std::string data_argument = "--data=" + data, bus_argument = "--bus_url=" + bus_url;
  const char* arguments[] = {"witan-meetings", data_argument.c_str(), bus_argument.c_str()};
  return service::run("meetings", [](const Config&) { return notes::definition(); }, 3, arguments);
}

bool has_event(const std::string& log, const std::string& event) { return log.contains("\"event\":\"" + event + "\""); }

TEST(RunningAService, says_that_it_could_not_start) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(run("/nowhere", "nats://127.0.0.1:1"), 1);
  const auto log = testing::internal::GetCapturedStdout();
  EXPECT_TRUE(has_event(log, "start_failed")) << log;
}

TEST(RunningAService, does_not_call_it_a_failed_start_when_it_fails_later) {
  TempFolder folder;
  NatsServer nats;
  const auto bus = messaging::Bus::connect({nats.url(), "", "", "listener", {}});
  boost::asio::io_context loop;
  std::atomic<bool> has_started = false;
  const auto heads = bus->subscribe("live.meetings.head", "", loop.get_executor(), [&](const messaging::Message&) { has_started = true; });
  testing::internal::CaptureStdout();
  int code = -1;
  std::thread runner([&] { code = run(folder.path(), nats.url()); });
  EXPECT_TRUE(eventually(10s, [&] {
    loop.restart();
    loop.poll();
    return has_started.load();
  }));
  SQLite::Database(folder.file("meetings.sqlite"), SQLite::OPEN_READWRITE, 5000).exec("DROP TABLE topic_heads");
  runner.join();  // the next head cannot be read
  const auto log = testing::internal::GetCapturedStdout();
  EXPECT_EQ(code, 1);
  EXPECT_TRUE(has_event(log, "started")) << log;
  EXPECT_TRUE(has_event(log, "failed")) << log;
  EXPECT_FALSE(has_event(log, "start_failed")) << log;
}

}  // namespace
}  // namespace witan::test
