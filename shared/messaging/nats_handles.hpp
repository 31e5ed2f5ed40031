#pragma once

#include <memory>

#include <nats/nats.h>

#include "shared/messaging/bus.hpp"

/// The C library's handles as owners that free themselves. Included by this room's sources only.
namespace witan::messaging {

template <auto Destroy>
struct Destroyer {
  template <class T>
  void operator()(T* handle) const {
    Destroy(handle);
  }
};

using NatsOptions = std::unique_ptr<natsOptions, Destroyer<&natsOptions_Destroy>>;
using NatsConnection = std::unique_ptr<natsConnection, Destroyer<&natsConnection_Destroy>>;
using NatsSubscription = std::unique_ptr<natsSubscription, Destroyer<&natsSubscription_Destroy>>;
using NatsMessage = std::unique_ptr<natsMsg, Destroyer<&natsMsg_Destroy>>;
using JetStreamContext = std::unique_ptr<jsCtx, Destroyer<&jsCtx_Destroy>>;
using JetStreamStreamInfo = std::unique_ptr<jsStreamInfo, Destroyer<&jsStreamInfo_Destroy>>;
using JetStreamConsumerInfo = std::unique_ptr<jsConsumerInfo, Destroyer<&jsConsumerInfo_Destroy>>;

/// Throws MessagingFailure unless `status` is OK; `doing` is what was tried, for example "create the stream
/// EVT_x".
void check(natsStatus status, std::string_view doing);

/// A copy that does not depend on the library's message.
Message copy_of(const natsMsg* message);

}  // namespace witan::messaging
