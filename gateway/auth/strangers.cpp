#include "gateway/auth/strangers.hpp"

#include <sstream>
#include <utility>

namespace witan::auth {

void Strangers::Distinct::add(const std::string& name) {
  if (names.size() < k_max) names.insert(name);
  else if (!names.contains(name)) ++more;
}

bool Strangers::paper(const std::string& who, bool is_person, std::chrono::steady_clock::time_point now) {
  ++papers_;
  auto& tries_of = is_person ? tries_of_people_ : tries_of_addresses_;
  if (tries_of.size() >= k_seekers_max && !tries_of.contains(who)) tries_of.clear();   // somebody tries with many: each begins anew
  auto& tries = tries_of[who];
  if (tries.count == 0 || now - tries.since > k_tries_last) tries = {now, 0};
  ++tries.count;
  if (is_person && tries.count >= k_tries_told) seekers_.insert(who);
  return tries.count == k_tries_told;
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
  if (papers_ > 0) came.papers = std::exchange(papers_, 0);
  for (auto person = seekers_.begin(); person != seekers_.end(); person = seekers_.erase(person)) {   // who finds no place comes with the next
    if (!came.seekers) came.seekers.emplace();
    auto& named = came.seekers->value;
    if (named.size() + person->size() + 1 > k_seekers_characters) break;
    named += (named.empty() ? "" : " ") + *person;
  }
  std::size_t named = 0;
  for (const auto& session : cookies.names) {
    if (++named > k_named_max) break;
    came.sessions.value += (named == 1 ? "" : " ") + session;
  }
  if (came.cookies + came.links + came.forms + came.codes + came.sign_ins + came.papers.value_or(0) == 0 && !came.seekers) return std::nullopt;
  return came;
}

void Strangers::give_back(const contract::directory::NoteStrangers& untold) {
  cookies_.more += untold.cookies;
  links_.more += untold.links;
  forms_ += untold.forms;
  codes_ += untold.codes;
  sign_ins_ += untold.sign_ins;
  papers_ += untold.papers.value_or(0);
  std::istringstream people(untold.seekers ? untold.seekers->value : "");
  for (std::string person; people >> person;) seekers_.insert(person);
}

}  // namespace witan::auth
