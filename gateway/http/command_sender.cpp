#include "gateway/http/command_sender.hpp"

#include <algorithm>

#include "shared/base/ids.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/contract/topics.hpp"
#include "shared/crypto/crypto.hpp"

namespace witan::http {

namespace {

/// Says what a person needs to know when no answer came: whether the change may have been saved.
Rejection explained(Rejection rejection) {
  if (rejection.code == ErrorCode::unavailable) {
    rejection.detail = "This part of the service cannot be reached, so your change may not have been saved. "
                       "It is safe to send it again.";
  } else if (rejection.code == ErrorCode::deadline_exceeded) {
    rejection.detail = "No answer came in time: your change may or may not have been saved. "
                       "It is safe to send it again.";
  }
  return rejection;
}

/// A whole file is looked into, and through by a scanner where there is one: that takes longer than anything else that a command does.
bool takes_file(std::string_view command) {
  return command == contract::meetings::AddPaper::k_name || command == contract::meetings::AddPaperVersion::k_name;
}

using OnSaved = std::function<void(const std::string& service, const Position&)>;

class LinkedCommandSender final : public CommandSender {
 public:
  LinkedCommandSender(messaging::ServiceLinks& services, const auth::Auth& auth, std::chrono::milliseconds timeout,
                      OnSaved on_saved)
      : services_(services), auth_(auth), timeout_(timeout), on_saved_(std::move(on_saved)) {}

  net::awaitable<Result<CommandReply>> send(CommandRequest request) override {
    if (!is_command_id(request.id)) {
      co_return std::unexpected(Rejection{ErrorCode::invalid_request,
                                          "A command's id has 1 to 64 of the characters A-Z a-z 0-9 . _ -",
                                          {FieldError{"/id", ErrorCode::invalid_value, "This is not a command id."}},
                                          {}});
    }
    const auto service = service_of_command(request.name);
    if (!service) co_return reject(ErrorCode::unknown_command);
    // What was worked out before directory fell silent may have been taken away since.
    if (request.actor.signed_in() && !auth_.rights_are_fresh()) co_return std::unexpected(rights_unknown());
    request.deadline_ms = takes_file(request.name) ? std::max(timeout_, k_file_timeout).count() : std::clamp<std::int64_t>(request.deadline_ms, 1, timeout_.count());
    // A little longer than the service was given, so that its own "too late" can still arrive.
    const auto patience = std::chrono::milliseconds(request.deadline_ms) + k_answer_margin;
    // A visitor does not learn where something was written, or whether: an account might be known by it.
    const bool is_for_person = request.actor.signed_in();
    auto payload = json::serialize(codec::encode(request));
    auto answer = co_await services_.request(std::string(*service), subjects::command(*service), std::move(payload), patience);
    if (!answer) co_return std::unexpected(explained(std::move(answer.error())));
    auto reply = parse_reply(*answer);
    if (!reply) co_return std::unexpected(noted(std::move(reply.error()), request));
    auto decoded = codec::decode<CommandReply>(*reply);
    if (!decoded) co_return reject(ErrorCode::internal, "A part of the service gave an answer that cannot be read.");
    if (const auto token = string_at(request.args, "token"); !token.empty()) auth_.strangers().link_used(auth::Auth::session_of(token));
    if (on_saved_) on_saved_(std::string(*service), {decoded->epoch, decoded->version});
    if (!is_for_person) co_return CommandReply{{}, {}, 0, std::move(decoded->result), decoded->others_later};
    co_return std::move(*decoded);
  }

 private:
  /// A link, a code, a password, or a ticket that is sent back, which opens nothing.
  Rejection noted(Rejection refusal, const CommandRequest& request) const {
    if (refusal.code == ErrorCode::link_not_valid) auth_.strangers().link(auth::Auth::session_of(string_at(request.args, "token")));
    if (refusal.code == ErrorCode::code_wrong && request.actor.signed_in()) auth_.strangers().code();
    if (refusal.code == ErrorCode::sign_in_failed) auth_.strangers().sign_in();
    if (refusal.code == ErrorCode::form_expired || refusal.code == ErrorCode::openid_expired) auth_.strangers().form();
    return refusal;
  }

  static constexpr std::chrono::milliseconds k_answer_margin{200};
  static constexpr std::chrono::milliseconds k_file_timeout{14'000};  // a page in a browser waits for a second longer
  messaging::ServiceLinks& services_;
  const auth::Auth& auth_;
  std::chrono::milliseconds timeout_;
  OnSaved on_saved_;
};

/// Whether the cookie can be what directory gave: base64url. Anything else would make signing in fail until it is deleted.
bool can_be_known_device(std::string_view cookie) {
  constexpr std::size_t k_longest = 500;
  return !cookie.empty() && cookie.size() <= k_longest && std::all_of(cookie.begin(), cookie.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

CommandRequest session_command(std::string_view name, json::object args, std::string trace) {
  CommandRequest request;
  request.id = random_id_text();
  request.name = name;
  request.args = std::move(args);
  request.trace = std::move(trace);
  return request;
}

}  // namespace

std::unique_ptr<CommandSender> make_command_sender(messaging::ServiceLinks& services, const auth::Auth& auth,
                                                   std::chrono::milliseconds timeout, OnSaved on_saved) {
  return std::make_unique<LinkedCommandSender>(services, auth, timeout, std::move(on_saved));
}

Rejection rights_unknown() {
  return {ErrorCode::rights_unknown, "Your rights cannot be checked at the moment. Try again in a few seconds.", {}, {}};
}

std::string device_name(const Request& request) {
  constexpr std::size_t k_longest = 200;
  return std::string(request.header("user-agent").substr(0, k_longest));
}

std::string new_trace() { return random_id_text(); }

net::awaitable<Result<SignedIn>> start_session(CommandSender& sender, SignInCommand command, Device device, std::string trace) {
  SignedIn signed_in;
  signed_in.token = crypto::random_token();
  command.args["session"] = auth::Auth::session_of(signed_in.token);
  if (!device.name.empty()) command.args["device"] = std::move(device.name);
  if (can_be_known_device(device.known)) command.args["known_device"] = std::move(device.known);
  auto request = session_command(command.name, std::move(command.args), std::move(trace));
  auto reply = co_await sender.send(std::move(request));
  if (!reply) co_return std::unexpected(std::move(reply.error()));
  signed_in.person = string_at(reply->result, "person");
  signed_in.name = string_at(reply->result, "name");
  signed_in.known_device = string_at(reply->result, "known_device");
  co_return signed_in;
}

net::awaitable<Result<std::vector<std::string>>> cookies_of(auth::Auth& auth, SignedIn signed_in) {
  auto caller = co_await auth.identify(signed_in.token);
  if (!caller) co_return std::unexpected(std::move(caller.error()));
  auto cookies = auth.session_cookies(signed_in.token, *caller);
  if (!signed_in.known_device.empty()) cookies.push_back(auth.device_cookie(signed_in.known_device));
  co_return cookies;
}

net::awaitable<Result<std::vector<std::string>>> renew_session(CommandSender& sender, auth::Auth& auth, auth::Caller& caller,
                                                               std::string trace) {
  const auto token = crypto::random_token();
  auto request = session_command(contract::directory::RenewSession::k_name, {{"session", auth::Auth::session_of(token)}}, std::move(trace));
  request.actor = caller.actor;
  auto reply = co_await sender.send(std::move(request));
  if (!reply) co_return std::unexpected(std::move(reply.error()));
  const auto earlier = caller.session;
  auto renewed = co_await auth.identify(token);
  if (!renewed) co_return std::unexpected(std::move(renewed.error()));
  caller = std::move(*renewed);
  auth.end(earlier);
  co_return auth.session_cookies(token, caller);
}

net::awaitable<Result<void>> end_session(CommandSender& sender, auth::Auth& auth, auth::Caller caller, std::string trace) {
  if (caller.session.empty()) co_return Result<void>();
  auto request = session_command(contract::directory::EndSession::k_name, {{"session", caller.session}}, std::move(trace));
  request.actor = caller.actor;
  auto reply = co_await sender.send(std::move(request));
  if (!reply && reply.error().code != ErrorCode::not_found) co_return std::unexpected(std::move(reply.error()));
  auth.end(caller.session);
  co_return Result<void>();
}

}  // namespace witan::http
