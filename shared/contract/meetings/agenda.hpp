#pragma once

#include "shared/contract/meetings/papers.hpp"

/// Meetings of a body, their agenda, and where the meeting is now.
namespace witan::contract::meetings {

BOOST_DEFINE_ENUM_CLASS(ItemKind, decision, discussion, information, approval, note)
BOOST_DEFINE_ENUM_CLASS(MeetingState, draft, published, started, closed)
/// Deferred to a later meeting, or withdrawn for good: such an item stays on the agenda and takes no time.
BOOST_DEFINE_ENUM_CLASS(ItemStatus, planned, deferred, withdrawn)
/// One level in, under the item above, or one level out.
BOOST_DEFINE_ENUM_CLASS(ItemLevel, in, out)

// Commands

/// Result `{meeting}`, and `{series}` where it is of one. Times are on a UK clock; an end before the start is on the next day.
/// A meeting of a series takes over the standing items of the latest one.
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
  std::optional<Text<0, 120>> secretary = {};
  std::optional<SeriesId> series = {};            ///< The meeting is of this series,
  std::optional<Text<0, 120>> new_series = {};    ///< or begins one of this name.
};
BOOST_DESCRIBE_STRUCT(ScheduleMeeting, (),
                      (body, title, date, starts, ends, place, chair, co_chair, secretary, series, new_series))

/// Another day, other times or another place, while the meeting has not begun. Times as with `schedule_meeting`; all of them as they are
/// to be. Once the agenda is published it needs a reason, which everyone reads who may see the meeting.
struct RescheduleMeeting {
  static constexpr std::string_view k_name = "meetings.reschedule_meeting";
  MeetingId meeting;
  CalendarDate date;
  ClockTime starts;
  ClockTime ends;
  Text<1, 200> place;
  std::optional<Text<0, 160>> title = {};    ///< Empty or absent: as it is.
  std::optional<Text<0, 300>> reason = {};
  std::optional<Whole<0, 1'000'000>> seen_sequence = {};  ///< As the meeting's row had it: `stale_version` when it was changed since.
};
BOOST_DESCRIBE_STRUCT(RescheduleMeeting, (), (meeting, date, starts, ends, place, title, reason, seen_sequence))

/// A meeting that has not begun will not take place. Its agenda stays to be read, and nothing changes in it any more.
struct CancelMeeting {
  static constexpr std::string_view k_name = "meetings.cancel_meeting";
  MeetingId meeting;
  Text<2, 300> reason;
  std::optional<Whole<0, 1'000'000>> seen_sequence = {};  ///< As in `reschedule_meeting`.
};
BOOST_DESCRIBE_STRUCT(CancelMeeting, (), (meeting, reason, seen_sequence))

/// Who chairs and who is the secretary, as it stands on the agenda: all three as they are to be; empty or absent: nobody is named. Until the meeting is over.
struct SetChairs {
  static constexpr std::string_view k_name = "meetings.set_chairs";
  MeetingId meeting;
  std::optional<Text<0, 120>> chair;
  std::optional<Text<0, 120>> co_chair;
  std::optional<Text<0, 120>> secretary;
  /// As they stood when the sender saw them. A name that is sent as it stood then stays as it is by now; where somebody else has changed one
  /// that the sender changes too, nothing is changed: `stale_version`, with `seen`: the three as they stand now, under these names. All absent: not looked at.
  std::optional<Text<0, 120>> seen_chair = {};
  std::optional<Text<0, 120>> seen_co_chair = {};
  std::optional<Text<0, 120>> seen_secretary = {};
};
BOOST_DESCRIBE_STRUCT(SetChairs, (), (meeting, chair, co_chair, secretary, seen_chair, seen_co_chair, seen_secretary))

/// Result `{item}`. Without a position the item goes to the end: of the agenda, or of the items under `under`.
struct AddAgendaItem {
  static constexpr std::string_view k_name = "meetings.add_agenda_item";
  MeetingId meeting;
  Text<2, 200> title;
  ItemKind kind = ItemKind::discussion;
  std::optional<Text<0, 120>> lead;
  Whole<1, 600> minutes;
  std::optional<Circulation> circulation;
  std::optional<Whole<1, 200>> position;
  std::optional<AgendaItemId> under = {};
  std::optional<bool> is_standing = {};
};
BOOST_DESCRIBE_STRUCT(AddAgendaItem, (), (meeting, title, kind, lead, minutes, circulation, position, under, is_standing))

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
  std::optional<ItemStatus> status = {};
  std::optional<bool> is_standing = {};           ///< On the agenda of each meeting of the series.
  /// How often the item had been changed when the sender saw it. Fields that are given as they were then stay as they are by now; where
  /// somebody else has changed one that the sender changes too, nothing is changed: `stale_version`, with how each of these is now.
  std::optional<Whole<0, 1'000'000>> seen_changes = {};
};
BOOST_DESCRIBE_STRUCT(EditAgendaItem, (), (meeting, item, title, kind, lead, minutes, circulation, status, is_standing, seen_changes))

/// To a place among the items beside it (`to`, counted from 1), by steps among them (`by`, -1 is one up), or to another
/// level (`level`). Exactly one of these. All that is under the item goes with it.
struct MoveAgendaItem {
  static constexpr std::string_view k_name = "meetings.move_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Whole<1, 200>> to;
  std::optional<Whole<-200, 200>> by;
  std::optional<ItemLevel> level = {};
};
BOOST_DESCRIBE_STRUCT(MoveAgendaItem, (), (meeting, item, to, by, level))

/// Result `{to, item}`: the item as it is here becomes the last one of another meeting, with its papers that are there, as they are now, and with
/// what each reader wrote for themselves beside them. By who prepares both. The item stays here, and both say so. A paper is closed to whoever has
/// withdrawn from the item at either meeting, while that meeting is at it.
struct ForwardItem {
  static constexpr std::string_view k_name = "meetings.forward_item";
  MeetingId meeting;
  AgendaItemId item;
  MeetingId to;
  std::optional<Text<0, 300>> late_reason = {};   ///< Needed where it has papers and those of the other meeting are due already.
};
BOOST_DESCRIBE_STRUCT(ForwardItem, (), (meeting, item, to, late_reason))

/// The papers of the item, and of those under it, go to these seats alone, and to who prepares the meeting. Other members see that the item is on the
/// agenda and what it is called, the public only that there is one. At most twelve items of an agenda, twenty seats in all.
struct NameSeats {
  static constexpr std::string_view k_name = "meetings.name_seats";
  MeetingId meeting;
  AgendaItemId item;
  std::vector<SeatId> seats;  ///< All of them, at least one; as on the meeting's list.
  std::optional<Whole<0, 1'000'000>> seen_changes = {};  ///< As in `edit_agenda_item`: `stale_version` when the item was changed since.
};
BOOST_DESCRIBE_STRUCT(NameSeats, (), (meeting, item, seats, seen_changes))

/// The papers of an item that was for named seats go to all members.
struct OpenToMembers {
  static constexpr std::string_view k_name = "meetings.open_to_members";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Whole<0, 1'000'000>> seen_changes = {};  ///< As in `name_seats`.
};
BOOST_DESCRIBE_STRUCT(OpenToMembers, (), (meeting, item, seen_changes))

/// Result `{from, items}`: a draft without items begins as the agenda of the latest meeting of the body before it: titles, kinds, leads, minutes,
/// levels, and for whom; without what was withdrawn there, and without papers. `not_found` where there is none.
struct CopyAgenda {
  static constexpr std::string_view k_name = "meetings.copy_agenda";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(CopyAgenda, (), (meeting))

/// Refused while there are items under it.
struct RemoveAgendaItem {
  static constexpr std::string_view k_name = "meetings.remove_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(RemoveAgendaItem, (), (meeting, item))

/// How many clear working days before the meeting its agenda and papers are due: five, where nothing is set. Until the agenda is published.
struct SetPublicationClock {
  static constexpr std::string_view k_name = "meetings.set_publication_clock";
  MeetingId meeting;
  Whole<0, 30> clear_days;
  std::optional<bool> is_rule = {};  ///< Also of the body's meetings that are scheduled from now on.
};
BOOST_DESCRIBE_STRUCT(SetPublicationClock, (), (meeting, clear_days, is_rule))

/// After the day on which it is due (`set_publication_clock`) it needs the reason why it is late. When it happened is the service's to say.
struct PublishAgenda {
  static constexpr std::string_view k_name = "meetings.publish_agenda";
  MeetingId meeting;
  std::optional<Text<0, 300>> reason = {};
};
BOOST_DESCRIBE_STRUCT(PublishAgenda, (), (meeting, reason))

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

/// The clock of the current item stands until the meeting is resumed.
struct PauseMeeting {
  static constexpr std::string_view k_name = "meetings.pause_meeting";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(PauseMeeting, (), (meeting))

struct ResumeMeeting {
  static constexpr std::string_view k_name = "meetings.resume_meeting";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(ResumeMeeting, (), (meeting))

struct CloseMeeting {
  static constexpr std::string_view k_name = "meetings.close_meeting";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(CloseMeeting, (), (meeting))

using AgendaCommands = boost::mp11::mp_list<ScheduleMeeting, RescheduleMeeting, CancelMeeting, SetChairs, SetPublicationClock, AddAgendaItem, EditAgendaItem, NameSeats, OpenToMembers, MoveAgendaItem, ForwardItem, CopyAgenda, RemoveAgendaItem,
                                            PublishAgenda, StartMeeting, GoToItem, PauseMeeting, ResumeMeeting, CloseMeeting>;

// What people see

/// Day and times as a form takes them.
struct ScheduleForm {
  std::string date;            ///< "2018-06-19"
  std::string starts;          ///< "14:00"
  std::string ends;
};
BOOST_DESCRIBE_STRUCT(ScheduleForm, (), (date, starts, ends))

/// The meeting was put to another day, time or place.
struct ScheduleChange {
  std::string at;                          ///< "2:15pm on 11 June 2018"
  std::string reason;
  std::optional<std::string> was_when;     ///< The day and times before, where these changed.
  std::optional<std::string> was_place;    ///< The place before, where that changed.
};
BOOST_DESCRIBE_STRUCT(ScheduleChange, (), (at, reason, was_when, was_place))

/// The meeting will not take place.
struct Cancellation {
  std::string at;                          ///< "2:15pm on 11 June 2018"
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Cancellation, (), (at, reason))

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
  std::optional<std::string> place_href;   ///< The first https address in the place.
  std::string chair;
  std::string co_chair;
  std::string secretary;
  std::string clock;           ///< "UK time, BST", and when the clocks change meanwhile "UK time, BST and then GMT"
  std::optional<SeriesId> series;
  std::optional<std::string> series_title;
  std::optional<std::string> publish_by;   ///< To staff, before publication: the latest day, "Monday 11 June 2018".
  std::optional<std::int64_t> clear_days;  ///< With `publish_by`: how many clear working days that is before the meeting.
  std::optional<std::string> published;    ///< "2:15pm on 11 June 2018"
  std::optional<std::string> removed;      ///< After publication, an item was removed: when last, "2:15pm on 12 June 2018".
  std::optional<bool> is_late;             ///< Published after the latest day.
  std::optional<std::string> late_reason;
  std::optional<std::int64_t> sequence;    ///< How often title, date or place changed, or the meeting was cancelled: as calendars count.
  std::optional<Timestamp> revised_at;     ///< When what a calendar holds of it was said last.
  std::optional<ScheduleForm> form;        ///< To staff, until the meeting begins or is cancelled.
  std::optional<ScheduleChange> change;    ///< After publication, the last one.
  std::optional<Cancellation> cancellation;
  MeetingState state = MeetingState::draft;
  std::string state_label;     ///< "Draft", "Agenda published", "In progress", "Closed", "Cancelled"
  bool is_draft = false;
  bool is_published = false;   ///< Published, not yet started and not cancelled.
  bool is_started = false;
  bool is_closed = false;
  bool has_now = false;
  std::string now_item;        ///< The current item's id; empty when the meeting is not running.
  std::string now_number;      ///< "3"
  std::string now_title;       ///< Empty for an audience that may not see the item.
  std::optional<std::string> next_item;    ///< The id of the one after it that takes time; absent at the last one.
  std::int64_t item_count = 0;
  bool has_items = false;
  std::int64_t planned_minutes = 0;
  std::string planned_end;     ///< "4:05pm": the start and all durations.
  std::string projected_end;   ///< As it goes: while the meeting runs, what is left counted from now. Else as planned.
  std::string now_since;       ///< "2:20pm": when the meeting came to the current item; else empty.
  std::optional<Timestamp> now_counted_from;       ///< The same moment, later by as long as the meeting was paused at it: from here its time counts. Absent while it is paused.
  std::string now_until;       ///< "2:35pm": when its time is up; empty where none is set.
  std::optional<std::int64_t> now_minutes_over;  ///< By how much its time is over: told after a minute, then every five.
  std::optional<bool> is_paused;              ///< In progress, and paused.
  std::optional<std::string> paused_since;    ///< "2:30pm"
  bool is_over_time = false;
  std::int64_t minutes_over = 0;
  std::string href;            ///< `/meetings/<id>`
  std::string sort;            ///< Newest first in lists.
};
BOOST_DESCRIBE_STRUCT(MeetingView, (),
                      (meeting, body, body_name, title, when, starts_at, ends_at, place, place_href, chair, co_chair, secretary,
                       clock, series, series_title, publish_by, clear_days, published, removed, is_late, late_reason, sequence, revised_at, form, change, cancellation, state, state_label, is_draft, is_published, is_started, is_closed, has_now, now_item, now_number,
                       now_title, next_item, item_count, has_items, planned_minutes, planned_end, projected_end, now_since, now_counted_from,
                       now_until, now_minutes_over, is_paused, paused_since, is_over_time, minutes_over, href,
                       sort))
/// Topic `meetings/<id>` (audience `staff`), key `last_agenda/<meeting>`: there while the agenda has no items and could begin as that one (`copy_agenda`).
struct LastAgendaView {
  MeetingId meeting;
  std::string title;           ///< Of that meeting,
  std::string when;            ///< and its day.
  std::string href;
  std::int64_t items = 0;
};
BOOST_DESCRIBE_STRUCT(LastAgendaView, (), (meeting, title, when, href, items))

/// An item of another meeting.
struct OtherItem {
  std::string title;           ///< Of the meeting,
  std::string when;            ///< and its day.
  std::string href;            ///< Where the item stands there.
};
BOOST_DESCRIBE_STRUCT(OtherItem, (), (title, when, href))

/// Topic `meetings/<id>`, key `agenda/<item>`.
struct AgendaItemView {
  AgendaItemId item;
  MeetingId meeting;
  std::string number;          ///< "3", or "3.1" for an item under it.
  std::string title;           ///< Empty when `is_restricted`.
  bool is_restricted = false;  ///< True for an audience that may know only that the item is there.
  ItemKind kind = ItemKind::discussion;
  std::string kind_label;      ///< "For decision"
  std::string lead;
  std::int64_t minutes = 0;    ///< Of an item with others under it: of those together.
  std::string starts;          ///< "2:15pm": as planned, or as the meeting goes.
  Circulation circulation = Circulation::everyone;
  bool is_members_only = false;
  bool is_now = false;
  bool is_done = false;
  bool is_first = false;       ///< Of the items beside it.
  bool is_last = false;
  std::string sort;            ///< Zero-padded place.
  // Absent where it is not so: an agenda has many rows.
  std::optional<std::int64_t> depth;         ///< 1 for an item under another, 2 for one under that.
  std::optional<bool> has_under;             ///< There are items under it.
  std::optional<bool> may_go_in;             ///< There is an item above that it may go under.
  std::optional<bool> members_by_above;      ///< For members because an item above is, not by itself.
  std::optional<bool> is_named;              ///< Its papers go to named seats alone (`name_seats`), itself or because of an item above.
  std::optional<bool> is_off;                ///< Deferred or withdrawn, or under an item that is.
  std::optional<ItemStatus> status;          ///< Its own.
  std::optional<std::string> status_label;   ///< "Deferred"
  std::optional<bool> is_standing;           ///< On the agenda of each meeting of the series.
  std::optional<std::int64_t> took_minutes;  ///< Once the meeting has left it: how long it was at it.
  std::optional<std::string> changed;        ///< "Changed after publication, at 2:15pm on 12 June 2018: title, lead."
  std::optional<std::int64_t> changes;       ///< How often its fields were changed.
  std::optional<bool> has_papers;
  std::optional<std::vector<PaperView>> papers;  ///< Those that this audience may know of, in the order in which they came.
  std::optional<OtherItem> forwarded_from;       ///< Where it came from, and to which it went last, as far as this audience may know of the
  std::optional<OtherItem> forwarded_to;         ///< other meeting.
};
BOOST_DESCRIBE_STRUCT(AgendaItemView, (),
                      (item, meeting, number, title, is_restricted, kind, kind_label, lead, minutes, starts, circulation,
                       is_members_only, is_now, is_done, is_first, is_last, sort, depth, has_under, may_go_in, members_by_above, is_named, is_off,
                       status, status_label, is_standing, took_minutes, changed, changes, has_papers, papers, forwarded_from, forwarded_to))

/// Topic `series/<id>` (audiences `member` and, once a meeting of it is published, `public`), key `series`. Its meetings are
/// at `meeting/<id>`, to the public those that are published.
struct SeriesView {
  SeriesId series;
  BodyId body;
  std::string body_name;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(SeriesView, (), (series, body, body_name, title))

/// A seat on the meeting's list, among those that can be named.
struct SeatChoice {
  SeatId seat;
  std::string title;
  std::string name;                ///< Of who holds it.
  std::optional<bool> is_named;
};
BOOST_DESCRIBE_STRUCT(SeatChoice, (), (seat, title, name, is_named))

/// Topic `circulation/<meeting>` (audience `staff`), key `circulation`: who can be named.
struct CirculationView {
  MeetingId meeting;
  std::string title;
  std::vector<SeatChoice> seats;
};
BOOST_DESCRIBE_STRUCT(CirculationView, (), (meeting, title, seats))

/// Topic `circulation/<meeting>`, key `named/<item>`: an item whose papers go to named seats by itself.
struct NamedItemView {
  MeetingId meeting;
  AgendaItemId item;
  std::string number;
  std::string item_title;
  std::int64_t changes = 0;        ///< How often the item was changed.
  std::vector<SeatChoice> seats;   ///< All that can be named.
  std::string words;               ///< Those that are: "Chair, Cumbria LEP (Ada Lovelace); …"
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(NamedItemView, (), (meeting, item, number, item_title, changes, seats, words, sort))

using AgendaViews = boost::mp11::mp_list<MeetingView, LastAgendaView, AgendaItemView, SeriesView, CirculationView, NamedItemView>;

}  // namespace witan::contract::meetings
