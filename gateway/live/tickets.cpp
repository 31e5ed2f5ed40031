#include "gateway/live/tickets.hpp"

#include <algorithm>

#include "shared/crypto/crypto.hpp"

namespace witan::live {

std::string Tickets::issue(const std::string& session, Time now) {
  auto& issued = by_session_[session];
  if (issued.size() >= k_per_session_max) issued.pop_front();
  return issued.emplace_back(crypto::random_token(), now + k_lasts).ticket;
}

bool Tickets::take(std::string_view ticket, const std::string& session, Time now) {
  const auto of_session = by_session_.find(session);
  if (of_session == by_session_.end()) return false;
  auto& issued = of_session->second;
  const auto found = std::ranges::find_if(issued, [&](const Issued& one) { return one.ticket.size() == ticket.size() && crypto::equal(one.ticket, ticket); });
  if (found == issued.end()) return false;
  const bool is_good = now < found->until;
  issued.erase(found);
  if (issued.empty()) by_session_.erase(of_session);
  return is_good;
}

void Tickets::forget_old(Time now) {
  for (auto of_session = by_session_.begin(); of_session != by_session_.end();) {
    auto& issued = of_session->second;   // the oldest first
    while (!issued.empty() && issued.front().until <= now) issued.pop_front();
    of_session = issued.empty() ? by_session_.erase(of_session) : std::next(of_session);
  }
}

std::size_t Tickets::count() const {
  std::size_t all = 0;
  for (const auto& [session, issued] : by_session_) all += issued.size();
  return all;
}

}  // namespace witan::live
