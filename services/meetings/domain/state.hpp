#pragma once

#include <vector>

#include "services/meetings/domain/attendance/attendance.hpp"
#include "services/meetings/domain/events.hpp"
#include "services/meetings/domain/room/room.hpp"
#include "services/meetings/domain/votes/votes.hpp"

namespace witan::meetings {

/// Clear working days between the day of publication and that of the meeting, where nothing else is set; neither of the two counts.
inline constexpr std::int64_t k_clear_days = 5;

struct AgendaItem {
  AgendaItemId item;
  std::string title;
  wire::ItemKind kind = wire::ItemKind::discussion;
  std::optional<Erasable> lead;
  std::int64_t minutes = 0;
  wire::Circulation circulation = wire::Circulation::everyone;
  wire::ItemStatus status = wire::ItemStatus::planned;
  bool is_standing = false;
  std::int64_t depth = 0;  ///< 0 for an item of the first level, 1 for one under it, and so on.
  /// When the meeting came to it first, and how long it has been at it before now.
  std::optional<Timestamp> reached_at = {};
  std::chrono::milliseconds elapsed{0};
  /// After publication: when it was added or changed last, and what is different about it since.
  std::optional<Timestamp> changed_at = {};
  bool is_added_late = false;
  std::vector<ItemPart> changed = {};
  /// How often its fields were changed, and how they were before, the latest last (agenda/edit.hpp).
  std::int64_t changes = 0;
  std::vector<AgendaItemEdited> before = {};
  std::optional<std::vector<SeatId>> seats = {};  ///< Its papers go to these alone (agenda/circulation.hpp); then it is for members.
  std::optional<ItemElsewhere> from = {};  ///< It was forwarded from there,
  std::optional<ItemElsewhere> to = {};    ///< and to there last.
};

/// A day, times and a place that people knew and that are no more.
struct Appointment {
  Timestamp starts_at;
  Timestamp ends_at;
  std::string place;
};

/// A meeting of a body with its agenda, in order (agenda.hpp). Default-constructed: does not exist yet.
struct Meeting {
  MeetingId meeting;
  BodyId body;
  std::string title;
  Timestamp starts_at;
  Timestamp ends_at;
  std::string place;
  std::optional<Erasable> chair;
  std::optional<Erasable> co_chair;
  std::optional<Erasable> secretary;
  std::optional<SeriesId> series;
  std::string series_title;
  wire::MeetingState state = wire::MeetingState::draft;
  std::vector<AgendaItem> items;
  AgendaItemId now;  ///< Empty unless the meeting is started.
  std::optional<Timestamp> published_at;
  std::optional<Erasable> late_reason;
  std::optional<Timestamp> item_removed_at;  ///< After publication, the last time.
  std::int64_t sequence = 0;           ///< How often it was rescheduled or cancelled.
  std::optional<Appointment> was;      ///< Before it was last rescheduled after publication.
  std::optional<Timestamp> changed_at;
  std::optional<Erasable> change_reason;
  std::optional<Timestamp> cancelled_at;
  std::optional<Erasable> cancel_reason;
  std::optional<Timestamp> started_at;
  std::optional<Timestamp> closed_at;
  std::optional<Timestamp> now_since;  ///< Nothing unless the meeting is started.
  std::optional<Timestamp> paused_at;  ///< There while the meeting is paused.
  std::chrono::milliseconds now_paused{0};  ///< For how long the meeting was paused at its current item, before now.
  std::int64_t minutes_over = 0;       ///< By how much the current item's time is over, as told last.

  AttendanceList attendance;
  std::optional<std::int64_t> quorum;
  std::int64_t clear_days = k_clear_days;  ///< By when the agenda is due (agenda/publication.hpp).
  Room room;
  Votes votes;

  bool is_started() const { return state == wire::MeetingState::started; }
  bool is_paused() const { return paused_at.has_value(); }
  bool is_cancelled() const { return cancelled_at.has_value(); }
  bool is_closed() const { return state == wire::MeetingState::closed; }
};

/// A body that directory has established, as far as meetings needs to know it.
struct KnownBody {
  BodyId body;
  std::string name;
  std::map<SeatId, HeldSeat> seats;  ///< Those that are held.
  std::optional<std::int64_t> quorum;
  std::optional<std::int64_t> clear_days;
};

/// A person whom directory has registered; nothing once their account was deleted.
struct KnownPerson {
  std::vector<Erasable> names;  ///< The present one last. Earlier ones may stand in texts as well.
  std::int64_t number = 0;      ///< Of the last change of name that was heard.
};

}  // namespace witan::meetings
