#include "services/directory/domain/letters.hpp"

#include <fmt/format.h>

#include "shared/base/uk_time.hpp"

namespace witan::directory {

namespace {

constexpr const char* k_other_address = "An e-mail address for an account in Witan";
/// Whoever it is: they need not have an account.
constexpr const char* k_reader = "reader of this mail";

Letter letter(std::string subject, const std::string& name, std::string_view text) {
  return {std::move(subject), fmt::format("Dear {},\n\n{}\n\nWitan\n", name, text)};
}

}  // namespace

Letter invitation(const std::string& name, const std::string& seat, const std::string& body, const std::string& inviter,
                  const std::optional<CalendarDate>& until, const std::string& address, Timestamp expires) {
  const auto term = until ? "The last day of the term is " + uk_time::short_date(*uk_time::day_begins(until->value)) + ".\n\n" : std::string();
  return letter("Your invitation to " + body, name,
                fmt::format("{} to take a seat in {}:\n\n    {}\n\n{}"
                            "Open this page to accept. It can be used once, until {}:\n\n{}\n\n"
                            "If you do not know what this is about, do nothing: without you nothing happens.",
                            inviter.empty() ? "You are invited" : inviter + " invites you", body, seat, term, uk_time::date_and_time(expires), address));
}

Letter password_reset(const std::string& name, const std::string& address, Timestamp expires) {
  return letter("Set a new password", name,
                fmt::format("Somebody asked for a new password for your account. If it was you, open this page. It can be used "
                            "once, until {}:\n\n{}\n\n"
                            "If it was not you, do nothing: your password stays as it is.",
                            uk_time::date_and_time(expires), address));
}

Letter password_was_changed(const std::string& name, Timestamp at) {
  return letter("Your password was changed", name,
                fmt::format("The password of your account was set anew at {} with a link from a mail, and you were signed out "
                            "everywhere. If it was not you, ask for a new password on the sign-in page, then tell the people who "
                            "run Witan.",
                            uk_time::date_and_time(at)));
}

Letter confirm_new_address(const std::string& address, bool is_own, Timestamp expires) {
  return letter(k_other_address, k_reader,
                fmt::format("{} asked for an account in Witan to have this e-mail address. If the account is yours, open this page to confirm that "
                            "you read this mail. It can be used once, until {}:\n\n{}\n\n{}"
                            "If you do not know what this is about, do nothing: without you nothing changes.",
                            is_own ? "Somebody who is signed in to it" : "An administrator", uk_time::date_and_time(expires), address,
                            is_own ? "A mail like this one went to the present address of the account. Both must be confirmed.\n\n"
                                   : "You will be signed out everywhere, and set a new password on the sign-in page.\n\n"));
}

Letter address_has_account(bool is_own, Timestamp at) {
  return letter(k_other_address, k_reader,
                fmt::format("At {} {} asked for another account to have this e-mail address. It has an account already, so nothing was "
                            "changed. If it was you, sign in with this address, or delete the account that has it first. If not, you need do "
                            "nothing.",
                            uk_time::date_and_time(at), is_own ? "somebody" : "an administrator"));
}

Letter confirm_present_address(const std::string& name, const std::string& address, Timestamp expires) {
  return letter("Confirm that your e-mail address changes", name,
                fmt::format("Somebody who is signed in as you asked for your account to move to another e-mail address. If it was you, open this "
                            "page, which shows the address, to confirm. It can be used once, until {}:\n\n{}\n\n"
                            "If it was not you, somebody knows your password: do not confirm, and set a new password at once.",
                            uk_time::date_and_time(expires), address));
}

Letter email_was_changed(const std::string& name, Timestamp at) {
  return letter("Your e-mail address was changed", name,
                fmt::format("At {} your account was moved to another e-mail address, and mail about it no longer comes here. If you do not "
                            "know why, tell the people who run Witan at once.",
                            uk_time::date_and_time(at)));
}

Letter signed_in_on_new_device(const std::string& name, const std::string& device, Timestamp at) {
  return letter("Your account was signed in to on another device", name,
                fmt::format("At {} your account was signed in to on a device on which it had not been used before: {}. If it was not you, "
                            "set a new password at once, then tell the people who run Witan. You asked for these mails on the page of your "
                            "account, and can stop them there.",
                            uk_time::date_and_time(at), device));
}

Letter second_factor_was_set(const std::string& name, Timestamp at) {
  return letter("Signing in now takes a code", name,
                fmt::format("At {} an authenticator app was set up for your account. Signing in takes a code from it from now on, and "
                            "you were signed out everywhere else. If it was not you, tell the people who run Witan at once: they can remove "
                            "the app. Then set a new password.",
                            uk_time::date_and_time(at)));
}

Letter recovery_codes_were_renewed(const std::string& name, Timestamp at) {
  return letter("You have new recovery codes", name,
                fmt::format("At {} new recovery codes were made for your account; the ones of before are good for nothing any more. If it "
                            "was not you, tell the people who run Witan at once, and set a new password.",
                            uk_time::date_and_time(at)));
}

Letter recovery_code_was_used(const std::string& name, Timestamp at) {
  return letter("A recovery code was used", name,
                fmt::format("At {} somebody signed in to your account with one of your recovery codes. If it was not you, set a new "
                            "password and get new recovery codes at once, then tell the people who run Witan.",
                            uk_time::date_and_time(at)));
}

Letter wrong_codes_were_entered(const std::string& name, Timestamp at) {
  return letter("Somebody tries to sign in as you", name,
                fmt::format("By {} several wrong codes had been entered for your account after the right password. Nobody got in with "
                            "them. If it was not you, somebody knows your password: set a new one at once, then tell the people who run "
                            "Witan.",
                            uk_time::date_and_time(at)));
}

Letter second_factor_was_removed(const std::string& name, bool is_own, Timestamp at) {
  return letter("Signing in takes no code any more", name,
                fmt::format("At {} {} from your account{}. If you do not know why, set a new password at once, then tell the people "
                            "who run Witan.",
                            uk_time::date_and_time(at),
                      is_own ? "you removed the authenticator app" : "an administrator removed the authenticator app",
                      is_own ? "" : ", and you were signed out everywhere"));
}

Letter openid_was_linked(const std::string& name, const std::string& issuer, Timestamp at) {
  return letter("Another way to sign in was added to your account", name,
                fmt::format("Since {} an account at {} opens your account in Witan. If it was not you who linked them, unlink it on "
                            "the page of your account and change your password, then tell the people who run Witan.",
                            uk_time::date_and_time(at), issuer));
}

}  // namespace witan::directory
