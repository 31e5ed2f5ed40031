#pragma once

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/second_factor.hpp"

/// An account moves to another e-mail address: a link goes to the new one and one to the present one, and the account moves
/// once both were used. An administrator does it for somebody who cannot read the present one any more.
namespace witan::directory {

inline constexpr std::chrono::hours k_email_change_lasts{24};
/// Whoever asks again within this time is asked to wait.
inline constexpr std::chrono::minutes k_email_change_again{1};

/// ChangeEmail after its slow part: whoever asks has shown that they know their own password.
struct CheckedEmailChange {
  PersonId person;
  std::string email;
  std::string address_key;
  Erasable password;                   ///< Of whoever asks, as it was looked at.
  std::optional<CheckedCode> present;  ///< Of whoever asks.
  NewLink to_new;
  NewLink to_present;
};

Result<Decided<PersonEvent>> decide(const Person& person, const CheckedEmailChange& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::WithdrawEmailChange& command, Context& context);
Result<Decided<LinkEvent>> decide(const Link& link, const wire::ConfirmEmail& command, Context& context);

/// The address that waits to be confirmed, and where, in the account's row; nothing where nothing waits.
void show_email_change(const PersonId& person, domain::Presenter& presenter);
/// Signing in finds the account under its new address, and no longer under the earlier one.
void show_email(const EmailChanged& changed, domain::Presenter& presenter);
/// Tells who opens the other link, which they have used, that the change is complete, or off.
void show_at_the_other(const Link& link, domain::Presenter& presenter);
bool is_confirmed_everywhere(const Link& link, const domain::Rows& rows);

}  // namespace witan::directory
