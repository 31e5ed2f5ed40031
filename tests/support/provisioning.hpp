#pragma once

#include "infra/provisioner/provisioner.hpp"
#include "tests/support/nats_server.hpp"

namespace witan::test {

/// Streams and consumers on a server, made by the provisioner itself and made again after a loss, for as long as this lives.
class Provisioned {
 public:
  Provisioned(const NatsServer& nats, std::vector<nats::Service> layout)
      : provisioner_({nats.url(), "", "", "provisioner", {}}, std::move(layout)) {}

 private:
  provision::Provisioner provisioner_;
};

}  // namespace witan::test
