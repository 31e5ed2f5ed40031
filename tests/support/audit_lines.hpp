#pragma once

#include <set>

#include "tests/support/service_scene.hpp"

namespace witan::test {

struct Described {
  std::string kind;  ///< `seat_filled`
  domain::AuditLine line;
};

/// An event as it stands in the log, without the command that led to it.
template <class E>
void happened(ServiceScene& scene, std::string_view kind, const std::string& id, const E& event) {
  scene.world().append(kind, id, E::k_type, codec::encode(event), {});
}

/// Every event of the scene as the audit has it, oldest first.
inline std::vector<Described> described(ServiceScene& scene) {
  std::map<std::pair<std::string, std::string>, std::any> states;
  std::vector<Described> lines;
  for (const auto& event : scene.world().log) {
    const auto& rules = scene.definition().aggregates.find(event.kind)->second;
    auto& state = states.try_emplace({event.kind, event.id}, rules.fresh()).first->second;
    const std::any before = state;
    rules.evolve(state, event.type, event.data);
    lines.push_back({event.type, rules.describe(event.type, event.data, before, state, WorldReader(scene.world()))});
  }
  return lines;
}

/// "what | from | to", one for each event.
inline std::vector<std::string> audit_lines(ServiceScene& scene) {
  std::vector<std::string> lines;
  for (const auto& [kind, line] : described(scene)) lines.push_back(line.what + " | " + line.from + " | " + line.to);
  return lines;
}

/// The kinds of event of the service that the scene has not shown: a table that forgets one is no table.
inline std::set<std::string> kinds_not_shown(ServiceScene& scene) {
  std::set<std::string> kinds;
  for (const auto& [name, rules] : scene.definition().aggregates) kinds.insert(rules.event_types.begin(), rules.event_types.end());
  for (const auto& event : scene.world().log) kinds.erase(event.type);
  return kinds;
}

}  // namespace witan::test
