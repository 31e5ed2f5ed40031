#pragma once

#include "shared/storage/connection.hpp"

namespace witan::storage {

/// The log as a table. Belongs to its connection's thread.
class EventTable final : public EventLog {
 public:
  explicit EventTable(Connection& connection);
  std::string epoch() const override { return epoch_; }
  std::optional<std::int64_t> append(std::string_view aggregate, std::int64_t expected_version,
                                     const std::vector<NewEvent>& events, const EventMeta& meta) override;
  std::vector<StoredEvent> read(std::int64_t after_seq, std::size_t limit) const override;
  std::vector<StoredEvent> read_back(std::int64_t before_seq, std::size_t limit) const override;
  std::vector<StoredEvent> read_aggregate(std::string_view aggregate,
                                          std::int64_t after_version) const override;
  std::int64_t head() const override;

 private:
  std::int64_t version_of(std::string_view aggregate) const;

  Connection& connection_;
  std::string epoch_;
};

}  // namespace witan::storage
