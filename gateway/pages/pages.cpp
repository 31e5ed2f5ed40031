#include "gateway/pages/pages.hpp"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "gateway/auth/refusals.hpp"
#include "gateway/http/api.hpp"
#include "gateway/pages/second_factor.hpp"
#include "gateway/pages/view_model.hpp"
#include "shared/base/ids.hpp"
#include "shared/contract/catalogue.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/topics.hpp"

namespace witan::pages {

namespace {

constexpr std::string_view k_command_prefix = "/do/";
constexpr std::string_view k_sign_in_path = "/sign-in";
constexpr std::string_view k_second_step_path = "/sign-in/code";
constexpr std::string_view k_sign_out_path = "/sign-out";
constexpr std::size_t k_nonce_characters = 26;
constexpr std::string_view k_missing_title = "Page not found";  // as the page itself says (error.mustache)

bool wants_json(const http::Request& request) {
  return request.header("accept").find("application/json") != std::string_view::npos;
}

std::string sign_in_location(std::string_view after) {
  return std::string(k_sign_in_path) + "?return_to=" + http::percent_encode(after);
}

std::string query_value(const http::Request& request, std::string_view wanted) {
  for (const auto& [name, value] : http::parse_form(request.query)) {
    if (name == wanted) return value;
  }
  return {};
}

/// `return_to` of the query, when it leads somewhere on this site.
std::string return_to_of(const http::Request& request) {
  auto path = query_value(request, "return_to");
  return http::is_local_path(path) ? path : std::string();
}

/// A decoded path as it is written in an address.
std::string encoded_path(std::string_view path) {
  std::string encoded;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto segment = path.substr(0, path.find('/'));
    encoded += "/" + http::percent_encode(segment);
    path.remove_prefix(segment.size());
  }
  return encoded;
}

http::Response without_trailing_slash(const http::Request& request) {
  http::Response response;
  response.status = 308;
  const auto path = std::string_view(request.path).substr(0, request.path.size() - 1);
  response.set("location", encoded_path(path) + (request.query.empty() ? "" : "?" + request.query));
  return response;
}

/// The nonce that a command's id began with, so that the form can send the same command again.
std::string nonce_of(std::string_view command_id) {
  const auto nonce = command_id.substr(0, k_nonce_characters);
  const bool is_ours =
      is_id_text(nonce) && command_id.size() > k_nonce_characters && command_id[nonce.size()] == '-';
  return is_ours ? std::string(nonce) : random_id_text();
}

live::Command command_from(const FormPost& post, json::object arguments) {
  return {post.command_id, post.command, std::move(arguments), post.if_version};
}

std::string field_text(const FormPost& post, std::string_view name) {
  for (const auto& [field, text] : post.fields) {
    if (field == name) return text;
  }
  return {};
}

http::SignInCommand first_step(const FormPost& post) {
  return {contract::directory::StartSession::k_name, {{"email", field_text(post, "email")}, {"password", field_text(post, "password")}}};
}

http::SignInCommand second_step(const FormPost& post) {
  return {contract::directory::FinishSignIn::k_name, {{"ticket", field_text(post, "ticket")}, {"code", field_text(post, "code")}}};
}

Assets load_assets(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {};
  std::ostringstream text;
  text << stream.rdbuf();
  return assets_from(text.str());
}

/// What a page wants of one topic, with its address filled in.
struct WantedTopic {
  std::string alias;
  std::string topic;
  bool is_optional = false;
  bool is_each_body = false;
  bool is_spare = false;
};

std::vector<WantedTopic> wanted_topics(const FoundPage& found, const auth::Caller& caller) {
  std::set<std::string> bodies;
  for (const auto& seat : caller.seats) bodies.insert(seat.body);
  std::vector<WantedTopic> wanted;
  for (const auto& topic : found.page->topics) {
    Params params = found.params;
    if (caller.actor.person) params["me"] = caller.actor.person->str();
    if (const auto token = params.find("token"); token != params.end()) {
      params["link"] = auth::Auth::session_of(token->second);  // a link is named by the hash of its token, as a session is
    }
    if (!topic.is_each_body) {
      wanted.push_back({topic.alias, filled(topic.pattern, params).value_or(""), topic.is_optional, false, topic.is_spare});
      continue;
    }
    for (const auto& body : bodies) {
      params["body"] = body;
      wanted.push_back({topic.alias, filled(topic.pattern, params).value_or(""), true, true});
    }
  }
  return wanted;
}

/// Whoever finds the page of somebody who is signed in, or of a link, in a browser's store could read it, or use the link.
bool is_for_one(const FoundPage& found, const auth::Caller& caller) {
  return caller.actor.signed_in() || found.params.contains("token");
}

}  // namespace

Pages::Pages(const PagesOptions& options, std::unique_ptr<TopicReader> topics,
             std::unique_ptr<SignInDesk> desk, http::CommandSender& sender)
    : manifest_(Manifest::load(options.web_root / "pages.json")),
      done_words_(DoneWords::load(options.web_root / "done.json")),
      renderer_(options.web_root / "templates"),
      assets_(load_assets(options.web_root / "manifest.json")),
      is_demo_(options.is_demo),
      openid_name_(options.openid_name),
      contact_(options.contact),
      topics_(std::move(topics)),
      desk_(std::move(desk)),
      sender_(sender) {
  if (!renderer_.has("error"))
    throw std::runtime_error("There is no template for error pages (error.mustache).");
  for (const auto& page : manifest_.pages()) {
    if (!renderer_.has(page.name)) throw std::runtime_error("The page " + page.path + " has no template.");
    titles_.emplace(page.path, Template(page.path, page.title, Template::Escape::nothing));
  }
}

net::awaitable<http::Response> Pages::handle(http::Request request, auth::Caller caller) {
  if (request.method == "GET" || request.method == "HEAD") {
    co_return co_await show(std::move(request), std::move(caller));
  }
  if (request.method == "POST") co_return co_await post(std::move(request), std::move(caller));
  auto response = plain_refusal(request, caller, {ErrorCode::method_not_allowed, {}, {}, {}});
  response.set("allow", "GET, HEAD, POST");
  co_return response;
}

net::awaitable<http::Response> Pages::show(http::Request request, auth::Caller caller) {
  if (request.path.size() > 1 && request.path.ends_with('/') && http::is_local_path(request.path)) {
    co_return without_trailing_slash(request);
  }
  const auto found = manifest_.find(request.path);
  if (!found) co_return error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  if (found->page->is_for_signed_in && !caller.actor.signed_in()) {
    co_return http::see_other(sign_in_location(encoded_path(request.path)));
  }
  const auto topics = co_await read_topics(*found, caller);
  if (!topics) co_return error_page(request, caller, topics.error());
  auto context = page_context(facts(request, *found), caller, *topics);
  if (found->page->draws_second_factor) context["second_factor"] = drawn_second_factor(context);
  finish(context, title_of(*found->page, context), *topics);
  co_return rendered(200, found->page->name, context, is_for_one(*found, caller));
}

net::awaitable<http::Response> Pages::post(http::Request request, auth::Caller caller) {
  const std::string_view path = request.path;
  const bool is_command = path.starts_with(k_command_prefix);
  const bool is_sign_in = path == k_sign_in_path || path == k_second_step_path;
  if (!is_command && !is_sign_in && path != k_sign_out_path) {
    const auto code = manifest_.find(path) ? ErrorCode::method_not_allowed : ErrorCode::not_found;
    co_return plain_refusal(request, caller, {code, {}, {}, {}});
  }
  auto form =
      read_form(request, is_command ? std::string(path.substr(k_command_prefix.size())) : std::string());
  if (!form) co_return plain_refusal(request, caller, form.error());
  if (is_sign_in)
    co_return co_await sign_in(std::move(request), std::move(caller), std::move(*form));
  if (path == k_sign_out_path)
    co_return co_await sign_out(std::move(request), std::move(caller), std::move(*form));
  co_return co_await carry_out(std::move(request), std::move(caller), std::move(*form));
}

net::awaitable<http::Response> Pages::carry_out(http::Request request, auth::Caller caller, FormPost post) {
  const bool is_visitor = !caller.actor.signed_in();
  if (is_visitor && !catalogue::is_for_visitors(post.command)) {
    if (!wants_json(request)) co_return http::see_other(sign_in_location(page_of(post)));
    co_return http::problem_response({ErrorCode::not_signed_in, {}, {}, {}}, request.trace);
  }
  // A visitor's form has no session whose rights another site could borrow.
  if (!is_visitor && !desk_->csrf_matches(caller, post.csrf)) {
    Rejection expired{ErrorCode::form_expired, "This form was too old to be sent. Send it again.", {}, {}};
    co_return co_await refuse(std::move(request), std::move(caller), std::move(post), std::move(expired));
  }
  auto arguments = to_arguments(post);
  if (!arguments) {
    co_return co_await refuse(std::move(request), std::move(caller), std::move(post),
                              std::move(arguments.error()));
  }
  auto command = http::to_command_request(command_from(post, *arguments), caller, request.trace);
  auto reply = command ? co_await sender_.send(std::move(*command))
                       : Result<CommandReply>(std::unexpected(command.error()));
  if (!reply) {
    co_return co_await refuse(std::move(request), std::move(caller), std::move(post),
                              std::move(reply.error()));
  }
  if (wants_json(request)) co_return http::json_response(200, codec::encode(*reply));
  auto location = success_location(post, reply->result, *arguments);
  if (!done_words_.of(post.done).empty()) location = saying_done(std::move(location), post.done);
  co_return http::see_other(reply->others_later ? saying_others_later(std::move(location)) : std::move(location));
}

net::awaitable<http::Response> Pages::sign_in(http::Request request, auth::Caller caller, FormPost post) {
  const bool is_second_step = request.path == k_second_step_path;
  post.form = is_second_step ? "sign-in-code" : "sign-in";
  post.on_page = request.path;
  auto cookies = co_await desk_->sign_in(is_second_step ? second_step(post) : first_step(post), request);
  if (!cookies) {
    Rejection refusal = std::move(cookies.error());
    if (refusal.code == ErrorCode::second_factor_needed && !wants_json(request)) {
      co_return ask_for_code(std::move(request), caller, post, refusal);
    }
    if (refusal.code == ErrorCode::form_expired) post.on_page = k_sign_in_path;
    if (refusal.code == ErrorCode::sign_in_failed && refusal.errors.empty()) {
      refusal.errors.push_back({"/email", refusal.code, refusal.detail});
    }
    co_return co_await refuse(std::move(request), std::move(caller), std::move(post), std::move(refusal));
  }
  auto response = http::see_other(http::is_local_path(post.return_to) ? post.return_to : "/");
  for (auto& cookie : *cookies) response.set("set-cookie", std::move(cookie));
  co_return response;
}

http::Response Pages::ask_for_code(http::Request request, const auth::Caller& caller, const FormPost& post, const Rejection& refusal) {
  request.path = k_second_step_path;
  const auto found = manifest_.find(request.path);
  if (!found) return error_page(request, caller, refusal);
  const auto return_to = http::is_local_path(post.return_to) ? post.return_to : std::string();
  return compose(request, caller, *found->page, 200, {{"ticket", string_at(refusal.extra, "ticket")}, {"return_to", return_to}});
}

net::awaitable<http::Response> Pages::sign_out(http::Request request, auth::Caller caller, FormPost post) {
  if (!caller.actor.signed_in()) co_return http::see_other("/");
  if (!desk_->csrf_matches(caller, post.csrf)) {
    Rejection expired{
        ErrorCode::form_expired, "You are still signed in. Load the page again, then sign out.", {}, {}};
    co_return plain_refusal(request, caller, expired);
  }
  auto cookies = co_await desk_->sign_out(caller, request.trace);
  if (!cookies) co_return plain_refusal(request, caller, cookies.error());
  auto response = http::see_other(saying_done("/", "signed_out"));
  for (auto& cookie : *cookies) response.set("set-cookie", std::move(cookie));
  co_return response;
}

net::awaitable<http::Response> Pages::refuse(http::Request request, auth::Caller caller, FormPost post,
                                             Rejection rejection) {
  if (wants_json(request)) co_return http::problem_response(rejection, request.trace);
  request.path = page_of(post);
  const auto found = manifest_.find(request.path);
  if (!found) co_return error_page(request, caller, rejection, &post);
  const auto topics = co_await read_topics(*found, caller);
  if (!topics) co_return error_page(request, caller, rejection, &post);
  PageFacts about = facts(request, *found);
  if (is_outcome_unknown(rejection)) about.nonce = nonce_of(post.command_id);
  if (http::is_local_path(post.return_to)) about.return_to = post.return_to;
  auto context = page_context(about, caller, *topics);
  show_refusal(context, post, rejection, request.trace);
  if (found->page->draws_second_factor) context["second_factor"] = drawn_second_factor(context);
  finish(context, title_of(*found->page, context), *topics);
  co_return rendered(info(rejection.code).status, found->page->name, context, true);
}

net::awaitable<Result<std::vector<ShownTopic>>> Pages::read_topics(FoundPage found, auth::Caller caller) {
  std::vector<ShownTopic> shown;
  for (auto& wanted : wanted_topics(found, caller)) {
    auto view = is_topic(wanted.topic) ? co_await topics_->read(wanted.topic, caller)
                                       : Result<topics::View>(reject(ErrorCode::not_found));
    if (view) {
      shown.push_back({std::move(wanted.alias), wanted.is_each_body, std::move(*view)});
    } else if (auth::is_absent(view.error())) {
      if (!wanted.is_optional) co_return std::unexpected(std::move(view.error()));
      if (wanted.is_spare && !wanted.topic.empty()) shown.push_back({std::move(wanted.alias), false, {wanted.topic, "self", "", 0, std::make_shared<const Entities>()}});
    } else if (!wanted.is_spare) {
      co_return std::unexpected(std::move(view.error()));
    }
  }
  co_return shown;
}

http::Response Pages::compose(const http::Request& request, const auth::Caller& caller, const Page& page, int status,
                              const json::object& more, const std::vector<ShownTopic>& topics) {
  auto context = page_context(facts(request, FoundPage{&page, {}}), caller, topics);
  for (const auto& [name, value] : more) context[name] = value;
  finish(context, page.title, topics);
  return rendered(status, page.name, context, true);
}

http::Response Pages::once_more(const http::Request& request) {
  const auto location = (request.path == "/" ? "/" : encoded_path(request.path)) + (request.query.empty() ? "" : "?" + request.query);
  const Page page{request.path, "once-more", "Opening the page", "", {}, false};
  auto response = compose(request, auth::Caller(), page, 200, {{"location", location}});
  response.set("refresh", "0; url=" + location);
  return response;
}

http::Response Pages::error_page(const http::Request& request, const auth::Caller& caller,
                                 const Rejection& rejection, const FormPost* post) {
  const bool is_missing = auth::is_absent(rejection);
  const Rejection shown = is_missing ? Rejection{ErrorCode::not_found, rejection.detail, {}, {}} : rejection;
  PageFacts about = facts(request, FoundPage{});
  auto context = page_context(about, caller, {});
  show_problem(context, shown, request.trace);
  context["problem"].as_object()["sign_in_hint"] =
      !caller.actor.signed_in() && (is_missing || info(shown.code).status == 401);
  if (post) show_typed(context, *post, rejection);
  finish(context, is_missing ? std::string(k_missing_title) : std::string(info(shown.code).title), {});
  auto response = rendered(info(shown.code).status, "error", context, true);
  if (shown.code == ErrorCode::rate_limited || shown.code == ErrorCode::unavailable ||
      shown.code == ErrorCode::rights_unknown) {
    response.set("retry-after", std::to_string(int_at(shown.extra, "retry_after_s", 1)));
  }
  return response;
}

http::Response Pages::plain_refusal(const http::Request& request, const auth::Caller& caller,
                                    const Rejection& rejection) {
  return wants_json(request) ? http::problem_response(rejection, request.trace)
                             : error_page(request, caller, rejection);
}

PageFacts Pages::facts(const http::Request& request, const FoundPage& found) const {
  PageFacts about;
  about.page = found.page;
  about.path = request.path;
  about.nonce = random_id_text();
  about.return_to = return_to_of(request);
  about.others_later = query_value(request, k_saved_name) == k_saved_others_later;
  // Not for whoever follows somebody else's link: nothing has been done then.
  const auto site = request.header("sec-fetch-site");
  if (site.empty() || site == "same-origin") about.done = done_words_.of(query_value(request, k_done_name));
  about.is_demo = is_demo_;
  about.openid_name = openid_name_;
  about.contact = contact_;
  about.params = found.params;
  about.assets = assets_;
  return about;
}

http::Response Pages::rendered(int status, std::string_view name, const json::object& context, bool is_kept_nowhere) {
  http::Response response;
  response.status = status;
  response.set("content-type", "text/html; charset=utf-8");
  response.set("cache-control", is_kept_nowhere ? "no-store" : "no-cache");
  response.set("vary", "Cookie, Accept");
  response.body = renderer_.render(name, context);
  return response;
}

std::string Pages::title_of(const Page& page, const json::object& context) {
  return titles_.find(page.path)->second.render(context);
}

}  // namespace witan::pages
