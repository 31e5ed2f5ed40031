#include "infra/operator/roll.hpp"

#include <algorithm>

namespace witan::operate {

namespace {

Role office_of(const json::object& args) { return string_at(args, "office") == "auditor" ? Role::auditor : Role::administrator; }

}  // namespace

void Roll::note(std::string_view command, const json::object& args, const json::object& result) {
  const auto text = [](const json::object& object, std::string_view key) { return std::string(string_at(object, key)); };
  if (command == "directory.establish_body") {
    body_names_[text(result, "body")] = text(args, "name");
  } else if (command == "directory.register_person") {
    const auto* administrator = args.if_contains("administrator");
    if (administrator && administrator->is_bool() && administrator->get_bool()) offices_[text(result, "person")].insert(Role::administrator);
  } else if (command == "directory.grant_office") {
    offices_[text(args, "person")].insert(office_of(args));
  } else if (command == "directory.withdraw_office") {
    offices_[text(args, "person")].erase(office_of(args));
  } else if (command == "directory.create_seat") {
    create_seat(args, result);
  } else if (command == "directory.fill_seat") {
    auto& seat = seats_[text(args, "seat")];
    seat.body = text(args, "body");
    seat.person = text(args, "person");
    seat.filled = ++fillings_;
  } else if (command == "directory.vacate_seat") {
    seats_[text(args, "seat")].person.clear();
  }
}

void Roll::create_seat(const json::object& args, const json::object& result) {
  const std::string id(string_at(result, "seat"));
  if (id.empty()) return;
  Seat seat{std::string(string_at(args, "body")), Role::member, {}, 0};
  boost::describe::enum_from_string(std::string(string_at(args, "role")).c_str(), seat.role);
  seats_[id] = seat;
}

std::set<Role> Roll::offices_of(const std::string& person) const {
  const auto known = offices_.find(person);
  return known == offices_.end() ? std::set<Role>() : known->second;
}

std::vector<Roll::Seat> Roll::seats_of(const std::string& person) const {
  std::vector<Seat> held;
  for (const auto& [id, seat] : seats_) {
    if (!person.empty() && seat.person == person) held.push_back(seat);
  }
  std::sort(held.begin(), held.end(), [](const Seat& a, const Seat& b) { return a.filled < b.filled; });
  return held;
}

std::map<std::string, std::vector<Role>> Roll::roles_of(const std::string& person) const {
  std::map<std::string, std::vector<Role>> roles;
  for (const auto& seat : seats_of(person)) roles[seat.body].push_back(seat.role);
  for (const auto office : offices_of(person)) roles[std::string(k_everywhere)].push_back(office);
  return roles;
}

std::vector<std::string> Roll::titles_of(const std::string& person) const {
  std::vector<std::string> titles;
  for (const auto office : offices_of(person)) titles.push_back(role_words(office));
  for (const auto& seat : seats_of(person)) {
    const auto body = body_names_.find(seat.body);
    titles.push_back(role_words(seat.role) + (body == body_names_.end() ? "" : ", " + body->second));
  }
  return titles;
}

std::string role_words(Role role) {
  std::string words = boost::describe::enum_to_string(role, "member");
  std::replace(words.begin(), words.end(), '_', '-');
  return words;
}

}  // namespace witan::operate
