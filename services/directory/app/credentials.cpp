#include "services/directory/app/credentials.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <sstream>

#include "services/directory/domain/interests.hpp"
#include "shared/crypto/password_list.hpp"

namespace witan::directory {

namespace {

constexpr std::string_view k_for_devices = "known device";

/// Unicode characters of a text in UTF-8.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Whose password it is to be.
struct Owner {
  std::string name;
  std::string email;
};

Owner owner_of(const PersonId& person, const domain::Rows& rows) {
  const auto row = rows.row_as<PersonRow>(k_people_index, k_private_audience, person.str());
  if (!row) return {};
  return {rows.text(row->name).value_or(""), rows.text(row->email).value_or("")};
}

/// In lower case; what is between the words of a name or the parts of an address is a space.
std::string words_of(std::string_view text) {
  std::string words;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    words += byte >= 0x80 || std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : ' ';
  }
  return words;
}

/// Fewer characters than these, besides name and address, do not make a password.
constexpr std::size_t k_besides_owner_min = 8;
/// Shorter parts of a name occur in ordinary words.
constexpr std::size_t k_part_min = 3;

/// Whether a password is its owner's name or e-mail address, parts of them, or little more.
bool is_made_of(const Owner& owner, std::string_view password) {
  auto rest = words_of(password);
  std::istringstream words(words_of(owner.name + " " + owner.email));
  std::vector<std::string> parts;
  for (std::string part; words >> part;) {
    if (part.size() >= k_part_min) parts.push_back(part);
  }
  std::ranges::sort(parts, std::ranges::greater(), &std::string::size);
  bool has_any = false;
  for (const auto& part : parts) {
    for (auto at = rest.find(part); at != std::string::npos; at = rest.find(part)) {
      rest.replace(at, part.size(), " ");
      has_any = true;
    }
  }
  std::erase(rest, ' ');
  return has_any && characters(rest) < k_besides_owner_min;
}

/// At `/<field>`.
Result<void> check_length(const std::string& field, const Password& password, bool is_for_one_of_staff) {
  const auto least = is_for_one_of_staff ? k_staff_password_characters_min : k_password_characters_min;
  if (characters(password.value) < least) {
    return reject_field("/" + field, ErrorCode::too_short,
                        "A new password must have at least " + std::to_string(least) +
                            (is_for_one_of_staff ? " characters, since your role can do much." : " characters.") +
                            " Three or four words that do not belong together make a good one.");
  }
  return {};
}

/// A password that somebody chooses now, at `/<field>`.
Result<void> check_new_password(const std::string& field, const Password& password, bool is_for_one_of_staff, const Owner& owner) {
  if (auto fine = check_length(field, password, is_for_one_of_staff); !fine) return fine;
  if (is_made_of(owner, password.value)) {
    return reject_field("/" + field, ErrorCode::invalid_value,
                        "It must not be your e-mail address or name, or little more than them. Three or four words that do not belong "
                        "together make a good one.");
  }
  if (crypto::is_common_password(password.value)) {
    return reject_field("/" + field, ErrorCode::invalid_value,
                        "This password is too easy to guess. Three or four words that do not belong together make a good one.");
  }
  return {};
}

/// What the link says; nothing for one that cannot be used (any more), or is for something else.
std::optional<wire::LinkView> open_link(const std::string& link, LinkUse use, const domain::Rows& rows) {
  const auto row = rows.row_as<LinkRow>(k_links_index, k_private_audience, link);
  if (!row || use_of(row->kind) != use) return std::nullopt;
  return rows.row_as<wire::LinkView>(link_topic(link), "public", "link");
}

bool is_link_for_staff(const std::string& link, const domain::Rows& rows) {
  const auto row = rows.row_as<LinkRow>(k_links_index, k_private_audience, link);
  return row && is_for_staff(rows, *row);
}

}  // namespace

Credentials::Credentials(crypto::Secret pepper, std::function<Timestamp()> now)
    : pepper_(std::move(pepper)), now_(std::move(now)), decoy_(crypto::hash_password(crypto::random_token(), pepper_)) {}

std::string Credentials::address_key(const EmailAddress& email) const {
  return crypto::blake2b_text("sign-in address\n" + email.value, pepper_.bytes());
}

Result<NewPerson> Credentials::prepare(const wire::RegisterPerson& command, const domain::Rows& rows) const {
  NewPerson ready{command, address_key(command.email), std::nullopt};
  if (account_at(rows, ready.address_key)) return std::unexpected(address_taken());
  if (command.password) {
    if (auto fine = check_length("password", *command.password, command.administrator.value_or(false)); !fine) return std::unexpected(fine.error());
  }
  if (command.password) ready.password_hash = crypto::hash_password(command.password->value, pepper_);
  return ready;
}

Result<CheckedSignIn> Credentials::prepare(const wire::StartSession& command,
                                           const domain::Rows& rows) const {
  if (auto fine = must_name_a_session(command.session.value); !fine) return std::unexpected(fine.error());
  const auto key = address_key(command.email);
  const auto account = account_at(rows, key);
  const auto device = account ? known_device(account->person, command.known_device) : std::nullopt;
  const auto matches = check(device ? "device " + *device : key, account, command.password, rows);
  if (!matches) return std::unexpected(matches.error());
  CheckedSignIn ready{std::nullopt, std::nullopt, command.session.value, std::nullopt};
  if (*matches) {
    ready.person = account->person;
    ready.password = account->password;
    ready.known_device = seal_of_device(*ready.person, device);
    ready.is_new_device = !device;
    if (second_factor_of(rows, *ready.person)) ready.ticket = ticket_for(*ready.person, *ready.password);
  }
  if (command.device) ready.device = command.device->value;
  return ready;
}

Result<CheckedAcceptance> Credentials::prepare(const wire::AcceptInvitation& command, const Actor& actor,
                                               const domain::Rows& rows) const {
  CheckedAcceptance ready{crypto::sha256_text(command.token.value), std::nullopt, {}, {}, {}, {}, false};
  const auto link = open_link(ready.link, LinkUse::accept, rows);
  if (!link) return ready;
  ready.email = link->is_administrator ? (command.email ? command.email->value : std::string()) : link->email;
  if (ready.email.empty()) return reject_field("/email", ErrorCode::missing_field, "Enter your e-mail address.");
  ready.address_key = address_key(EmailAddress{ready.email});
  const auto account = account_at(rows, ready.address_key);
  if (!actor.person && !account) return new_account(std::move(ready), command, rows);
  if (!actor.person) {
    return reject(ErrorCode::not_signed_in,
                  "There is an account with this e-mail address already. Sign in to it, then open the link again.");
  }
  if (!account || account->person != *actor.person || link->is_administrator) {
    return reject(ErrorCode::forbidden,
                  "This invitation is for " + ready.email + ", and you are signed in with another address. Sign out, then open the link again.");
  }
  ready.person = actor.person;
  ready.is_ready = true;
  return ready;
}

Result<CheckedAcceptance> Credentials::new_account(CheckedAcceptance ready, const wire::AcceptInvitation& command,
                                                   const domain::Rows& rows) const {
  if (!command.name) return reject_field("/name", ErrorCode::missing_field, "Enter your name.");
  if (!command.password) return reject_field("/password", ErrorCode::missing_field, "Choose a password.");
  if (auto fine = check_new_password("password", *command.password, is_link_for_staff(ready.link, rows), {command.name->value, ready.email}); !fine) return std::unexpected(fine.error());
  if (account_at(rows, ready.address_key)) return std::unexpected(address_taken());
  ready.name = command.name->value;
  ready.password_hash = crypto::hash_password(command.password->value, pepper_);
  ready.is_ready = true;
  return ready;
}

Result<CheckedReset> Credentials::prepare(const wire::ResetPassword& command, const domain::Rows& rows) const {
  CheckedReset ready{crypto::sha256_text(command.token.value), {}};
  if (!open_link(ready.link, LinkUse::reset, rows)) return ready;
  const auto row = rows.row_as<LinkRow>(k_links_index, k_private_audience, ready.link);
  const auto owner = row && row->person ? owner_of(*row->person, rows) : Owner();
  if (auto fine = check_new_password("password", command.password, is_link_for_staff(ready.link, rows), owner); !fine) return std::unexpected(fine.error());
  ready.password_hash = crypto::hash_password(command.password.value, pepper_);
  return ready;
}

Result<wire::FillSeat> Credentials::prepare(const wire::FillSeat& command, const Actor& actor, const domain::Rows& rows) const {
  auto found = command;
  const bool is_secretary = actor.holds(command.body.str(), {Role::secretary});
  if (command.person || !command.email || (!is_secretary && !actor.is_administrator())) return found;
  found.person = person_at(*command.email, rows);
  const auto bodies = found.person ? bodies_of(*found.person, rows) : std::vector<BodyId>();
  const bool is_in_theirs = std::any_of(bodies.begin(), bodies.end(), [&](const auto& body) { return actor.holds(body.str(), {Role::secretary}); });
  if (found.person && (actor.is_administrator() || is_in_theirs)) return found;
  return reject_field("/email", ErrorCode::invalid_value,
                      actor.is_administrator() ? "Nobody has an account with this e-mail address. Invite them instead."
                                               : "Nobody who sits in a body of yours has this e-mail address. Invite them instead.");
}

std::optional<PersonId> Credentials::person_at(const EmailAddress& email, const domain::Rows& rows) const {
  const auto account = account_at(rows, address_key(email));
  return account ? std::optional(account->person) : std::nullopt;
}

std::string Credentials::subject_key(std::string_view issuer, std::string_view subject) const {
  // No issuer has a line break in it, so no two pairs make one text.
  return crypto::blake2b_text("openid subject\n" + std::string(issuer) + "\n" + std::string(subject), pepper_.bytes());
}

Result<CheckedPasswordChange> Credentials::prepare(const wire::ChangePassword& command, const PersonId& person,
                                                   const domain::Rows& rows) const {
  if (auto fine = check_new_password("new_password", command.new_password, is_staff(rows, person), owner_of(person, rows)); !fine) return std::unexpected(fine.error());
  auto password = own_password(person, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  if (command.new_password.value == command.current_password.value) {
    return reject_field("/new_password", ErrorCode::invalid_value, "The new password must be another one.");
  }
  return CheckedPasswordChange{person, std::move(*password), crypto::hash_password(command.new_password.value, pepper_)};
}

Result<Erasable> Credentials::own_password(const PersonId& person, const Password& typed, const domain::Rows& rows) const {
  const auto account = account_of(rows, person);
  const auto matches = check("password of " + person.str(), account, typed, rows);
  if (!matches) return std::unexpected(matches.error());
  if (!*matches) return std::unexpected(wrong_password());
  return *account->password;
}

std::optional<std::string> Credentials::known_device(const PersonId& person, const std::optional<Text<0, 500>>& seal) const {
  const auto plain = seal ? crypto::open_sealed(seal->value, k_for_devices, pepper_) : std::nullopt;
  const auto owner = person.str() + " ";
  return plain && plain->starts_with(owner) ? std::optional(plain->substr(owner.size())) : std::nullopt;
}

std::string Credentials::seal_of_device(const PersonId& person, const std::optional<std::string>& device) const {
  return crypto::seal(person.str() + " " + device.value_or(crypto::random_token()), k_for_devices, pepper_);
}

Result<CheckedEmailChange> Credentials::prepare(const wire::ChangeEmail& command, const PersonId& by, NewLink to_new, NewLink to_present,
                                                const domain::Rows& rows) const {
  auto password = own_password(by, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  auto present = present_code(by, command.present_code, rows);
  if (!present) return std::unexpected(std::move(present.error()));
  return CheckedEmailChange{command.person, command.new_email.value, address_key(command.new_email), std::move(*password), std::move(*present),
                            std::move(to_new), std::move(to_present)};
}

Result<CheckedErasure> Credentials::prepare(const wire::ErasePerson& command, const PersonId& by, const domain::Rows& rows) const {
  auto password = own_password(by, command.current_password, rows);
  if (!password) return std::unexpected(std::move(password.error()));
  auto present = present_code(by, command.present_code, rows);
  if (!present) return std::unexpected(std::move(present.error()));
  return CheckedErasure{command.person, command.reason, std::move(*password), std::move(*present)};
}

Result<bool> Credentials::check(const std::string& key, const std::optional<SignInRow>& account, const Password& password,
                                const domain::Rows& rows) const {
  auto tried = begin_try(key);
  if (!tried) return std::unexpected(std::move(tried.error()));
  const auto hash = account && account->password ? rows.text(*account->password) : std::nullopt;
  const bool matches = crypto::verify_password(hash.value_or(decoy_), password.value, pepper_) && hash;
  if (matches) tried->succeeded();
  return matches;
}

Result<SignInThrottle::Try> Credentials::begin_try(const std::string& key) const {
  if (const auto wait = throttle_.begin(key, std::chrono::steady_clock::now())) {
    Rejection refused{ErrorCode::rate_limited,
                      "There were too many wrong tries. Wait " + std::to_string(wait->count()) +
                          (wait->count() == 1 ? " second" : " seconds") + ", then try again.",
                      {},
                      {}};
    refused.extra["retry_after_s"] = wait->count();
    return std::unexpected(std::move(refused));
  }
  return SignInThrottle::Try(throttle_, key);
}

}  // namespace witan::directory
