#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/config.hpp"
#include "shared/contract/result.hpp"
#include "shared/scan/scan.hpp"

namespace witan::meetings {

/// The virus scanner that looks through files before they are papers. Without its word none is: what cannot be looked through stays an upload.
/// Thread-safe.
class Scanner {
 public:
  Scanner(std::string socket, std::chrono::milliseconds time) : socket_(std::move(socket)), time_(time) {}

  /// Why the upload is not taken: because of what is in it, or for now. Takes its time.
  Result<void> look(const std::string& upload, files::Source& file);
  /// Nothing is known any more of what is being looked through, or comes after. From any thread.
  void abandon() { is_abandoned_ = true; }

 private:
  /// For whoever runs the service, once in a while: each paper that is tried meanwhile would say the same.
  void tell_of_trouble(const scan::NoVerdict& trouble);
  void tell_of_success();

  const std::string socket_;
  const std::chrono::milliseconds time_;
  std::atomic<bool> is_abandoned_ = false;
  std::mutex mutex_;
  bool is_in_trouble_ = false;
  std::chrono::steady_clock::time_point told_;
};

std::vector<ConfigKey> scanner_keys();

/// Null where none is configured. Throws std::runtime_error for a path where none can be.
std::shared_ptr<Scanner> scanner_of(const Config& config);

/// The file could not be looked through now. Nothing was done, and the same may succeed in a while.
Rejection not_scanned();

}  // namespace witan::meetings
