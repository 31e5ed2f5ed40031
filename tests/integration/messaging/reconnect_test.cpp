#include <atomic>
#include <fstream>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/integration/messaging/bus_scene.hpp"
#include "tests/support/fault_gate.hpp"

namespace witan::messaging::test {
namespace {

using Reconnect = BusScene;
using witan::test::FaultGate;

TEST_F(Reconnect, subscriptions_and_requests_work_again_after_the_server_was_killed) {
  std::atomic<int> lost = 0;
  std::atomic<int> regained = 0;
  BusOptions options;
  options.url = server.url();
  options.name = "test";
  options.on_connection = [&](bool connected) { ++(connected ? regained : lost); };
  const auto bus = Bus::connect(std::move(options));
  Heard heard;
  const auto subscription =
      bus->subscribe("live.x", "", executor(), [&](const Message& m) { heard.add(m.payload); });
  settle(bus);
  for (int round = 1; round <= 3; ++round) {
    server.kill();
    ASSERT_TRUE(eventually(k_soon, [&] { return lost == round; }));
    EXPECT_FALSE(bus->is_connected());
    server.restart();
    ASSERT_TRUE(eventually(k_soon, [&] { return regained == round; }));
    settle(bus);
    bus->publish("live.x", std::to_string(round));
    ASSERT_TRUE(heard.reaches(static_cast<std::size_t>(round)));
  }
  EXPECT_EQ(heard.all(), (std::vector<std::string>{"1", "2", "3"}));
}

TEST_F(Reconnect, a_bus_that_starts_before_its_server_connects_when_it_is_there) {
  server.kill();
  std::atomic<int> connected = 0;
  BusOptions options;
  options.url = server.url();
  options.on_connection = [&](bool is_connected) { connected += is_connected ? 1 : 0; };
  const auto bus = Bus::connect(std::move(options));
  EXPECT_FALSE(bus->is_connected());
  Heard heard;
  const auto subscription =
      bus->subscribe("live.x", "", executor(), [&](const Message& m) { heard.add(m.payload); });
  bus->publish("live.x", "sent while away");
  server.restart();
  ASSERT_TRUE(eventually(k_soon, [&] { return bus->is_connected(); }));
  EXPECT_TRUE(heard.reaches(1));
  EXPECT_EQ(connected, 1);
}

TEST_F(Reconnect, a_connection_that_is_cut_is_made_again) {
  FaultGate gate(server.port());
  BusOptions options;
  options.url = gate.url("nats");
  const auto bus = Bus::connect(std::move(options));
  settle(bus);
  gate.refuse();
  gate.cut();
  ASSERT_TRUE(eventually(k_soon, [&] { return !bus->is_connected(); }));
  gate.pass();
  settle(bus);
}

TEST_F(Reconnect, works_through_a_slow_line_that_delivers_in_small_pieces) {
  FaultGate gate(server.port());
  gate.slice(7);
  gate.delay(3ms);
  BusOptions options;
  options.url = gate.url("nats");
  const auto bus = Bus::connect(std::move(options));
  settle(bus);
}

TEST_F(Reconnect, publishing_and_asking_return_at_once_while_the_server_hangs) {
  FaultGate gate(server.port());
  BusOptions options;
  options.url = gate.url("nats");
  const auto bus = Bus::connect(std::move(options));
  settle(bus);
  gate.hang();
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < 100; ++i) bus->publish("live.x", "x");
  auto answer = net::co_spawn(pool, bus->request("cmd.x", "", 200ms), net::use_future);
  ASSERT_EQ(answer.wait_for(2s), std::future_status::ready);
  EXPECT_FALSE(answer.get().has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  gate.pass();
  settle(bus);
}

TEST(Connect, user_and_password_from_a_file_let_in) {
  const NatsServer server("authorization { users: [ {user: x, password: \"s3cret\"} ] }");
  const witan::test::TempFolder folder;
  std::ofstream(folder.file("right")) << "s3cret\n";
  BusOptions options;
  options.url = server.url();
  options.user = "x";
  options.password_file = folder.file("right");
  EXPECT_TRUE(Bus::connect(options)->is_connected());
}

TEST(Connect, a_wrong_password_never_connects_and_an_unreadable_file_is_a_failure) {
  const NatsServer server("authorization { users: [ {user: x, password: \"s3cret\"} ] }");
  const witan::test::TempFolder folder;
  std::ofstream(folder.file("wrong")) << "other\n";
  BusOptions options;
  options.url = server.url();
  options.user = "x";
  options.password_file = folder.file("wrong");
  // The server's refusal comes while connecting or just after; either way nothing can be done with it.
  EXPECT_THROW(Bus::connect(options)->ensure_stream({"EVT_x", {"evt.x.>"}}), MessagingFailure);
  options.password_file = folder.file("absent");
  EXPECT_THROW(Bus::connect(options), MessagingFailure);
}

TEST(Connect, an_address_that_is_none_is_a_failure) {
  BusOptions options;
  options.url = "nats://:::x";
  EXPECT_THROW(Bus::connect(options), MessagingFailure);
}

}  // namespace
}  // namespace witan::messaging::test
