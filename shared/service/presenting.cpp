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
  if (found == pending_.end()) return stored_.row(topic, audience, key);
  return found->second ? std::optional(json::parse(*found->second)) : std::nullopt;
}

std::vector<std::pair<std::string, json::value>> PendingRows::rows(std::string_view topic, std::string_view audience,
                                                                   std::string_view prefix) const {
  std::map<std::string, json::value> merged;
  for (auto& [key, value] : stored_.rows(topic, audience, prefix)) merged[key] = std::move(value);
  for (auto it = pending_.lower_bound(Place(topic, audience, prefix)); it != pending_.end(); ++it) {
    const auto& [t, a, key] = it->first;
    if (t != topic || a != audience || !key.starts_with(prefix)) break;
    if (it->second) merged[key] = json::parse(*it->second);
    else merged.erase(key);
  }
  return {merged.begin(), merged.end()};
}

void PendingRows::put_text(std::string topic, std::string audience, std::string key, std::string text) {
  pending_[Place(std::move(topic), std::move(audience), std::move(key))] = std::move(text);
}

void PendingRows::drop(std::string topic, std::string audience, std::string key) {
  pending_[Place(std::move(topic), std::move(audience), std::move(key))] = std::nullopt;
}

std::vector<storage::ViewWrite> PendingRows::take() {
  std::vector<storage::ViewWrite> writes;
  writes.reserve(pending_.size());
  while (!pending_.empty()) {
    auto row = pending_.extract(pending_.begin());
    auto& [topic, audience, key] = row.key();
    writes.push_back({std::move(topic), std::move(audience), std::move(key), std::move(row.mapped())});
  }
  return writes;
}

}  // namespace witan::service
