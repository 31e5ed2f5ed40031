#include "gateway/auth/strangers.hpp"

#include <utility>

namespace witan::auth {

void Strangers::Distinct::add(const std::string& name) {
  if (names.size() < k_max) names.insert(name);
  else if (!names.contains(name)) ++more;
}

bool Strangers::paper(const std::string& who, bool is_person, std::chrono::steady_clock::time_point now) {
  ++papers_;
  const auto is_over = [&](const Tries& tries) { return now - tries.since > k_tries_last; };
  if (tries_.size() >= k_seekers_max) std::erase_if(tries_, [&](const auto& entry) { return is_over(entry.second); });
  if (tries_.size() >= k_seekers_max && !tries_.contains(who)) return false;
  auto& tries = tries_[who];
  if (tries.count == 0 || is_over(tries)) tries = {now, 0};
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
  for (const auto& person : std::exchange(seekers_, {})) {
    if (!came.seekers) came.seekers.emplace();
    if (came.seekers->value.size() + person.size() < 600) came.seekers->value += (came.seekers->value.empty() ? "" : " ") + person;
  }
  std::size_t named = 0;
  for (const auto& session : cookies.names) {
    if (++named > k_named_max) break;
    came.sessions.value += (named == 1 ? "" : " ") + session;
  }
  if (came.cookies + came.links + came.forms + came.codes + came.sign_ins + came.papers.value_or(0) == 0) return std::nullopt;
  return came;
}

void Strangers::give_back(const contract::directory::NoteStrangers& untold) {
  cookies_.more += untold.cookies;
  links_.more += untold.links;
  forms_ += untold.forms;
  codes_ += untold.codes;
  sign_ins_ += untold.sign_ins;
  papers_ += untold.papers.value_or(0);
}

}  // namespace witan::auth
