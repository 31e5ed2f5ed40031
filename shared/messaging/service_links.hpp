#pragma once

#include <map>

#include "shared/messaging/bus.hpp"
#include "shared/messaging/local_socket.hpp"

namespace witan::messaging {

/// The socket at which a service of this machine answers: `<data>/run/<service>.sock`.
std::string local_socket_path(const std::string& data_folder, std::string_view service);

/// The gateway's way to the services: straight to one that runs on this machine, over the bus to any other. So while
/// the bus is away, what is here goes on (infra/decisions/0007). Used on one loop only.
class ServiceLinks {
 public:
  /// `data_folder` is where sockets are looked for; empty: always over the bus.
  ServiceLinks(net::io_context& loop, std::shared_ptr<Bus> bus, const std::string& data_folder,
               const std::vector<std::string>& services);

  /// For what is not a request: live changes.
  Bus& bus() { return *bus_; }
  /// As Bus::request, to the service that listens on `subject`; `done` runs on the loop. A request is sent one way
  /// and never again the other: only who asked knows whether that is safe.
  void request(const std::string& service, const std::string& subject, std::string payload,
               std::chrono::milliseconds timeout, std::function<void(Result<std::string>)> done);
  net::awaitable<Result<std::string>> request(std::string service, std::string subject, std::string payload,
                                              std::chrono::milliseconds timeout);

 private:
  net::io_context& loop_;
  std::shared_ptr<Bus> bus_;
  std::map<std::string, LocalClient, std::less<>> local_;
};

}  // namespace witan::messaging
