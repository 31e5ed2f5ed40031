#include "gateway/http/api.hpp"

#include <fstream>
#include <iterator>

#include "gateway/auth/refusals.hpp"
#include "gateway/http/request_head.hpp"
#include "shared/contract/catalogue.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/topics.hpp"

namespace witan::http {

namespace {

constexpr std::string_view k_root = "/api/v1/";
constexpr std::string_view k_views = "/api/v1/views/";
constexpr std::string_view k_paper_topics = "papers/";
constexpr std::size_t k_depth_max = 32;

/// What a signing-in client posts.
struct Credentials {
  std::string email;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (email, password))

/// What it posts next when there is a second factor; `ticket` came with `second_factor_needed`.
struct SecondStep {
  std::string ticket;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(SecondStep, (), (ticket, code))

Result<json::value> read_json_body(const Request& request) {
  const auto type = request.header("content-type");
  if (type.substr(0, type.find(';')) != "application/json") {
    return reject(ErrorCode::unsupported_media_type, "Send JSON, with the content type application/json.");
  }
  return parse_json(request.body);
}

/// A request whose envelope, as opposed to the command's own arguments, is wrong.
template <class T>
Result<T> decode_envelope(const json::value& body) {
  auto decoded = codec::decode_from_outside<T>(body);
  if (decoded) return decoded;
  auto rejection = std::move(decoded.error());
  rejection.code = ErrorCode::invalid_request;
  return std::unexpected(std::move(rejection));
}

template <class Body>
Result<SignInCommand> read_as(std::string_view command, const json::value& body) {
  auto read = decode_envelope<Body>(body);
  if (!read) return std::unexpected(std::move(read.error()));
  return SignInCommand{command, codec::encode(*read).as_object()};
}

Result<SignInCommand> read_sign_in(const json::value& body) {
  const auto* object = body.if_object();
  if (object && object->contains("ticket")) return read_as<SecondStep>(contract::directory::FinishSignIn::k_name, body);
  return read_as<Credentials>(contract::directory::StartSession::k_name, body);
}

std::unexpected<Rejection> wrong_method(std::string allowed) {
  Rejection rejection{ErrorCode::method_not_allowed, "This address accepts " + allowed + ".", {}, {}};
  rejection.extra["allow"] = allowed;
  return std::unexpected(std::move(rejection));
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  if (!is_utf8(text)) return reject(ErrorCode::not_utf8);
  json::parse_options options;
  options.max_depth = k_depth_max;
  boost::system::error_code failed;
  auto value = json::parse(text, failed, {}, options);
  if (failed) return reject(ErrorCode::malformed_json, "The request is not valid JSON: " + failed.message() + ".");
  return value;
}

Result<CommandRequest> to_command_request(live::Command command, const auth::Caller& caller, std::string trace) {
  if (catalogue::is_for_gateway(command.name)) return reject(ErrorCode::unknown_command);
  CommandRequest request;
  request.id = std::move(command.id);
  request.name = std::move(command.name);
  request.args = std::move(command.args);
  request.if_version = command.if_version;
  request.actor = caller.actor;
  request.trace = std::move(trace);
  return request;
}

bool may_show_now(const auth::Auth& auth, const std::vector<AccessRule>& rules, const std::string& audience) {
  return auth.rights_are_fresh() || audience_for(rules, Actor()) == audience;
}

net::awaitable<Result<std::string>> audience_of(topics::TopicCache& cache, const auth::Auth& auth, std::string topic,
                                                auth::Caller caller) {
  auto rules = co_await cache.access(topic);
  if (!rules) co_return std::unexpected(std::move(rules.error()));
  auto audience = audience_for(*rules, caller.actor);
  if (!audience) co_return reject(ErrorCode::not_found);
  if (!may_show_now(auth, *rules, *audience)) co_return std::unexpected(rights_unknown());
  co_return std::move(*audience);
}

Api::Api(topics::TopicCache& cache, auth::Auth& auth, CommandSender& sender, ApiOptions options)
    : cache_(cache),
      auth_(auth),
      sender_(sender),
      options_(std::move(options)),
      sign_ins_(options_.sign_ins_per_minute, options_.sign_ins_per_minute) {
  for (const std::string name : {"openapi.json", "asyncapi.json"}) {
    std::ifstream in(options_.contract_folder + "/" + name, std::ios::binary);
    if (in) documents_[name] = {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
}

bool Api::may_sign_in(const std::string& remote) {
  return sign_ins_.allow(network_key(remote), std::chrono::steady_clock::now());
}

Rejection Api::too_many_tries() const {
  Rejection rejection{ErrorCode::rate_limited, "Too many tries to sign in from this address; wait a little.", {}, {}};
  rejection.extra["retry_after_s"] = sign_ins_.retry_after_seconds();
  return rejection;
}

net::awaitable<Response> Api::handle(Request request, auth::Caller caller) {
  auto response = co_await route(request, caller);
  if (response) co_return std::move(*response);
  auto allowed = std::string(string_at(response.error().extra, "allow"));
  response.error().extra.erase("allow");
  auto refused = problem_response(response.error(), request.trace);
  if (!allowed.empty()) refused.set("allow", std::move(allowed));
  co_return refused;
}

net::awaitable<Result<Response>> Api::route(const Request& request, const auth::Caller& caller) {
  const bool is_get = request.method == "GET";
  const bool is_post = request.method == "POST";
  if (request.path == "/api/v1/commands") {
    if (!is_post) co_return wrong_method("POST");
    co_return co_await post_command(request, caller);
  }
  if (request.path == "/api/v1/sessions") {
    if (is_post) co_return co_await post_session(request);
    if (request.method == "DELETE") co_return co_await delete_session(request, caller);
    co_return wrong_method("POST, DELETE");
  }
  if (request.path.starts_with(k_views)) {
    if (!is_get) co_return wrong_method("GET, HEAD");
    co_return co_await get_view(request, caller);
  }
  if (request.path == "/api/v1/openapi.json" || request.path == "/api/v1/asyncapi.json") {
    if (!is_get) co_return wrong_method("GET, HEAD");
    co_return get_document(request.path.substr(k_root.size()));
  }
  co_return reject(ErrorCode::not_found, "There is nothing at this address.");
}

net::awaitable<Result<Response>> Api::post_command(const Request& request, const auth::Caller& caller) {
  auto body = read_json_body(request);
  if (!body) co_return std::unexpected(std::move(body.error()));
  auto command = decode_envelope<live::Command>(*body);
  if (!command) co_return std::unexpected(std::move(command.error()));
  if (catalogue::is_for_visitors(command->name) && !may_sign_in(request.remote)) co_return std::unexpected(too_many_tries());
  auto sent = to_command_request(std::move(*command), caller, request.trace);
  if (!sent) co_return std::unexpected(std::move(sent.error()));
  auto reply = co_await sender_.send(std::move(*sent));
  if (!reply) co_return std::unexpected(std::move(reply.error()));
  co_return json_response(200, codec::encode(*reply));
}

net::awaitable<Result<Response>> Api::get_view(const Request& request, const auth::Caller& caller) {
  auto topic = request.path.substr(k_views.size());
  auto audience = co_await audience_of(cache_, auth_, topic, caller);
  if (!audience && auth::is_absent(audience.error()) && topic.starts_with(k_paper_topics)) auth::note_refused_paper(auth_, caller, client_key(request.remote), std::string_view(topic).substr(k_paper_topics.size()), request.trace);
  if (!audience) co_return std::unexpected(std::move(audience.error()));
  auto view = co_await cache_.open(topic, *audience);
  if (!view) co_return std::unexpected(std::move(view.error()));
  json::object entities;
  for (const auto& [key, value] : *view->entities) entities[key] = value;
  co_return json_response(200, json::object{{"topic", view->topic},
                                            {"audience", view->audience},
                                            {"epoch", view->epoch},
                                            {"version", view->version},
                                            {"entities", std::move(entities)}});
}

net::awaitable<Result<Response>> Api::post_session(const Request& request) {
  auto body = read_json_body(request);
  if (!body) co_return std::unexpected(std::move(body.error()));
  auto command = read_sign_in(*body);
  if (!command) co_return std::unexpected(std::move(command.error()));
  if (!may_sign_in(request.remote)) co_return std::unexpected(too_many_tries());
  auto signed_in = co_await start_session(sender_, std::move(*command), {"api", std::string(request.cookie(auth_.device_cookie_name()))},
                                          request.trace);
  if (!signed_in) co_return std::unexpected(std::move(signed_in.error()));
  auto caller = co_await auth_.identify(signed_in->token);
  if (!caller) co_return std::unexpected(std::move(caller.error()));
  auto cookies = co_await cookies_of(auth_, *signed_in);
  if (!cookies) co_return std::unexpected(std::move(cookies.error()));
  auto response = json_response(
      200, json::object{{"person", signed_in->person}, {"name", signed_in->name}, {"csrf", caller->csrf}});
  for (auto& cookie : *cookies) response.set("set-cookie", std::move(cookie));
  co_return response;
}

net::awaitable<Result<Response>> Api::delete_session(const Request& request, const auth::Caller& caller) {
  auto ended = co_await end_session(sender_, auth_, caller, request.trace);
  if (!ended) co_return std::unexpected(std::move(ended.error()));
  Response response;
  response.status = 204;
  for (auto& cookie : auth_.ended_cookies()) response.set("set-cookie", std::move(cookie));
  co_return response;
}

Result<Response> Api::get_document(const std::string& name) const {
  const auto found = documents_.find(name);
  if (found == documents_.end()) return reject(ErrorCode::not_found);
  Response response;
  response.set("content-type", "application/json");
  response.set("cache-control", "public, max-age=300");
  response.body = found->second;
  return response;
}

}  // namespace witan::http
