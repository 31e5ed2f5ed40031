#pragma once

#include "shared/contract/paged_list.hpp"

/// The lists in which meetings stand, newest first.
namespace witan::meetings {

/// For everyone: meetings whose agenda has been published.
const domain::PagedList& public_list();
/// For the members of a body: all of its meetings, drafts included.
domain::PagedList list_of_body(const BodyId& body, std::string_view body_name);
std::string body_topic(std::string_view body);

}  // namespace witan::meetings
