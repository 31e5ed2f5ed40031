#pragma once

#include <string>

#include "shared/base/clock.hpp"

/// The mails that directory writes, in plain English.
namespace witan::directory {

struct Letter {
  std::string subject;
  std::string text;
};

Letter invitation(const std::string& name, const std::string& seat, const std::string& body, const std::string& address,
                  Timestamp expires);
Letter password_reset(const std::string& name, const std::string& address, Timestamp expires);
Letter password_was_changed(const std::string& name, Timestamp at);
Letter second_factor_was_set(const std::string& name, Timestamp at);
Letter recovery_codes_were_renewed(const std::string& name, Timestamp at);
Letter recovery_code_was_used(const std::string& name, Timestamp at);
Letter wrong_codes_were_entered(const std::string& name, Timestamp at);
/// `is_own`: by the person; otherwise by an administrator, which signs them out.
Letter second_factor_was_removed(const std::string& name, bool is_own, Timestamp at);
Letter openid_was_linked(const std::string& name, const std::string& issuer, Timestamp at);

}  // namespace witan::directory
