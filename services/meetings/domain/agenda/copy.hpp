#pragma once

#include <vector>

#include "services/meetings/domain/events.hpp"
#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// An agenda that begins as that of a meeting before: with its standing items, or with all of them.
namespace witan::meetings {

/// Private: key `<body>/<meeting>`, value AgendaToCopy, of the latest meetings of each body that have an agenda and were not cancelled.
inline constexpr std::string_view k_agendas_index = "index/agendas";
struct AgendaToCopy {
  Timestamp starts_at;
  std::string title;
  std::int64_t items = 0;  ///< That would come along.
};
BOOST_DESCRIBE_STRUCT(AgendaToCopy, (), (starts_at, title, items))

/// Private: key `<body>/<meeting>`, value when it begins, of the latest drafts without items.
inline constexpr std::string_view k_empty_agendas_index = "index/empty-agendas";

enum class Copied { standing, all };

/// What adds the items to an agenda that is still empty, each under the item under which it stood if that one comes along too. Nothing that was
/// withdrawn. Seats that were named stay named.
std::vector<MeetingEvent> copied_items(const Meeting& before, Copied which, domain::Context& context);

/// Notes the meeting's agenda for those that begin as it is, and says to who prepares an empty one which that would be.
void present_agenda_to_copy(const Meeting& after, domain::Presenter& presenter);

}  // namespace witan::meetings
