#pragma once

#include <functional>
#include <optional>
#include <string>

#include "shared/crypto/crypto.hpp"
#include "shared/openid/openid.hpp"
#include "shared/service/definition.hpp"

namespace witan::directory {

struct OutgoingMail {
  std::string id;  ///< The same at every try, so that a mail that is sent twice can be known for one.
  std::string to;
  std::string subject;
  std::string text;
};

/// Sends a mail, or says why it can never be delivered; throws when another try may succeed. May take long.
using SendMail = std::function<service::WorkOutcome(const OutgoingMail&)>;

/// Half an hour, and a minute: a gateway that ends abruptly takes the uses of the last minute with it.
inline constexpr std::chrono::minutes k_staff_idle{31};

struct Settings {
  crypto::Secret pepper;
  std::string public_origin;     ///< Where mailed links lead: `https://witan.example`
  bool is_mail_shown = true;     ///< Nothing takes mail away from this machine, so administrators read it on a page.
  SendMail send_mail;
  /// Removes what is kept of a mail outside of the log; throws when another try may succeed.
  std::function<void(const std::string& id)> destroy_mail = {};
  std::function<void()> abandon_mail = {};  ///< A mail that is being sent fails soon; see OutsideWork.
  std::shared_ptr<openid::Provider> openid = {};  ///< Null: people sign in by password only.
  std::function<Timestamp()> now = [] { return SystemClock().now(); };  ///< For one-time codes.
  std::chrono::seconds staff_idle = k_staff_idle;  ///< How long a session of staff may go unused.
};

/// directory's commands with who may use them, and its rules.
service::Definition definition(Settings settings);

}  // namespace witan::directory
