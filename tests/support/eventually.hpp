#pragma once

#include <chrono>
#include <concepts>
#include <thread>

namespace witan::test {

/// Waits until `predicate()` holds; false when it still does not after `limit`. Looks every 2 ms, so a test
/// takes as long as what it waits for.
template <std::predicate Predicate>
bool eventually(std::chrono::milliseconds limit, Predicate predicate) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!predicate()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace witan::test
