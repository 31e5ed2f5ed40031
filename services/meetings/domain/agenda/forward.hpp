#pragma once

#include <optional>
#include <string_view>

#include "services/meetings/domain/meeting.hpp"

/// An item that goes on to another meeting, with its papers and what readers wrote beside them.
namespace witan::meetings {

/// Private: `from/<meeting>/<item>` of one that was forwarded there → where it came from; `to/<meeting>/<item>` → where it went last.
inline constexpr std::string_view k_forwarded_index = "index/forwarded";

/// The other meeting's item, as far as the audience of this body may know of it.
std::optional<wire::OtherItem> other_end(const std::optional<ItemElsewhere>& other, std::string_view audience, const BodyId& body, const domain::Rows& rows);

/// After an event of the meeting: what the items at the other ends say of its own is brought up to date.
void present_other_ends(const Meeting& after, const MeetingEvent& event, domain::Presenter& presenter);

}  // namespace witan::meetings
