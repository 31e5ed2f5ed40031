#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "services/directory/app/credentials.hpp"
#include "services/directory/domain/openid.hpp"
#include "shared/openid/openid.hpp"

namespace witan::directory {

/// Sign-ins that are under way at the OpenID provider: what was drawn for each, until the browser comes back. Forgotten at
/// a restart: whoever was there then starts again. Thread-safe.
class OpenidDesk {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::minutes k_open_for{10};
  static constexpr std::size_t k_open_max = 10'000;

  /// `provider` is null where people sign in by password only.
  OpenidDesk(std::shared_ptr<openid::Provider> provider, std::shared_ptr<const Credentials> credentials,
             std::function<Time()> now = std::chrono::steady_clock::now)
      : provider_(std::move(provider)), credentials_(std::move(credentials)), now_(std::move(now)) {}

  Result<BegunOpenid> prepare(const wire::BeginOpenid& command, const Actor& actor, const domain::Rows& rows);
  Result<CheckedOpenidSignIn> prepare(const wire::FinishOpenidSignIn& command, const Actor& actor, const domain::Rows& rows);
  Result<CheckedOpenidLink> prepare(const wire::LinkOpenid& command, const Actor& actor, const domain::Rows& rows);

 private:
  struct Open {
    openid::Secrets secrets;
    std::optional<PersonId> person;  ///< Who links an account; absent: somebody signs in.
    Time since;
  };
  void open(Open begun);
  /// What was drawn for the sign-in, which is then over: a state can be used once.
  std::optional<Open> take(const std::string& state);
  /// The key of whoever the provider says it is.
  Result<std::string> ask(const wire::LinkOpenid& came_back, const std::optional<PersonId>& person);

  const std::shared_ptr<openid::Provider> provider_;
  const std::shared_ptr<const Credentials> credentials_;
  const std::function<Time()> now_;
  std::mutex mutex_;
  std::map<std::string, Open> open_;  ///< By the hash of the state.
};

}  // namespace witan::directory
