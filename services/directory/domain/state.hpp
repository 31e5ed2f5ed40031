#pragma once

#include <map>
#include <set>

#include "services/directory/domain/events.hpp"

/// What deciding needs to know, no more. A default-constructed state does not exist yet.
namespace witan::directory {

struct Seat {
  std::string title;
  Role role = Role::member;
  std::optional<OrganisationId> organisation;
  std::optional<PersonId> holder;  ///< Absent while vacant.
};

struct Body {
  bool exists = false;
  std::string name;
  wire::BodyKind kind = wire::BodyKind::council;
  std::string summary;
  std::map<SeatId, Seat> seats;
};

struct Organisation {
  bool exists = false;
};

struct Person {
  bool exists = false;
  Erasable address_key;
  std::set<wire::Office> offices;
};

struct Session {
  bool exists = false;
  bool has_ended = false;
  PersonId person;
};

}  // namespace witan::directory
