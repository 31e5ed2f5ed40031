#pragma once

#include <string>

#include "services/directory/app/sign_in_throttle.hpp"
#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/rows.hpp"
#include "shared/crypto/crypto.hpp"

/// The slow and secret part of signing in: keyed hashes of addresses, password hashes, and equal work for
/// unknown accounts.
namespace witan::directory {

/// Thread-safe. Making one takes as long as hashing a password.
class Credentials {
 public:
  explicit Credentials(crypto::Secret pepper);

  /// Refuses an address that is taken, then hashes the password.
  Result<NewPerson> prepare(const wire::RegisterPerson& command, const domain::Rows& rows) const;
  /// Finds the account and checks the password. An unknown account, one without a password and a wrong
  /// password cost the same and look the same. After some wrong ones `rate_limited`, with `retry_after_s`.
  Result<CheckedSignIn> prepare(const wire::StartSession& command, const domain::Rows& rows) const;
  /// Finds the link that the token opens and who accepts: the person who is signed in, or a new account, whose password
  /// it hashes. A link that is not open is left to `decide`.
  Result<CheckedAcceptance> prepare(const wire::AcceptInvitation& command, const Actor& actor, const domain::Rows& rows) const;
  Result<CheckedReset> prepare(const wire::ResetPassword& command, const domain::Rows& rows) const;
  /// Whose address it is; nothing for nobody's.
  std::optional<PersonId> person_at(const EmailAddress& email, const domain::Rows& rows) const;
  /// Checks the present password as at sign-in, then hashes the new one.
  Result<CheckedPasswordChange> prepare(const wire::ChangePassword& command, const PersonId& person,
                                        const domain::Rows& rows) const;

 private:
  std::string address_key(const EmailAddress& email) const;
  /// Whoever accepts with a new account: what they typed, checked.
  Result<CheckedAcceptance> new_account(CheckedAcceptance ready, const wire::AcceptInvitation& command,
                                        const domain::Rows& rows) const;
  /// Whether the password is the account's; a refusal when there were too many tries under `key`.
  Result<bool> check(const std::string& key, const std::optional<SignInRow>& account, const Password& password,
                     const domain::Rows& rows) const;

  const crypto::Secret pepper_;
  mutable SignInThrottle throttle_;
  const std::string decoy_;  ///< The hash of a password that nobody knows.
};

}  // namespace witan::directory
