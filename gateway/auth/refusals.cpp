#include "gateway/auth/refusals.hpp"

#include "shared/base/ids.hpp"
#include "shared/base/log.hpp"

namespace witan::auth {

void note_refused_paper(const Auth& auth, const Caller& caller, std::string_view address, std::string_view paper, std::string_view trace) {
  if (!is_id_text(paper)) return;  // a wrong address, such as half a link
  const bool is_person = caller.actor.person.has_value();
  if (!is_person && address.empty()) return;
  const auto who = is_person ? caller.actor.person->str() : std::string(address);
  if (!auth.strangers().paper(who, is_person, std::chrono::steady_clock::now())) return;
  log::warning("papers", "refused_for_the_third_time",
               {{"who", is_person ? who : std::string("visitor")}, {"paper", std::string(paper)}, {"trace", std::string(trace)}});
}

std::chrono::steady_clock::duration held_for(std::chrono::steady_clock::time_point begun, std::chrono::steady_clock::time_point now) {
  constexpr std::chrono::steady_clock::duration k_step = std::chrono::milliseconds(10);
  return k_step - (now - begun) % k_step;
}

}  // namespace witan::auth
