#include "services/meetings/domain/agenda.hpp"

#include <algorithm>
#include <numeric>

namespace witan::meetings {

namespace {
constexpr std::size_t k_row_bytes = 560;       // all of an item's row but title and lead
constexpr std::size_t k_lead_bytes_max = 480;  // 120 characters of four bytes
}  // namespace

std::optional<std::size_t> place_of(const Meeting& meeting, const AgendaItemId& item) {
  const auto found = std::ranges::find(meeting.items, item, &AgendaItem::item);
  if (found == meeting.items.end()) return std::nullopt;
  return static_cast<std::size_t>(found - meeting.items.begin());
}

std::int64_t planned_minutes(const Meeting& meeting) {
  return std::accumulate(meeting.items.begin(), meeting.items.end(), std::int64_t{0},
                         [](std::int64_t sum, const AgendaItem& item) { return sum + item.minutes; });
}

std::size_t agenda_bytes(const std::vector<AgendaItem>& items) {
  return std::accumulate(items.begin(), items.end(), std::size_t{0},
                         [](std::size_t sum, const AgendaItem& item) {
                           return sum + k_row_bytes + (item.lead ? k_lead_bytes_max : 0) +
                                  json::serialize(json::string(item.title)).size();
                         });
}

}  // namespace witan::meetings
