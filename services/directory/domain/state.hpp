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
  std::optional<CalendarDate> until;  ///< Last day of the holder's term; absent without one.
  bool is_end_noticed = false;        ///< The secretary has been told that the term ends.
};

struct Body {
  bool exists = false;
  std::string name;
  wire::BodyKind kind = wire::BodyKind::council;
  std::string summary;
  std::optional<BodyId> parent;
  std::map<SeatId, Seat> seats;
};

struct Link {
  bool exists = false;
  bool is_open = false;
  bool was_used = false;
  bool was_followed_dead = false;
  std::optional<LinkEnd> how_closed;
  LinkIssued issued;
};

struct Strangers {
  bool exists = false;
};

struct Mail {
  bool exists = false;
  bool is_waiting = false;
  bool is_shown = false;
  Erasable to;
  Erasable text;
};

struct Organisation {
  bool exists = false;
  std::string name;
};

struct SecondFactor {
  Timestamp since;
  Erasable key;
  std::vector<std::string> codes;  ///< Recovery codes that are not used yet.
  int wrong_codes = 0;             ///< Since the last right one.
  std::int64_t last_step = 0;      ///< No code of this step or an earlier one works (RFC 6238 section 5.2).
};

/// Changes of name, and of address, that one account may ask for within a day: each sends mail, or is told to every service.
inline constexpr std::size_t k_account_changes_a_day = 5;

struct Person {
  bool exists = false;
  Erasable address_key;
  std::set<wire::Office> offices;
  std::optional<SecondFactor> second_factor;
  std::optional<OpenidLinked> openid;
  std::optional<CalendarOpened> calendar;
  bool mail_on_new_device = false;
  std::optional<wire::PresenceShown> presence;
  bool is_suspended = false;
  std::vector<Timestamp> email_asked;  ///< When another address was asked for, the last few times.
  std::vector<Timestamp> renamed;      ///< The last few times.
  std::int64_t rename_count = 0;
};

struct Session {
  bool exists = false;
  bool has_ended = false;
  PersonId person;
  std::optional<Erasable> device;
};

}  // namespace witan::directory
