#include <atomic>
#include <map>

#include <boost/asio/io_context.hpp>

#include "tests/integration/messaging/bus_scene.hpp"

namespace witan::messaging::test {
namespace {

using Publish = BusScene;

TEST_F(Publish, messages_arrive_in_the_order_in_which_they_were_sent) {
  constexpr std::size_t k_messages = 5000;
  const auto bus = connect();
  Heard heard;
  const auto subscription =
      bus->subscribe("live.>", "", executor(), [&](const Message& m) { heard.add(m.payload); });
  settle(bus);
  for (std::size_t i = 0; i < k_messages; ++i) bus->publish("live.x", std::to_string(i));
  ASSERT_TRUE(heard.reaches(k_messages));
  const auto all = heard.all();
  for (std::size_t i = 0; i < k_messages; ++i) ASSERT_EQ(all[i], std::to_string(i));
}

TEST_F(Publish, handlers_of_one_subscription_never_run_at_the_same_time) {
  constexpr int k_messages = 2000;
  const auto bus = connect();
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::atomic<int> done = 0;
  const auto subscription = bus->subscribe("live.x", "", executor(), [&](const Message&) {
    most = std::max(most.load(), ++inside);
    --inside;
    ++done;
  });
  settle(bus);
  for (int i = 0; i < k_messages; ++i) bus->publish("live.x", "");
  ASSERT_TRUE(eventually(k_soon, [&] { return done == k_messages; }));
  EXPECT_EQ(most, 1);
}

TEST_F(Publish, subject_payload_with_nul_and_empty_payload_arrive_as_they_are) {
  using namespace std::string_literals;
  const auto bus = connect();
  Heard heard;
  const auto subscription = bus->subscribe("live.>", "", executor(),
                                           [&](const Message& m) { heard.add(m.subject + "=" + m.payload); });
  settle(bus);
  bus->publish("live.a.b", "x\0y"s);
  bus->publish("live.empty", "");
  ASSERT_TRUE(heard.reaches(2));
  EXPECT_EQ(heard.all(), (std::vector<std::string>{"live.a.b=x\0y"s, "live.empty="}));
}

TEST_F(Publish, one_member_of_a_queue_group_gets_each_message) {
  constexpr std::size_t k_messages = 200;
  const auto first = connect("first");
  const auto second = connect("second");
  Heard by_first;
  Heard by_second;
  const auto one =
      first->subscribe("cmd.x", "x", executor(), [&](const Message& m) { by_first.add(m.payload); });
  const auto two =
      second->subscribe("cmd.x", "x", executor(), [&](const Message& m) { by_second.add(m.payload); });
  settle(first);
  settle(second);
  for (std::size_t i = 0; i < k_messages; ++i) first->publish("cmd.x", std::to_string(i));
  ASSERT_TRUE(eventually(k_soon, [&] { return by_first.size() + by_second.size() >= k_messages; }));
  std::map<std::string, int> times;
  for (const auto& text : by_first.all()) ++times[text];
  for (const auto& text : by_second.all()) ++times[text];
  EXPECT_EQ(times.size(), k_messages);
  EXPECT_GT(by_first.size(), 0U);
  EXPECT_GT(by_second.size(), 0U);
}

TEST_F(Publish, a_subject_that_nats_does_not_allow_is_a_failure) {
  const auto bus = connect();
  EXPECT_THROW(bus->publish("", "x"), MessagingFailure);
  EXPECT_THROW(bus->publish("live.x", std::string(2 * 1024 * 1024, 'x')), MessagingFailure);
}

TEST_F(Publish, beyond_the_pending_limit_messages_are_dropped_and_it_is_said_once) {
  const auto bus = connect();
  Heard heard;
  std::atomic<int> told = 0;
  std::atomic<bool> is_open = false;
  const auto subscription = bus->subscribe(
      "live.x", "", executor(),
      [&](const Message& m) {
        eventually(k_soon, [&] { return is_open.load(); });
        heard.add(m.payload);
      },
      10, [&] { ++told; });
  settle(bus);
  for (int i = 0; i < 100; ++i) bus->publish("live.x", std::to_string(i));
  ASSERT_TRUE(eventually(k_soon, [&] { return told > 0; }));
  settle(bus);  // everything before it has been delivered or dropped
  EXPECT_EQ(told, 1);
  is_open = true;
  ASSERT_TRUE(heard.reaches(10));
  EXPECT_EQ(heard.all().back(), "9");
  bus->publish("live.x", "after");
  ASSERT_TRUE(heard.reaches(11));
  EXPECT_EQ(heard.all().back(), "after");
}

TEST_F(Publish, destroying_subscriptions_while_messages_flow_is_safe) {
  const auto bus = connect();
  const auto other = connect("other");
  std::atomic<bool> is_stopping = false;
  std::jthread sender([&] {
    while (!is_stopping) other->publish("live.x", "x");
  });
  for (int round = 0; round < 200; ++round) {
    auto owned = std::make_unique<std::atomic<int>>(0);  // gone right after the subscription
    auto subscription =
        bus->subscribe("live.x", "", executor(), [&counter = *owned](const Message&) { ++counter; });
    if (round % 2 == 0) eventually(1s, [&] { return *owned > 0; });
    subscription.reset();
    owned.reset();
  }
  is_stopping = true;
}

TEST_F(Publish, a_handler_may_destroy_its_own_subscription) {
  const auto bus = connect();
  std::atomic<int> times = 0;
  std::unique_ptr<Subscription> subscription;
  std::atomic<bool> is_assigned = false;
  subscription = bus->subscribe("live.x", "", executor(), [&](const Message&) {
    eventually(k_soon, [&] { return is_assigned.load(); });
    subscription.reset();
    ++times;
  });
  is_assigned = true;
  settle(bus);
  for (int i = 0; i < 10; ++i) bus->publish("live.x", "");
  ASSERT_TRUE(eventually(k_soon, [&] { return times > 0; }));
  settle(bus);
  EXPECT_EQ(times, 1);
}

TEST_F(Publish, a_destroyed_subscription_holds_on_to_nothing_that_its_user_gave_it) {
  const auto bus = connect();
  for (int round = 0; round < 50; ++round) {
    const auto given = std::make_shared<int>(round);
    auto loop = std::make_unique<net::io_context>();
    auto subscription = bus->subscribe(
        "live.x", "", loop->get_executor(), [given](const Message&) {}, 10, [given] {});
    bus->publish("live.x", "");
    subscription.reset();
    loop.reset();  // with what was posted to it
    ASSERT_EQ(given.use_count(), 1);
  }
}

TEST_F(Publish, drain_lets_waiting_handlers_finish_and_sends_their_answers) {
  constexpr std::size_t k_messages = 300;
  const auto bus = connect();
  const auto other = connect("other");
  Heard answers;
  const auto listening =
      other->subscribe("answers", "", executor(), [&](const Message& m) { answers.add(m.payload); });
  settle(other);
  std::atomic<std::size_t> begun = 0;
  std::atomic<bool> is_open = false;
  const auto subscription = bus->subscribe("cmd.x", "", executor(), [&](const Message& m) {
    ++begun;
    eventually(k_soon, [&] { return is_open.load(); });
    bus->publish("answers", m.payload);
  });
  settle(bus);
  for (std::size_t i = 0; i < k_messages; ++i) other->publish("cmd.x", std::to_string(i));
  settle(other);
  ASSERT_TRUE(eventually(k_soon, [&] { return begun > 0; }));
  std::jthread draining([&] { bus->drain(5s); });
  is_open = true;
  draining.join();
  EXPECT_FALSE(bus->is_connected());
  EXPECT_TRUE(answers.reaches(k_messages));
}

TEST_F(Publish, drain_ends_in_time_when_a_handler_does_not) {
  const auto bus = connect();
  std::atomic<bool> is_open = false;
  std::atomic<bool> is_begun = false;
  const auto subscription = bus->subscribe("cmd.x", "", executor(), [&](const Message&) {
    is_begun = true;
    eventually(k_soon, [&] { return is_open.load(); });
  });
  settle(bus);
  bus->publish("cmd.x", "");
  ASSERT_TRUE(eventually(k_soon, [&] { return is_begun.load(); }));
  const auto before = std::chrono::steady_clock::now();
  bus->drain(300ms);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 2s);
  is_open = true;
}

}  // namespace
}  // namespace witan::messaging::test
