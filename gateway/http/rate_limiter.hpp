#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <unordered_map>

namespace witan::http {

/// A bucket of tokens for each key: `burst` at once, refilled evenly over a minute. At most `keys_max` buckets are
/// kept; full ones are forgotten first. On the gateway's loop only.
class RateLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;
  RateLimiter(double per_minute, double burst, std::size_t keys_max = 100'000)
      : per_second_(per_minute / 60.0), burst_(burst), keys_max_(keys_max) {}

  /// Takes one token. False when there is none.
  bool allow(std::string_view key, Time now);
  /// Takes nothing after all: gives the token back.
  void give_back(std::string_view key);
  /// Whole seconds until there is one again.
  int retry_after_seconds() const;

 private:
  struct Bucket {
    double tokens = 0;
    Time at;
  };
  void forget_full(Time now);

  double per_second_;
  double burst_;
  std::size_t keys_max_;
  std::unordered_map<std::string, Bucket> buckets_;
};

/// What stands for a client in limits: an IPv4 address, or the /64 of an IPv6 one.
std::string client_key(std::string_view address);
/// What stands for a network in limits: the /24 of an IPv4 address, or the /64 of an IPv6 one. Whoever guesses passwords often has
/// more than one address of it.
std::string network_key(std::string_view address);

}  // namespace witan::http
