#pragma once

#include <filesystem>
#include <set>

namespace witan::supervisor {

/// The bus's files. They can be thrown away at any time: every service refills its own stream.
class BusStore {
 public:
  explicit BusStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Before a start: takes away what a power cut leaves half made, which nats-server 2.9 would trip over.
  void remove_empty_files() const;
  /// Throws everything away, for a server that cannot start with what is there.
  void wipe();
  /// True once when a stream's folder that was there before is gone: the running server writes into files that
  /// nobody will ever find again, and must be started afresh.
  bool lost_something();
  /// True once when there is room again after there was none: the running server goes on refusing, or stands still.
  bool has_room_again();
  /// Forgets what was there; for a new start.
  void forget();

 private:
  std::filesystem::path folder_;
  std::set<std::filesystem::path> seen_;
  bool was_full_ = false;
};

}  // namespace witan::supervisor
