#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace witan::operate {

/// One person as whom someone who tries the demo may sign in.
struct Account {
  std::string email;
  std::string password;
  std::string name;
  std::vector<std::string> roles;  ///< "secretary, Council of LEP Chairs"
};

/// E-mail address → password, from an accounts file that an earlier, interrupted run left. Empty when there is none.
std::map<std::string, std::string> passwords_in(const std::filesystem::path& file);

/// Writes the list so that only its owner may read it, all of it or none.
void write_accounts(const std::filesystem::path& file, const std::vector<Account>& accounts);

/// Five groups of five lower-case letters and digits, from 125 random bits.
std::string random_password();

}  // namespace witan::operate
