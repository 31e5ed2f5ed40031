#pragma once

#include <optional>
#include <set>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "shared/contract/domain.hpp"

/// Items whose papers go to named seats (decision 0030): who is named, and what staff see of it. Who reads which paper because of it
/// is told in papers/readership.hpp.
namespace witan::meetings {

inline constexpr std::size_t k_named_items_max = 12;  ///< On an agenda. Each has a row with all seats of the list.
inline constexpr std::size_t k_named_seats_max = 20;  ///< In all: whoever holds one is an audience of the meeting.

/// To which seats alone the papers of the item go: those that are named at it, and at each item above that names some. Nothing: to no
/// seats in particular.
std::optional<std::set<SeatId>> named_seats(const Agenda& items, std::size_t place);

/// Whether the agenda has no more items with named seats, and no more such seats, than it may: or at least not more than before.
Result<void> names_no_more_than_it_may(const Agenda& before, const Agenda& after);

/// Writes the index of who reads what is for named seats. Whether anything is otherwise than before.
bool note_named(const Meeting& meeting, domain::Presenter& presenter);
/// Topic `circulation/<meeting>`, where the event may have changed it.
void present_circulation(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter);

}  // namespace witan::meetings
