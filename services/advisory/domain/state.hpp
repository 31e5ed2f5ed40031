#pragma once

#include <map>

#include "services/advisory/domain/events.hpp"

/// What deciding needs to know, no more. A default-constructed state does not exist yet.
namespace witan::advisory {

struct Member {
  std::string title;
  Role role = Role::member;
  PersonId person;
  Erasable name;
  std::string organisation;
  std::int64_t name_number = 0;  ///< Of the last change of name that was heard.
};

/// A body, which is an advisory group once it has been opened. Its members are known from directory before
/// that.
struct Group {
  bool is_noted = false;  ///< Directory has established the body.
  bool is_open = false;
  std::string name;
  wire::Challenge challenge = wire::Challenge::ai_and_data;
  std::string mission;
  std::map<SeatId, Member> members;
};

struct Engagement {
  bool exists = false;
  bool is_withdrawn = false;
  BodyId group;
  PersonId by;
};

/// Whoever is named here; of interest only once they are to be forgotten.
struct Person {
  bool is_forgotten = false;
};

}  // namespace witan::advisory
