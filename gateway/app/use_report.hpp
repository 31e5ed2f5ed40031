#pragma once

#include <chrono>

#include <boost/asio/awaitable.hpp>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "shared/messaging/service_links.hpp"

namespace witan::app {

namespace net = boost::asio;

/// Tells directory now and then which sessions were in use, and what came that opens nothing; and the sockets which sessions will
/// end. On the gateway's loop.
class UseReport {
 public:
  UseReport(messaging::ServiceLinks& links, http::CommandSender& sender, auth::Auth& auth, std::chrono::milliseconds period)
      : links_(links), sender_(sender), auth_(auth), period_(period) {}

  bool is_due() const { return !is_telling_ && std::chrono::steady_clock::now() >= next_; }
  /// What directory does not answer is told again the next time.
  net::awaitable<void> tell();

 private:
  net::awaitable<void> tell_of_strangers();

  messaging::ServiceLinks& links_;
  http::CommandSender& sender_;
  auth::Auth& auth_;
  std::chrono::milliseconds period_;
  std::chrono::steady_clock::time_point next_{};
  bool is_telling_ = false;
};

}  // namespace witan::app
