#include "shared/service/use.hpp"

#include <algorithm>
#include <iterator>

#include "shared/base/log.hpp"

namespace witan::service {

namespace {

/// Time enough to be told and to say that one is still there: the next report, which would end it, is a minute away.
constexpr std::chrono::minutes k_told_before{3};

}  // namespace

std::pair<UseReply, std::vector<Change>> take_use(const Definition& definition, const UseRequest& request, storage::Store& store,
                                                  Engine& engine, Timestamp now) {
  for (const auto& use : request.used) store.note_use(use.key, std::min(use.at, now));
  const LastUse last_use = [&](std::string_view id) { return store.last_use(id); };
  UseReply reply;
  std::vector<Change> changes;
  for (const auto& rules : definition.use) {
    for (const auto& ending : rules.ending(StoreRows(store), last_use, now + k_told_before)) {
      if (ending.at > now) {
        if (ending.can_go_on) reply.ending.push_back({ending.id, ending.at});
        continue;
      }
      auto executed = engine.apply_notice(store, rules.prepare(ending.id), "unused-" + ending.id);
      if (!executed.reply) {
        log::error("service", "end_refused", {{"aggregate", ending.id}, {"reason", executed.reply.error().detail}});
      }
      std::move(executed.changes.begin(), executed.changes.end(), std::back_inserter(changes));
    }
  }
  return {std::move(reply), std::move(changes)};
}

}  // namespace witan::service
