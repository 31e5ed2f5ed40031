#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

/// Slows guessing down, account by account. No account is ever locked for longer than a minute; but whoever keeps guessing
/// at somebody's address makes them wait too.
namespace witan::directory {

/// Three wrong passwords for an address are free. From then on each one that is wrong makes the next try wait: 1, 2, 4 …
/// 60 seconds, until a right one or a quarter of an hour without a try. Addresses without an account are counted alike, so
/// waiting tells nothing. Forgotten at a restart. Thread-safe.
class SignInThrottle {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr int k_free = 3;
  static constexpr std::chrono::seconds k_wait_max{60};
  static constexpr std::chrono::minutes k_remembered{15};
  static constexpr std::size_t k_keys_max = 100'000;

  /// How long to wait before a try at `key`; nothing when the password may be looked at now. Then `failed` or `succeeded`
  /// must follow. Beyond the free tries one password is looked at at a time.
  std::optional<std::chrono::seconds> begin(const std::string& key, Time now);
  void failed(const std::string& key, Time now);
  void succeeded(const std::string& key);

  /// A try that has begun. It counts as failed, also when something is thrown, unless it is said to have succeeded.
  class Try {
   public:
    Try(SignInThrottle& throttle, std::string key) : throttle_(&throttle), key_(std::move(key)) {}
    Try(Try&& other) noexcept : throttle_(std::exchange(other.throttle_, nullptr)), key_(std::move(other.key_)) {}
    ~Try() {
      if (throttle_) throttle_->failed(key_, std::chrono::steady_clock::now());
    }
    void succeeded() { std::exchange(throttle_, nullptr)->succeeded(key_); }

   private:
    SignInThrottle* throttle_;
    std::string key_;
  };

 private:
  struct Tries {
    int failures = 0;
    bool is_being_looked_at = false;
    Time last;
    Time not_before;
  };
  void forget_old(Time now);

  std::mutex mutex_;
  std::unordered_map<std::string, Tries> tries_;
};

}  // namespace witan::directory
