#include "gateway/papers/downloads.hpp"

#include "gateway/http/rate_limiter.hpp"

namespace witan::papers {

namespace {

const std::string k_all = "all";  // no session and no address is called so
constexpr std::size_t k_all_max = 1000;

std::size_t count_in(const auto& counts, const std::string& whose) {
  const auto found = counts.find(whose);
  return found == counts.end() ? 0 : found->second;
}

void give_back(auto& counts, const std::string& whose) {
  const auto found = counts.find(whose);
  if (--found->second == 0) counts.erase(found);
}

}  // namespace

Downloads::Download::Download(std::shared_ptr<Counts> counts, std::string whose, auth::Auth& auth, const auth::Caller& caller)
    : counts_(std::move(counts)), whose_(std::move(whose)), auth_(auth), session_(caller.session) {
  ++(*counts_)[whose_];
  ++(*counts_)[k_all];
  if (!session_.empty()) auth_.hold(session_);
}

Downloads::Download::~Download() {
  if (!session_.empty()) auth_.release(session_);
  give_back(*counts_, whose_);
  give_back(*counts_, k_all);
}

std::optional<Actor> Downloads::Download::actor() const {
  if (session_.empty()) return Actor();
  const auto caller = auth_.now(session_);
  if (!caller || !auth_.rights_are_fresh()) return std::nullopt;
  return caller->actor;
}

std::string Downloads::whose(const auth::Caller& caller, std::string_view remote) { return caller.session.empty() ? http::client_key(remote) : caller.session; }

std::shared_ptr<const Downloads::Download> Downloads::begin(const auth::Caller& caller, std::string_view remote) {
  auto key = whose(caller, remote);
  if (count_in(*counts_, key) >= each_max_ || count_in(*counts_, k_all) >= k_all_max) return nullptr;
  return std::make_shared<const Download>(counts_, std::move(key), auth_, caller);
}

}  // namespace witan::papers
