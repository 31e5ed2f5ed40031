#include "infra/operator/accounts.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "infra/operator/steps.hpp"
#include "shared/base/durable_file.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/json.hpp"

namespace witan::operate {

namespace fs = std::filesystem;

std::map<std::string, std::string> passwords_in(const fs::path& file) {
  std::map<std::string, std::string> passwords;
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  boost::system::error_code failed;
  const auto list = json::parse(text, failed);
  if (failed || !list.is_array()) return passwords;
  for (const auto& entry : list.get_array()) {
    if (const auto* account = entry.if_object()) {
      passwords[std::string(string_at(*account, "email"))] = string_at(*account, "password");
    }
  }
  return passwords;
}

void write_accounts(const fs::path& file, const std::vector<Account>& accounts) {
  std::string text = "[";
  for (const auto& account : accounts) {
    json::array roles(account.roles.begin(), account.roles.end());
    const json::object entry{{"email", account.email}, {"password", account.password}, {"name", account.name}, {"roles", roles}};
    text += (text.size() > 1 ? ",\n " : "\n ") + json::serialize(entry);
  }
  text += "\n]\n";
  try {
    replace_file(file, text);
  } catch (const std::system_error& refused) {
    throw StepFailure(fmt::format("{} cannot be written: {}", file.string(), refused.code().message()));
  }
}

std::string random_password() {
  const auto letters = random_id_text();
  std::string password;
  for (std::size_t i = 0; i < 25; ++i) {
    if (i > 0 && i % 5 == 0) password += '-';
    password += letters[i];
  }
  return password;
}

}  // namespace witan::operate
