#include "shared/service/metrics.hpp"

#include <fstream>

#include <prometheus/text_serializer.h>
#include <unistd.h>

namespace witan::service {

namespace {
prometheus::Gauge& gauge(prometheus::Registry& registry, const std::string& name, const std::string& help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry).Add({});
}
}  // namespace

Metrics::Metrics(const std::string& service)
    : registry_(std::make_shared<prometheus::Registry>()),
      commands_(prometheus::BuildCounter()
                    .Name("witan_" + service + "_commands_total")
                    .Help("Commands answered, by outcome: ok, repeat or the code of the problem")
                    .Register(*registry_)),
      command_seconds_(prometheus::BuildHistogram()
                           .Name("witan_" + service + "_command_seconds")
                           .Help("From taking a command off the bus to its answer, on disk")
                           .Register(*registry_)
                           .Add({}, prometheus::Histogram::BucketBoundaries{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                                            0.25, 0.5, 1, 2.5})),
      views_(prometheus::BuildCounter()
                 .Name("witan_" + service + "_views_total")
                 .Help("Snapshots and missing changes answered")
                 .Register(*registry_)
                 .Add({})),
      head_(gauge(*registry_, "witan_" + service + "_events", "Events in the log")),
      unpublished_(gauge(*registry_, "witan_" + service + "_events_unpublished", "Events the bus has not acknowledged")),
      queued_(gauge(*registry_, "witan_" + service + "_jobs_queued", "Jobs waiting for the writer")),
      resident_bytes_(gauge(*registry_, "witan_" + service + "_resident_bytes", "Resident memory of the process")) {}

void Metrics::command(const std::string& outcome, std::chrono::steady_clock::duration took) {
  commands_.Add({{"outcome", outcome}}).Increment();
  command_seconds_.Observe(std::chrono::duration<double>(took).count());
}

void Metrics::view() { views_.Increment(); }

std::string Metrics::text(std::int64_t head, std::int64_t published, std::size_t queued) {
  head_.Set(static_cast<double>(head));
  unpublished_.Set(static_cast<double>(head - published));
  queued_.Set(static_cast<double>(queued));
  resident_bytes_.Set(static_cast<double>(resident_bytes()));
  return prometheus::TextSerializer().Serialize(registry_->Collect());
}

std::int64_t resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace witan::service
