#pragma once

#include "shared/contract/paged_list.hpp"

/// The list that may grow for ever.
namespace witan::advisory {

/// Whom a group has heard, newest first: for whoever holds any seat in it, and for nobody else.
domain::PagedList engagements_of(const BodyId& group);
std::string engagement_key(const EngagementId& engagement);

}  // namespace witan::advisory
