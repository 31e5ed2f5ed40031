#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "shared/contract/domain.hpp"
#include "shared/service/engine.hpp"

namespace witan::service {

/// Collects what `present` writes for one command; reads see what was collected before the store's rows.
class PendingRows final : public domain::Presenter {
 public:
  explicit PendingRows(storage::Store& store) : stored_(store) {}

  std::optional<json::value> row(std::string_view topic, std::string_view audience, std::string_view key) const override;
  std::vector<std::pair<std::string, json::value>> rows(std::string_view topic, std::string_view audience,
                                                        std::string_view prefix) const override;
  std::optional<std::string> text(const Erasable& erasable) const override { return stored_.text(erasable); }
  void put_text(std::string topic, std::string audience, std::string key, std::string text) override;
  void drop(std::string topic, std::string audience, std::string key) override;

  std::vector<storage::ViewWrite> take();

 private:
  using Place = std::tuple<std::string, std::string, std::string>;
  StoreRows stored_;
  std::map<Place, std::optional<std::string>> pending_;  // the row's text; nothing for a row to drop
};

}  // namespace witan::service
