#pragma once

#include <string>

#include "shared/contract/consultations.hpp"

/// States in plain English.
namespace witan::consultations {

std::string label(contract::consultations::ConsultationState state);

}  // namespace witan::consultations
