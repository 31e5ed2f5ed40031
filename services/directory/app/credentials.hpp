#pragma once

#include <mutex>
#include <string>

#include "services/directory/domain/decide.hpp"
#include "shared/crypto/crypto.hpp"

/// The slow and secret part of signing in: keyed hashes of addresses, password hashes, and equal work for
/// unknown accounts.
namespace witan::directory {

/// Thread-safe. The pepper is read (or made) at the first use, so that a start that only prints its
/// configuration touches no secret.
class Credentials {
 public:
  explicit Credentials(std::string pepper_path) : pepper_path_(std::move(pepper_path)) {}

  /// Refuses an address that is taken, then hashes the password.
  Result<NewPerson> prepare(const wire::RegisterPerson& command, const domain::Rows& rows);
  /// Finds the account and checks the password. An unknown account, one without a password and a wrong
  /// password cost the same and look the same.
  Result<CheckedSignIn> prepare(const wire::StartSession& command, const domain::Rows& rows);

 private:
  const crypto::Secret& pepper();
  std::string address_key(const EmailAddress& email);

  const std::string pepper_path_;
  std::once_flag loaded_;
  crypto::Secret pepper_;
  std::string decoy_;  ///< The hash of a password that nobody knows.
};

}  // namespace witan::directory
