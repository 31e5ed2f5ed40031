#include "shared/service/parts.hpp"

namespace witan::service {

namespace {

PublicEvent public_event(const Definition& definition, const storage::StoredEvent& event, const domain::Rows& rows) {
  PublicEvent shown;
  shown.seq = event.seq;
  shown.aggregate = event.aggregate;
  shown.version = event.version;
  shown.type = event.type;
  shown.at = event.at;
  shown.actor = PersonId::parse(event.actor);
  const auto rules = definition.aggregates.find(event.aggregate.substr(0, event.aggregate.find('/')));
  if (rules != definition.aggregates.end()) {
    if (auto data = rules->second.publish(event.type, json::parse(event.data), rows)) shown.data = std::move(*data);
  }
  return shown;
}

}  // namespace

std::vector<PublicCommit> commits_of(const Definition& definition, const std::string& epoch,
                                     const std::vector<storage::StoredEvent>& events, const domain::Rows& rows) {
  std::vector<PublicCommit> commits;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (i == 0 || !is_same_commit(events[i - 1], events[i])) {
      commits.push_back({definition.name, epoch, events[i].seq, events[i].seq, {}});
    }
    commits.back().last = events[i].seq;
    commits.back().events.push_back(public_event(definition, events[i], rows));
  }
  return commits;
}

std::vector<PublicCommit> read_commits(const Definition& definition, storage::Store& store, std::int64_t after,
                                       std::size_t limit) {
  auto events = store.log().read(after, limit);
  if (events.size() == limit) {
    // The last commit may go on beyond what was read: leave it for the next time, or read all of it when it is alone.
    auto begin = events.end() - 1;
    while (begin != events.begin() && is_same_commit(*(begin - 1), events.back())) --begin;
    if (begin == events.begin()) return read_commits(definition, store, after, limit * 2);
    events.erase(begin, events.end());
  }
  return commits_of(definition, store.log().epoch(), events, StoreRows(store));
}

}  // namespace witan::service
