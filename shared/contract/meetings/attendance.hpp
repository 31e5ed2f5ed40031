#pragma once

#include "shared/contract/access.hpp"

/// Who is at a meeting, and whether they are enough.
namespace witan::contract::meetings {

/// How somebody attends, as recorded for their seat. `absent`: neither there nor excused, or gone.
BOOST_DEFINE_ENUM_CLASS(Presence, present, remote, apologies, substitute, observer, absent)

// Commands

/// For one's own seat, or by those who run the meeting for any. Once the meeting is closed, only the secretary corrects it, and
/// needs a reason.
struct RecordAttendance {
  static constexpr std::string_view k_name = "meetings.record_attendance";
  MeetingId meeting;
  SeatId seat;
  Presence presence = Presence::present;
  std::optional<Text<0, 100>> substitute = {};  ///< Who sits for whoever holds the seat.
  std::optional<Text<0, 200>> reason = {};
};
BOOST_DESCRIBE_STRUCT(RecordAttendance, (), (meeting, seat, presence, substitute, reason))

/// How many members have to be there; absent: no number is set.
struct SetQuorum {
  static constexpr std::string_view k_name = "meetings.set_quorum";
  MeetingId meeting;
  std::optional<Whole<1, 400>> quorum = {};
  std::optional<bool> is_rule = {};  ///< Also of the body's meetings that are scheduled from now on.
};
BOOST_DESCRIBE_STRUCT(SetQuorum, (), (meeting, quorum, is_rule))

using AttendanceCommands = boost::mp11::mp_list<RecordAttendance, SetQuorum>;

// What people see

/// Topic `attendance/<meeting>` (audiences `staff`, from publication `member`, from the start of the meeting `public`), key
/// `attendance`.
struct AttendanceView {
  MeetingId meeting;
  std::string title;           ///< Of the meeting.
  std::int64_t members = 0;    ///< Persons who hold a seat that counts.
  std::int64_t present = 0;    ///< Of them, those who are there or for whom a substitute is.
  std::int64_t remote = 0;
  std::int64_t apologies = 0;
  std::optional<std::int64_t> quorum;
  std::optional<bool> is_quorate;  ///< Absent where no quorum is set.
  std::string words;           ///< "12 of 38 members present; quorum is 13: not quorate."
  bool is_closed = false;
  std::string href;            ///< `/meetings/<id>/attendance`
  std::optional<bool> is_cancelled;   ///< The meeting does not take place.
};
BOOST_DESCRIBE_STRUCT(AttendanceView, (), (meeting, title, members, present, remote, apologies, quorum, is_quorate, words, is_closed, href, is_cancelled))

/// Topic `attendance/<meeting>`, key `attendee/<seat>`.
struct AttendeeView {
  MeetingId meeting;
  SeatId seat;
  std::string title;           ///< Of the seat.
  std::string name;            ///< Of whoever holds it.
  std::string organisation;
  std::optional<PersonId> by;  ///< Who may record it for themselves: whoever holds the seat. Not to the public.
  std::optional<Presence> presence;
  std::string presence_label;  ///< "In the room"; "Not recorded" where nothing is.
  std::string substitute;      ///< Who sits for them. Empty to the public.
  std::string since;           ///< When it was recorded: "2:15pm on 19 June 2018". Empty to the public.
  std::string sort;
  // Absent where it is not so: a body may have many seats.
  std::optional<bool> is_here;
  std::optional<bool> is_remote;
  std::optional<bool> has_apologies;
  std::optional<bool> is_counted;     ///< Counts towards the quorum.
  std::optional<bool> is_former;      ///< The appointment has ended since.
  std::optional<bool> is_corrected;   ///< After the meeting was closed.
  std::optional<std::string> reason;  ///< Why it was corrected. Not to the public.
  std::optional<bool> is_recused;     ///< Has withdrawn from the current item, and is not counted while it lasts.
};
BOOST_DESCRIBE_STRUCT(AttendeeView, (),
                      (meeting, seat, title, name, organisation, by, presence, presence_label, substitute, since, sort, is_here, is_remote,
                       has_apologies, is_counted, is_former, is_corrected, reason, is_recused))

using AttendanceViews = boost::mp11::mp_list<AttendanceView, AttendeeView>;

}  // namespace witan::contract::meetings
