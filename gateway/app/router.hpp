#pragma once

#include <memory>
#include <optional>
#include <string>

#include "gateway/app/metrics.hpp"
#include "gateway/audit/audit_pages.hpp"
#include "gateway/audit/own_export.hpp"
#include "gateway/auth/caller.hpp"
#include "gateway/exports/exports.hpp"
#include "gateway/http/api.hpp"
#include "gateway/http/rate_limiter.hpp"
#include "gateway/http/server.hpp"
#include "gateway/http/static_assets.hpp"
#include "gateway/live/live_server.hpp"
#include "gateway/openid/openid_pages.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/papers/papers.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/base/config.hpp"
#include "shared/messaging/service_links.hpp"

namespace witan::app {

namespace net = boost::asio;

/// Which room answers which address, and what is checked before: rate, origin, who is calling.
class Router {
 public:
  struct Parts {
    net::io_context& loop;
    const Config& config;
    messaging::ServiceLinks& services;
    topics::TopicCache& cache;
    auth::Auth& auth;
    http::CommandSender& sender;
    live::LiveServer& live;
    const http::Server& server;
    std::string origin;   ///< Of the site, as browsers see it.
  };
  explicit Router(Parts parts);
  ~Router();

  net::awaitable<http::Response> handle(http::Request request);
  net::awaitable<std::optional<http::Response>> upgrade(http::Request request, net::ip::tcp::socket& socket);
  net::awaitable<http::Response> handle_admin(http::Request request);
  /// For a request that was not taken. Whoever has asked too often gets no page.
  http::Response refuse_unread(const http::Request& request, const Rejection& rejection);

 private:
  net::awaitable<http::Response> answer(http::Request request);
  net::awaitable<http::Response> answer_for_caller(http::Request request);
  net::awaitable<http::Response> dispatch(http::Request request, auth::Caller caller);
  /// Whoever asks for the pages of papers that are not there for them is noted.
  net::awaitable<http::Response> page(http::Request request, auth::Caller caller);
  /// `Set-Cookie` lines that go with the page: of a new name for the caller's session, where it is due for one.
  net::awaitable<std::vector<std::string>> refreshed_cookies(const http::Request& request, auth::Caller& caller);
  bool may_come_without_their_cookie(const http::Request& request) const;
  http::Response come_again(const http::Request& request);
  /// Who asks, unless they have asked too often.
  net::awaitable<Result<auth::Caller>> caller_of(const http::Request& request);
  bool is_cross_site(const http::Request& request) const;
  std::string token_of(const http::Request& request) const;
  /// A page that says why, or problem details for those who use the API.
  http::Response refuse(const http::Request& request, const auth::Caller& caller, const Rejection& rejection);
  http::Response readiness() const;
  net::awaitable<http::Response> metrics();

  Parts parts_;
  http::StaticAssets assets_;
  http::Api api_;
  std::unique_ptr<pages::Pages> pages_;   ///< Null when there is no built web client: then only the API is served.
  audit::AuditLog audit_log_;
  std::unique_ptr<audit::AuditPages> audit_;   ///< As `pages_`.
  std::unique_ptr<openid::OpenidPages> openid_;   ///< As `pages_`; null as well where people sign in by password only.
  std::unique_ptr<audit::OwnExport> export_;   ///< As `pages_`.
  std::unique_ptr<exports::Exports> exports_;
  std::unique_ptr<papers::Papers> papers_;   ///< As `pages_`.
  http::RateLimiter anonymous_;
  http::RateLimiter signed_in_;
  /// By address, tokens that nobody has: each has directory asked once. As many as an address may ask without any.
  http::RateLimiter strange_tokens_;
  Metrics metrics_;
};

}  // namespace witan::app
