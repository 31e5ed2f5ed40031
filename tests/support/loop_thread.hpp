#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace witan::test {

/// A loop on a thread of its own.
class LoopThread {
 public:
  ~LoopThread() { finish(); }
  void finish() {
    loop.stop();
    if (thread_.joinable()) thread_.join();
  }
  /// Runs `work` there and waits for it.
  void run(const std::function<void()>& work) {
    std::promise<void> done;
    boost::asio::post(loop, [&] {
      work();
      done.set_value();
    });
    done.get_future().get();
  }
  /// The loop has stopped, by itself or by `finish`.
  bool has_ended() const { return has_ended_; }

  boost::asio::io_context loop{1};

 private:
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{loop.get_executor()};
  std::atomic<bool> has_ended_{false};
  std::thread thread_{[this] {
    loop.run();
    has_ended_ = true;
  }};
};

}  // namespace witan::test
