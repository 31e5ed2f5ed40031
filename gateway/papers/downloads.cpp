#include "gateway/papers/downloads.hpp"

#include "gateway/http/rate_limiter.hpp"

namespace witan::papers {

Downloads::Download::Download(std::shared_ptr<Counts> counts, std::string whose, auth::Auth& auth, const auth::Caller& caller)
    : counts_(std::move(counts)), whose_(std::move(whose)), auth_(auth), session_(caller.session) {
  ++(*counts_)[whose_];
  if (!session_.empty()) auth_.hold(session_);
}

Downloads::Download::~Download() {
  if (!session_.empty()) auth_.release(session_);
  const auto count = counts_->find(whose_);
  if (--count->second == 0) counts_->erase(count);
}

std::optional<Actor> Downloads::Download::actor() const {
  if (session_.empty()) return Actor();
  const auto caller = auth_.now(session_);
  if (!caller || !auth_.rights_are_fresh()) return std::nullopt;
  return caller->actor;
}

std::shared_ptr<const Downloads::Download> Downloads::begin(const auth::Caller& caller, std::string_view remote) {
  auto whose = caller.session.empty() ? http::client_key(remote) : caller.session;
  const auto count = counts_->find(whose);
  if (count != counts_->end() && count->second >= each_max_) return nullptr;
  return std::make_shared<const Download>(counts_, std::move(whose), auth_, caller);
}

}  // namespace witan::papers
