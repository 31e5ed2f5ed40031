#pragma once

#include <any>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "shared/base/config.hpp"
#include "shared/contract/domain.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/service/definition.hpp"

/// The harness that every service runs in: a service gives its rules (a Definition), the harness does the rest:
/// command loop, log, idempotency, views, relay, consuming others' events, health, metrics, ordered stop.
namespace witan::service {

/// Reads the configuration, opens the store, connects the bus, runs until SIGTERM or SIGINT, stops in order.
/// Returns the process's exit code.
int run(Definition definition, int argc, const char* const* argv);

/// Drops every view and writes it again from the events. Returns the digest of the rows.
std::string rebuild_views(const Definition& definition, storage::Store& store);

}  // namespace witan::service
