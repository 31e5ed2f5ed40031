#pragma once

#include <filesystem>
#include <optional>

#include "shared/contract/envelope.hpp"

/// How a service knows at its start that its file was put back from a backup, before anybody can ask or write.
namespace witan::service {

/// `<data>/<service>.head`: how far the log had come, beside the log and in no backup of it. Written once a second and at
/// an ordered stop, so it is never ahead of what is on disk. Losing it loses nothing: whoever has seen more says so too.
class HeadFile {
 public:
  explicit HeadFile(std::filesystem::path path) : path_(std::move(path)) {}

  /// Whether the log was once further than `now` under the same name.
  bool is_past(const Position& now) const;
  /// Keeps `now`, when it is another one than the last. A disk that takes nothing is passed over.
  void keep(const Position& now);

 private:
  std::optional<Position> read() const;

  std::filesystem::path path_;
  std::optional<Position> kept_;
};

}  // namespace witan::service
