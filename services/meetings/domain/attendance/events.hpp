#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/contract/meetings.hpp"

/// What can have happened to the attendance list of a meeting.
namespace witan::meetings {

/// A seat of the body with whoever holds it, as it stands on the attendance list.
struct HeldSeat {
  SeatId seat;
  std::string title;
  Role role = Role::member;
  PersonId person;
  Erasable name;
  std::string organisation;
};
BOOST_DESCRIBE_STRUCT(HeldSeat, (), (seat, title, role, person, name, organisation))

/// These seats are on the list from here on, or are held by somebody else, or by the same person under another name.
struct SeatsListed {
  static constexpr std::string_view k_type = "seats_listed";
  std::vector<HeldSeat> seats;
};
BOOST_DESCRIBE_STRUCT(SeatsListed, (), (seats))

/// Nobody holds the seat any more. What was recorded of whoever held it stays.
struct SeatUnlisted {
  static constexpr std::string_view k_type = "seat_unlisted";
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(SeatUnlisted, (), (seat))

struct AttendanceRecorded {
  static constexpr std::string_view k_type = "attendance_recorded";
  SeatId seat;
  contract::meetings::Presence presence = contract::meetings::Presence::present;
  std::optional<Erasable> substitute;  ///< Who sits for whoever holds the seat; with `substitute` only.
  Timestamp at;
  std::optional<Erasable> reason;      ///< Of a correction after the meeting was closed.
};
BOOST_DESCRIBE_STRUCT(AttendanceRecorded, (), (seat, presence, substitute, at, reason))

/// How many members have to be there. Absent: no number is set.
struct QuorumSet {
  static constexpr std::string_view k_type = "quorum_set";
  std::optional<std::int64_t> quorum;
};
BOOST_DESCRIBE_STRUCT(QuorumSet, (), (quorum))

/// The account of somebody on the list was deleted, and their name with it.
struct AttendeeForgotten {
  static constexpr std::string_view k_type = "attendee_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(AttendeeForgotten, (), (person))

/// What is left of an attendee's texts once a name was taken out of them. Absent: as it was.
struct TextsOfAttendee {
  SeatId seat;
  std::optional<Erasable> substitute;
  std::optional<Erasable> reason;
};
BOOST_DESCRIBE_STRUCT(TextsOfAttendee, (), (seat, substitute, reason))

}  // namespace witan::meetings
