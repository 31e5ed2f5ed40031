#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/attendance/events.hpp"
#include "services/meetings/domain/room/events.hpp"
#include "services/meetings/domain/votes/events.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"

/// What can have happened to a meeting. Never changed once written; a changed meaning is a new name.
namespace witan::meetings {

namespace wire = contract::meetings;

/// Who leads or chairs may be named in full, so those texts can be erased.
struct MeetingScheduled {
  static constexpr std::string_view k_type = "meeting_scheduled";
  MeetingId meeting;
  BodyId body;
  std::string title;
  Timestamp starts_at;
  Timestamp ends_at;
  std::string place;
  std::optional<Erasable> chair;
  std::optional<Erasable> co_chair;
  std::optional<Erasable> secretary = {};
  std::optional<SeriesId> series = {};
  std::optional<std::string> series_title = {};
};
BOOST_DESCRIBE_STRUCT(MeetingScheduled, (),
                      (meeting, body, title, starts_at, ends_at, place, chair, co_chair, secretary, series, series_title))

/// How many clear working days before the meeting its agenda is due, where that is another number than before.
struct ClearDaysSet {
  static constexpr std::string_view k_type = "clear_days_set";
  std::int64_t clear_days = 0;
};
BOOST_DESCRIBE_STRUCT(ClearDaysSet, (), (clear_days))

/// An item of the agenda of another meeting.
struct ItemElsewhere {
  MeetingId meeting;
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(ItemElsewhere, (), (meeting, item))

struct AgendaItemAdded {
  static constexpr std::string_view k_type = "agenda_item_added";
  AgendaItemId item;
  std::int64_t position = 1;  ///< Counted from 1; one beyond the last place means the last.
  std::string title;
  wire::ItemKind kind = wire::ItemKind::discussion;
  std::optional<Erasable> lead;
  std::int64_t minutes = 0;
  wire::Circulation circulation = wire::Circulation::everyone;
  std::optional<AgendaItemId> under = {};  ///< `position` counts the items directly under this one. Absent: of the first level.
  std::optional<bool> is_standing = {};
  std::optional<ItemElsewhere> from = {};  ///< It was forwarded from there.
  std::optional<std::vector<SeatId>> seats = {};  ///< As in SeatsNamed.
};
BOOST_DESCRIBE_STRUCT(AgendaItemAdded, (), (item, position, title, kind, lead, minutes, circulation, under, is_standing, from, seats))

/// The item became one of another meeting as well.
struct ItemForwarded {
  static constexpr std::string_view k_type = "item_forwarded";
  AgendaItemId item;
  ItemElsewhere to;
};
BOOST_DESCRIBE_STRUCT(ItemForwarded, (), (item, to))

/// The item as it is afterwards, in its place.
struct AgendaItemEdited {
  static constexpr std::string_view k_type = "agenda_item_edited";
  AgendaItemId item;
  std::string title;
  wire::ItemKind kind = wire::ItemKind::discussion;
  std::optional<Erasable> lead;
  std::int64_t minutes = 0;
  wire::Circulation circulation = wire::Circulation::everyone;
  std::optional<wire::ItemStatus> status = {};  ///< Absent: planned.
  std::optional<bool> is_standing = {};
};
BOOST_DESCRIBE_STRUCT(AgendaItemEdited, (), (item, title, kind, lead, minutes, circulation, status, is_standing))

/// The papers of the item go to these seats alone, and what else there is of it to members.
struct SeatsNamed {
  static constexpr std::string_view k_type = "seats_named";
  AgendaItemId item;
  std::optional<std::vector<SeatId>> seats;  ///< Absent: to all members.
};
BOOST_DESCRIBE_STRUCT(SeatsNamed, (), (item, seats))

struct AgendaItemMoved {
  static constexpr std::string_view k_type = "agenda_item_moved";
  AgendaItemId item;
  std::int64_t to = 1;  ///< Which of the items beside it it is afterwards, counted from 1.
};
BOOST_DESCRIBE_STRUCT(AgendaItemMoved, (), (item, to))

/// The item, with all that is under it, went under another one, or out of it to the level above.
struct AgendaItemNested {
  static constexpr std::string_view k_type = "agenda_item_nested";
  AgendaItemId item;
  std::optional<AgendaItemId> under;  ///< Absent: to the first level.
  std::int64_t to = 1;                ///< Which of the items there it is afterwards, counted from 1.
};
BOOST_DESCRIBE_STRUCT(AgendaItemNested, (), (item, under, to))

struct AgendaItemRemoved {
  static constexpr std::string_view k_type = "agenda_item_removed";
  AgendaItemId item;
};
BOOST_DESCRIBE_STRUCT(AgendaItemRemoved, (), (item))

BOOST_DEFINE_ENUM_CLASS(ItemPart, title, kind, lead, duration, circulation, status, place)

/// The agenda is otherwise than it was published: follows the event that made it so.
struct AgendaChanged {
  static constexpr std::string_view k_type = "agenda_changed";
  std::optional<AgendaItemId> item;  ///< Absent: an item was removed.
  std::vector<ItemPart> parts;       ///< What is different about the item; none: it was added.
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(AgendaChanged, (), (item, parts, at))

/// The moment is that of the service's clock; nobody else may name it.
struct AgendaPublished {
  static constexpr std::string_view k_type = "agenda_published";
  std::optional<Timestamp> at = {};
  std::optional<Erasable> late_reason = {};  ///< There when it was published after the latest day.
};
BOOST_DESCRIBE_STRUCT(AgendaPublished, (), (at, late_reason))

/// How the meeting is from here on. Everyone reads the reason, which is there where the agenda was published already.
struct MeetingRescheduled {
  static constexpr std::string_view k_type = "meeting_rescheduled";
  std::string title;
  Timestamp starts_at;
  Timestamp ends_at;
  std::string place;
  Timestamp at;
  std::optional<Erasable> reason;
};
BOOST_DESCRIBE_STRUCT(MeetingRescheduled, (), (title, starts_at, ends_at, place, at, reason))

/// Who chairs and who is the secretary from here on. Absent: nobody is named.
struct ChairsSet {
  static constexpr std::string_view k_type = "chairs_set";
  std::optional<Erasable> chair;
  std::optional<Erasable> co_chair;
  std::optional<Erasable> secretary;
};
BOOST_DESCRIBE_STRUCT(ChairsSet, (), (chair, co_chair, secretary))

/// It will not take place.
struct MeetingCancelled {
  static constexpr std::string_view k_type = "meeting_cancelled";
  Timestamp at;
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(MeetingCancelled, (), (at, reason))

/// When the pointer moved is part of what happened: the times of all later items follow from it.
struct MeetingStarted {
  static constexpr std::string_view k_type = "meeting_started";
  AgendaItemId item;  ///< The first one.
  std::optional<Timestamp> at = {};
};
BOOST_DESCRIBE_STRUCT(MeetingStarted, (), (item, at))

struct WentToItem {
  static constexpr std::string_view k_type = "went_to_item";
  AgendaItemId item;
  std::optional<Timestamp> at = {};
};
BOOST_DESCRIBE_STRUCT(WentToItem, (), (item, at))

/// The current item takes longer than was planned. Comes by itself.
struct ItemOverran {
  static constexpr std::string_view k_type = "item_overran";
  AgendaItemId item;
  std::int64_t minutes = 0;  ///< Whole minutes over its time.
};
BOOST_DESCRIBE_STRUCT(ItemOverran, (), (item, minutes))

/// From here until the meeting is resumed, no time passes for its current item.
struct MeetingPaused {
  static constexpr std::string_view k_type = "meeting_paused";
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(MeetingPaused, (), (at))

struct MeetingResumed {
  static constexpr std::string_view k_type = "meeting_resumed";
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(MeetingResumed, (), (at))

struct MeetingClosed {
  static constexpr std::string_view k_type = "meeting_closed";
  std::optional<Timestamp> at = {};
};
BOOST_DESCRIBE_STRUCT(MeetingClosed, (), (at))

struct LeadOfItem {
  AgendaItemId item;
  Erasable lead;
};
BOOST_DESCRIBE_STRUCT(LeadOfItem, (), (item, lead))

/// Somebody's account was deleted: the texts that named them, as they are without the name. Absent: as it was.
struct NameRemoved {
  static constexpr std::string_view k_type = "name_removed";
  std::optional<Erasable> chair;
  std::optional<Erasable> co_chair;
  std::vector<LeadOfItem> leads;
  std::optional<Erasable> secretary = {};
  std::optional<Erasable> late_reason = {};
  std::optional<std::vector<TextsOfAttendee>> attendees = {};
  std::optional<std::vector<TextsOfDeclaration>> declarations = {};
  std::optional<std::vector<TextOfVote>> votes = {};
  std::optional<Erasable> change_reason = {};
  std::optional<Erasable> cancel_reason = {};
};
BOOST_DESCRIBE_STRUCT(NameRemoved, (), (chair, co_chair, leads, secretary, late_reason, attendees, declarations, votes, change_reason, cancel_reason))

using MeetingEvent =
    std::variant<MeetingScheduled, AgendaItemAdded, AgendaItemEdited, AgendaItemMoved, AgendaItemNested,
                 AgendaItemRemoved, AgendaPublished, MeetingRescheduled, MeetingCancelled, MeetingStarted, WentToItem, ItemOverran, MeetingPaused, MeetingResumed, MeetingClosed, NameRemoved,
                 SeatsListed, SeatUnlisted, AttendanceRecorded, QuorumSet, ClearDaysSet, AttendeeForgotten, SpeakerAsked, RequestWithdrawn, RequestMoved, FloorGiven, TurnEnded,
                 QueueEmptied, InterestDeclared, DeclarationWithdrawn, RecusalBegan, RecusalEnded, MotionMoved, MotionSeconded, MotionWithdrawn, VoteOpened,
                 VoteCast, HandTakenBack, VoteClosed, VoteCancelled,
                 AgendaChanged, ItemForwarded, SeatsNamed, ChairsSet>;

/// Directory told us of a body.
struct BodyNamed {
  static constexpr std::string_view k_type = "body_named";
  BodyId body;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(BodyNamed, (), (body, name))

/// Directory told us who holds a seat of the body, or under which name.
struct SeatTaken {
  static constexpr std::string_view k_type = "seat_taken";
  BodyId body;
  HeldSeat held;
};
BOOST_DESCRIBE_STRUCT(SeatTaken, (), (body, held))

struct SeatLeft {
  static constexpr std::string_view k_type = "seat_left";
  BodyId body;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(SeatLeft, (), (body, seat))

/// How many clear working days before the meeting its agenda is due.
struct BodyClearDaysSet {
  static constexpr std::string_view k_type = "body_clear_days_set";
  BodyId body;  ///< Whose meetings are scheduled so from here on.
  std::int64_t clear_days = 0;
};
BOOST_DESCRIBE_STRUCT(BodyClearDaysSet, (), (body, clear_days))

/// With which quorum the body's meetings are scheduled. Absent: none.
struct BodyQuorumSet {
  static constexpr std::string_view k_type = "body_quorum_set";
  BodyId body;
  std::optional<std::int64_t> quorum;
};
BOOST_DESCRIBE_STRUCT(BodyQuorumSet, (), (body, quorum))

using KnownBodyEvent = std::variant<BodyNamed, SeatTaken, SeatLeft, BodyQuorumSet, BodyClearDaysSet>;

/// Directory told us of a person.
struct PersonNamed {
  static constexpr std::string_view k_type = "person_named";
  PersonId person;
  Erasable name;
  std::optional<std::int64_t> number = {};  ///< Of the change of name; absent for the first name.
};
BOOST_DESCRIBE_STRUCT(PersonNamed, (), (person, name, number))

/// The person's account was deleted: their name is no more.
struct PersonForgotten {
  static constexpr std::string_view k_type = "person_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(PersonForgotten, (), (person))

using KnownPersonEvent = std::variant<PersonNamed, PersonForgotten>;

}  // namespace witan::meetings
