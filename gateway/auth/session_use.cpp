#include "gateway/auth/session_use.hpp"

#include "shared/contract/codec.hpp"
#include "shared/contract/topics.hpp"

namespace witan::auth {

namespace {
constexpr std::chrono::milliseconds k_limit{1000};
}  // namespace

std::vector<Use> SessionUse::untold() const {
  std::vector<Use> uses;
  uses.reserve(untold_.size());
  for (const auto& [session, at] : untold_) uses.push_back({session, at});
  return uses;
}

void SessionUse::told(const std::vector<Use>& uses) {
  for (const auto& use : uses) {
    const auto found = untold_.find(use.key);
    if (found != untold_.end() && found->second == use.at) untold_.erase(found);
  }
}

net::awaitable<Result<UseReply>> tell_directory(messaging::ServiceLinks& links, UseRequest request) {
  const auto text = co_await links.request("directory", subjects::use("directory"), json::serialize(codec::encode(request)), k_limit);
  if (!text) co_return std::unexpected(text.error());
  const auto reply = parse_reply(*text);
  if (!reply) co_return std::unexpected(reply.error());
  co_return codec::decode<UseReply>(*reply);
}

}  // namespace witan::auth
