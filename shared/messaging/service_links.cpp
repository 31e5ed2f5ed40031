#include "shared/messaging/service_links.hpp"

#include "shared/messaging/answered.hpp"

namespace witan::messaging {

std::string local_socket_path(const std::string& data_folder, std::string_view service) {
  return data_folder + "/run/" + std::string(service) + ".sock";
}

ServiceLinks::ServiceLinks(net::io_context& loop, std::shared_ptr<Bus> bus, const std::string& data_folder,
                           const std::vector<std::string>& services)
    : loop_(loop), bus_(std::move(bus)) {
  if (data_folder.empty()) return;
  for (const auto& service : services) local_.try_emplace(service, loop, local_socket_path(data_folder, service));
}

void ServiceLinks::request(const std::string& service, const std::string& subject, std::string payload,
                           std::chrono::milliseconds timeout, std::function<void(Result<std::string>)> done) {
  const auto local = local_.find(service);
  if (local != local_.end() && local->second.is_connected()) {
    return local->second.request(subject, payload, timeout, std::move(done));
  }
  bus_->request(subject, std::move(payload), timeout, loop_.get_executor(), std::move(done));
}

net::awaitable<Result<std::string>> ServiceLinks::request(std::string service, std::string subject, std::string payload,
                                                          std::chrono::milliseconds timeout) {
  co_return co_await answered(loop_.get_executor(), [&](auto done) {
    request(service, subject, std::move(payload), timeout, std::move(done));
  });
}

}  // namespace witan::messaging
