#include "gateway/http/task_group.hpp"

#include <exception>
#include <list>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "shared/base/log.hpp"

namespace witan::http {

struct TaskGroup::State {
  State(net::io_context& io, std::string group) : loop(io), name(std::move(group)), emptied(io) {}

  net::io_context& loop;
  std::string name;
  std::list<net::cancellation_signal> tasks;
  net::steady_timer emptied;
};

namespace {

/// Ends that are nobody's fault: we cancelled, or the other side went away.
bool is_normal_end(const boost::system::error_code& code) {
  return code == net::error::operation_aborted || code == net::error::eof || code == net::error::connection_reset ||
         code == net::error::broken_pipe || code == net::error::not_connected || code == net::error::bad_descriptor;
}

void report(const std::string& group, std::exception_ptr failed) {
  if (!failed) return;
  try {
    std::rethrow_exception(failed);
  } catch (const boost::system::system_error& error) {
    if (!is_normal_end(error.code())) {
      log::error("http", "task failed", {{"group", json::string(group)}, {"reason", json::string(error.what())}});
    }
  } catch (const std::exception& error) {
    log::error("http", "task failed", {{"group", json::string(group)}, {"reason", json::string(error.what())}});
  }
}

}  // namespace

TaskGroup::TaskGroup(net::io_context& loop, std::string name)
    : state_(std::make_shared<State>(loop, std::move(name))) {}

TaskGroup::~TaskGroup() { cancel(); }

void TaskGroup::spawn(net::awaitable<void> task) {
  const auto signal = state_->tasks.emplace(state_->tasks.end());
  auto ended = [state = state_, signal](std::exception_ptr failed) {
    state->tasks.erase(signal);
    if (state->tasks.empty()) state->emptied.cancel();
    report(state->name, failed);
  };
  net::co_spawn(state_->loop, std::move(task), net::bind_cancellation_slot(signal->slot(), std::move(ended)));
}

void TaskGroup::cancel() {
  for (auto task = state_->tasks.begin(); task != state_->tasks.end();) {
    auto& signal = *task++;   // a task may end, and leave the list, while it is told
    signal.emit(net::cancellation_type::terminal);
  }
}

std::size_t TaskGroup::size() const { return state_->tasks.size(); }

net::awaitable<bool> TaskGroup::wait(std::chrono::milliseconds limit) {
  const auto state = state_;
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!state->tasks.empty() && std::chrono::steady_clock::now() < until) {
    state->emptied.expires_at(until);
    co_await state->emptied.async_wait(net::as_tuple(net::use_awaitable));
  }
  co_return state->tasks.empty();
}

}  // namespace witan::http
