#pragma once

#include <mutex>
#include <string>

#include "shared/service/engine.hpp"
#include "shared/storage/store.hpp"

namespace witan::service {

/// Rows for preparing commands on worker threads: one reading connection, one reader at a time.
class LockedRows final : public domain::Rows {
 public:
  explicit LockedRows(const std::string& path) : store_(storage::Store::open(path, storage::Store::Mode::read)), rows_(*store_) {}

  std::optional<std::string> row_text(std::string_view topic, std::string_view audience, std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    return rows_.row_text(topic, audience, key);
  }
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override {
    const std::lock_guard lock(mutex_);
    return rows_.rows(topic, audience, prefix);
  }
  std::optional<std::string> text(const Erasable& erasable) const override {
    const std::lock_guard lock(mutex_);
    return rows_.text(erasable);
  }

 private:
  mutable std::mutex mutex_;
  std::unique_ptr<storage::Store> store_;
  StoreRows rows_;
};

/// Neighbours in the log that one command committed.
inline bool is_same_commit(const storage::StoredEvent& a, const storage::StoredEvent& b) {
  return a.command_id == b.command_id && a.actor == b.actor && a.aggregate == b.aggregate;
}

/// The commits in a run of stored events: neighbours with one command id belong together.
std::vector<PublicCommit> commits_of(const Definition& definition, const std::string& epoch,
                                     const std::vector<storage::StoredEvent>& events, const domain::Rows& rows);
/// The commits after `after`, whole ones only, from at least one and about `limit` events.
std::vector<PublicCommit> read_commits(const Definition& definition, storage::Store& store, std::int64_t after,
                                       std::size_t limit);

}  // namespace witan::service
