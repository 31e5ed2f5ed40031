#pragma once

#include "shared/contract/access.hpp"

/// What meetings accepts and shows: meetings of a body, their agenda, and where the room is now.
namespace witan::contract::meetings {

BOOST_DEFINE_ENUM_CLASS(ItemKind, decision, discussion, information, approval, note)
BOOST_DEFINE_ENUM_CLASS(Circulation, everyone, members)
BOOST_DEFINE_ENUM_CLASS(MeetingState, draft, published, started, closed)
/// Deferred to a later meeting, or withdrawn for good: such an item stays on the agenda and takes no time.
BOOST_DEFINE_ENUM_CLASS(ItemStatus, planned, deferred, withdrawn)
/// One level in, under the item above, or one level out.
BOOST_DEFINE_ENUM_CLASS(ItemLevel, in, out)

/// How somebody attends, as recorded for their seat. `absent`: neither there nor excused, or gone.
BOOST_DEFINE_ENUM_CLASS(Presence, present, remote, apologies, substitute, observer, absent)
BOOST_DEFINE_ENUM_CLASS(PaperKind, pdf, docx)
/// Being written; read by members, who may propose corrections; approved, and locked.
BOOST_DEFINE_ENUM_CLASS(MinutesState, writing, circulated, approved)
BOOST_DEFINE_ENUM_CLASS(CorrectionAnswer, accept, decline)
/// What follows from an interest in an item: who declares it stays, or withdraws while the meeting is at the item.
BOOST_DEFINE_ENUM_CLASS(InterestEffect, stay, withdraw)

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
};
BOOST_DESCRIBE_STRUCT(EditAgendaItem, (), (meeting, item, title, kind, lead, minutes, circulation, status, is_standing))

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

/// Refused while there are items under it.
struct RemoveAgendaItem {
  static constexpr std::string_view k_name = "meetings.remove_agenda_item";
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(RemoveAgendaItem, (), (meeting, item))

/// Within five clear working days of the meeting it needs the reason why it is late. When it happened is the service's to say.
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

/// For one's own seat, or by those who run the meeting for any. A point of order comes before ordinary requests. Who is waiting already, or
/// has the floor, stays where they are.
struct AskToSpeak {
  static constexpr std::string_view k_name = "meetings.ask_to_speak";
  MeetingId meeting;
  SeatId seat;
  std::optional<bool> is_point_of_order = {};
};
BOOST_DESCRIBE_STRUCT(AskToSpeak, (), (meeting, seat, is_point_of_order))

/// Takes the seat off the queue: one's own, or by those who run the meeting any.
struct WithdrawRequest {
  static constexpr std::string_view k_name = "meetings.withdraw_request";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (meeting, seat))

/// By steps within the queue (-1 is one up), among requests of its own kind.
struct MoveRequest {
  static constexpr std::string_view k_name = "meetings.move_request";
  MeetingId meeting;
  SeatId seat;
  Whole<-200, 200> by;
};
BOOST_DESCRIBE_STRUCT(MoveRequest, (), (meeting, seat, by))

/// To somebody who waits. Ends the turn of whoever has it.
struct GiveFloor {
  static constexpr std::string_view k_name = "meetings.give_floor";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(GiveFloor, (), (meeting, seat))

/// Names whose turn, so that nobody else's is ended by a page that was behind.
struct EndTurn {
  static constexpr std::string_view k_name = "meetings.end_turn";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(EndTurn, (), (meeting, seat))

/// An interest of whoever holds the seat in an item, declared or changed: by themselves, or by the secretary for them. Once the item was
/// reached, a change is the secretary's, with a reason.
struct DeclareAtItem {
  static constexpr std::string_view k_name = "meetings.declare_at_item";
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  InterestEffect effect = InterestEffect::stay;
  Text<2, 300> words;
  std::optional<Text<0, 200>> reason = {};
};
BOOST_DESCRIBE_STRUCT(DeclareAtItem, (), (meeting, item, seat, effect, words, reason))

/// As changing it.
struct WithdrawDeclaration {
  static constexpr std::string_view k_name = "meetings.withdraw_declaration";
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  std::optional<Text<0, 200>> reason = {};
};
BOOST_DESCRIBE_STRUCT(WithdrawDeclaration, (), (meeting, item, seat, reason))

/// Result `{upload}`: under that name the file's bytes can be handed in (shared/contract/files.hpp), by this person only, for a day.
/// `file_refused` with `fault` for a file whose name or length says already that it is not taken.
struct BeginUpload {
  static constexpr std::string_view k_name = "meetings.begin_upload";
  MeetingId meeting;
  Text<1, 400> file_name;   ///< Looked at for its end, and not kept.
  Whole<0, 1'000'000'000'000> bytes;
};
BOOST_DESCRIBE_STRUCT(BeginUpload, (), (meeting, file_name, bytes))

/// What has been handed in is removed.
struct CancelUpload {
  static constexpr std::string_view k_name = "meetings.cancel_upload";
  UploadId upload;
};
BOOST_DESCRIBE_STRUCT(CancelUpload, (), (upload))

/// Result `{paper}`. The file is looked into first: `file_refused` with `fault` (files::Fault) for one that is not taken.
/// Within five clear working days of the meeting it needs the reason why it is late.
struct AddPaper {
  static constexpr std::string_view k_name = "meetings.add_paper";
  MeetingId meeting;
  AgendaItemId item;
  Text<2, 160> title;
  UploadId upload;
  std::optional<Circulation> circulation;         ///< Absent: as the item's. Never wider than that.
  std::optional<CalendarDate> not_before;         ///< Until then, on a UK clock, it is for staff alone.
  std::optional<ClockTime> not_before_time;       ///< Absent: at midnight, when the day begins.
  std::optional<Text<0, 300>> late_reason;
};
BOOST_DESCRIBE_STRUCT(AddPaper, (), (meeting, item, title, upload, circulation, not_before, not_before_time, late_reason))

/// Takes the place of the version before, which stays to be read.
struct AddPaperVersion {
  static constexpr std::string_view k_name = "meetings.add_paper_version";
  MeetingId meeting;         ///< Whose paper it is.
  PaperId paper;
  UploadId upload;
  Text<2, 300> what_changed;
};
BOOST_DESCRIBE_STRUCT(AddPaperVersion, (), (meeting, paper, upload, what_changed))

/// Its title stays on the agenda with the reason; nobody gets the file any more.
struct WithdrawPaper {
  static constexpr std::string_view k_name = "meetings.withdraw_paper";
  PaperId paper;
  Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawPaper, (), (paper, reason))

/// Somebody opens a version's file. Result `{bytes, kind, title}`. `not_found` alike for one that is not there, not for them, or not yet.
struct ReadPaper {
  static constexpr std::string_view k_name = "meetings.read_paper";
  static constexpr bool k_for_gateway = true;  ///< Who opens it gets the file itself, at its address.
  PaperId paper;
  Whole<1, 1000> version;
};
BOOST_DESCRIBE_STRUCT(ReadPaper, (), (paper, version))

/// What is minuted of an agenda item, from the start of the meeting until the minutes are circulated; an empty text takes it away.
/// `stale_version` with `text` and `changes` as they stand when it was changed since it was `seen_changes` times changed.
struct WriteMinutes {
  static constexpr std::string_view k_name = "meetings.write_minutes";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Prose<0, 8000>> text = {};
  Whole<0, 1'000'000> seen_changes;  ///< As the item's row counted them.
};
BOOST_DESCRIBE_STRUCT(WriteMinutes, (), (meeting, item, text, seen_changes))

/// Records a decision under an item, or changes the words of one. Result `{decision, number}`: the number, "2018/14", is the
/// service's to give, and stays. `stale_version` as with `write_minutes`.
struct WriteDecision {
  static constexpr std::string_view k_name = "meetings.write_decision";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 1000> text;
  std::optional<DecisionId> decision = {};           ///< Absent: a new one.
  std::optional<std::int64_t> seen_changes = {};     ///< Needed for one that is there.
};
BOOST_DESCRIBE_STRUCT(WriteDecision, (), (meeting, item, text, decision, seen_changes))

/// Its number is not given again.
struct RemoveDecision {
  static constexpr std::string_view k_name = "meetings.remove_decision";
  MeetingId meeting;
  DecisionId decision;
};
BOOST_DESCRIBE_STRUCT(RemoveDecision, (), (meeting, decision))

/// Records an action under an item, or changes one. Result `{action}`. Where `owner` is the name of somebody who holds a seat of the
/// body, alone or with a comma and the seat's title, the action is theirs; else it is a name. `stale_version` as with
/// `write_minutes`.
struct WriteAction {
  static constexpr std::string_view k_name = "meetings.write_action";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 500> text;
  Text<2, 200> owner;
  CalendarDate due;
  std::optional<ActionId> action = {};               ///< Absent: a new one.
  std::optional<std::int64_t> seen_changes = {};     ///< Needed for one that is there.
};
BOOST_DESCRIBE_STRUCT(WriteAction, (), (meeting, item, text, owner, due, action, seen_changes))

struct RemoveAction {
  static constexpr std::string_view k_name = "meetings.remove_action";
  MeetingId meeting;
  ActionId action;
};
BOOST_DESCRIBE_STRUCT(RemoveAction, (), (meeting, action))

/// The members of the body read the minutes from here on, and nothing in them is rewritten. When it happened, and so whether it was
/// late, is the service's to say.
struct CirculateMinutes {
  static constexpr std::string_view k_name = "meetings.circulate_minutes";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(CirculateMinutes, (), (meeting))

/// By a member, of minutes that are circulated. Result `{correction}`.
struct ProposeCorrection {
  static constexpr std::string_view k_name = "meetings.propose_correction";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 1000> text;
};
BOOST_DESCRIBE_STRUCT(ProposeCorrection, (), (meeting, item, text))

/// Accepted with the wording that is to stand in the record, or declined with a reason.
struct AnswerCorrection {
  static constexpr std::string_view k_name = "meetings.answer_correction";
  MeetingId meeting;
  CorrectionId correction;
  CorrectionAnswer answer = CorrectionAnswer::accept;
  std::optional<Prose<0, 1000>> wording = {};
  std::optional<Text<0, 300>> reason = {};
};
BOOST_DESCRIBE_STRUCT(AnswerCorrection, (), (meeting, correction, answer, wording, reason))

/// A later meeting of the same body, begun or over, has approved them with the corrections that were accepted. They are locked, and
/// public but for what concerns items for members.
struct ApproveMinutes {
  static constexpr std::string_view k_name = "meetings.approve_minutes";
  MeetingId meeting;
  MeetingId at;
};
BOOST_DESCRIBE_STRUCT(ApproveMinutes, (), (meeting, at))

using Commands = boost::mp11::mp_list<ScheduleMeeting, AddAgendaItem, EditAgendaItem, MoveAgendaItem, RemoveAgendaItem,
                                      PublishAgenda, StartMeeting, GoToItem, PauseMeeting, ResumeMeeting, CloseMeeting,
                                      RecordAttendance, SetQuorum, AskToSpeak, WithdrawRequest, MoveRequest, GiveFloor, EndTurn,
                                      DeclareAtItem, WithdrawDeclaration, BeginUpload, CancelUpload, AddPaper, AddPaperVersion,
                                      WithdrawPaper, ReadPaper, WriteMinutes, WriteDecision, RemoveDecision, WriteAction, RemoveAction,
                                      CirculateMinutes, ProposeCorrection, AnswerCorrection, ApproveMinutes>;

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
  std::string secretary;
  std::string clock;           ///< "UK time, BST", and when the clocks change meanwhile "UK time, BST and then GMT"
  std::optional<SeriesId> series;
  std::optional<std::string> series_title;
  std::optional<std::string> publish_by;   ///< To staff, before publication: the latest day, "Monday 11 June 2018".
  std::optional<std::string> published;    ///< "2:15pm on 11 June 2018"
  std::optional<bool> is_late;             ///< Published after the latest day.
  std::optional<std::string> late_reason;
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
  std::string projected_end;   ///< As it goes: while the meeting runs, what is left counted from now. Else as planned.
  std::string now_since;       ///< "2:20pm": when the meeting came to the current item; else empty.
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
                      (meeting, body, body_name, title, when, starts_at, ends_at, place, chair, co_chair, secretary,
                       clock, series, series_title, publish_by, published, is_late, late_reason, state, state_label, is_draft, is_published, is_started, is_closed, has_now, now_item, now_number,
                       now_title, item_count, has_items, planned_minutes, planned_end, projected_end, now_since,
                       now_until, now_minutes_over, is_paused, paused_since, is_over_time, minutes_over, href,
                       sort))

/// A paper as it stands under its item, and topic `papers/<id>` (audiences `staff`, `member`, `public`), key `paper`.
struct PaperView {
  PaperId paper;
  MeetingId meeting;
  AgendaItemId item;
  std::string title;
  std::string href;            ///< `/papers/<id>`: all versions.
  std::string file_href;       ///< The newest version's file; empty once the paper is withdrawn.
  std::string type;            ///< "PDF", "Word document"
  std::string size;            ///< "1.2 MB"
  std::int64_t version = 1;
  std::string added;           ///< The newest version: "2:15pm on 11 June 2018"
  // Absent where it is not so.
  std::optional<std::int64_t> replaces;             ///< The number of the version before,
  std::optional<std::string> what_changed;          ///< and what is different from it.
  std::optional<bool> is_late;                      ///< Added after the latest day.
  std::optional<std::string> late_reason;
  std::optional<bool> is_members_only;
  std::optional<std::string> not_before;            ///< To staff, until then: "9:30am on 20 June 2018".
  std::optional<bool> is_withdrawn;
  std::optional<std::string> withdrawn_reason;
};
BOOST_DESCRIBE_STRUCT(PaperView, (),
                      (paper, meeting, item, title, href, file_href, type, size, version, added, replaces, what_changed, is_late, late_reason,
                       is_members_only, not_before, is_withdrawn, withdrawn_reason))

/// Topic `papers/<id>`, key `version/<number>`.
struct PaperVersionView {
  std::int64_t version = 1;
  std::string file_href;       ///< `/papers/<id>/file/<number>`; empty once the paper is withdrawn.
  std::string type;
  std::string size;
  std::string added;
  std::string what_changed;    ///< Empty for the first.
  std::string sort;            ///< Newest first.
};
BOOST_DESCRIBE_STRUCT(PaperVersionView, (), (version, file_href, type, size, added, what_changed, sort))

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
  std::optional<bool> is_off;                ///< Deferred or withdrawn, or under an item that is.
  std::optional<ItemStatus> status;          ///< Its own.
  std::optional<std::string> status_label;   ///< "Deferred"
  std::optional<bool> is_standing;           ///< On the agenda of each meeting of the series.
  std::optional<std::int64_t> took_minutes;  ///< Once the meeting has left it: how long it was at it.
  std::optional<bool> has_papers;
  std::optional<std::vector<PaperView>> papers;  ///< Those that this audience may know of, in the order in which they came.
};
BOOST_DESCRIBE_STRUCT(AgendaItemView, (),
                      (item, meeting, number, title, is_restricted, kind, kind_label, lead, minutes, starts, circulation,
                       is_members_only, is_now, is_done, is_first, is_last, sort, depth, has_under, may_go_in, members_by_above, is_off,
                       status, status_label, is_standing, took_minutes, has_papers, papers))

/// Topic `series/<id>` (audiences `member` and, once a meeting of it is published, `public`), key `series`. Its meetings are
/// at `meeting/<id>`, to the public those that are published.
struct SeriesView {
  SeriesId series;
  BodyId body;
  std::string body_name;
  std::string title;
};
BOOST_DESCRIBE_STRUCT(SeriesView, (), (series, body, body_name, title))

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
};
BOOST_DESCRIBE_STRUCT(AttendanceView, (), (meeting, title, members, present, remote, apologies, quorum, is_quorate, words, is_closed, href))

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

/// Topic `room/<meeting>` (audiences as those of `attendance/<meeting>`), key `room`: who has the floor. While the meeting is at an item for
/// members, the public is told of nobody.
struct RoomView {
  MeetingId meeting;
  bool is_started = false;
  bool is_paused = false;
  bool is_behind_doors = false;      ///< To the public: the current item is for members.
  std::int64_t waiting = 0;          ///< How many ask to speak.
  bool has_waiting = false;
  bool has_speaker = false;
  // Of whoever has the floor; absent where nobody has.
  std::optional<SeatId> seat;
  std::optional<PersonId> by;        ///< Not to the public.
  std::optional<std::string> name;
  std::optional<std::string> title;
  std::optional<bool> is_point_of_order;
  std::optional<std::string> since;       ///< "2:20pm"
  std::optional<Timestamp> counted_from;  ///< When the turn would have begun had no pause been in it. Absent in a pause:
  std::optional<std::string> took;        ///< then how long it has taken, "1 min 20 s".
};
BOOST_DESCRIBE_STRUCT(RoomView, (),
                      (meeting, is_started, is_paused, is_behind_doors, waiting, has_waiting, has_speaker, seat, by, name, title, is_point_of_order, since, counted_from, took))

/// Topic `room/<meeting>`, key `request/<seat>`: somebody who asks to speak.
struct RequestView {
  MeetingId meeting;
  SeatId seat;
  std::string name;
  std::string title;
  std::optional<PersonId> by;        ///< Not to the public.
  std::int64_t number = 1;           ///< The place in the queue.
  bool is_point_of_order = false;
  bool is_first = false;             ///< Of its kind.
  bool is_last = false;
  std::string asked;                 ///< "2:20pm"
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(RequestView, (), (meeting, seat, name, title, by, number, is_point_of_order, is_first, is_last, asked, sort))

/// Topic `room/<meeting>`, key `spoken/<number>`: what somebody has spoken at an item.
struct SpokenView {
  AgendaItemId item;
  std::string item_number;
  std::string item_title;
  std::string name;
  std::string title;                 ///< Of the seat.
  std::int64_t turns = 1;
  bool is_once = false;
  std::string took;                  ///< "3 min 5 s", in all.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(SpokenView, (), (item, item_number, item_title, name, title, turns, is_once, took, sort))

/// Topic `room/<meeting>`, key `declaration/<number>`: an interest in an item. To the public not of an item for members.
struct DeclarationView {
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  std::int64_t number = 1;           ///< Of the declaration.
  std::string item_number;
  std::string item_title;
  std::string name;
  std::string title;                 ///< Of the seat.
  std::optional<PersonId> by;        ///< Whose it is. Not to the public.
  std::string words;
  InterestEffect effect = InterestEffect::stay;
  std::string effect_label;          ///< "Stays for the item", "Withdraws from the item"
  bool is_withdrawing = false;
  bool is_away = false;              ///< Has withdrawn: the meeting is at the item now.
  bool is_reached = false;           ///< Only the secretary changes it, with a reason.
  std::string declared;              ///< "2:15pm on 19 June 2018"
  std::optional<std::string> reason; ///< Why it was changed once the item was reached. Not to the public.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(DeclarationView, (),
                      (meeting, item, seat, number, item_number, item_title, name, title, by, words, effect, effect_label, is_withdrawing, is_away, is_reached, declared, reason, sort))

/// A meeting at which minutes can be approved.
struct ApprovalChoice {
  MeetingId meeting;
  std::string title;
  std::string when;
};
BOOST_DESCRIBE_STRUCT(ApprovalChoice, (), (meeting, title, when))

/// Topic `minutes/<meeting>` (audiences `staff` from the start of the meeting, `member` from circulation, `public` from approval), key
/// `minutes`.
struct MinutesView {
  MeetingId meeting;
  BodyId body;
  std::string body_name;
  std::string title;           ///< Of the meeting.
  std::string when;
  MinutesState state = MinutesState::writing;
  std::string state_label;     ///< "Being written", "Circulated", "Approved"
  bool is_writing = false;
  bool is_circulated = false;
  bool is_approved = false;
  bool may_circulate = false;  ///< The meeting is over, and something is written.
  std::string href;            ///< `/meetings/<id>/minutes`
  // Absent where it is not so.
  std::optional<std::string> circulate_by;      ///< Once the meeting is over, until they are circulated: "Tuesday 3 July 2018".
  std::optional<std::string> circulated;        ///< "2:15pm on 3 July 2018"
  std::optional<bool> is_late;                  ///< Circulated after the latest day.
  std::optional<std::int64_t> open_corrections; ///< Proposed, and not answered yet. To staff.
  std::optional<bool> may_approve;              ///< All are answered, and there is a meeting that can approve them. To staff.
  std::optional<std::vector<ApprovalChoice>> choices;
  std::optional<std::string> approved;          ///< "2:15pm on 3 July 2018"
  std::optional<std::string> approved_at;       ///< The title of the meeting that approved them,
  std::optional<std::string> approved_when;     ///< when it was, and where it is shown.
  std::optional<std::string> approved_href;
  std::optional<bool> has_corrections;          ///< Some were accepted.
};
BOOST_DESCRIBE_STRUCT(MinutesView, (),
                      (meeting, body, body_name, title, when, state, state_label, is_writing, is_circulated, is_approved, may_circulate, href,
                       circulate_by, circulated, is_late, open_corrections, may_approve, choices, approved, approved_at, approved_when,
                       approved_href, has_corrections))

/// Topic `minutes/<meeting>`, key `item/<item>`: each item of the agenda.
struct MinutesItemView {
  MeetingId meeting;
  AgendaItemId item;
  std::string number;
  std::string title;           ///< Empty when `is_restricted`, as is the text.
  std::string text;
  std::int64_t changes = 0;    ///< How often the text was changed.
  std::string sort;
  // Absent where it is not so.
  std::optional<std::int64_t> depth;
  std::optional<bool> is_members_only;
  std::optional<bool> is_restricted;   ///< For an audience that may know only that the item is there.
  std::optional<bool> is_empty;        ///< Nothing is written of it.
};
BOOST_DESCRIBE_STRUCT(MinutesItemView, (), (meeting, item, number, title, text, changes, sort, depth, is_members_only, is_restricted, is_empty))

/// Topic `minutes/<meeting>`, key `item/<item>/decision/<id>`.
struct MinutesDecisionView {
  DecisionId decision;
  std::string decision_number;   ///< "2018/14"
  std::string decided;           ///< The words.
  std::int64_t decision_changes = 0;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(MinutesDecisionView, (), (decision, decision_number, decided, decision_changes, sort))

/// Topic `minutes/<meeting>`, key `item/<item>/action/<id>`.
struct MinutesActionView {
  ActionId action;
  std::string todo;              ///< The words.
  std::string owner;             ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::string due;               ///< "Tuesday 3 July 2018"
  std::string due_day;           ///< "2018-07-03"
  std::int64_t action_changes = 0;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(MinutesActionView, (), (action, todo, owner, due, due_day, action_changes, sort))

/// Topic `minutes/<meeting>`, key `item/<item>/correction/<id>`. To the public only those that were accepted, and of those the wording.
struct CorrectionView {
  CorrectionId correction;
  std::string proposed;          ///< What the member wrote. Empty to the public.
  std::string by_name;           ///< "Ada Lovelace, Chair, Cumbria LEP". Empty to the public.
  std::string proposed_on;       ///< "2:15pm on 3 July 2018". Empty to the public.
  std::string sort;
  // Absent where it is not so.
  std::optional<PersonId> by;                ///< Not to the public.
  std::optional<bool> is_open;
  std::optional<bool> is_accepted;
  std::optional<std::string> wording;        ///< As it is to stand in the record.
  std::optional<bool> is_declined;
  std::optional<std::string> declined_reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionView, (),
                      (correction, proposed, by_name, proposed_on, sort, by, is_open, is_accepted, wording, is_declined, declined_reason))

/// Topics `decisions/<body>` (audience `public`: from approval, but for items for members) and `body-decisions/<body>` (audience
/// `member`: from circulation) and their pages, key `decision/<id>`.
struct DecisionView {
  DecisionId decision;
  MeetingId meeting;
  std::string decision_number;
  std::string decided;
  std::string meeting_title;
  std::string when;              ///< The meeting's day: "Tuesday 19 June 2018"
  std::string item_title;
  std::string href;              ///< Where it stands in the minutes.
  std::string sort;              ///< The latest first.
  std::optional<bool> is_members_only;
  std::optional<bool> is_unapproved;   ///< The minutes are not approved yet.
};
BOOST_DESCRIBE_STRUCT(DecisionView, (),
                      (decision, meeting, decision_number, decided, meeting_title, when, item_title, href, sort, is_members_only, is_unapproved))

using Views = boost::mp11::mp_list<MeetingView, AgendaItemView, SeriesView, AttendanceView, AttendeeView, RoomView, RequestView, SpokenView, DeclarationView,
                                   PaperView, PaperVersionView, MinutesView, MinutesItemView, MinutesDecisionView, MinutesActionView, CorrectionView,
                                   DecisionView>;
using Notices = boost::mp11::mp_list<>;

}  // namespace witan::contract::meetings
