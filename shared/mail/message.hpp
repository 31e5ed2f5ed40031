#pragma once

#include <string>
#include <string_view>

#include "shared/base/clock.hpp"
#include "shared/mail/mail.hpp"

/// How a message is written down (RFC 5322, and MIME: RFC 2045 and 2047).
namespace witan::mail {

/// Whether mail can be sent to it and it can stand in a header: ASCII, one @ between a local part and a
/// domain, and nothing that a header or an SMTP command could take for anything else. Quoted local parts are
/// not taken.
bool is_address(std::string_view address);

/// Throws MailFailure (permanent) when a field of the message cannot be sent: above all whatever would begin
/// another header, command or file.
void check(const Message& message);

/// The message as lines that end with CRLF, none longer than 78 characters but for an address: headers, then
/// the text as quoted-printable. `check` and `is_address(from)` hold.
std::string written(const Message& message, std::string_view from, Timestamp date);

}  // namespace witan::mail
