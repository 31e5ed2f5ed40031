#pragma once

#include <string>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "gateway/http/message.hpp"
#include "gateway/http/rate_limiter.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/contract/live.hpp"

/// The JSON API: `/api/v1/…`. Every "no" is a problem document.
namespace witan::http {

/// A command as a client sent it, made into a request in the caller's name. Refuses what only the gateway itself may
/// send (`unknown_command`).
Result<CommandRequest> to_command_request(live::Command command, const auth::Caller& caller, std::string trace);

/// Text → JSON value: `not_utf8`, `malformed_json`. Nested at most 32 deep.
Result<json::value> parse_json(std::string_view text);

/// False while directory is silent, for anything but what everyone may see.
bool may_show_now(const auth::Auth& auth, const std::vector<AccessRule>& rules, const std::string& audience);

/// As which audience the caller sees the topic now. `unknown_topic`, `not_found` (also for "not yours": existence may
/// itself be secret), `rights_unknown` when rights may be out of date and the topic is not for everyone.
net::awaitable<Result<std::string>> audience_of(topics::TopicCache& cache, const auth::Auth& auth, std::string topic,
                                                auth::Caller caller);

struct ApiOptions {
  std::string contract_folder;         ///< Holds openapi.json and asyncapi.json.
  double sign_ins_per_minute = 60;     ///< For each client address.
};

class Api {
 public:
  Api(topics::TopicCache& cache, auth::Auth& auth, CommandSender& sender, ApiOptions options);

  /// Answers a request below `/api/`. Cross-site requests have been refused before.
  net::awaitable<Response> handle(Request request, auth::Caller caller);
  /// True when this client may try to sign in once more now. Forms ask as well.
  bool may_sign_in(const std::string& remote);
  Rejection too_many_tries() const;

 private:
  net::awaitable<Result<Response>> route(const Request& request, const auth::Caller& caller);
  net::awaitable<Result<Response>> post_command(const Request& request, const auth::Caller& caller);
  net::awaitable<Result<Response>> get_view(const Request& request, const auth::Caller& caller);
  net::awaitable<Result<Response>> post_session(const Request& request);
  net::awaitable<Result<Response>> delete_session(const Request& request, const auth::Caller& caller);
  Result<Response> get_document(const std::string& name) const;

  topics::TopicCache& cache_;
  auth::Auth& auth_;
  CommandSender& sender_;
  ApiOptions options_;
  RateLimiter sign_ins_;
  std::map<std::string, std::string> documents_;   ///< Name → text, read at the start.
};

}  // namespace witan::http
