#include "shared/service/due.hpp"

#include <iterator>

#include "shared/base/log.hpp"

namespace witan::service {

namespace {

/// The same for the same occasion, whenever it is carried out.
std::string command_id(const Due& due) { return "due-" + due.id + "-" + std::to_string(due.at.time_since_epoch().count()); }

}  // namespace

std::optional<Timestamp> next_due(const Definition& definition, const domain::Rows& rows) {
  std::optional<Timestamp> next;
  for (const auto& rules : definition.due) {
    for (const auto& due : rules.still_to_come(rows)) {
      if (!next || due.at < *next) next = due.at;
    }
  }
  return next;
}

std::vector<Change> carry_out_due(const Definition& definition, storage::Store& store, Engine& engine, Timestamp now) {
  std::vector<Change> changes;
  for (const auto& rules : definition.due) {
    for (const auto& due : rules.still_to_come(StoreRows(store))) {
      if (due.at > now) continue;
      auto executed = engine.apply_notice(store, rules.prepare(due), command_id(due));
      if (!executed.reply) {
        log::error("service", "due_refused", {{"aggregate", due.id}, {"reason", executed.reply.error().detail}});
      }
      std::move(executed.changes.begin(), executed.changes.end(), std::back_inserter(changes));
    }
  }
  return changes;
}

}  // namespace witan::service
