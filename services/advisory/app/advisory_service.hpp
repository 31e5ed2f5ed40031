#pragma once

#include "shared/service/definition.hpp"

namespace witan::advisory {

/// Everything that advisory is.
service::Definition definition();

}  // namespace witan::advisory
