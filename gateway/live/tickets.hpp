#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace witan::live {

/// What a socket in somebody's name is opened with, beside their cookie, which a browser also adds to a handshake that another site
/// begins: each is drawn for one session, which asks for it by a POST that only our own pages can read the answer of, and is good once,
/// for 30 seconds. On the gateway's loop only.
class Tickets {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds k_lasts{30};
  static constexpr std::size_t k_per_session_max = 20;   ///< With one more, the oldest is good for nothing.

  std::string issue(const std::string& session, Time now);
  /// True once, for a ticket of this session that is not too old.
  bool take(std::string_view ticket, const std::string& session, Time now);
  void forget_old(Time now);
  std::size_t count() const;

 private:
  struct Issued {
    std::string ticket;
    Time until;
  };
  std::unordered_map<std::string, std::deque<Issued>> by_session_;
};

}  // namespace witan::live
