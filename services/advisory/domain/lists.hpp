#pragma once

#include "shared/contract/paged_list.hpp"

/// The list that may grow for ever.
namespace witan::advisory {

/// Whom a group has heard, newest first: for whoever holds any seat in it, and for nobody else.
domain::PagedList engagements_of(const BodyId& group);
/// Private: `<person>/<engagement>` → the group whose log the person's entry stands in.
inline constexpr std::string_view k_authors_index = "index/authors";
/// Private: `<person>/<seat>` → the group in which they hold it.
inline constexpr std::string_view k_members_index = "index/members";
std::string engagement_key(const EngagementId& engagement);

}  // namespace witan::advisory
