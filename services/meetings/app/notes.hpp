#pragma once

#include "shared/service/definition.hpp"

namespace witan::meetings {

/// What readers write for themselves beside papers.
void add_notes(service::Builder& builder);

}  // namespace witan::meetings
