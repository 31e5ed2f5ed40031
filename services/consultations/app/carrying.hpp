#pragma once

#include "shared/service/definition.hpp"

/// The search for commented words in the next draft, as work outside of the log.
namespace witan::consultations {

void add_carrying(service::Builder& builder);

}  // namespace witan::consultations
