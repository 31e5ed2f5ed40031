#include "gateway/http/server.hpp"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/http/connection.hpp"
#include "gateway/http/task_group.hpp"
#include "shared/base/log.hpp"

namespace witan::http {

namespace {
using Tcp = net::ip::tcp;
constexpr int k_backlog = 4096;
/// Connections taken in one turn of the loop, so that a storm of them neither waits in the kernel nor starves others.
constexpr int k_accepts_a_turn = 128;
constexpr std::chrono::milliseconds k_pause_without_descriptors{100};
constexpr auto k_tuple = net::as_tuple(net::use_awaitable);
}  // namespace

struct Server::State {
  State(net::io_context& io, ServerLimits limits, Hooks hooks, Reached reached)
      : loop(io),
        acceptor(io),
        context(std::make_shared<ConnectionContext>(
            ConnectionContext{limits, std::move(hooks), reached, false, {}})),
        connections(io, "connections"),
        accepting(io, "accepting") {}

  net::awaitable<void> accept_forever() {
    net::steady_timer pause(loop);
    while (!context->is_stopping) {
      const auto [failed] = co_await acceptor.async_wait(Tcp::acceptor::wait_read, k_tuple);
      if (failed) co_return;
      if (take_waiting()) continue;
      pause.expires_after(k_pause_without_descriptors);
      co_await pause.async_wait(k_tuple);
    }
  }

  /// Takes what the kernel has. False when this process has no descriptor left.
  bool take_waiting() {
    for (int i = 0; i < k_accepts_a_turn; ++i) {
      boost::system::error_code failed;
      Tcp::socket socket = acceptor.accept(failed);
      if (failed == net::error::would_block || failed == net::error::try_again) return true;
      if (failed == net::error::no_descriptors || failed == net::error::no_memory) {
        log::warning("http", "no descriptors left, accepting pauses");
        return false;
      }
      if (failed) continue;   // gone before it was taken
      if (context->open.size() >= context->limits.connections_max) continue;   // closed at once: the bound is memory
      boost::system::error_code ignored;
      socket.set_option(Tcp::no_delay(true), ignored);
      connections.spawn(serve_connection(std::move(socket), context));
    }
    return true;
  }

  net::io_context& loop;
  Tcp::acceptor acceptor;
  std::shared_ptr<ConnectionContext> context;
  TaskGroup connections;
  TaskGroup accepting;
};

Server::Server(net::io_context& loop, const std::string& address, std::uint16_t port, ServerLimits limits, Hooks hooks, Reached reached)
    : state_(std::make_shared<State>(loop, limits, std::move(hooks), reached)) {
  const Tcp::endpoint endpoint(net::ip::make_address(address), port);
  auto& acceptor = state_->acceptor;
  acceptor.open(endpoint.protocol());
  acceptor.set_option(Tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint);
  acceptor.listen(k_backlog);
  acceptor.non_blocking(true);
}

Server::~Server() = default;

std::uint16_t Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::start() { state_->accepting.spawn(state_->accept_forever()); }

net::awaitable<void> Server::stop(std::chrono::milliseconds limit) {
  const auto state = state_;
  state->context->is_stopping = true;
  boost::system::error_code ignored;
  state->acceptor.close(ignored);
  state->accepting.cancel();
  co_await state->accepting.wait(limit);
  // Those between two requests have nothing to finish; those with one end after their answer.
  const auto open = state->context->open;
  for (auto* connection : open) {
    if (state->context->open.contains(connection)) connection->close_if_idle();
  }
  co_await state->connections.wait(limit);
  state->connections.cancel();
  co_await state->connections.wait(std::chrono::seconds(1));
}

std::size_t Server::connections() const { return state_->context->open.size(); }

void add_security_headers(Response& response, Reached reached) {
  static constexpr std::pair<const char*, const char*> k_headers[] = {
      {"content-security-policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
       "require-trusted-types-for 'script'; trusted-types witan"},
      {"x-content-type-options", "nosniff"},
      {"referrer-policy", "same-origin"},
      {"cross-origin-opener-policy", "same-origin"},
      {"cross-origin-resource-policy", "same-origin"},
      {"permissions-policy", "camera=(), geolocation=(), microphone=()"},
  };
  for (const auto& [name, value] : k_headers) {
    const bool is_set = std::ranges::any_of(response.headers, [&](const auto& header) { return header.first == name; });
    if (!is_set) response.set(name, value);
  }
  if (reached == Reached::by_https) response.set("strict-transport-security", "max-age=31536000; includeSubDomains");
}

}  // namespace witan::http
