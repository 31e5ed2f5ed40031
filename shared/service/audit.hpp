#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>

#include "shared/contract/audit.hpp"
#include "shared/service/engine.hpp"

namespace witan::service {

/// Answers who did what, from the log itself: nothing is written for it. Has a connection of its own to the file, which
/// must exist; belongs to one thread.
class Audit {
 public:
  /// Events that one question looks at, at most; the answer says where to go on.
  static constexpr std::int64_t k_looked_at_max = 5000;

  /// `definition` must outlive it.
  Audit(const Definition& definition, const std::string& store_path)
      : definition_(definition), store_(storage::Store::open(store_path, storage::Store::Mode::read)), rows_(*store_) {}

  /// `not_signed_in` or `forbidden` for who is neither auditor nor administrator and does not ask about themself. Throws StorageFailure, and
  /// std::runtime_error for an event that cannot be read.
  Result<AuditReply> answer(const AuditRequest& request);

 private:
  bool matches(const AuditRequest& request, const storage::StoredEvent& event);
  std::optional<BodyId> body_of(const storage::StoredEvent& event);
  std::int64_t first_at_or_after(Timestamp moment) const;
  /// `own`: the texts that the entries may show, by their ids.
  std::vector<AuditEntry> described(const std::vector<storage::StoredEvent>& events, const std::map<std::string, std::string>& own);
  std::vector<std::string> kinds() const;

  const Definition& definition_;
  std::unique_ptr<storage::Store> store_;
  StoreRows rows_;
  std::unordered_map<std::string, std::optional<BodyId>> bodies_;  ///< By aggregate, whose body never changes.
};

}  // namespace witan::service
