#include <atomic>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include "tests/integration/messaging/bus_scene.hpp"

namespace witan::messaging::test {
namespace {

class Request : public BusScene {
 protected:
  std::unique_ptr<Subscription> echo(const std::shared_ptr<Bus>& bus) {
    return bus->subscribe("cmd.echo", "", executor(),
                          [bus](const Message& m) { bus->publish(m.reply, m.payload); });
  }
  Result<std::string> ask(const std::shared_ptr<Bus>& bus, const std::string& subject,
                          const std::string& payload, std::chrono::milliseconds timeout) {
    return net::co_spawn(pool, bus->request(subject, payload, timeout), net::use_future).get();
  }
};

TEST_F(Request, comes_back_with_the_answer) {
  const auto bus = connect();
  const auto answering = echo(bus);
  EXPECT_EQ(ask(bus, "cmd.echo", "hello", 5s).value(), "hello");
  EXPECT_EQ(ask(bus, "cmd.echo", "", 5s).value(), "");
}

TEST_F(Request, nobody_listening_is_unavailable_at_once) {
  const auto bus = connect();
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(bus, "cmd.nobody", "hello", 30s).error().code, ErrorCode::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_F(Request, no_answer_in_time_is_deadline_exceeded) {
  const auto bus = connect();
  const auto silent = bus->subscribe("cmd.silent", "", executor(), [](const Message&) {});
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(bus, "cmd.silent", "hello", 100ms).error().code, ErrorCode::deadline_exceeded);
  EXPECT_GE(std::chrono::steady_clock::now() - before, 100ms);
}

TEST_F(Request, a_short_deadline_is_kept_beside_a_long_one) {
  const auto bus = connect();
  const auto silent = bus->subscribe("cmd.silent", "", executor(), [](const Message&) {});
  std::atomic<int> order = 0;
  std::atomic<int> long_one = 0;
  std::atomic<int> short_one = 0;
  bus->request("cmd.silent", "", 400ms, executor(), [&](const Result<std::string>&) { long_one = ++order; });
  bus->request("cmd.silent", "", 50ms, executor(), [&](const Result<std::string>&) { short_one = ++order; });
  // Both places, not `order`: it is counted a moment before its place is noted.
  ASSERT_TRUE(eventually(k_soon, [&] { return long_one != 0 && short_one != 0; }));
  EXPECT_EQ(short_one, 1);
  EXPECT_EQ(long_one, 2);
}

TEST_F(Request, without_a_connection_is_unavailable_at_once) {
  server.kill();
  const auto bus = connect();
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(bus, "cmd.echo", "hello", 30s).error().code, ErrorCode::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
}

TEST_F(Request, a_lost_connection_ends_what_waits_as_unavailable) {
  const auto bus = connect();
  std::atomic<bool> is_asked = false;
  const auto silent = bus->subscribe("cmd.silent", "", executor(), [&](const Message&) { is_asked = true; });
  auto answer = net::co_spawn(pool, bus->request("cmd.silent", "hello", 30s), net::use_future);
  ASSERT_TRUE(eventually(k_soon, [&] { return is_asked.load(); }));
  server.kill();
  ASSERT_EQ(answer.wait_for(k_soon), std::future_status::ready);
  EXPECT_EQ(answer.get().error().code, ErrorCode::unavailable);
}

TEST_F(Request, only_the_first_of_two_answers_counts_and_a_late_one_is_ignored) {
  const auto bus = connect();
  const auto twice = bus->subscribe("cmd.twice", "", executor(), [bus](const Message& m) {
    bus->publish(m.reply, "first");
    bus->publish(m.reply, "second");
  });
  EXPECT_EQ(ask(bus, "cmd.twice", "", 5s).value(), "first");
  Heard late;
  const auto slow = bus->subscribe("cmd.slow", "", executor(), [&](const Message& m) { late.add(m.reply); });
  EXPECT_EQ(ask(bus, "cmd.slow", "", 50ms).error().code, ErrorCode::deadline_exceeded);
  ASSERT_TRUE(late.reaches(1));
  bus->publish(late.all().front(), "late");
  EXPECT_EQ(ask(bus, "cmd.twice", "", 5s).value(), "first");
}

TEST_F(Request, ten_thousand_at_once_each_get_their_own_answer) {
  constexpr int k_requests = 10000;
  const auto bus = connect();
  const auto services = connect("service");
  const auto answering = echo(services);
  settle(services);
  std::atomic<int> right = 0;
  std::atomic<int> done = 0;
  for (int i = 0; i < k_requests; ++i) {
    auto text = std::to_string(i);
    bus->request("cmd.echo", text, 30s, executor(), [&, text](const Result<std::string>& answer) {
      if (answer && *answer == text) ++right;
      ++done;
    });
  }
  ASSERT_TRUE(eventually(30s, [&] { return done == k_requests; }));
  EXPECT_EQ(right, k_requests);
}

TEST_F(Request, ten_thousand_without_an_answer_all_end_at_their_deadline) {
  constexpr int k_requests = 10000;
  const auto bus = connect();
  const auto silent = bus->subscribe("cmd.silent", "", executor(), [](const Message&) {});
  settle(bus);
  std::atomic<int> exceeded = 0;
  std::atomic<int> done = 0;
  for (int i = 0; i < k_requests; ++i) {
    bus->request("cmd.silent", "", 300ms, executor(), [&](const Result<std::string>& answer) {
      if (!answer && answer.error().code == ErrorCode::deadline_exceeded) ++exceeded;
      ++done;
    });
  }
  ASSERT_TRUE(eventually(30s, [&] { return done == k_requests; }));
  EXPECT_EQ(exceeded, k_requests);
}

TEST_F(Request, keeps_its_loop_running_until_the_answer) {
  const auto bus = connect();
  const auto answering = echo(bus);
  settle(bus);
  net::io_context loop{1};
  std::string got;
  bus->request("cmd.echo", "hello", 5s, loop.get_executor(),
               [&](const Result<std::string>& answer) { got = answer.value_or("nothing"); });
  loop.run();
  EXPECT_EQ(got, "hello");
}

TEST_F(Request, a_cancelled_coroutine_ends_at_once_and_the_late_answer_finds_nobody) {
  const auto bus = connect();
  Heard replies;
  const auto silent =
      bus->subscribe("cmd.silent", "", executor(), [&](const Message& m) { replies.add(m.reply); });
  settle(bus);
  net::io_context loop{1};
  net::cancellation_signal cancel;
  bool is_over = false;
  net::co_spawn(
      loop, bus->request("cmd.silent", "", 2s),
      net::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr, const Result<std::string>& answer) {
        is_over = true;
        EXPECT_FALSE(answer.has_value());
      }));
  while (replies.size() == 0) loop.run_for(2ms);
  cancel.emit(net::cancellation_type::terminal);
  const auto before = std::chrono::steady_clock::now();
  while (!is_over) loop.run_for(2ms);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
  bus->publish(replies.all().front(), "late");
  loop.run();
}

TEST_F(Request, those_that_wait_when_the_bus_goes_end_as_unavailable) {
  auto bus = connect();
  const auto other = connect("other");
  std::atomic<int> ended = 0;
  const auto silent = other->subscribe("cmd.silent", "", executor(), [](const Message&) {});
  settle(other);
  for (int i = 0; i < 50; ++i) {
    bus->request("cmd.silent", "", 30s, executor(), [&](const Result<std::string>& answer) {
      if (!answer && answer.error().code == ErrorCode::unavailable) ++ended;
    });
  }
  bus.reset();
  EXPECT_TRUE(eventually(k_soon, [&] { return ended == 50; }));
}

}  // namespace
}  // namespace witan::messaging::test
