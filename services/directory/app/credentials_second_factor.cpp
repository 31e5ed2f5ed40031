#include <algorithm>
#include <sstream>

#include "services/directory/app/credentials.hpp"
#include "shared/crypto/totp.hpp"

namespace witan::directory {

namespace {

constexpr std::string_view k_for_tickets = "sign-in ticket";
constexpr std::string_view k_for_keys = "second factor";
constexpr std::size_t k_recovery_codes = 10;
constexpr std::size_t k_key_bytes_min = 16;  // RFC 4226 section 4

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

std::optional<Ticket> read_ticket(std::string_view sealed, const crypto::Secret& pepper, Timestamp now) {
  const auto text = crypto::open_sealed(sealed, k_for_tickets, pepper);
  boost::system::error_code fault;
  const auto value = text ? json::parse(*text, fault) : json::value();
  auto ticket = text && !fault ? codec::decode<Ticket>(value) : Result<Ticket>(reject(ErrorCode::form_expired));
  if (!ticket || ticket->expires <= now) return std::nullopt;
  return std::move(*ticket);
}

}  // namespace

std::string Credentials::ticket_for(const PersonId& person, const Erasable& password) const {
  const Ticket ticket{person, password, now_() + k_ticket_lasts};
  return crypto::seal(json::serialize(codec::encode(ticket)), k_for_tickets, pepper_);
}

std::optional<std::string> Credentials::recovery_code_hash(const PersonId& person, std::string_view typed) const {
  const auto code = crypto::normalised_recovery_code(typed);
  if (!code) return std::nullopt;
  return crypto::blake2b_text("recovery code of " + person.str() + "\n" + *code, pepper_.bytes());
}

Result<std::vector<std::string>> Credentials::recovery_codes(const PersonId& person, std::string_view typed) const {
  std::vector<std::string> hashes;
  bool are_fine = true;
  std::istringstream words{std::string(typed)};
  for (std::string word; words >> word;) {
    const auto hash = recovery_code_hash(person, word);
    are_fine = are_fine && hash && !is_among(hashes, *hash);
    hashes.push_back(hash.value_or(""));
  }
  if (are_fine && hashes.size() == k_recovery_codes) return hashes;
  return reject_field("/secret_codes", ErrorCode::invalid_value, "These are not ten recovery codes. Load the page again.");
}

std::optional<SecondFactorUsed> Credentials::used(const PersonId& person, const SecondFactorRow& factor, std::string_view code,
                                                  const domain::Rows& rows) const {
  const auto sealed = rows.text(factor.key);
  const auto text = sealed ? crypto::open_sealed(*sealed, k_for_keys, pepper_) : std::nullopt;
  const auto key = text ? crypto::totp_key_from(*text) : std::nullopt;
  const auto step = key ? crypto::check_totp(*key, code, now_()) : std::nullopt;
  if (step) return SecondFactorUsed{person, static_cast<std::int64_t>(*step), std::nullopt};
  const auto hash = recovery_code_hash(person, code);
  if (hash && is_among(factor.codes, *hash)) return SecondFactorUsed{person, std::nullopt, hash};
  return std::nullopt;
}

Result<std::optional<SecondFactorUsed>> Credentials::try_code(const PersonId& person, const SecondFactorRow& factor, std::string_view code,
                                                              const std::string& from, const domain::Rows& rows) const {
  // Recovery codes, which nobody guesses, are counted by themselves: they get the owner in while somebody tries out digits.
  const std::string kind = crypto::normalised_recovery_code(code) ? "recovery code of " : "code of ";
  auto tried = begin_try(kind + from);
  if (!tried) return std::unexpected(std::move(tried.error()));
  auto fits = used(person, factor, code, rows);
  if (!fits || (fits->step && *fits->step <= factor.last_step)) return std::optional<SecondFactorUsed>();
  tried->succeeded();
  return fits;
}

Result<std::optional<CheckedCode>> Credentials::present_code(const PersonId& person, const std::optional<Text<0, 40>>& typed,
                                                             const domain::Rows& rows) const {
  const auto factor = second_factor_of(rows, person);
  if (!factor) return std::optional<CheckedCode>();
  if (!typed || typed->value.empty()) {
    return reject_field("/present_code", ErrorCode::missing_field, "Enter a code of the app that you use now, or a recovery code.");
  }
  const auto fits = try_code(person, *factor, typed->value, "signed in " + person.str(), rows);
  if (!fits) return std::unexpected(fits.error());
  if (!*fits) return std::unexpected(wrong_code("present_code"));
  return CheckedCode{factor->key, **fits};
}

Result<CheckedSecondStep> Credentials::prepare(const wire::FinishSignIn& command, const domain::Rows& rows) const {
  if (auto fine = must_name_a_session(command.session.value); !fine) return std::unexpected(fine.error());
  const auto ticket = read_ticket(command.ticket.value, pepper_, now_());
  const auto factor = ticket ? second_factor_of(rows, ticket->person) : std::nullopt;
  if (!factor) return std::unexpected(ticket_expired());
  const auto device = known_device(ticket->person, command.known_device);
  const auto from = device ? "device " + *device : ticket->person.str();
  auto fits = try_code(ticket->person, *factor, command.code.value, from, rows);
  if (!fits) return std::unexpected(std::move(fits.error()));
  CheckedSecondStep ready{ticket->person, std::move(*fits), ticket->password, factor->key, command.session.value, {},
                          seal_of_device(ticket->person, device), !device};
  if (command.device) ready.device = command.device->value;
  return ready;
}

Result<CheckedSecondFactor> Credentials::prepare(const wire::SetSecondFactor& command, const PersonId& person,
                                                 const domain::Rows& rows) const {
  const auto key = crypto::totp_key_from(command.secret_key.value);
  if (!key || key->bytes().size() < k_key_bytes_min) {
    return reject_field("/secret_key", ErrorCode::invalid_value, "This is not a key for an authenticator app. Load the page again.");
  }
  auto codes = recovery_codes(person, command.secret_codes.value);
  if (!codes) return std::unexpected(std::move(codes.error()));
  auto password = own_password(person, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  const auto step = crypto::check_totp(*key, command.code.value, now_());
  if (!step) {
    const std::string detail = "This is not the code that the app shows for this key. Wait for the next code and enter that one.";
    return std::unexpected(Rejection{ErrorCode::code_wrong, detail, {{"/code", ErrorCode::code_wrong, detail}}, {}});
  }
  auto present = present_code(person, command.present_code, rows);
  if (!present) return std::unexpected(std::move(present.error()));
  return CheckedSecondFactor{person, std::move(*password), crypto::seal(crypto::totp_key_text(*key), k_for_keys, pepper_),
                             std::move(*codes), static_cast<std::int64_t>(*step), std::move(*present)};
}

Result<CheckedRecoveryCodes> Credentials::prepare(const wire::RenewRecoveryCodes& command, const PersonId& person,
                                                  const domain::Rows& rows) const {
  auto codes = recovery_codes(person, command.secret_codes.value);
  if (!codes) return std::unexpected(std::move(codes.error()));
  auto password = own_password(person, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  auto present = present_code(person, command.present_code, rows);
  if (!present) return std::unexpected(std::move(present.error()));
  return CheckedRecoveryCodes{person, std::move(*password), std::move(*codes), std::move(*present)};
}

Result<CheckedRemoval> Credentials::prepare(const wire::RemoveSecondFactor& command, const Actor& actor,
                                            const domain::Rows& rows) const {
  if (actor.person != command.person) return CheckedRemoval{command.person, std::nullopt, std::nullopt};
  if (!command.current_password) {
    return reject_field("/current_password", ErrorCode::missing_field, "Enter your password.");
  }
  auto password = own_password(command.person, *command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  auto present = present_code(command.person, command.present_code, rows);
  if (!present) return std::unexpected(std::move(present.error()));
  return CheckedRemoval{command.person, std::move(*password), std::move(*present)};
}

}  // namespace witan::directory
