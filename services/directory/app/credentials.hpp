#pragma once

#include <string>

#include "services/directory/app/sign_in_throttle.hpp"
#include "services/directory/domain/email_change.hpp"
#include "services/directory/domain/erasure.hpp"
#include "services/directory/domain/rows.hpp"
#include "services/directory/domain/second_factor.hpp"
#include "shared/crypto/crypto.hpp"

/// The slow and secret part of signing in: keyed hashes of addresses, password hashes, and equal work for
/// unknown accounts.
namespace witan::directory {

/// Thread-safe. Making one takes as long as hashing a password.
class Credentials {
 public:
  /// `now` is what one-time codes and tickets are held against.
  Credentials(crypto::Secret pepper, std::function<Timestamp()> now);

  /// Refuses an address that is taken, then hashes the password.
  Result<NewPerson> prepare(const wire::RegisterPerson& command, const domain::Rows& rows) const;
  /// Finds the account and checks the password. An unknown account, one without a password and a wrong
  /// password cost the same and look the same. After some wrong ones `rate_limited`, with `retry_after_s`.
  Result<CheckedSignIn> prepare(const wire::StartSession& command, const domain::Rows& rows) const;
  /// Finds the link that the token opens and who accepts: the person who is signed in, or a new account, whose password
  /// it hashes. A link that is not open is left to `decide`.
  Result<CheckedAcceptance> prepare(const wire::AcceptInvitation& command, const Actor& actor, const domain::Rows& rows) const;
  Result<CheckedReset> prepare(const wire::ResetPassword& command, const domain::Rows& rows) const;
  /// Finds who is to be appointed by the address of their account; a secretary finds only those who sit in a body of theirs.
  Result<wire::FillSeat> prepare(const wire::FillSeat& command, const Actor& actor, const domain::Rows& rows) const;
  /// Whose address it is; nothing for nobody's.
  std::optional<PersonId> person_at(const EmailAddress& email, const domain::Rows& rows) const;
  /// The password's hash as it was looked at, of somebody who is signed in and has typed it once more.
  Result<Erasable> own_password(const PersonId& person, const Password& typed, const domain::Rows& rows) const;
  /// Under what the account `subject` at an OpenID provider is found.
  std::string subject_key(std::string_view issuer, std::string_view subject) const;
  /// Checks the present password as at sign-in, then hashes the new one.
  Result<CheckedPasswordChange> prepare(const wire::ChangePassword& command, const PersonId& person,
                                        const domain::Rows& rows) const;
  /// Checks the password of whoever deletes an account.
  Result<CheckedErasure> prepare(const wire::ErasePerson& command, const PersonId& by, const domain::Rows& rows) const;

  /// Opens the ticket and checks the code, slowed down as passwords are. An old or strange ticket is `form_expired`.
  Result<CheckedSecondStep> prepare(const wire::FinishSignIn& command, const domain::Rows& rows) const;
  Result<CheckedSecondFactor> prepare(const wire::SetSecondFactor& command, const PersonId& person, const domain::Rows& rows) const;
  Result<CheckedRecoveryCodes> prepare(const wire::RenewRecoveryCodes& command, const PersonId& person,
                                       const domain::Rows& rows) const;
  Result<CheckedRemoval> prepare(const wire::RemoveSecondFactor& command, const Actor& actor, const domain::Rows& rows) const;

  /// The device that was signed in from to this account before, as the seal that it was given says; nothing for others.
  std::optional<std::string> known_device(const PersonId& person, const std::optional<Text<0, 500>>& seal) const;
  /// The seal for the next time: the device that is known, or a new one.
  std::string seal_of_device(const PersonId& person, const std::optional<std::string>& device) const;
  /// Checks the password of whoever asks for another address, and a code of theirs where they have a second factor.
  Result<CheckedEmailChange> prepare(const wire::ChangeEmail& command, const PersonId& by, NewLink to_new, NewLink to_present,
                                     const domain::Rows& rows) const;

 private:
  std::string ticket_for(const PersonId& person, const Erasable& password) const;
  std::optional<std::string> recovery_code_hash(const PersonId& person, std::string_view typed) const;
  Result<std::vector<std::string>> recovery_codes(const PersonId& person, std::string_view typed) const;
  /// The code of the present second factor, checked; nothing where there is none.
  Result<std::optional<CheckedCode>> present_code(const PersonId& person, const std::optional<Text<0, 40>>& typed,
                                                  const domain::Rows& rows) const;
  /// `used`, slowed down as passwords are, `from` by `from`; nothing for a code that is wrong or was used.
  Result<std::optional<SecondFactorUsed>> try_code(const PersonId& person, const SecondFactorRow& factor, std::string_view code,
                                                   const std::string& from, const domain::Rows& rows) const;
  /// How the code fits the second factor; nothing when it does not.
  std::optional<SecondFactorUsed> used(const PersonId& person, const SecondFactorRow& factor, std::string_view code,
                                       const domain::Rows& rows) const;
  std::string address_key(const EmailAddress& email) const;
  /// Whoever accepts with a new account: what they typed, checked.
  Result<CheckedAcceptance> new_account(CheckedAcceptance ready, const wire::AcceptInvitation& command,
                                        const domain::Rows& rows) const;
  /// A refusal while there were too many tries under `key`.
  Result<SignInThrottle::Try> begin_try(const std::string& key) const;
  /// Whether the password is the account's; a refusal when there were too many tries under `key`.
  Result<bool> check(const std::string& key, const std::optional<SignInRow>& account, const Password& password,
                     const domain::Rows& rows) const;

  const crypto::Secret pepper_;
  const std::function<Timestamp()> now_;
  mutable SignInThrottle throttle_;
  const std::string decoy_;  ///< The hash of a password that nobody knows.
};

}  // namespace witan::directory
