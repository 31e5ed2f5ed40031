#pragma once

#include <string>

/// Looking at ports of this machine.
namespace witan::supervisor {

/// Nothing listens there, and we may.
bool is_free(const std::string& address, int port);
/// A free port below the range from which the kernel takes ports for outgoing connections, so that it stays free
/// for a server that has to be restarted on it. Throws std::runtime_error when there is none.
int choose_free(const std::string& address);
bool accepts_connections(const std::string& address, int port);
/// The status of `GET path`, or 0 when no answer came within a second; the body goes to `body`.
int http_status(const std::string& address, int port, const std::string& path, std::string& body);

}  // namespace witan::supervisor
