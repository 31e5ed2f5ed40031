#include "services/directory/app/credentials.hpp"

#include "services/directory/domain/rows.hpp"

namespace witan::directory {

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
  const auto account = account_at(rows, address_key(command.email));
  const auto hash = account && account->password ? rows.text(*account->password) : std::nullopt;
  const bool matches = crypto::verify_password(hash.value_or(decoy_), command.password.value, pepper_);
  CheckedSignIn ready{std::nullopt, command.session.value, std::nullopt};
  if (hash && matches) ready.person = account->person;
  if (command.device) ready.device = command.device->value;
  return ready;
}

}  // namespace witan::directory
