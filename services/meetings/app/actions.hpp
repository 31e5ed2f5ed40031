#pragma once

#include "shared/service/definition.hpp"

namespace witan::meetings {

/// What becomes of actions, and who may do what about them.
void add_actions(service::Builder& builder);

}  // namespace witan::meetings
