#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "gateway/http/message.hpp"
#include "gateway/topics/topic_cache.hpp"

/// What pages need of the rest of the gateway, small enough to stand in for in a test. Used on the gateway's
/// loop only.
namespace witan::pages {

namespace net = boost::asio;

/// Topics, with the reader's rights as of now.
class TopicReader {
 public:
  virtual ~TopicReader() = default;
  /// `not_found` also when the caller may not see it, so that nobody learns what exists.
  virtual net::awaitable<Result<topics::View>> read(std::string topic, auth::Caller caller) = 0;
};

/// Signing in and out, and the tokens that forms carry.
class SignInDesk {
 public:
  virtual ~SignInDesk() = default;
  virtual bool csrf_matches(const auth::Caller& caller, std::string_view token) const = 0;
  /// The cookies to set.
  virtual net::awaitable<Result<std::vector<std::string>>> sign_in(http::SignInCommand command, const http::Request& request) = 0;
  virtual net::awaitable<Result<std::vector<std::string>>> sign_out(auth::Caller caller, std::string trace) = 0;
};

}  // namespace witan::pages
