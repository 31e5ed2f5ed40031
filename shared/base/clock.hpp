#pragma once

#include <chrono>

namespace witan {

/// A moment in UTC, to the millisecond. On the wire it is RFC 3339: `2018-06-19T13:00:00.000Z`.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where the time comes from. Rules never ask it: the harness does, and hands the answer on.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

/// The machine's clock. Thread-safe.
class SystemClock final : public Clock {
 public:
  Timestamp now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace witan
