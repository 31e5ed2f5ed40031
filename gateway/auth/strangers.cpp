#include "gateway/auth/strangers.hpp"

#include <utility>

namespace witan::auth {

void Strangers::cookie(const std::string& session) {
  if (cookies_.size() < k_counted_max) cookies_.insert(session);
  else if (!cookies_.contains(session)) ++more_cookies_;
}

std::optional<contract::directory::NoteStrangers> Strangers::take() {
  contract::directory::NoteStrangers came;
  came.cookies = static_cast<std::int64_t>(cookies_.size()) + std::exchange(more_cookies_, 0);
  came.links = std::exchange(links_, 0);
  came.forms = std::exchange(forms_, 0);
  std::size_t named = 0;
  for (const auto& session : cookies_) {
    if (++named > k_named_max) break;
    came.sessions.value += (named == 1 ? "" : " ") + session;
  }
  cookies_.clear();
  if (came.cookies + came.links + came.forms == 0) return std::nullopt;
  return came;
}

void Strangers::give_back(const contract::directory::NoteStrangers& untold) {
  more_cookies_ += untold.cookies;
  links_ += untold.links;
  forms_ += untold.forms;
}

}  // namespace witan::auth
