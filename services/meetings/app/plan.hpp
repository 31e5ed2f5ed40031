#pragma once

#include "shared/service/definition.hpp"

namespace witan::meetings {

/// What can be done with the forward plan of a body, and by whom.
void add_plan(service::Builder& builder);

}  // namespace witan::meetings
