#pragma once

#include <map>
#include <mutex>

#include "shared/messaging/connection.hpp"
#include "shared/messaging/request_mux.hpp"

namespace witan::messaging {

/// Streams and consumers. Every function blocks for at most a few seconds and throws MessagingFailure.
/// Thread-safe.
class JetStream {
 public:
  JetStream(std::shared_ptr<Connection> connection, RequestMux& mux);

  void ensure_stream(const StreamSpec& spec);
  void empty_stream(const std::string& stream, std::int64_t up_to);
  std::optional<Message> last_event(const std::string& stream);
  void publish_events(const std::vector<OutgoingEvent>& events);
  void ensure_consumer(const std::string& stream, const std::string& durable, const std::string& filter);
  std::vector<std::unique_ptr<FetchedEvent>> fetch(const std::string& stream, const std::string& durable,
                                                   const std::string& filter, int batch,
                                                   std::chrono::milliseconds wait);

 private:
  /// A pull subscription, kept between fetches. One fetch at a time.
  struct Pull {
    std::mutex fetching;
    NatsSubscription subscription;
  };
  using PullKey = std::pair<std::string, std::string>;

  void publish_some(const OutgoingEvent* first, std::size_t count);
  natsStatus consumer_status(const std::string& stream, const std::string& durable);
  std::shared_ptr<Pull> pull_of(const PullKey& key, const std::string& filter);
  void forget(const PullKey& key, const std::shared_ptr<Pull>& pull);
  void need_connection(std::string_view doing) const;

  std::shared_ptr<Connection> connection_;
  RequestMux& mux_;
  JetStreamContext context_;
  std::mutex mutex_;
  std::map<PullKey, std::shared_ptr<Pull>> pulls_;
};

}  // namespace witan::messaging
