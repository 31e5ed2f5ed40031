#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "gateway/auth/caller.hpp"
#include "gateway/http/message.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/messaging/service_links.hpp"

/// From a request to a service and back: the one way in which this gateway sends commands.
namespace witan::http {

namespace net = boost::asio;

/// The refusal while directory is silent: what was known of the caller's rights may have been taken away since.
Rejection rights_unknown();

/// Carries commands to the service that owns them. Used on the gateway's loop only.
class CommandSender {
 public:
  virtual ~CommandSender() = default;
  /// The service's answer. Rejections of its own: `invalid_request` (the id), `unknown_command`, `rights_unknown` (a
  /// person's rights cannot be checked, so nothing was sent; signing in has no person yet), and `unavailable` or
  /// `deadline_exceeded` when no answer came; the same id is then safe to send again.
  /// The time the service is given is `request.deadline_ms`, at most the sender's own limit; for a file that becomes a paper it is longer.
  virtual net::awaitable<Result<CommandReply>> send(CommandRequest request) = 0;
};

/// `on_saved` is told of every command that was carried out, before the answer goes on. `auth` says whether a
/// person's rights are known well enough; it must outlive the sender.
std::unique_ptr<CommandSender> make_command_sender(
    messaging::ServiceLinks& services, const auth::Auth& auth, std::chrono::milliseconds timeout,
    std::function<void(const std::string& service, const Position&)> on_saved = {});

/// A fresh id for one request, for log lines and problem documents: 26 characters.
std::string new_trace();

/// Somebody who has just signed in. `token` goes into the cookie and nowhere else.
struct SignedIn {
  std::string token;
  std::string person;
  std::string name;
  std::string known_device;  ///< For the device cookie.
};

/// A command that starts a session, without what the gateway adds to it.
struct SignInCommand {
  std::string_view name;
  json::object args;
};

/// The browser that somebody signs in from.
struct Device {
  std::string name;   ///< What it calls itself; may be empty.
  std::string known;  ///< What its device cookie says; empty for none.
};

/// What the browser calls itself (User-Agent), as much of it as is kept.
std::string device_name(const Request& request);

/// Draws a token and has directory check what proves the person and remember the token's hash.
/// `sign_in_failed`, `second_factor_needed`, `code_wrong`, `form_expired`, `invalid_arguments`, `rate_limited`, `unavailable`.
net::awaitable<Result<SignedIn>> start_session(CommandSender& sender, SignInCommand command, Device device, std::string trace);

/// `Set-Cookie` lines for whoever has just signed in: their session, and the device.
net::awaitable<Result<std::vector<std::string>>> cookies_of(auth::Auth& auth, SignedIn signed_in);

/// Gives the session of `caller` another name, and `caller` with it (see RenewSession). The `Set-Cookie` lines for it; when it fails,
/// all stays as it was.
net::awaitable<Result<std::vector<std::string>>> renew_session(CommandSender& sender, auth::Auth& auth, auth::Caller& caller,
                                                               std::string trace);

/// Ends the caller's own session, in directory and at once in this gateway.
net::awaitable<Result<void>> end_session(CommandSender& sender, auth::Auth& auth, auth::Caller caller, std::string trace);

}  // namespace witan::http
