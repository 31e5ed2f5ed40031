#pragma once

#include <memory>
#include <vector>

#include "shared/base/config.hpp"
#include "shared/openid/openid.hpp"

/// Where people may sign in but here, as the operator set it.
namespace witan::directory {

std::vector<ConfigKey> openid_keys();
/// Null while no issuer is set. Its secret is the file `openid-client-secret` in the folder of secrets. Throws
/// std::runtime_error, in one sentence, when part of what is needed is missing.
std::shared_ptr<openid::Provider> openid_provider(const Config& config);

}  // namespace witan::directory
