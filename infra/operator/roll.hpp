#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/contract/access.hpp"

namespace witan::operate {

/// Who holds which seat, learned from the commands that were carried out; so a step done `as` a person carries the
/// roles that the gateway would attach. Ids may be real ones or stand-ins.
class Roll {
 public:
  /// Takes note of a command that succeeded. `args` are resolved.
  void note(std::string_view command, const json::object& args, const json::object& result);

  /// Body (or `k_everywhere`) → roles of the person.
  std::map<std::string, std::vector<Role>> roles_of(const std::string& person) const;
  /// "secretary, Council of LEP Chairs", in the order in which the seats were filled.
  std::vector<std::string> titles_of(const std::string& person) const;

 private:
  struct Seat {
    std::string body;
    Role role = Role::member;
    std::string person;  ///< Empty while vacant.
    int filled = 0;      ///< Counts the fillings.
  };
  void create_seat(const json::object& args, const json::object& result);
  std::vector<Seat> seats_of(const std::string& person) const;
  std::set<Role> offices_of(const std::string& person) const;

  std::map<std::string, std::string> body_names_;
  std::map<std::string, Seat> seats_;
  std::map<std::string, std::set<Role>> offices_;
  int fillings_ = 0;
};

/// "co-chair" for `Role::co_chair`.
std::string role_words(Role role);

}  // namespace witan::operate
