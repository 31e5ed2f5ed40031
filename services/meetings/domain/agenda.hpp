#pragma once

#include "services/meetings/domain/state.hpp"

/// Places and times on an agenda, worked out from its items.
namespace witan::meetings {

/// Where the item stands, counted from 0; nothing when it is not on the agenda.
std::optional<std::size_t> place_of(const Meeting& meeting, const AgendaItemId& item);

std::int64_t planned_minutes(const Meeting& meeting);

/// How many bytes the agenda's rows may come to at most, in the worst case.
std::size_t agenda_bytes(const std::vector<AgendaItem>& items);

inline constexpr std::size_t k_items_max = 200;
/// A topic's snapshot stays within 256 kB; the meeting's own row has the rest.
inline constexpr std::size_t k_agenda_bytes_max = 250 * 1024;

}  // namespace witan::meetings
