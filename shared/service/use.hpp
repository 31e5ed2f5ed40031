#pragma once

#include <utility>
#include <vector>

#include "shared/service/engine.hpp"

namespace witan::service {

/// Notes what a gateway saw in use, then ends what was not used for too long, in the caller's transaction. In this order, so
/// that nothing ends before everything has been heard that this gateway has to tell. The reply lacks `last`.
std::pair<UseReply, std::vector<Change>> take_use(const Definition& definition, const UseRequest& request, storage::Store& store,
                                                  Engine& engine, Timestamp now);

}  // namespace witan::service
