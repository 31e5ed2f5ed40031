#include "services/directory/app/sign_in_throttle.hpp"

#include <algorithm>

namespace witan::directory {

std::optional<std::chrono::seconds> SignInThrottle::begin(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = tries_.find(key);
  if (found == tries_.end()) return std::nullopt;
  auto& tries = found->second;
  if (now - tries.last > k_remembered) {
    tries_.erase(found);
    return std::nullopt;
  }
  if (now < tries.not_before) return std::chrono::ceil<std::chrono::seconds>(tries.not_before - now);
  if (tries.failures < k_free) return std::nullopt;
  if (tries.is_being_looked_at) return std::chrono::seconds(1);
  tries.is_being_looked_at = true;
  return std::nullopt;
}

void SignInThrottle::failed(const std::string& key, Time now) {
  const std::lock_guard lock(mutex_);
  if (tries_.size() >= k_keys_max) forget_old(now);
  auto& tries = tries_[key];
  ++tries.failures;
  tries.last = now;
  tries.is_being_looked_at = false;
  if (tries.failures < k_free) return;
  const int doublings = std::min(tries.failures - k_free, 6);
  tries.not_before = now + std::min<std::chrono::seconds>(std::chrono::seconds(1 << doublings), k_wait_max);
}

void SignInThrottle::succeeded(const std::string& key) {
  const std::lock_guard lock(mutex_);
  tries_.erase(key);
}

void SignInThrottle::forget_old(Time now) {
  std::erase_if(tries_, [&](const auto& entry) { return now - entry.second.last > k_remembered; });
  // A flood of addresses: forgetting all gives each of them its free tries once more.
  if (tries_.size() >= k_keys_max) tries_.clear();
}

}  // namespace witan::directory
