#pragma once

#include "shared/messaging/bus.hpp"

namespace witan::messaging {

/// Has the provisioner take a service's own events off the bus, up to the message of that number and with it. Blocks for a
/// few seconds at most. Throws MessagingFailure when it was not done, or may have been done without an answer; asking again
/// is harmless.
void ask_to_empty(Bus& bus, const std::string& service, std::int64_t up_to);

}  // namespace witan::messaging
