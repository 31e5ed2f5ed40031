#pragma once

#include "shared/crypto/crypto.hpp"
#include "shared/service/definition.hpp"

namespace witan::directory {

/// Everything that directory is. The pepper goes into every password and address hash.
service::Definition definition(crypto::Secret pepper);

}  // namespace witan::directory
