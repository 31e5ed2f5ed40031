#pragma once

#include "services/meetings/app/papers.hpp"

namespace witan::meetings {

/// What meetings is: its aggregates, its commands with who may use them, whose events it follows. Without a desk it takes no
/// papers.
service::Definition definition(const PaperDesk& desk = {});

}  // namespace witan::meetings
