#pragma once

#include "shared/service/definition.hpp"

namespace witan::meetings {

/// Minutes: who may write them, propose corrections, and have them approved.
void add_minutes(service::Builder& builder);

}  // namespace witan::meetings
