#include "gateway/app/router.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/app/settings.hpp"
#include "gateway/auth/refusals.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/catalogue.hpp"
#include "shared/contract/topics.hpp"

namespace witan::app {

namespace {

constexpr double k_head_age_seconds_max = 5.0;
constexpr std::string_view k_assets = "/assets/";
constexpr std::chrono::milliseconds k_metrics_time{1000};

std::unique_ptr<pages::Pages> make_pages(const Router::Parts& parts) {
  const std::filesystem::path root = parts.config.text("web_root");
  if (!std::filesystem::exists(root / "pages.json")) {
    log::warning("gateway", "no web client", {{"web_root", json::string(root.string())}});
    return nullptr;
  }
  return pages::make_pages({root, parts.config.flag("demo_notice"), parts.config.text("openid_name"), parts.config.text("contact")}, parts.cache, parts.auth, parts.sender,
                           parts.services, &parts.live.presence());
}

std::unique_ptr<openid::OpenidPages> make_openid_pages(const Router::Parts& parts, pages::Pages* pages) {
  const auto name = parts.config.text("openid_name");
  if (!pages || name.empty()) return nullptr;
  return std::make_unique<openid::OpenidPages>(name, parts.auth, parts.sender, *pages);
}

http::RateLimiter limiter(const Config& config, std::string_view key) {
  const auto per_minute = static_cast<double>(config.number(key));
  return {per_minute, per_minute};
}

papers::Limits papers_limits(const Config& config) {
  return {static_cast<std::size_t>(config.number("downloads_max")), static_cast<double>(config.number("packs_per_minute"))};
}

constexpr std::string_view k_papers = "/papers/";

/// Signing in, and what people send who cannot: each try may cost a password's hash, a mail, or a question to another machine.
bool tries_to_get_in(const http::Request& request) {
  static constexpr std::string_view k_command = "/do/";
  const std::string_view path = request.path;
  if (request.method == "GET") return path == openid::k_sign_in_path;
  if (openid::OpenidPages::is_path(path)) return true;
  if (path.starts_with(k_command)) return catalogue::is_for_visitors(path.substr(k_command.size()));
  return path == "/sign-in" || path == "/sign-in/code";
}

std::unexpected<Rejection> over_limit(const http::RateLimiter& limiter) {
  Rejection rejection{ErrorCode::rate_limited, {}, {}, {}};
  rejection.extra["retry_after_s"] = limiter.retry_after_seconds();
  return std::unexpected(std::move(rejection));
}

/// By any address at which a paper, its text or what is known of it may be had; over the socket, see live/session.cpp.
bool asks_for_paper(std::string_view path) {
  constexpr std::array<std::string_view, 3> k_addresses{k_papers, "/api/v1/views/papers/", "/oparl/v1/papers/"};
  return std::ranges::any_of(k_addresses, [&](std::string_view address) { return path.starts_with(address); });
}

net::awaitable<void> hold(std::chrono::steady_clock::time_point begun) {
  net::steady_timer timer(co_await net::this_coro::executor, auth::held_for(begun, std::chrono::steady_clock::now()));
  co_await timer.async_wait(net::use_awaitable);
}

bool is_read(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

}  // namespace

Router::Router(Parts parts)
    : parts_(std::move(parts)),
      assets_(parts_.config.text("web_root") + "/static"),
      api_(parts_.cache, parts_.auth, parts_.sender,
           {parts_.config.text("web_root") + "/contract", static_cast<double>(parts_.config.number("sign_ins_per_minute"))}),
      pages_(make_pages(parts_)),
      audit_log_(parts_.loop, parts_.services, services()),
      audit_(pages_ ? std::make_unique<audit::AuditPages>(audit_log_, parts_.cache, parts_.auth, *pages_) : nullptr),
      openid_(make_openid_pages(parts_, pages_.get())),
      export_(pages_ ? std::make_unique<audit::OwnExport>(audit_log_, parts_.cache, parts_.auth, *pages_) : nullptr),
      exports_(pages_ ? std::make_unique<exports::Exports>(parts_.cache, parts_.auth, *pages_, parts_.origin) : nullptr),
      papers_(pages_ ? std::make_unique<papers::Papers>(parts_.services, parts_.sender, parts_.cache, parts_.auth, *pages_, papers_limits(parts_.config)) : nullptr),
      anonymous_(limiter(parts_.config, "http_requests_per_minute_anonymous")),
      signed_in_(limiter(parts_.config, "http_requests_per_minute_signed_in")),
      strange_tokens_(limiter(parts_.config, "http_requests_per_minute_anonymous")) {}

Router::~Router() = default;

net::awaitable<http::Response> Router::handle(http::Request request) {
  const auto begun = std::chrono::steady_clock::now();
  const bool is_of_paper = asks_for_paper(request.path);
  auto response = co_await answer(std::move(request));
  if (is_of_paper && response.status == 404) co_await hold(begun);
  metrics_.request(response.status, std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
  co_return response;
}

net::awaitable<http::Response> Router::answer(http::Request request) {
  if (request.path == "/healthz") co_return http::json_response(200, json::object{{"status", "ok"}});
  if (request.path == "/readyz") co_return readiness();
  if (request.path.starts_with(k_assets)) {
    const auto name = request.path.substr(k_assets.size());
    co_return assets_.serve(request, name);
  }
  co_return co_await answer_for_caller(std::move(request));
}

net::awaitable<http::Response> Router::answer_for_caller(http::Request request) {
  auto caller = co_await caller_of(request);
  if (!caller) co_return refuse(request, auth::Caller(), caller.error());
  if (!is_read(request) && is_cross_site(request)) {
    co_return refuse(request, *caller, Rejection{ErrorCode::cross_site, {}, {}, {}});
  }
  if (request.path.starts_with("/api/")) co_return co_await api_.handle(std::move(request), std::move(*caller));
  if (caller->session.empty() && may_come_without_their_cookie(request)) co_return come_again(request);
  auto cookies = co_await refreshed_cookies(request, *caller);
  auto response = co_await dispatch(std::move(request), std::move(*caller));
  for (auto& cookie : cookies) response.set("set-cookie", std::move(cookie));
  co_return response;
}

/// Only with a page: whoever sends a form, goes on with a file or opens a socket holds what goes with the name of before.
net::awaitable<std::vector<std::string>> Router::refreshed_cookies(const http::Request& request, auth::Caller& caller) {
  const bool came_by_cookie = !caller.session.empty() && request.header("authorization").empty();
  const bool is_page = is_read(request) && !request.path.starts_with("/uploads/");
  if (!is_page || !came_by_cookie) co_return std::vector<std::string>();
  if (caller.has_risen) {
    auto cookies = co_await http::renew_session(parts_.sender, parts_.auth, caller, request.trace);
    if (cookies) co_return std::move(*cookies);
    log::info("gateway", "session_not_renewed", {{"reason", std::string(info(cookies.error().code).name)}});   // the next page tries again
  }
  if (!caller.is_staff || !request.cookie(parts_.auth.staff_cookie_name()).empty()) co_return std::vector<std::string>();
  co_return std::vector{parts_.auth.staff_cookie(true)};
}

/// Somebody follows a link from another site, and a session of staff, whose cookie is Strict, may be in their browser.
bool Router::may_come_without_their_cookie(const http::Request& request) const {
  // Nowhere but here: `//elsewhere` would be another site's address on the page that asks again.
  const bool is_link = request.method == "GET" && request.header("sec-fetch-mode") == "navigate" && is_cross_site(request) &&
                       http::is_local_path(request.path);
  return is_link && request.cookie(parts_.auth.cookie_name()).empty() && !request.cookie(parts_.auth.staff_cookie_name()).empty();
}

/// The same address once more, from a page of our own, so that the cookie comes along. It takes the mark away: where there is no
/// session after all, the second answer is for a visitor, and not this again.
http::Response Router::come_again(const http::Request& request) {
  auto response = pages_ ? pages_->once_more(request) : http::Response();
  response.set("set-cookie", parts_.auth.staff_cookie(false));
  return response;
}

net::awaitable<http::Response> Router::dispatch(http::Request request, auth::Caller caller) {
  if (request.path == "/live/ticket" && request.method == "POST") co_return parts_.live.ticket(request, caller);
  if (request.path == "/live") {
    co_return refuse(request, caller, Rejection{ErrorCode::invalid_request, "This address speaks WebSocket.", {}, {}});
  }
  if (pages_ && tries_to_get_in(request) && !api_.may_sign_in(request.remote)) {
    const Rejection refused{ErrorCode::rate_limited, "Too many tries to sign in from here; wait a little.", {}, {}};
    co_return refuse(request, caller, refused);
  }
  if (audit_ && is_read(request) && audit::AuditPages::is_path(request.path)) {
    co_return co_await audit_->handle(std::move(request), std::move(caller));
  }
  if (export_ && is_read(request) && audit::OwnExport::is_path(request.path)) {
    co_return co_await export_->handle(std::move(request), std::move(caller));
  }
  if (exports_ && is_read(request) && exports::Exports::is_path(request.path)) {
    co_return co_await exports_->handle(std::move(request), std::move(caller));
  }
  if (openid_ && openid::OpenidPages::is_path(request.path)) co_return co_await openid_->handle(std::move(request), std::move(caller));
  if (papers_ && request.source) co_return co_await papers_->take_form(std::move(request), std::move(caller));
  if (papers_ && papers::Papers::is_path(request.path)) co_return co_await papers_->handle(std::move(request), std::move(caller));
  if (pages_) co_return co_await page(std::move(request), std::move(caller));
  co_return refuse(request, caller, Rejection{ErrorCode::not_found, {}, {}, {}});
}

net::awaitable<http::Response> Router::page(http::Request request, auth::Caller caller) {
  const bool is_of_paper = is_read(request) && request.path.starts_with(k_papers);
  if (!is_of_paper) co_return co_await pages_->handle(std::move(request), std::move(caller));
  const auto by = caller;
  const auto address = http::client_key(request.remote), paper = request.path.substr(k_papers.size()), trace = request.trace;
  auto response = co_await pages_->handle(std::move(request), std::move(caller));
  if (response.status == 404) auth::note_refused_paper(parts_.auth, by, address, paper, trace);
  co_return response;
}

net::awaitable<std::optional<http::Response>> Router::upgrade(http::Request request, net::ip::tcp::socket& socket) {
  if (request.path != "/live") {
    co_return http::problem_response(Rejection{ErrorCode::not_found, {}, {}, {}}, request.trace);
  }
  co_return co_await parts_.live.upgrade(std::move(request), socket);
}

std::string Router::token_of(const http::Request& request) const {
  static constexpr std::string_view k_bearer = "Bearer ";
  const auto authorization = request.header("authorization");
  if (authorization.starts_with(k_bearer)) return std::string(authorization.substr(k_bearer.size()));
  return std::string(request.cookie(parts_.auth.cookie_name()));
}

net::awaitable<Result<auth::Caller>> Router::caller_of(const http::Request& request) {
  const auto now = std::chrono::steady_clock::now();
  const auto token = token_of(request);
  const auto address = http::client_key(request.remote);
  const bool is_strange = !token.empty() && !parts_.auth.knows(token);
  if (is_strange && !strange_tokens_.allow(address, now)) co_return over_limit(strange_tokens_);
  auto caller = co_await parts_.auth.identify(token);
  if (!caller) co_return caller;
  if (is_strange && !caller->session.empty()) strange_tokens_.give_back(address);
  auto& limiter = caller->session.empty() ? anonymous_ : signed_in_;
  if (!limiter.allow(caller->session.empty() ? address : caller->session, now)) co_return over_limit(limiter);
  if (!caller->session.empty()) parts_.auth.note_use(caller->session);
  co_return caller;
}

bool Router::is_cross_site(const http::Request& request) const {
  const auto origin = request.header("origin");
  if (!origin.empty() && !parts_.auth.is_own_origin(origin)) return true;
  const auto site = request.header("sec-fetch-site");
  return !site.empty() && site != "same-origin" && site != "none";
}

http::Response Router::refuse(const http::Request& request, const auth::Caller& caller, const Rejection& rejection) {
  if (pages_ && !request.path.starts_with("/api/")) return pages_->error_page(request, caller, rejection);
  return http::problem_response(rejection, request.trace);
}

http::Response Router::refuse_unread(const http::Request& request, const Rejection& rejection) {
  const bool is_within = anonymous_.allow(http::client_key(request.remote), std::chrono::steady_clock::now());
  return is_within ? refuse(request, auth::Caller(), rejection) : http::problem_response(rejection, request.trace);
}

http::Response Router::readiness() const {
  json::array missing;
  if (!parts_.services.bus().is_connected()) missing.emplace_back("bus");
  json::object heads;
  for (const auto& service : services()) {
    const double age = parts_.cache.head_age_seconds(service);
    const bool is_fresh = age <= k_head_age_seconds_max;
    if (!is_fresh) missing.emplace_back(json::string(service));
    heads[service] = is_fresh ? json::value(age) : json::value(nullptr);
  }
  const bool is_ready = missing.empty();
  return http::json_response(is_ready ? 200 : 503, json::object{{"status", is_ready ? "ready" : "not ready"},
                                                                {"missing", std::move(missing)},
                                                                {"head_age_seconds", std::move(heads)}});
}

net::awaitable<http::Response> Router::handle_admin(http::Request request) {
  if (request.path == "/metrics") co_return co_await metrics();
  if (request.path == "/healthz") co_return http::json_response(200, json::object{{"status", "ok"}});
  if (request.path == "/readyz") co_return readiness();
  co_return http::problem_response(Rejection{ErrorCode::not_found, {}, {}, {}}, request.trace);
}

net::awaitable<http::Response> Router::metrics() {
  http::Response response;
  response.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = metrics_.text(parts_.live.counts(), parts_.cache.size(), parts_.server.connections());
  for (const auto& service : services()) {
    const auto text = co_await parts_.services.request(service, subjects::metrics(service), "", k_metrics_time);
    if (text) response.body += *text;   // one that is away is missing, and /readyz says so
  }
  co_return response;
}

}  // namespace witan::app
