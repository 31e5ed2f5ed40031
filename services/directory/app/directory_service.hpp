#pragma once

#include <string>

#include "shared/service/definition.hpp"

namespace witan::directory {

/// Everything that directory is. `pepper_path` names the file with the secret that goes into password and
/// address hashes; it is made when it is not there, at the first use.
service::Definition definition(const std::string& pepper_path);

}  // namespace witan::directory
