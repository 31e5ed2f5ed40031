#include "infra/operator/accounts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "infra/operator/steps.hpp"
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
  const fs::path beside = file.string() + ".new";
  const int out = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = out >= 0 && ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(out) == 0;
  const int error = errno;
  if (out >= 0) ::close(out);
  if (!written) throw StepFailure(fmt::format("{} cannot be written: {}", file.string(), std::strerror(error)));
  fs::rename(beside, file);
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
