#include "gateway/auth/strangers.hpp"

#include <utility>

namespace witan::auth {

namespace {

std::int64_t counted(const std::unordered_set<std::string>& once, std::int64_t& more) {
  return static_cast<std::int64_t>(once.size()) + std::exchange(more, 0);
}

}  // namespace

void Strangers::cookie(const std::string& session) {
  if (cookies_.size() < k_counted_max) cookies_.insert(session);
  else if (!cookies_.contains(session)) ++more_cookies_;
}

void Strangers::link(const std::string& link) {
  if (links_.size() < k_counted_max) links_.insert(link);
  else if (!links_.contains(link)) ++more_links_;
}

std::optional<contract::directory::NoteStrangers> Strangers::take() {
  contract::directory::NoteStrangers came;
  came.cookies = counted(cookies_, more_cookies_);
  came.links = counted(links_, more_links_);
  came.forms = std::exchange(forms_, 0);
  came.codes = std::exchange(codes_, 0);
  std::size_t named = 0;
  for (const auto& session : cookies_) {
    if (++named > k_named_max) break;
    came.sessions.value += (named == 1 ? "" : " ") + session;
  }
  cookies_.clear();
  links_.clear();
  if (came.cookies + came.links + came.forms + came.codes == 0) return std::nullopt;
  return came;
}

void Strangers::give_back(const contract::directory::NoteStrangers& untold) {
  more_cookies_ += untold.cookies;
  more_links_ += untold.links;
  forms_ += untold.forms;
  codes_ += untold.codes;
}

}  // namespace witan::auth
