#pragma once

#include <string>
#include <string_view>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "gateway/http/message.hpp"
#include "gateway/pages/pages.hpp"

namespace witan::openid {

namespace net = boost::asio;

inline constexpr std::string_view k_sign_in_path = "/sign-in/openid";  ///< The provider sends browsers back to it too.
inline constexpr std::string_view k_link_path = "/account/openid";

/// The way to the OpenID provider and back. What is drawn for it and who it proves somebody to be is directory's; here the
/// state is bound to the browser, by a cookie that no script reads. Used on the gateway's loop only; everything it is made of
/// must outlive it.
class OpenidPages {
 public:
  /// `name` is what people call the provider.
  OpenidPages(std::string name, auth::Auth& auth, http::CommandSender& sender, pages::Pages& pages)
      : name_(std::move(name)), auth_(auth), sender_(sender), pages_(pages) {}

  static bool is_path(std::string_view path) { return path == k_sign_in_path || path == k_link_path; }
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

 private:
  net::awaitable<http::Response> begin(http::Request request, auth::Caller caller);
  net::awaitable<http::Response> come_back(http::Request request, auth::Caller caller);
  net::awaitable<http::Response> sign_in(http::Request request, auth::Caller caller, pages::FormPost post, json::object args);
  net::awaitable<http::Response> link(http::Request request, auth::Caller caller, pages::FormPost post, json::object args);
  net::awaitable<Result<json::object>> ask(std::string_view command, json::object args, Actor actor, std::string trace);
  http::Response go_on(const http::Request& request, const auth::Caller& caller, const std::string& location);
  std::string cookie(const std::string& value, std::chrono::seconds lasts) const;
  std::string cookie_name() const { return auth_.cookie_name() + "-openid"; }

  std::string name_;
  auth::Auth& auth_;
  http::CommandSender& sender_;
  pages::Pages& pages_;
};

}  // namespace witan::openid
