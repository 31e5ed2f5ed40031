#pragma once

#include <optional>
#include <string>

#include "shared/base/clock.hpp"
#include "shared/contract/fields.hpp"

/// The mails that directory writes, in plain English.
namespace witan::directory {

struct Letter {
  std::string subject;
  std::string text;
};

/// `inviter`: the name of whoever invites; empty where no person does. `until`: the last day of the term.
Letter invitation(const std::string& name, const std::string& seat, const std::string& body, const std::string& inviter,
                  const std::optional<CalendarDate>& until, const std::string& address, Timestamp expires);
Letter password_reset(const std::string& name, const std::string& address, Timestamp expires);
Letter password_was_changed(const std::string& name, Timestamp at);
/// `is_own`: the person asked; otherwise an administrator did for them.
/// Nothing in it is of the asker's choosing: it goes to whatever address was typed.
Letter confirm_new_address(const std::string& address, bool is_own, Timestamp expires);
/// To whoever reads the mail of an address that somebody else wants for their account; under the same subject, which the asker can
/// see in the audit.
Letter address_has_account(bool is_own, Timestamp at);
Letter confirm_present_address(const std::string& name, const std::string& address, Timestamp expires);
Letter email_was_changed(const std::string& name, Timestamp at);
Letter signed_in_on_new_device(const std::string& name, const std::string& device, Timestamp at);
Letter second_factor_was_set(const std::string& name, Timestamp at);
Letter recovery_codes_were_renewed(const std::string& name, Timestamp at);
Letter recovery_code_was_used(const std::string& name, Timestamp at);
Letter wrong_codes_were_entered(const std::string& name, Timestamp at);
/// `is_own`: by the person; otherwise by an administrator, which signs them out.
Letter second_factor_was_removed(const std::string& name, bool is_own, Timestamp at);
Letter openid_was_linked(const std::string& name, const std::string& issuer, Timestamp at);

}  // namespace witan::directory
