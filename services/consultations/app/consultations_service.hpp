#pragma once

#include "services/consultations/domain/pace.hpp"
#include "shared/service/definition.hpp"

namespace witan::consultations {

/// What consultations is: its aggregates, its commands with who may use them, whose events it follows.
service::Definition definition(const CommentLimits& limits = {});

}  // namespace witan::consultations
