#include "services/meetings/domain/agenda/agenda.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

namespace witan::meetings {

namespace {
constexpr std::size_t k_changed_bytes_max = 190;  // with the key of the field
constexpr std::size_t k_row_bytes = 725;       // all of an item's row but title and lead
constexpr std::size_t k_lead_bytes_max = 480;  // 120 characters of four bytes
constexpr std::int64_t k_overrun_step = 5, k_overrun_max = 240;  // minutes
constexpr auto k_another_day = std::chrono::hours(12);

using Ms = std::chrono::milliseconds;

auto at(Agenda& items, std::size_t place) { return items.begin() + static_cast<std::ptrdiff_t>(place); }

bool is_off(const Agenda& items, std::size_t place) { return off_at(items, place).has_value(); }

/// What is left of the time that an item has.
Ms rest_of(const Agenda& items, std::size_t place) {
  return std::max(Ms(0), Ms(std::chrono::minutes(minutes_of(items, place))) - items[place].elapsed);
}

/// Counts on from the table's end over the items from `place` on, each with the time that `time_of(place)` gives it.
void count_on(const Agenda& items, std::size_t place, Timetable& table, const auto& time_of) {
  for (; place < items.size(); ++place) {
    table.starts[place] = table.end;
    if (!has_items_under(items, place)) table.end += time_of(place);
  }
}
}  // namespace

std::optional<std::size_t> place_of(const Agenda& items, const AgendaItemId& item) {
  const auto found = std::ranges::find(items, item, &AgendaItem::item);
  if (found == items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - items.begin());
}

std::optional<std::size_t> place_of(const Meeting& meeting, const AgendaItemId& item) { return place_of(meeting.items, item); }

std::size_t end_of(const Agenda& items, std::size_t place) {
  auto end = place + 1;
  while (end < items.size() && items[end].depth > items[place].depth) ++end;
  return end;
}

std::optional<std::size_t> parent_of(const Agenda& items, std::size_t place) {
  for (auto above = place; above-- > 0;) {
    if (items[above].depth < items[place].depth) return above;
  }
  return std::nullopt;
}

std::vector<std::size_t> children_of(const Agenda& items, std::optional<std::size_t> parent) {
  std::vector<std::size_t> children;
  const auto end = parent ? end_of(items, *parent) : items.size();
  for (auto place = parent ? *parent + 1 : 0; place < end; place = end_of(items, place)) children.push_back(place);
  return children;
}

std::size_t rank_of(const Agenda& items, std::size_t place) {
  const auto beside = children_of(items, parent_of(items, place));
  return static_cast<std::size_t>(std::ranges::find(beside, place) - beside.begin());
}

bool has_items_under(const Agenda& items, std::size_t place) { return end_of(items, place) > place + 1; }

std::int64_t deepest_of(const Agenda& items, std::size_t place) {
  auto deepest = items[place].depth;
  for (auto under = place + 1; under < end_of(items, place); ++under) deepest = std::max(deepest, items[under].depth);
  return deepest;
}

bool is_for_members(const Agenda& items, std::size_t place) {
  const auto above = parent_of(items, place);
  return items[place].circulation == wire::Circulation::members || items[place].seats || (above && is_for_members(items, *above));
}

std::optional<std::size_t> off_at(const Agenda& items, std::size_t place) {
  if (items[place].status != wire::ItemStatus::planned) return place;
  const auto above = parent_of(items, place);
  return above ? off_at(items, *above) : std::nullopt;
}

std::vector<std::string> numbers_of(const Agenda& items) {
  std::vector<std::string> numbers;
  std::vector<std::int64_t> counts;
  for (const auto& item : items) {
    counts.resize(static_cast<std::size_t>(item.depth) + 1);
    ++counts.back();
    std::string number;
    for (const auto count : counts) number += (number.empty() ? "" : ".") + std::to_string(count);
    numbers.push_back(std::move(number));
  }
  return numbers;
}

Agenda cut_out(Agenda& items, std::size_t place) {
  const auto first = at(items, place), last = at(items, end_of(items, place));
  Agenda run(std::make_move_iterator(first), std::make_move_iterator(last));
  items.erase(first, last);
  return run;
}

void put_under(Agenda& items, Agenda run, const std::optional<AgendaItemId>& parent, std::int64_t to) {
  const auto above = parent ? place_of(items, *parent) : std::nullopt;
  const auto beside = children_of(items, above);
  const auto rank = static_cast<std::size_t>(std::clamp<std::int64_t>(to - 1, 0, std::ssize(beside)));
  const auto end = above ? end_of(items, *above) : items.size();
  const auto deeper = (above ? items[*above].depth + 1 : 0) - run.front().depth;
  for (auto& item : run) item.depth += deeper;
  items.insert(at(items, rank < beside.size() ? beside[rank] : end), std::make_move_iterator(run.begin()),
               std::make_move_iterator(run.end()));
}

std::int64_t minutes_of(const Agenda& items, std::size_t place) {
  if (is_off(items, place)) return 0;
  const auto under = children_of(items, place);
  if (under.empty()) return items[place].minutes;
  return std::accumulate(under.begin(), under.end(), std::int64_t{0},
                         [&](std::int64_t sum, std::size_t child) { return sum + minutes_of(items, child); });
}

std::int64_t planned_minutes(const Meeting& meeting) {
  std::int64_t sum = 0;
  for (const auto place : children_of(meeting.items, std::nullopt)) sum += minutes_of(meeting.items, place);
  return sum;
}

Timestamp on_its_clock(const Meeting& meeting, Timestamp moment) {
  if (!meeting.started_at) return moment;
  const auto late = *meeting.started_at - meeting.starts_at;
  return std::chrono::abs(late) >= k_another_day ? moment - late : moment;
}

Timetable timetable_of(const Meeting& meeting) {
  Timetable table{std::vector<Timestamp>(meeting.items.size(), meeting.starts_at), meeting.starts_at};
  const auto& items = meeting.items;
  count_on(items, 0, table, [&](std::size_t place) { return std::chrono::minutes(minutes_of(items, place)); });
  // A meeting that was running before moments were noted is told by the plan: nothing says how far off it is.
  if (!meeting.started_at) return table;
  if (const auto now = meeting.now_since ? place_of(items, meeting.now) : std::nullopt) {
    table.end = on_its_clock(meeting, *counted_from(meeting));
    count_on(items, *now, table, [&](std::size_t place) {
      return rest_of(items, place) + std::chrono::minutes(place == *now ? meeting.minutes_over : 0);
    });
  }
  for (std::size_t place = 0; place < meeting.items.size(); ++place) {
    const auto& reached = meeting.items[place].reached_at;
    if (reached) table.starts[place] = on_its_clock(meeting, *reached);
  }
  if (meeting.closed_at) table.end = on_its_clock(meeting, *meeting.closed_at);
  return table;
}

std::optional<Ms> time_for_now(const Meeting& meeting) {
  const auto now = meeting.is_started() && meeting.now_since ? place_of(meeting, meeting.now) : std::nullopt;
  if (!now || has_items_under(meeting.items, *now) || is_off(meeting.items, *now)) return std::nullopt;
  return rest_of(meeting.items, *now);
}

std::optional<Timestamp> counted_from(const Meeting& meeting) {
  if (!meeting.now_since) return std::nullopt;
  return *meeting.now_since + meeting.now_paused;
}

std::optional<Timestamp> next_overrun(const Meeting& meeting) {
  const auto time = time_for_now(meeting);
  if (!time || meeting.is_paused() || meeting.minutes_over >= k_overrun_max) return std::nullopt;
  const auto told = meeting.minutes_over;
  const auto next = told == 0 ? 1 : told - told % k_overrun_step + k_overrun_step;
  return *counted_from(meeting) + *time + std::chrono::minutes(next);
}

std::size_t agenda_bytes(const Agenda& items) {
  return std::accumulate(items.begin(), items.end(), std::size_t{0},
                         [](std::size_t sum, const AgendaItem& item) {
                           return sum + k_row_bytes + (item.lead ? k_lead_bytes_max : 0) + (item.changed_at ? k_changed_bytes_max : 0) + ((item.from ? 1 : 0) + (item.to ? 1 : 0)) * k_link_bytes_max +
                                  json::serialize(json::string(item.title)).size();
                         });
}

}  // namespace witan::meetings
