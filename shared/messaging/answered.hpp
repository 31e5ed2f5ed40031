#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "shared/contract/result.hpp"

/// From a request with a callback to one that a coroutine awaits.
namespace witan::messaging {

namespace net = boost::asio;

namespace detail {

/// One coroutine that waits for an answer; resumed once, by the answer or by its cancellation, on its own
/// executor.
template <class Handler>
struct Awaiting {
  std::optional<Handler> handler;

  void resume(Result<std::string> answer) {
    if (!handler) return;
    auto resumed = std::move(*handler);
    handler.reset();
    net::get_associated_cancellation_slot(resumed).clear();
    std::move(resumed)(std::move(answer));
  }
};

}  // namespace detail

/// Calls `start(done)` and waits until `done(Result<std::string>)` is called, on `executor`, which must be the
/// coroutine's own. A coroutine that is cancelled meanwhile sees `unavailable`.
template <class Start>
net::awaitable<Result<std::string>> answered(net::any_io_executor executor, Start start) {
  auto initiate = [&](auto handler) {
    using Handler = decltype(handler);
    auto awaiting = std::make_shared<detail::Awaiting<Handler>>(std::move(handler));
    if (auto slot = net::get_associated_cancellation_slot(*awaiting->handler); slot.is_connected()) {
      slot.assign([awaiting, executor](net::cancellation_type) {
        net::post(executor, [awaiting] {
          awaiting->resume(reject(ErrorCode::unavailable, "This part of the service is stopping."));
        });
      });
    }
    start([awaiting](Result<std::string> answer) { awaiting->resume(std::move(answer)); });
  };
  co_return co_await net::async_initiate<const net::use_awaitable_t<>, void(Result<std::string>)>(
      initiate, net::use_awaitable);
}

}  // namespace witan::messaging
