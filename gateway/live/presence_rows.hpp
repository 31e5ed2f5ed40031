#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/auth/caller.hpp"
#include "shared/contract/presence.hpp"

/// Who is told of whom at a topic. Pure: no clock, no socket, no bus.
namespace witan::live {

struct PresenceLimits {
  std::size_t named_max = 20;            ///< Names in a row `here`; everybody else is counted.
  std::size_t editors_max = 20;          ///< Rows `editing/…` of a topic.
  std::size_t people_max = 200;          ///< People whom one gateway tells another by name or id; the rest it counts.
  std::size_t editing_max = 3;           ///< Rows that one person edits at once, in as many windows.
  std::size_t gateways_max = 16;         ///< Others whose parts of a topic are kept.
  std::size_t part_bytes_max = 256 * 1024;   ///< Of a message from the bus.
  std::size_t name_bytes_max = 400;
  std::size_t key_bytes_max = 120;
  std::int64_t others_max = 1'000'000;
  /// Readers are told once in so long for each of them here, but at most so often and at least so rarely: a crowd that comes and goes
  /// would otherwise cost its square.
  std::chrono::milliseconds wait_per_reader{10};
  std::chrono::milliseconds wait_min{1'000};
  std::chrono::milliseconds wait_max{10'000};
  std::chrono::seconds repeat{10};       ///< A gateway says its part again so often, and the others
  std::chrono::seconds forget{25};       ///< forget what has not been said again for so long.
};
inline constexpr PresenceLimits k_presence;   ///< Each has a test at its edge.

/// How long readers wait for the next telling, where there are so many of them.
std::chrono::milliseconds wait_between_tellings(std::size_t readers);

/// Somebody by way of one socket.
struct PresentSocket {
  const auth::Caller* caller = nullptr;
  bool is_named = false;                 ///< Sees more than the public does.
  std::optional<std::string> editing;    ///< The key of a row.
};
/// What one gateway tells of its sockets: each person once, in the order of names; not those who are shown to nobody.
NowPart part_of(const std::vector<PresentSocket>& sockets, std::string gateway, std::string topic);

/// Whether a part from the bus keeps to the limits.
bool is_within_limits(const NowPart& part);

/// Everyone at a topic, whichever gateway they came by, each once; not those who are shown to nobody.
struct Everyone {
  std::vector<PersonHere> people;        ///< In the order of names; those without one last.
  std::int64_t others = 0;
};
Everyone merged(const std::vector<const NowPart*>& parts);

/// Keys and rows of one topic.
using Rows = std::map<std::string, json::value>;
/// The topic `now/…` as an audience of the topic itself sees it. `rows` are those of the topic, as staff see them: only what is there can
/// be edited. Null where they are not known; then nobody is shown as editing.
Rows rows_of_presence(const Everyone& everyone, const std::string& audience, const Rows* rows);

}  // namespace witan::live
