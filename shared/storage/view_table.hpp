#pragma once

#include "shared/storage/connection.hpp"

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

 private:
  struct HeadRow {
    std::int64_t id = 0;
    std::int64_t version = 0;
  };
  struct Touched;

  std::optional<HeadRow> head_of(std::string_view topic, std::string_view audience) const;
  HeadRow head_for_writing(const ViewWrite& write);
  bool put(std::int64_t head, const std::string& key, const json::value& value, std::int64_t version);
  bool drop(std::int64_t head, const std::string& key, std::int64_t version);
  void forget_old_drops(std::int64_t version);
  std::int64_t resumable_from() const;

  Connection& connection_;
  std::string epoch_;
};

}  // namespace witan::storage
