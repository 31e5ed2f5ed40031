#pragma once

#include <optional>
#include <vector>

#include "shared/service/engine.hpp"

namespace witan::service {

/// When something comes next by itself; nothing when nothing will.
std::optional<Timestamp> next_due(const Definition& definition, const domain::Rows& rows);

/// Carries out everything whose time has come, in the caller's transaction. What is refused is logged and asked again.
std::vector<Change> carry_out_due(const Definition& definition, storage::Store& store, Engine& engine, Timestamp now);

}  // namespace witan::service
