#pragma once

#include "services/meetings/domain/state.hpp"

/// Places, numbers and times on an agenda, worked out from its items.
///
/// The items stand in the order in which they are read: an item, then the items under it, then the next. So an item and
/// all that is under it is one run of the list, and a move takes a run from one place to another.
namespace witan::meetings {

using Agenda = std::vector<AgendaItem>;

inline constexpr std::size_t k_items_max = 200;
/// Items, sub-items and items under those: "3", "3.1", "3.1.2".
inline constexpr std::int64_t k_depth_max = 2;
/// A topic's snapshot stays within 256 kB; the meeting's own row has the rest.
inline constexpr std::size_t k_agenda_bytes_max = 246 * 1024;
/// What the row of an item may take more once it was forwarded, in JSON: from where, or to where.
inline constexpr std::size_t k_link_bytes_max = 900;

/// Where the item stands, counted from 0; nothing when it is not on the agenda.
std::optional<std::size_t> place_of(const Agenda& items, const AgendaItemId& item);
std::optional<std::size_t> place_of(const Meeting& meeting, const AgendaItemId& item);

/// The place after the last item that is under this one.
std::size_t end_of(const Agenda& items, std::size_t place);
/// Where the item stands that this one is directly under; nothing for an item of the first level.
std::optional<std::size_t> parent_of(const Agenda& items, std::size_t place);
/// Where the items stand that are directly under `parent`; without one, those of the first level.
std::vector<std::size_t> children_of(const Agenda& items, std::optional<std::size_t> parent);
/// Which of the items beside it this one is, counted from 0.
std::size_t rank_of(const Agenda& items, std::size_t place);
bool has_items_under(const Agenda& items, std::size_t place);
/// The level of the deepest item under this one, or its own.
std::int64_t deepest_of(const Agenda& items, std::size_t place);
/// What is under an item for members is for them too.
bool is_for_members(const Agenda& items, std::size_t place);
/// Where the item stands, itself or one that it is under, that was taken off the day's business; nothing for one that is planned.
std::optional<std::size_t> off_at(const Agenda& items, std::size_t place);
/// "3" or "3.1", for each item as they stand.
std::vector<std::string> numbers_of(const Agenda& items);

/// Takes the item with all that is under it off the list.
Agenda cut_out(Agenda& items, std::size_t place);
/// Puts a run that was cut out under `parent`, as the `to`-th there, counted from 1. Without a parent, or when that is
/// gone, on the first level.
void put_under(Agenda& items, Agenda run, const std::optional<AgendaItemId>& parent, std::int64_t to);

/// How long the item takes by the plan: items with others under it take as long as those, items that were taken off the
/// day's business no time.
std::int64_t minutes_of(const Agenda& items, std::size_t place);
std::int64_t planned_minutes(const Meeting& meeting);

/// When things happen: by the plan, and once the meeting runs, as it goes.
struct Timetable {
  std::vector<Timestamp> starts;  ///< As the items stand.
  Timestamp end;
};
Timetable timetable_of(const Meeting& meeting);

/// A moment on the meeting's own clock. A meeting that was opened on another day than planned, half a day off or more,
/// is told as if it had begun when it was to.
Timestamp on_its_clock(const Meeting& meeting, Timestamp moment);

/// How long the current item may still take when it was reached; nothing where no time is set: no meeting in progress,
/// or items under the current one.
std::optional<std::chrono::milliseconds> time_for_now(const Meeting& meeting);
/// From when the time of the current item is counted: as if the pauses had been before the meeting came to it. Nothing where
/// there is no current item, or nobody noted the moment.
std::optional<Timestamp> counted_from(const Meeting& meeting);
/// When the current item's overrun is to be told next: a minute after its time is up, then each five minutes, for four
/// hours; not while the meeting is paused.
std::optional<Timestamp> next_overrun(const Meeting& meeting);

/// How many bytes the agenda's rows may come to at most, in the worst case.
std::size_t agenda_bytes(const Agenda& items);

}  // namespace witan::meetings
