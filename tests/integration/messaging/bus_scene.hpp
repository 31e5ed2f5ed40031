#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>

#include "shared/messaging/bus.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/nats_server.hpp"

namespace witan::messaging::test {

using namespace std::chrono_literals;
using witan::test::eventually;
using witan::test::NatsServer;

inline constexpr auto k_soon = 10s;

/// What handlers wrote down, from any thread.
class Heard {
 public:
  void add(std::string text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
  }
  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return texts_.size();
  }
  std::vector<std::string> all() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }
  bool reaches(std::size_t count) const {
    return eventually(k_soon, [&] { return size() >= count; });
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

/// A server, and a pool of two threads where handlers run.
class BusScene : public ::testing::Test {
 protected:
  ~BusScene() override { pool.join(); }

  std::shared_ptr<Bus> connect(const std::string& name = "test") {
    BusOptions options;
    options.url = server.url();
    options.name = name;
    return Bus::connect(std::move(options));
  }
  net::any_io_executor executor() { return pool.get_executor(); }
  /// Subscriptions are made without waiting for the server; a request that comes back proves that it knows
  /// them.
  void settle(const std::shared_ptr<Bus>& bus) {
    ASSERT_TRUE(eventually(k_soon, [&] { return bus->is_connected(); }));
    const auto echo =
        bus->subscribe("settle", "", executor(), [&](const Message& m) { bus->publish(m.reply, ""); });
    std::atomic<bool> is_done = false;
    bus->request("settle", "", 5s, executor(),
                 [&](const Result<std::string>& answer) { is_done = answer.has_value(); });
    ASSERT_TRUE(eventually(k_soon, [&] { return is_done.load(); }));
  }

  NatsServer server;
  net::thread_pool pool{2};
};

}  // namespace witan::messaging::test
