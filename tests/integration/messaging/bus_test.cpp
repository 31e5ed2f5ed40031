#include "shared/messaging/bus.hpp"

#include <atomic>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "tests/support/eventually.hpp"
#include "tests/support/nats_server.hpp"

namespace witan::messaging {
namespace {
using namespace std::chrono_literals;
TEST(Bus, smoke) {
  test::NatsServer server;
  net::thread_pool pool(1);
  auto bus = Bus::connect({server.url(), {}, {}, "test", {}});
  EXPECT_TRUE(bus->is_connected());
  auto sub = bus->subscribe("cmd.x", "", pool.get_executor(),
                            [&](Message m) { bus->publish(m.reply, "re:" + m.payload); });
  auto future = net::co_spawn(pool, bus->request("cmd.x", "hello", 1000ms), net::use_future);
  auto answer = future.get();
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(*answer, "re:hello");
  bus->ensure_stream({"EVT_x", {"evt.x.>"}});
  EXPECT_FALSE(bus->last_event("EVT_x"));
  bus->publish_events({{"evt.x.a", "1", "m1"}, {"evt.x.b", "2", "m2"}});
  EXPECT_EQ(bus->last_event("EVT_x")->payload, "2");
  bus->ensure_stream({"EVT_x", {"evt.x.>"}});
  bus->ensure_consumer("EVT_x", "y", "evt.x.>");
  auto got = bus->fetch("EVT_x", "y", "evt.x.>", 10, 500ms);
  EXPECT_EQ(got.size(), 2U);
  bus->drain(2s);
  sub.reset();
  pool.join();
}
}  // namespace
}  // namespace witan::messaging
