#include "shared/service/presenting.hpp"

namespace witan::service {

std::optional<json::value> StoreRows::row(std::string_view topic, std::string_view audience, std::string_view key) const {
  return store_.views().row(topic, audience, key);
}

std::vector<std::pair<std::string, json::value>> StoreRows::rows(std::string_view topic, std::string_view audience,
                                                                 std::string_view prefix) const {
  return store_.views().rows(topic, audience, prefix);
}

std::optional<std::string> StoreRows::text(const Erasable& erasable) const { return store_.text(erasable.text_id); }

std::optional<json::value> PendingRows::row(std::string_view topic, std::string_view audience, std::string_view key) const {
  const auto found = pending_.find(Place(topic, audience, key));
  return found == pending_.end() ? stored_.row(topic, audience, key) : found->second;
}

std::vector<std::pair<std::string, json::value>> PendingRows::rows(std::string_view topic, std::string_view audience,
                                                                   std::string_view prefix) const {
  std::map<std::string, json::value> merged;
  for (auto& [key, value] : stored_.rows(topic, audience, prefix)) merged[key] = std::move(value);
  for (auto it = pending_.lower_bound(Place(topic, audience, prefix)); it != pending_.end(); ++it) {
    const auto& [t, a, key] = it->first;
    if (t != topic || a != audience || !key.starts_with(prefix)) break;
    if (it->second) merged[key] = *it->second;
    else merged.erase(key);
  }
  return {merged.begin(), merged.end()};
}

void PendingRows::put_value(std::string topic, std::string audience, std::string key, json::value value) {
  pending_[Place(std::move(topic), std::move(audience), std::move(key))] = std::move(value);
}

void PendingRows::drop(std::string topic, std::string audience, std::string key) {
  pending_[Place(std::move(topic), std::move(audience), std::move(key))] = std::nullopt;
}

std::vector<storage::ViewWrite> PendingRows::take() {
  std::vector<storage::ViewWrite> writes;
  writes.reserve(pending_.size());
  for (auto& [place, value] : pending_) {
    writes.push_back({std::get<0>(place), std::get<1>(place), std::get<2>(place), std::move(value)});
  }
  pending_.clear();
  return writes;
}

}  // namespace witan::service
