#include "gateway/pages/second_factor.hpp"

#include <sstream>

#include "shared/crypto/totp.hpp"
#include "shared/qr/qr.hpp"

namespace witan::pages {

namespace {

constexpr std::string_view k_issuer = "Witan";
constexpr std::size_t k_key_bytes = 20;  // of new_totp_key: a form that comes back with another one is not ours

/// A field of whichever form comes back; empty for none.
std::string posted(const json::object& context, std::string_view field) {
  const auto* forms = object_at(context, "posted");
  if (!forms) return {};
  for (const auto& [name, form] : *forms) {
    if (form.is_object() && form.get_object().contains(field)) return std::string(string_at(form.get_object(), field));
  }
  return {};
}

std::string account_name(const json::object& context) {
  const auto* topics = object_at(context, "topics");
  const auto* topic = topics ? object_at(*topics, "account") : nullptr;
  const auto* account = topic ? object_at(*topic, "account") : nullptr;
  return account ? std::string(string_at(*account, "email")) : std::string();
}

/// As people read a key aloud and type it.
std::string in_groups_of_four(std::string_view key) {
  std::string groups;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && i % 4 == 0) groups += ' ';
    groups += key[i];
  }
  return groups;
}

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const auto& code : codes) text += (text.empty() ? "" : " ") + code;
  return text;
}

}  // namespace

json::object drawn_second_factor(const json::object& context) {
  auto key = crypto::totp_key_from(posted(context, "secret_key"));
  if (!key || key->bytes().size() != k_key_bytes) key = crypto::new_totp_key();
  auto codes = posted(context, "secret_codes");
  if (codes.empty()) codes = joined(crypto::new_recovery_codes());
  json::array list;
  std::istringstream words(codes);
  for (std::string code; words >> code;) list.push_back({{"code", code}});
  const auto text = crypto::totp_key_text(*key);
  const auto uri = crypto::otpauth_uri(k_issuer, account_name(context), *key);
  return {{"secret_key", text},   {"key_in_groups", in_groups_of_four(text)},
          {"uri", uri},           {"qr", qr::svg(uri, "QR code of the key for your authenticator app")},
          {"secret_codes", codes}, {"codes", std::move(list)}};
}

}  // namespace witan::pages
