#pragma once

#include "shared/service/definition.hpp"

namespace witan::meetings {

/// Finding a day for a meeting of a body: what can be done, by whom, and what comes by itself.
void add_dates(service::Builder& builder);

}  // namespace witan::meetings
