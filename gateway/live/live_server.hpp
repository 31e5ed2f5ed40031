#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "gateway/http/message.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/messaging/bus.hpp"

/// The WebSocket at `/live`: who watches what, and how changes get to them.
namespace witan::live {

namespace net = boost::asio;

/// What one socket may do. Every limit has a test at its edge.
struct LiveLimits {
  std::size_t message_bytes_max = 64 * 1024;
  double messages_per_second = 20;
  double messages_burst = 40;
  std::size_t subscriptions_max = 50;
  std::size_t commands_in_flight_max = 20;
  std::size_t sockets_per_address_max = 100;
  std::size_t sockets_per_person_max = 20;
  double handshakes_per_minute = 1200;            ///< From one address.
  std::size_t queue_bytes_max = 256 * 1024;
  std::chrono::milliseconds stall_time{5'000};    ///< A message that is not taken for so long ends the socket.
  std::chrono::milliseconds idle_time{60'000};    ///< Silence, also to a ping, for so long ends the socket.
  int send_buffer_bytes = 64 * 1024;              ///< The kernel's own queue: a slow reader's memory, too.
};

struct LiveCounts {
  std::size_t sockets = 0;
  std::size_t subscriptions = 0;
  std::uint64_t frames_sent = 0;
  std::uint64_t closed_too_slow = 0;
};

class Presence;

class LiveServer {
 public:
  /// What is given must outlive it.
  LiveServer(net::io_context& loop, topics::TopicCache& cache, auth::Auth& auth, http::CommandSender& sender, messaging::Bus& bus,
             LiveLimits limits);
  ~LiveServer();

  /// What the caller's next socket is opened with: `{ticket}`, see Tickets; for a visitor, who needs none, `{}`. `cross_site`.
  http::Response ticket(const http::Request& request, const auth::Caller& caller);
  /// Takes over the socket of a handshake, or answers why not: `cross_site` unless Origin is our own, `ticket_invalid` in somebody's
  /// name without a ticket of theirs among the subprotocols (`ticket.<ticket>`, beside `witan.live.1`), `rate_limited`.
  net::awaitable<std::optional<http::Response>> upgrade(http::Request request, net::ip::tcp::socket& socket);
  /// Once a second: ends expired sessions, and brings readers up to date that were held back.
  void tick();
  /// Says `service_restart` to everybody and waits at most `limit` for them to leave.
  net::awaitable<void> stop(std::chrono::milliseconds limit);
  LiveCounts counts() const;
  /// Who is there now, for pages.
  const Presence& presence() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace witan::live
