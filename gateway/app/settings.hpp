#pragma once

#include <string>
#include <vector>

#include "gateway/http/server.hpp"
#include "gateway/live/live_server.hpp"
#include "shared/base/config.hpp"

namespace witan::app {

/// Every key that the gateway knows.
std::vector<ConfigKey> gateway_keys();
http::ServerLimits server_limits(const Config& config);
live::LiveLimits live_limits(const Config& config);
/// The services that the gateway follows and asks.
const std::vector<std::string>& services();

}  // namespace witan::app
