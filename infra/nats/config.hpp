#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// The configuration of nats-server, with the least that each user needs. infra/nats/README.md says why.
namespace witan::nats {

/// A service that owns a stream of events, and whose events it takes.
struct Service {
  std::string name;
  std::vector<std::string> follows;
};

/// Every service, in the order of starting. The provisioner makes streams and consumers by it, and the users' rights follow
/// from it. A new service adds its line here; one that takes another's events adds that name.
const std::vector<Service>& layout();
/// The names in it.
const std::vector<std::string>& services();
/// Everyone who may connect: the services, `gateway`, `operator` and `provisioner`.
std::vector<std::string> users();

struct Permissions {
  std::vector<std::string> publish;
  std::vector<std::string> subscribe;
  bool may_answer = false;  ///< May publish one answer to each request that it was sent.
};
Permissions permissions_of(std::string_view user);

struct ServerSettings {
  std::string address = "127.0.0.1";
  int port = 0;
  std::string store_directory;
  std::function<std::string(std::string_view user)> password_of;
};

/// The part of `nats.conf` that says who may connect and what they may do.
std::string accounts_config(const std::function<std::string(std::string_view user)>& password_of);
/// The text of `nats.conf`. It holds the passwords: write it with mode 0600.
std::string server_config(const ServerSettings& settings);

}  // namespace witan::nats
