#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

namespace witan::service {

/// A service's figures, named `witan_<service>_…`. Thread-safe.
class Metrics {
 public:
  explicit Metrics(const std::string& service);

  void command(const std::string& outcome, std::chrono::steady_clock::duration took);
  void view();
  /// Prometheus' text format, with what can be read off now.
  std::string text(std::int64_t head, std::int64_t published, std::size_t queued);

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Counter>& commands_;
  prometheus::Histogram& command_seconds_;
  prometheus::Counter& views_;
  prometheus::Gauge& head_;
  prometheus::Gauge& unpublished_;
  prometheus::Gauge& queued_;
  prometheus::Gauge& resident_bytes_;
};

/// Resident memory of this process.
std::int64_t resident_bytes();

}  // namespace witan::service
