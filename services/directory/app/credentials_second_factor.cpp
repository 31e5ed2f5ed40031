#include <algorithm>
#include <sstream>

#include "services/directory/app/credentials.hpp"
#include "shared/crypto/totp.hpp"

namespace witan::directory {

namespace {

constexpr std::string_view k_for_tickets = "sign-in ticket";
constexpr std::string_view k_for_keys = "second factor";
constexpr std::size_t k_recovery_codes = 10;

/// What the first step of signing in hands to the second. Sealed, so that nobody but directory can make or read one.
struct Ticket {
  PersonId person;
  Erasable password;  ///< The hash that the password fitted.
  Timestamp expires;
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (person, password, expires))

Rejection ticket_expired() {
  return {ErrorCode::form_expired, "This took longer than five minutes. Sign in with your e-mail address and password again.", {}, {}};
}

std::optional<Ticket> read_ticket(std::string_view sealed, const crypto::Secret& pepper) {
  const auto text = crypto::open_sealed(sealed, k_for_tickets, pepper);
  boost::system::error_code fault;
  const auto value = text ? json::parse(*text, fault) : json::value();
  auto ticket = text && !fault ? codec::decode<Ticket>(value) : Result<Ticket>(reject(ErrorCode::form_expired));
  if (!ticket || ticket->expires <= SystemClock().now()) return std::nullopt;
  return std::move(*ticket);
}

}  // namespace

std::string Credentials::ticket_for(const PersonId& person, const Erasable& password) const {
  const Ticket ticket{person, password, SystemClock().now() + k_ticket_lasts};
  return crypto::seal(json::serialize(codec::encode(ticket)), k_for_tickets, pepper_);
}

std::optional<std::string> Credentials::recovery_code_hash(const PersonId& person, std::string_view typed) const {
  const auto code = crypto::normalised_recovery_code(typed);
  if (!code) return std::nullopt;
  return crypto::blake2b_text("recovery code of " + person.str() + "\n" + *code, pepper_.bytes());
}

Result<std::vector<std::string>> Credentials::recovery_codes(const PersonId& person, std::string_view typed) const {
  std::vector<std::string> hashes;
  std::istringstream words{std::string(typed)};
  for (std::string word; words >> word;) {
    const auto hash = recovery_code_hash(person, word);
    if (!hash || is_among(hashes, *hash)) break;
    hashes.push_back(*hash);
  }
  if (hashes.size() == k_recovery_codes && words.eof()) return hashes;
  return reject_field("/secret_codes", ErrorCode::invalid_value, "These are not ten recovery codes. Load the page again.");
}

std::optional<SecondFactorUsed> Credentials::used(const PersonId& person, const SecondFactorRow& factor, std::string_view code,
                                                  const domain::Rows& rows) const {
  const auto sealed = rows.text(factor.key);
  const auto text = sealed ? crypto::open_sealed(*sealed, k_for_keys, pepper_) : std::nullopt;
  const auto key = text ? crypto::totp_key_from(*text) : std::nullopt;
  const auto step = key ? crypto::check_totp(*key, code, SystemClock().now()) : std::nullopt;
  if (step) return SecondFactorUsed{person, static_cast<std::int64_t>(*step), std::nullopt};
  const auto hash = recovery_code_hash(person, code);
  if (hash && is_among(factor.codes, *hash)) return SecondFactorUsed{person, std::nullopt, hash};
  return std::nullopt;
}

Result<CheckedSecondStep> Credentials::prepare(const wire::FinishSignIn& command, const domain::Rows& rows) const {
  if (!is_topic(session_topic(command.session.value))) {
    return reject_field("/session", ErrorCode::invalid_value, "This is not the hash of a token.");
  }
  const auto ticket = read_ticket(command.ticket.value, pepper_);
  const auto factor = ticket ? second_factor_of(rows, ticket->person) : std::nullopt;
  if (!factor) return std::unexpected(ticket_expired());
  const auto device = known_device(ticket->person, command.known_device);
  const auto key = "code of " + (device ? "device " + *device : ticket->person.str());
  if (auto may = begin_try(key); !may) return std::unexpected(std::move(may.error()));
  const auto fits = used(ticket->person, *factor, command.code.value, rows);
  const bool is_fresh = fits && (!fits->step || *fits->step > factor->last_step);
  if (is_fresh) throttle_.succeeded(key);
  else throttle_.failed(key, std::chrono::steady_clock::now());
  if (!is_fresh) return std::unexpected(wrong_code());
  CheckedSecondStep ready{*fits, ticket->password, factor->key, command.session.value, {}, seal_of_device(ticket->person, device)};
  if (command.device) ready.device = command.device->value;
  return ready;
}

Result<CheckedSecondFactor> Credentials::prepare(const wire::SetSecondFactor& command, const PersonId& person,
                                                 const domain::Rows& rows) const {
  const auto key = crypto::totp_key_from(command.secret_key.value);
  if (!key || key->bytes().size() < 16) {
    return reject_field("/secret_key", ErrorCode::invalid_value, "This is not a key for an authenticator app. Load the page again.");
  }
  auto codes = recovery_codes(person, command.secret_codes.value);
  if (!codes) return std::unexpected(std::move(codes.error()));
  auto password = own_password(person, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  const auto step = crypto::check_totp(*key, command.code.value, SystemClock().now());
  if (!step) {
    const std::string detail = "This is not the code that the app shows for this key. Wait for the next code and enter that one.";
    return std::unexpected(Rejection{ErrorCode::code_wrong, detail, {{"/code", ErrorCode::code_wrong, detail}}, {}});
  }
  return CheckedSecondFactor{person, std::move(*password), crypto::seal(crypto::totp_key_text(*key), k_for_keys, pepper_),
                             std::move(*codes), static_cast<std::int64_t>(*step)};
}

Result<CheckedRecoveryCodes> Credentials::prepare(const wire::RenewRecoveryCodes& command, const PersonId& person,
                                                  const domain::Rows& rows) const {
  auto codes = recovery_codes(person, command.secret_codes.value);
  if (!codes) return std::unexpected(std::move(codes.error()));
  auto password = own_password(person, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  return CheckedRecoveryCodes{person, std::move(*password), std::move(*codes)};
}

Result<CheckedRemoval> Credentials::prepare(const wire::RemoveSecondFactor& command, const Actor& actor,
                                            const domain::Rows& rows) const {
  if (actor.person != command.person) return CheckedRemoval{command.person, std::nullopt};
  if (!command.current_password) {
    return reject_field("/current_password", ErrorCode::missing_field, "Enter your password.");
  }
  auto password = own_password(command.person, *command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  return CheckedRemoval{command.person, std::move(*password)};
}

}  // namespace witan::directory
