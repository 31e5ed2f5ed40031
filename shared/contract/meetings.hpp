#pragma once

#include "shared/contract/codec.hpp"

/// What meetings accepts and shows: meetings of a body, their agenda, and where the room is now.
namespace witan::contract::meetings {

BOOST_DEFINE_ENUM_CLASS(ItemKind, decision, discussion, information, approval, note)
BOOST_DEFINE_ENUM_CLASS(Circulation, everyone, members)
BOOST_DEFINE_ENUM_CLASS(MeetingState, draft, published, started, closed)

// Commands

/// Result `{meeting}`. Times are on a UK clock; an end before the start is on the next day.
struct ScheduleMeeting {
  static constexpr std::string_view k_name = "meetings.schedule_meeting";
  BodyId body;
  Text<2, 160> title;
  CalendarDate date;
  ClockTime starts;
  ClockTime ends;
  Text<1, 200> place;
  std::optional<Text<0, 120>> chair;      ///< As it stands on the agenda: "The Prime Minister".
  std::optional<Text<0, 120>> co_chair;
};
BOOST_DESCRIBE_STRUCT(ScheduleMeeting, (), (body, title, date, starts, ends, place, chair, co_chair))

/// Result `{item}`. Without a position the item goes to the end.
struct AddAgendaItem {
  static constexpr std::string_view k_name = "meetings.add_agenda_item";
  MeetingId meeting;
  Text<2, 200> title;
  ItemKind kind = ItemKind::discussion;
  std::optional<Text<0, 120>> lead;
  Whole<1, 600> minutes;
  std::optional<Circulation> circulation;
  std::optional<Whole<1, 200>> position;
};
BOOST_DESCRIBE_STRUCT(AddAgendaItem, (), (meeting, title, kind, lead, minutes, circulation, position))

/// Changes the fields that are given.
struct EditAgendaItem {
  static constexpr std::string_view k_name = "meetings.edit_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Text<2, 200>> title;
  std::optional<ItemKind> kind;
  std::optional<Text<0, 120>> lead;
  std::optional<Whole<1, 600>> minutes;
  std::optional<Circulation> circulation;
};
BOOST_DESCRIBE_STRUCT(EditAgendaItem, (), (meeting, item, title, kind, lead, minutes, circulation))

/// To a place (`to`, counted from 1) or by steps (`by`, -1 is one up). Exactly one of them.
struct MoveAgendaItem {
  static constexpr std::string_view k_name = "meetings.move_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Whole<1, 200>> to;
  std::optional<Whole<-200, 200>> by;
};
BOOST_DESCRIBE_STRUCT(MoveAgendaItem, (), (meeting, item, to, by))

struct RemoveAgendaItem {
  static constexpr std::string_view k_name = "meetings.remove_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(RemoveAgendaItem, (), (meeting, item))

struct PublishAgenda {
  static constexpr std::string_view k_name = "meetings.publish_agenda";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(PublishAgenda, (), (meeting))

/// The first item becomes the current one.
struct StartMeeting {
  static constexpr std::string_view k_name = "meetings.start_meeting";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(StartMeeting, (), (meeting))

/// Moves "now at item N".
struct GoToItem {
  static constexpr std::string_view k_name = "meetings.go_to_item";
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(GoToItem, (), (meeting, item))

struct CloseMeeting {
  static constexpr std::string_view k_name = "meetings.close_meeting";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(CloseMeeting, (), (meeting))

using Commands = boost::mp11::mp_list<ScheduleMeeting, AddAgendaItem, EditAgendaItem, MoveAgendaItem, RemoveAgendaItem,
                                      PublishAgenda, StartMeeting, GoToItem, CloseMeeting>;

// What people see

/// Topics `meetings` (audience `public`: published ones) and `body-meetings/<body>` (audience `member`: all) and their
/// pages, key `meeting/<id>`; topic `meetings/<id>` (audiences `staff`, `member`, `public`), key `meeting`.
struct MeetingView {
  MeetingId meeting;
  BodyId body;
  std::string body_name;
  std::string title;
  std::string when;            ///< "2pm to 4pm, Tuesday 19 June 2018"
  Timestamp starts_at;
  Timestamp ends_at;
  std::string place;
  std::string chair;
  std::string co_chair;
  MeetingState state = MeetingState::draft;
  std::string state_label;     ///< "Draft", "Agenda published", "In progress", "Closed"
  bool is_draft = false;
  bool is_published = false;   ///< Published and not yet started.
  bool is_started = false;
  bool is_closed = false;
  bool has_now = false;
  std::string now_item;        ///< The current item's id; empty when the meeting is not running.
  std::string now_number;      ///< "3"
  std::string now_title;       ///< Empty for an audience that may not see the item.
  std::int64_t item_count = 0;
  bool has_items = false;
  std::int64_t planned_minutes = 0;
  std::string planned_end;     ///< "4:05pm": the start and all durations.
  bool is_over_time = false;
  std::int64_t minutes_over = 0;
  std::string href;            ///< `/meetings/<id>`
  std::string sort;            ///< Newest first in lists.
};
BOOST_DESCRIBE_STRUCT(MeetingView, (),
                      (meeting, body, body_name, title, when, starts_at, ends_at, place, chair, co_chair, state,
                       state_label, is_draft, is_published, is_started, is_closed, has_now, now_item, now_number,
                       now_title, item_count, has_items, planned_minutes, planned_end, is_over_time, minutes_over, href,
                       sort))

/// Topic `meetings/<id>`, key `agenda/<item>`.
struct AgendaItemView {
  AgendaItemId item;
  MeetingId meeting;
  std::string number;
  std::string title;           ///< Empty when `is_restricted`.
  bool is_restricted = false;  ///< True for an audience that may know only that the item is there.
  ItemKind kind = ItemKind::discussion;
  std::string kind_label;      ///< "For decision"
  std::string lead;
  std::int64_t minutes = 0;
  std::string starts;          ///< "2:15pm"
  Circulation circulation = Circulation::everyone;
  bool is_members_only = false;
  bool is_now = false;
  bool is_done = false;
  bool is_first = false;
  bool is_last = false;
  std::string sort;            ///< Zero-padded place.
};
BOOST_DESCRIBE_STRUCT(AgendaItemView, (),
                      (item, meeting, number, title, is_restricted, kind, kind_label, lead, minutes, starts, circulation,
                       is_members_only, is_now, is_done, is_first, is_last, sort))

using Views = boost::mp11::mp_list<MeetingView, AgendaItemView>;
using Notices = boost::mp11::mp_list<>;

}  // namespace witan::contract::meetings
