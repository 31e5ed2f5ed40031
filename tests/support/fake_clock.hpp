#pragma once

#include <atomic>

#include "shared/base/clock.hpp"

namespace witan::test {

/// Stands still until it is told otherwise. Begins at 1pm on 19 June 2018. Thread-safe.
class FakeClock final : public Clock {
 public:
  Timestamp now() const override { return now_.load(); }
  void set(Timestamp moment) { now_ = moment; }
  void advance(std::chrono::milliseconds by) {
    Timestamp before = now_.load();
    while (!now_.compare_exchange_weak(before, before + by)) {
    }
  }

 private:
  std::atomic<Timestamp> now_ =
      Timestamp(std::chrono::sys_days(std::chrono::year(2018) / 6 / 19) + std::chrono::hours(12));
};

}  // namespace witan::test
