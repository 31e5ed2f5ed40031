#pragma once

#include "shared/storage/connection.hpp"
#include "shared/storage/row_memory.hpp"

namespace witan::storage {

/// The views as tables: each row carries the version at which it changed last, and a key that was dropped
/// leaves its name and version behind for a while. Belongs to its connection's thread.
class ViewTable final : public Views {
 public:
  ViewTable(Connection& connection, std::string epoch) : connection_(connection), epoch_(std::move(epoch)) {}

  std::optional<json::value> row(std::string_view topic, std::string_view audience,
                                 std::string_view key) const override;
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override;
  std::vector<Change> apply(const std::vector<ViewWrite>& writes, std::int64_t version) override;
  std::optional<ViewReply> snapshot(std::string_view topic, std::string_view audience) const override;
  std::optional<std::vector<Change>> changes_after(std::string_view topic, std::string_view audience,
                                                   std::int64_t version) const override;
  std::vector<TopicHead> heads_after(std::int64_t version, std::size_t limit) const override;
  void clear() override;
  std::string digest() const override;
  std::int64_t shape() const override;
  void reshaped(std::int64_t shape, std::int64_t version) override;

 private:
  using HeadRow = RowMemory::Head;
  struct Touched;

  std::optional<HeadRow> head_of(std::string_view topic, std::string_view audience) const;
  HeadRow head_for_writing(const ViewWrite& write);
  RowMemory::Row row_for_writing(std::int64_t head, const std::string& key) const;
  bool put(std::int64_t head, const std::string& key, const std::string& text, std::int64_t version);
  bool drop(std::int64_t head, const std::string& key, std::int64_t version);
  void trust_memory_only_if_nothing_was_undone();
  void forget_old_drops(std::int64_t version);
  std::int64_t resumable_from() const;

  Connection& connection_;
  std::string epoch_;
  RowMemory memory_;
  std::uint64_t memory_of_ = 0;  ///< How often the connection had been undone when it was filled.
};

}  // namespace witan::storage
