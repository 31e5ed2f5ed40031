#include "services/directory/app/credentials.hpp"

#include <algorithm>
#include <chrono>

namespace witan::directory {

namespace {

/// Unicode characters of a text in UTF-8.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

Credentials::Credentials(crypto::Secret pepper)
    : pepper_(std::move(pepper)), decoy_(crypto::hash_password(crypto::random_token(), pepper_)) {}

std::string Credentials::address_key(const EmailAddress& email) const {
  return crypto::blake2b_text("sign-in address\n" + email.value, pepper_.bytes());
}

Result<NewPerson> Credentials::prepare(const wire::RegisterPerson& command, const domain::Rows& rows) const {
  NewPerson ready{command, address_key(command.email), std::nullopt};
  if (account_at(rows, ready.address_key)) return std::unexpected(address_taken());
  if (command.password) ready.password_hash = crypto::hash_password(command.password->value, pepper_);
  return ready;
}

Result<CheckedSignIn> Credentials::prepare(const wire::StartSession& command,
                                           const domain::Rows& rows) const {
  if (!is_topic(session_topic(command.session.value))) {
    return reject_field("/session", ErrorCode::invalid_value, "This is not the hash of a token.");
  }
  const auto key = address_key(command.email);
  const auto account = account_at(rows, key);
  const auto matches = check(key, account, command.password, rows);
  if (!matches) return std::unexpected(matches.error());
  CheckedSignIn ready{std::nullopt, std::nullopt, command.session.value, std::nullopt};
  if (*matches) {
    ready.person = account->person;
    ready.password = account->password;
  }
  if (command.device) ready.device = command.device->value;
  return ready;
}

Result<CheckedPasswordChange> Credentials::prepare(const wire::ChangePassword& command, const PersonId& person,
                                                   const domain::Rows& rows) const {
  if (characters(command.new_password.value) < k_password_characters_min) {
    return reject_field("/new_password", ErrorCode::too_short,
                        "The new password must have at least 12 characters. Three or four words that do not belong "
                        "together make a good one.");
  }
  const auto account = account_of(rows, person);
  const auto matches = check("password of " + person.str(), account, command.current_password, rows);
  if (!matches) return std::unexpected(matches.error());
  if (!*matches) return std::unexpected(wrong_password());
  if (command.new_password.value == command.current_password.value) {
    return reject_field("/new_password", ErrorCode::invalid_value, "The new password must be another one.");
  }
  return CheckedPasswordChange{person, *account->password, crypto::hash_password(command.new_password.value, pepper_)};
}

Result<bool> Credentials::check(const std::string& key, const std::optional<SignInRow>& account, const Password& password,
                                const domain::Rows& rows) const {
  using Clock = std::chrono::steady_clock;
  if (const auto wait = throttle_.begin(key, Clock::now())) {
    Rejection refused{ErrorCode::rate_limited,
                      "There were too many wrong passwords. Wait " + std::to_string(wait->count()) +
                          (wait->count() == 1 ? " second" : " seconds") + ", then try again.",
                      {},
                      {}};
    refused.extra["retry_after_s"] = wait->count();
    return std::unexpected(std::move(refused));
  }
  bool matches = false;
  try {
    const auto hash = account && account->password ? rows.text(*account->password) : std::nullopt;
    matches = crypto::verify_password(hash.value_or(decoy_), password.value, pepper_) && hash;
  } catch (...) {  // no memory for a hash, for example; the account must not stay waiting for an end of this try
    throttle_.failed(key, Clock::now());
    throw;
  }
  if (matches) throttle_.succeeded(key);
  else throttle_.failed(key, Clock::now());
  return matches;
}

}  // namespace witan::directory
