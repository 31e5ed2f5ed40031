#pragma once

#include <map>
#include <set>

#include "services/meetings/domain/attendance/events.hpp"
#include "shared/contract/domain.hpp"

/// Who attends a meeting, seat by seat, and whether they are enough.
namespace witan::meetings {

struct Meeting;

struct Attendee {
  HeldSeat seat;
  bool is_vacant = false;  ///< Somebody was recorded here whose appointment has ended since.
  std::optional<contract::meetings::Presence> presence;
  std::optional<Erasable> substitute;
  std::optional<Timestamp> since;  ///< When that was recorded.
  std::optional<Erasable> reason;  ///< There when it was corrected after the meeting.
};
using AttendanceList = std::map<SeatId, Attendee>;

/// Whether a seat of this role makes its holder a member of the body: chairs, champions, ministers and members. Secretaries,
/// officers, substitutes and observers are not counted.
bool counts(Role role);
/// Whether somebody sits there now, the holder or a substitute.
bool is_taken(const Attendee& attendee);

struct Tally {
  std::int64_t members = 0;    ///< Persons who hold a seat that counts.
  std::int64_t present = 0;    ///< Of them, those who are there, in the room or remotely, or for whom a substitute is.
  std::int64_t remote = 0;
  std::int64_t apologies = 0;
};
/// Counts persons: who holds two seats counts once, and so does a seat with its holder and a substitute. Those who have withdrawn from the
/// current item are members and not present.
Tally tally_of(const AttendanceList& list, const std::set<PersonId>& recused = {});

void take_note(AttendanceList& list, const SeatsListed& e);
void take_note(AttendanceList& list, const SeatUnlisted& e);
void take_note(AttendanceList& list, const AttendanceRecorded& e);
void take_note(AttendanceList& list, const TextsOfAttendee& e);

/// "12 of 38 members present; quorum is 13: not quorate."
std::string attendance_in_words(const Tally& tally, const std::optional<std::int64_t>& quorum);
/// "In the room", "Substitute"…; "Not recorded" where nothing is.
std::string label(const std::optional<contract::meetings::Presence>& presence);

/// Who sees the list, and as which audience.
std::vector<std::string> audiences_of_list(const Meeting& meeting);
std::vector<AccessRule> access_to_list(const Meeting& meeting);
/// Topic `attendance/<meeting>`.
void present_attendance(const Meeting& meeting, domain::Presenter& presenter);
/// Every text of the event that may name somebody, and whose names are on the list.
std::vector<Erasable> named_in(const AttendanceRecorded& e);
void note_attendees(const MeetingId& meeting, const SeatsListed& e, domain::Presenter& presenter);

struct OpenMeeting {
  Timestamp starts_at;
  bool is_published = false;  ///< Or begun.
};
BOOST_DESCRIBE_STRUCT(OpenMeeting, (), (starts_at, is_published))
/// The private index of meetings that are neither closed nor cancelled: key `<body>/<meeting>`, value OpenMeeting.
inline constexpr std::string_view k_open_index = "index/open-meetings";

/// The private index of who is on which attendance list: key `<person>/<meeting>`.
inline constexpr std::string_view k_attendees_index = "index/attendees";

}  // namespace witan::meetings
