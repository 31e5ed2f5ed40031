#pragma once

#include <string>

#include "services/directory/domain/decide.hpp"
#include "shared/crypto/crypto.hpp"

/// The slow and secret part of signing in: keyed hashes of addresses, password hashes, and equal work for
/// unknown accounts.
namespace witan::directory {

/// Immutable, so thread-safe. Making one takes as long as hashing a password.
class Credentials {
 public:
  explicit Credentials(crypto::Secret pepper);

  /// Refuses an address that is taken, then hashes the password.
  Result<NewPerson> prepare(const wire::RegisterPerson& command, const domain::Rows& rows) const;
  /// Finds the account and checks the password. An unknown account, one without a password and a wrong
  /// password cost the same and look the same.
  Result<CheckedSignIn> prepare(const wire::StartSession& command, const domain::Rows& rows) const;

 private:
  std::string address_key(const EmailAddress& email) const;

  const crypto::Secret pepper_;
  const std::string decoy_;  ///< The hash of a password that nobody knows.
};

}  // namespace witan::directory
