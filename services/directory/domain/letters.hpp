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

}  // namespace witan::directory
