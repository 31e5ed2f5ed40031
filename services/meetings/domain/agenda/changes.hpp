#pragma once

#include "services/meetings/domain/decide.hpp"

/// What is otherwise on an agenda than when it was published.
namespace witan::meetings {

/// What was decided, and which item is marked by it as changed; as it is while the agenda is a draft.
DecidedMeeting with_changes(const Meeting& before, DecidedMeeting decided, const domain::Context& context);
/// "Added after publication, at 2:15pm on 12 June 2018.", "Changed after publication, at …: title, lead."; nothing for an item that stands
/// as it was published.
std::optional<std::string> change_in_words(const AgendaItem& item);

}  // namespace witan::meetings
