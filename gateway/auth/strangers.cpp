#include "gateway/auth/strangers.hpp"

#include <utility>

namespace witan::auth {

void Strangers::Distinct::add(const std::string& name) {
  if (names.size() < k_max) names.insert(name);
  else if (!names.contains(name)) ++more;
}

std::optional<contract::directory::NoteStrangers> Strangers::take() {
  contract::directory::NoteStrangers came;
  const auto cookies = std::exchange(cookies_, {}), links = std::exchange(links_, {});
  used_before_ = std::exchange(used_, {});
  came.cookies = cookies.count();
  came.links = links.count();
  came.forms = std::exchange(forms_, 0);
  came.codes = std::exchange(codes_, 0);
  came.sign_ins = std::exchange(sign_ins_, 0);
  std::size_t named = 0;
  for (const auto& session : cookies.names) {
    if (++named > k_named_max) break;
    came.sessions.value += (named == 1 ? "" : " ") + session;
  }
  if (came.cookies + came.links + came.forms + came.codes + came.sign_ins == 0) return std::nullopt;
  return came;
}

void Strangers::give_back(const contract::directory::NoteStrangers& untold) {
  cookies_.more += untold.cookies;
  links_.more += untold.links;
  forms_ += untold.forms;
  codes_ += untold.codes;
  sign_ins_ += untold.sign_ins;
}

}  // namespace witan::auth
