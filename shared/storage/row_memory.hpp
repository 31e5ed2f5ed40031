#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace witan::storage {

/// What the one writer knows of the rows and heads that it touched last, so that presenting a row which comes out as it
/// was costs no look-up: of a meeting's rows an edit changes one or two. Right only while nobody else writes and until
/// something is undone; then it is to be forgotten. Not thread-safe.
class RowMemory {
 public:
  struct Row {
    std::int64_t id = 0;  ///< 0: there is no such row.
    std::string text;
  };
  struct Head {
    std::int64_t id = 0;
    std::int64_t version = 0;
  };

  /// Null when it is not known.
  const Row* row(std::int64_t head, std::string_view key) const {
    const auto found = rows_.find(row_key(head, key));
    return found == rows_.end() ? nullptr : &found->second;
  }
  void remember(std::int64_t head, std::string_view key, Row row) {
    if (bytes_ > k_bytes_max) forget();
    auto& known = rows_[row_key(head, key)];
    bytes_ += row.text.size() + key.size() + k_row_bytes;
    known = std::move(row);
  }

  Head* head(std::string_view topic, std::string_view audience) {
    const auto found = heads_.find(head_key(topic, audience));
    return found == heads_.end() ? nullptr : &found->second;
  }
  void remember(std::string_view topic, std::string_view audience, Head head) {
    if (heads_.size() >= k_heads_max) heads_.clear();
    heads_[head_key(topic, audience)] = head;
  }

  void forget() {
    rows_.clear();
    heads_.clear();
    bytes_ = 0;
  }

 private:
  /// A bound on what was ever put in since the last time all was forgotten, so texts that replace others count again.
  static constexpr std::size_t k_bytes_max = 8 * 1024 * 1024;
  static constexpr std::size_t k_row_bytes = 128;
  static constexpr std::size_t k_heads_max = 20'000;

  static std::string row_key(std::int64_t head, std::string_view key) {
    std::string joined(reinterpret_cast<const char*>(&head), sizeof head);
    joined += key;
    return joined;
  }
  /// `|` occurs in no topic.
  static std::string head_key(std::string_view topic, std::string_view audience) {
    std::string joined(topic);
    joined += '|';
    joined += audience;
    return joined;
  }

  std::unordered_map<std::string, Row> rows_;
  std::unordered_map<std::string, Head> heads_;
  std::size_t bytes_ = 0;
};

}  // namespace witan::storage
