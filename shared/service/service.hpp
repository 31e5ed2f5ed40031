#pragma once

#include <functional>
#include <string>
#include <vector>

#include "shared/base/config.hpp"
#include "shared/service/definition.hpp"

/// The harness that every service runs in: a service gives its rules (a Definition), the harness does the rest:
/// command loop, log, idempotency, views, relay, consuming others' events, health, metrics, ordered stop.
namespace witan::service {

/// Reads the configuration, opens the store, connects the bus, runs until SIGTERM or SIGINT, stops in order.
/// `make` gets the configuration that was read (for example where secrets are); `own_keys` are the service's beside those
/// that every service has. Returns the process's exit code.
int run(const std::string& name, const std::function<Definition(const Config&)>& make, int argc, const char* const* argv,
        const std::vector<ConfigKey>& own_keys = {});

/// Writes the access rules of the service's public lists, where they are not there yet.
void open_public_lists(const Definition& definition, storage::Store& store);

/// Drops every view and writes it again from the events, in the caller's transaction. Returns the digest of the rows.
std::string rebuild_views(const Definition& definition, storage::Store& store);

/// Rebuilds the views when they have another shape than the definition gives them, in the caller's transaction.
void bring_views_into_shape(const Definition& definition, storage::Store& store);

}  // namespace witan::service
