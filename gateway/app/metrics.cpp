#include "gateway/app/metrics.hpp"

#include <array>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace witan::app {

namespace {

using prometheus::Counter;
using prometheus::Gauge;

Gauge& gauge(prometheus::Registry& registry, const std::string& name, const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}

Counter& counter(prometheus::Registry& registry, const std::string& name, const std::string& help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry).Add({});
}

void raise_to(Counter& counter, std::uint64_t value) { counter.Increment(static_cast<double>(value) - counter.Value()); }

}  // namespace

struct Metrics::State {
  prometheus::Registry registry;
  prometheus::Family<Counter>& requests = prometheus::BuildCounter()
                                              .Name("witan_gateway_http_requests_total")
                                              .Help("Requests answered, by class of status.")
                                              .Register(registry);
  std::array<Counter*, 6> by_class = {nullptr,
                                      &requests.Add({{"status", "1xx"}}),
                                      &requests.Add({{"status", "2xx"}}),
                                      &requests.Add({{"status", "3xx"}}),
                                      &requests.Add({{"status", "4xx"}}),
                                      &requests.Add({{"status", "5xx"}})};
  prometheus::Histogram& seconds =
      prometheus::BuildHistogram()
          .Name("witan_gateway_http_request_seconds")
          .Help("Time from a request's last byte to its answer.")
          .Register(registry)
          .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10});
  Gauge& sockets = gauge(registry, "witan_gateway_sockets", "Open WebSockets.");
  Gauge& subscriptions = gauge(registry, "witan_gateway_subscriptions", "Topics watched, over all WebSockets.");
  Gauge& connections = gauge(registry, "witan_gateway_http_connections", "Open HTTP connections.");
  Gauge& topics = gauge(registry, "witan_gateway_topic_copies", "Copies of topics that are followed.");
  Counter& frames = counter(registry, "witan_gateway_frames_sent_total", "Frames sent to browsers.");
  Counter& too_slow = counter(registry, "witan_gateway_sockets_closed_too_slow_total", "Sockets closed for reading too slowly.");
};

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

void Metrics::request(int status, double seconds) {
  const auto which = static_cast<std::size_t>(status / 100);
  if (which >= 1 && which <= 5) state_->by_class[which]->Increment();
  state_->seconds.Observe(seconds);
}

std::string Metrics::text(const live::LiveCounts& live, std::size_t topics, std::size_t connections) {
  state_->sockets.Set(static_cast<double>(live.sockets));
  state_->subscriptions.Set(static_cast<double>(live.subscriptions));
  state_->connections.Set(static_cast<double>(connections));
  state_->topics.Set(static_cast<double>(topics));
  raise_to(state_->frames, live.frames_sent);
  raise_to(state_->too_slow, live.closed_too_slow);
  return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace witan::app
