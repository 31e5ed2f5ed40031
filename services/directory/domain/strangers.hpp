#pragma once

#include "services/directory/domain/decide.hpp"

/// Cookies, links and forms that open nothing, as gateways tell of them. No more than a count is kept: whoever sends a million of
/// them fills no log.
namespace witan::directory {

Result<Decided<StrangersEvent>> decide(const Strangers& before, const wire::NoteStrangers& command, Context& context);

}  // namespace witan::directory
