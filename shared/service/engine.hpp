#pragma once

#include <any>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/service/definition.hpp"
#include "shared/storage/file_table.hpp"
#include "shared/storage/store.hpp"

namespace witan::service {

/// What one command came to, inside the transaction that is to hold it.
struct Executed {
  Result<CommandReply> reply;
  std::vector<Change> changes;  ///< For `live.*`, after the commit.
  bool is_repeat = false;       ///< The answer was remembered; nothing was done again.
};

/// Thrown to undo the savepoint of a command that was refused after it had already written something.
struct Undone {};

/// Carries out commands against a store: idempotency, state, rules, log, views; all in the caller's transaction.
/// Belongs to the writer's thread, except `hash_of`, which is pure.
class Engine {
 public:
  Engine(const Definition& definition, const Clock& clock) : definition_(definition), clock_(clock) {}

  /// Throws StorageFull or StorageFailure; the caller's savepoint undoes what was written.
  Executed execute(storage::Store& store, const CommandRequest& request, const Decide& decide);
  /// As `execute`, for another service's event: no idempotency, the caller moves the checkpoint.
  Executed apply_notice(storage::Store& store, const Decide& decide, const std::string& command_id);
  /// The files of a service that keeps some, in the writer's own store, which is the same each time.
  storage::FileTable& files(storage::Store& store);
  /// Forgets every state, after a transaction was undone.
  void forget() { states_.clear(); }

 private:
  struct Cached {
    std::any state;
    std::int64_t version = 0;
    std::int64_t last_seq = 0;
  };
  class World;

  Cached& load(storage::Store& store, std::string_view kind, std::string_view id);
  Executed decide_and_write(storage::Store& store, const CommandRequest& request, const Decide& decide);
  /// The events of one aggregate; `seq` becomes the number of the last.
  std::vector<Change> write(storage::Store& store, const CommandRequest& request, std::string_view kind, std::string_view id,
                            const std::vector<EncodedEvent>& events, Timestamp now, std::int64_t& seq);
  std::vector<Change> write_all(storage::Store& store, const CommandRequest& request, const Verdict& verdict, Timestamp now,
                                std::int64_t& seq);

  const Definition& definition_;
  const Clock& clock_;
  std::unordered_map<std::string, Cached> states_;
  std::unique_ptr<storage::FileTable> files_;
};

/// What names a request for idempotency: a keyed hash over its name, arguments (members in any order, no password) and
/// version.
std::string hash_of(const CommandRequest& request, std::string_view key);

/// Read access to a store's rows and texts as the rules see them.
class StoreRows : public domain::Rows {
 public:
  explicit StoreRows(storage::Store& store) : store_(store) {}
  std::optional<std::string> row_text(std::string_view topic, std::string_view audience, std::string_view key) const override;
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override;
  std::optional<std::string> text(const Erasable& erasable) const override;

 private:
  storage::Store& store_;
};

}  // namespace witan::service
