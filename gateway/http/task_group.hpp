#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace witan::http {

namespace net = boost::asio;

/// Owns coroutines: starts them, can cancel them all, and can be waited for. Nothing in the gateway runs outside a
/// group. Make it the last member of its class, so that it is destroyed first; it must be empty by then, or the loop
/// must have stopped for good. On the gateway's loop only.
class TaskGroup {
 public:
  TaskGroup(net::io_context& loop, std::string name);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Runs `task` until it ends. Being cancelled is a normal end; any other exception is logged and ends it.
  void spawn(net::awaitable<void> task);
  void cancel();
  std::size_t size() const;
  /// True when all tasks ended within `limit`.
  net::awaitable<bool> wait(std::chrono::milliseconds limit);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::http
