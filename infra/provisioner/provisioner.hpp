#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "infra/nats/config.hpp"
#include "shared/messaging/bus.hpp"

namespace witan::provision {

/// Makes the streams and consumers of a layout on the bus, again whenever the bus has lost them, and empties a service's
/// stream when that service asks. Runs on threads of its own from the moment it exists.
class Provisioner {
 public:
  /// Throws MessagingFailure as Bus::connect does.
  Provisioner(messaging::BusOptions options, std::vector<nats::Service> layout);
  Provisioner(const Provisioner&) = delete;
  Provisioner& operator=(const Provisioner&) = delete;
  ~Provisioner();

 private:
  void run();
  void make_everything();
  void answer(const std::string& service, const messaging::Message& question);
  Result<json::value> empty(const std::string& service, const std::string& text);

  const std::vector<nats::Service> layout_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool must_look_ = true;
  bool is_stopping_ = false;
  boost::asio::thread_pool answering_{1};
  std::shared_ptr<messaging::Bus> bus_;
  std::vector<std::unique_ptr<messaging::Subscription>> questions_;
  std::thread thread_;
};

}  // namespace witan::provision
