#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/crypto/crypto.hpp"

/// The second factor: codes of an authenticator app, and recovery codes for when it is lost. Thread-safe.
namespace witan::crypto {

/// A new key for an authenticator app: 160 random bits, as RFC 4226 section 4 recommends.
Secret new_totp_key();
/// The key as people type it into an app and as it may be stored: RFC 4648 base32, capitals, no padding.
std::string totp_key_text(const Secret& key);
/// Reads `totp_key_text` again; small letters and spaces are taken too. Nothing when it is no base32.
std::optional<Secret> totp_key_from(std::string_view text);

/// The six digits for a counter (HOTP, RFC 4226).
std::string hotp(const Secret& key, std::uint64_t counter);
/// The number of the 30 seconds that `now` is in: the counter of TOTP (RFC 6238 section 4.2).
std::uint64_t totp_step(Timestamp now);
/// The step whose code was typed: that of `now`, or the one before or after it, since clocks differ and
/// typing takes time (RFC 6238 section 5.2). Spaces in the code are passed over. Nothing when the code is
/// wrong. Takes the same time for each code of six digits.
///
/// The caller keeps the step and takes no code of that step or an earlier one again: a code works once
/// (section 5.2).
std::optional<std::uint64_t> check_totp(const Secret& key, std::string_view code, Timestamp now);

/// What an authenticator app reads from a QR code: `otpauth://totp/<issuer>:<account>?secret=…&issuer=…`,
/// percent-encoded (RFC 3986). It contains the key.
std::string otpauth_uri(std::string_view issuer, std::string_view account, const Secret& key);

/// Ten codes such as `7kd2m-x9q4t`, of 50 random bits each. Crockford's base32 alphabet has no i, l, o and u,
/// so that nothing can be taken for something else. Store only a keyed hash of the normalised code.
std::vector<std::string> new_recovery_codes();
/// The ten characters of a code however it was typed: capitals, spaces, hyphens, o for 0, i and l for 1.
/// Nothing when it cannot be a code.
std::optional<std::string> normalised_recovery_code(std::string_view typed);

}  // namespace witan::crypto
