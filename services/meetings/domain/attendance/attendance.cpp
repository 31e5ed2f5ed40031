#include "services/meetings/domain/attendance/attendance.hpp"

#include <fmt/format.h>

namespace witan::meetings {

using contract::meetings::Presence;

bool counts(Role role) {
  switch (role) {
    case Role::chair:
    case Role::co_chair:
    case Role::champion:
    case Role::minister:
    case Role::member:
      return true;
    case Role::secretary:
    case Role::substitute:
    case Role::observer:
    case Role::officer:
    case Role::administrator:
    case Role::auditor:
      return false;
  }
  return false;
}

bool is_taken(const Attendee& attendee) {
  return !attendee.is_vacant && (attendee.presence == Presence::present || attendee.presence == Presence::remote || attendee.presence == Presence::substitute);
}

Tally tally_of(const AttendanceList& list, const std::set<PersonId>& recused) {
  std::set<PersonId> members, present, remote, apologies;
  for (const auto& [seat, attendee] : list) {
    if (attendee.is_vacant || !counts(attendee.seat.role)) continue;
    const auto& person = attendee.seat.person;
    members.insert(person);
    if (recused.contains(person)) continue;
    if (is_taken(attendee)) present.insert(person);
    if (attendee.presence == Presence::remote) remote.insert(person);
    if (attendee.presence == Presence::apologies) apologies.insert(person);
  }
  return {std::ssize(members), std::ssize(present), std::ssize(remote), std::ssize(apologies)};
}

void take_note(AttendanceList& list, const SeatsListed& e) {
  for (const auto& seat : e.seats) {
    auto& attendee = list[seat.seat];
    const bool is_another = attendee.seat.person != seat.person || attendee.is_vacant;
    if (is_another) attendee = {};  // what was recorded is not about them
    attendee.seat = seat;
  }
}

void take_note(AttendanceList& list, const SeatUnlisted& e) {
  const auto found = list.find(e.seat);
  if (found == list.end()) return;
  if (found->second.presence) found->second.is_vacant = true;
  else list.erase(found);
}

void take_note(AttendanceList& list, const AttendanceRecorded& e) {
  const auto found = list.find(e.seat);
  if (found == list.end()) return;
  auto& attendee = found->second;
  attendee.presence = e.presence;
  attendee.substitute = e.substitute;
  attendee.since = e.at;
  attendee.reason = e.reason;
}

void take_note(AttendanceList& list, const TextsOfAttendee& e) {
  const auto found = list.find(e.seat);
  if (found == list.end()) return;
  if (e.substitute) found->second.substitute = e.substitute;
  if (e.reason) found->second.reason = e.reason;
}

std::string attendance_in_words(const Tally& tally, const std::optional<std::int64_t>& quorum) {
  const auto there = fmt::format("{} of {} {} present", tally.present, tally.members, tally.members == 1 ? "member" : "members");
  if (!quorum) return there + ". No quorum is set for this meeting.";
  return fmt::format("{}; quorum is {}: {}.", there, *quorum, tally.present >= *quorum ? "quorate" : "not quorate");
}

std::string label(const std::optional<Presence>& presence) {
  if (!presence) return "Not recorded";
  switch (*presence) {
    case Presence::present:
      return "In the room";
    case Presence::remote:
      return "Remote";
    case Presence::apologies:
      return "Apologies";
    case Presence::substitute:
      return "Substitute";
    case Presence::observer:
      return "Observer";
    case Presence::absent:
      return "Not here";
  }
  return {};
}

}  // namespace witan::meetings
