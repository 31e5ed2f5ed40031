#pragma once

#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// Several people change one item at the same time: what each of them changed is kept, and what two of them changed is shown to both.
namespace witan::meetings {

/// How far back an item knows how it was. Whoever looked at it longer ago is shown it before anything is written over.
inline constexpr std::size_t k_known_edits_max = 8;

struct Edit {
  AgendaItem item;                    ///< With the changes that can be made.
  bool is_changed = false;
  std::vector<FieldError> conflicts;  ///< Fields that somebody else has changed to something else since the item was seen.
};

/// What a command makes of the item. A field that the command gives as it was when its sender saw the item (`seen_changes`) was not
/// changed by them, and stays as it is by now: forms send all fields. Without `seen_changes` each field that is given counts.
Edit edit_of(const AgendaItem& item, const wire::EditAgendaItem& command, domain::Context& context);

/// Remembers how the item was and counts the change; to be called before its fields become others, whatever the event.
void note_edit(AgendaItem& item);

}  // namespace witan::meetings
