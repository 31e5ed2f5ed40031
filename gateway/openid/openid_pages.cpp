#include "gateway/openid/openid_pages.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "gateway/http/request_head.hpp"
#include "shared/base/ids.hpp"
#include "shared/contract/directory.hpp"
#include "shared/crypto/crypto.hpp"

namespace witan::openid {

namespace wire = contract::directory;

namespace {

/// As long as directory remembers what it drew.
constexpr std::chrono::minutes k_open_for{10};
constexpr std::string_view k_account_place = "/account";

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const Fields& fields, std::string_view wanted) {
  const auto found = std::ranges::find(fields, wanted, [](const auto& field) { return std::string_view(field.first); });
  return found == fields.end() ? std::string() : found->second;
}

/// What the cookie keeps while the browser is away: `<state>.<what for>.<where to go afterwards>`.
struct Away {
  std::string state;
  bool is_link = false;
  std::string return_to;
};

std::string written(const Away& away) {
  return fmt::format("{}.{}.{}", away.state, away.is_link ? "link" : "sign-in", http::percent_encode(away.return_to));
}

Away read(std::string_view cookie) {
  const auto first = std::min(cookie.find('.'), cookie.size());
  const auto second = std::min(cookie.find('.', first + 1), cookie.size());
  if (second == cookie.size()) return {};
  const auto return_to = value_of(http::parse_form(fmt::format("to={}", cookie.substr(second + 1))), "to");
  return {std::string(cookie.substr(0, first)), cookie.substr(first + 1, second - first - 1) == "link",
          http::is_local_path(return_to) ? return_to : std::string()};
}

/// The form that a refusal is shown with.
pages::FormPost form_of(const Away& away) {
  pages::FormPost post;
  post.form = "openid";
  post.on_page = away.is_link ? "/account" : "/sign-in";
  post.return_to = away.return_to;
  return post;
}

Rejection other_browser() {
  return {ErrorCode::openid_expired,
          "This was begun in another browser, or more than 10 minutes ago. Nothing was changed. Start again.", {}, {}};
}

Rejection said_no() {
  return {ErrorCode::openid_refused,
          "The service that you sign in with did not confirm who you are. Start again, or use your e-mail address and password.", {}, {}};
}

/// Silence, in the words of somebody on the way to or from the provider: there is no form to send again.
Rejection in_words(Rejection rejection) {
  const bool is_silence = rejection.code == ErrorCode::unavailable || rejection.code == ErrorCode::deadline_exceeded;
  if (!is_silence) return rejection;
  return {ErrorCode::openid_unavailable, "No answer came in time. Start again in a minute, or use your e-mail address and password.", {}, {}};
}

}  // namespace

net::awaitable<http::Response> OpenidPages::handle(http::Request request, auth::Caller caller) {
  if (request.method == "POST") co_return co_await begin(std::move(request), std::move(caller));
  if (request.path == k_sign_in_path) co_return co_await come_back(std::move(request), std::move(caller));
  co_return http::see_other("/account");
}

net::awaitable<http::Response> OpenidPages::begin(http::Request request, auth::Caller caller) {
  Away away{crypto::random_token(), request.path == k_link_path, {}};
  auto post = pages::read_form(request, {});
  if (!post) co_return pages_.error_page(request, caller, post.error());
  away.return_to = http::is_local_path(post->return_to) ? post->return_to : "/";
  post->form = form_of(away).form;
  post->on_page = form_of(away).on_page;
  if (!away.is_link && caller.actor.signed_in()) co_return http::see_other(away.return_to);
  if (away.is_link && !caller.actor.signed_in()) co_return http::see_other("/sign-in?return_to=/account");
  if (away.is_link && !auth_.csrf_matches(caller, post->csrf)) {
    Rejection expired{ErrorCode::form_expired, "This form was too old to be sent. Send it again.", {}, {}};
    co_return co_await pages_.refuse(std::move(request), std::move(caller), std::move(*post), std::move(expired));
  }
  json::object args{{"state", away.state}};
  if (away.is_link) args["current_password"] = value_of(post->fields, "current_password");
  const auto begun = co_await ask(wire::BeginOpenid::k_name, std::move(args), caller.actor, request.trace);
  if (!begun) co_return co_await pages_.refuse(std::move(request), std::move(caller), std::move(*post), begun.error());
  auto response = go_on(request, caller, std::string(string_at(*begun, "location")));
  response.set("set-cookie", cookie(written(away), k_open_for));
  co_return response;
}

/// A page of our own on the way, that goes on by itself: browsers hold a form's redirects to `form-action`, and this page
/// with its link needs no exception for a place that a form may send passwords to.
http::Response OpenidPages::go_on(const http::Request& request, const auth::Caller& caller, const std::string& location) {
  const pages::Page page{std::string(request.path), "openid-go", "Go on to " + name_, "", {}, false};
  auto response = pages_.compose(request, caller, page, 200, {{"openid", {{"location", location}}}});
  response.set("refresh", "0; url=" + location);
  return response;
}

net::awaitable<http::Response> OpenidPages::come_back(http::Request request, auth::Caller caller) {
  const auto query = http::parse_form(request.query);
  if (query.empty()) co_return http::see_other("/sign-in");
  const auto away = read(request.cookie(cookie_name()));
  const auto code = value_of(query, "code"), issuer = value_of(query, "iss");
  const bool is_text = http::is_utf8(away.state) && http::is_utf8(code) && http::is_utf8(issuer);
  const bool is_ours = is_text && !away.state.empty() && crypto::equal(away.state, value_of(query, "state"));
  auto post = form_of(away);
  http::Response response;
  if (away.is_link && !caller.actor.signed_in()) {
    response = http::see_other("/sign-in?return_to=/account");
  } else if (!is_ours || code.empty()) {
    response = co_await pages_.refuse(std::move(request), std::move(caller), std::move(post), is_ours ? said_no() : other_browser());
  } else {
    json::object args{{"state", away.state}, {"code", code}};
    if (!issuer.empty()) args["issuer"] = issuer;
    if (away.is_link) response = co_await link(std::move(request), std::move(caller), std::move(post), std::move(args));
    else response = co_await sign_in(std::move(request), std::move(caller), std::move(post), std::move(args));
  }
  response.set("set-cookie", cookie({}, std::chrono::seconds(0)));
  co_return response;
}

net::awaitable<http::Response> OpenidPages::sign_in(http::Request request, auth::Caller caller, pages::FormPost post, json::object args) {
  http::Device device{http::device_name(request), std::string(request.cookie(auth_.device_cookie_name()))};
  auto started = co_await http::start_session(sender_, {wire::FinishOpenidSignIn::k_name, std::move(args)}, std::move(device), request.trace);
  if (!started) {
    co_return co_await pages_.refuse(std::move(request), std::move(caller), std::move(post), in_words(std::move(started.error())));
  }
  auto cookies = co_await http::cookies_of(auth_, *started);
  if (!cookies) co_return co_await pages_.refuse(std::move(request), std::move(caller), std::move(post), in_words(std::move(cookies.error())));
  auto response = http::see_other(post.return_to.empty() ? "/" : post.return_to);
  for (auto& cookie : *cookies) response.set("set-cookie", std::move(cookie));
  co_return response;
}

net::awaitable<http::Response> OpenidPages::link(http::Request request, auth::Caller caller, pages::FormPost post, json::object args) {
  auto linked = co_await ask(wire::LinkOpenid::k_name, std::move(args), caller.actor, request.trace);
  if (!linked) co_return co_await pages_.refuse(std::move(request), std::move(caller), std::move(post), linked.error());
  co_return http::see_other(pages::saying_done(std::string(k_account_place), "openid_linked"));
}

net::awaitable<Result<json::object>> OpenidPages::ask(std::string_view command, json::object args, Actor actor, std::string trace) {
  CommandRequest request;
  request.id = random_id_text();
  request.name = command;
  request.args = std::move(args);
  request.actor = std::move(actor);
  request.trace = std::move(trace);
  auto reply = co_await sender_.send(std::move(request));
  if (reply) co_return std::move(reply->result);
  co_return std::unexpected(in_words(std::move(reply.error())));
}

std::string OpenidPages::cookie(const std::string& value, std::chrono::seconds lasts) const {
  const auto name = cookie_name();
  return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", name, value, lasts.count(),
                     name.starts_with("__Host-") ? "; Secure" : "");
}

}  // namespace witan::openid
