#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/contract/codec.hpp"

/// What leaves Witan as a file is made of the rows that a page of the same reader shows, and of nothing else.
namespace witan::exports {

using Rows = std::map<std::string, json::value>;

/// What one file is made of: the rows of its topics as the reader may see them.
struct Material {
  std::string origin;                ///< Of the site, for whole addresses: `https://witan.example`.
  std::string path;                  ///< Of the file itself.
  std::string query;                 ///< As it came.
  std::map<std::string, std::string, std::less<>> params;  ///< The path's.
  std::vector<Rows> topics;          ///< As the table lists them; empty where an optional one is not for this reader.
};

struct Written {
  std::string text;
  std::string file_name;             ///< Empty: shown, not saved.
};

/// The row as the contract describes it; nothing when it is not there.
template <class View>
std::optional<View> row_as(const Rows& rows, const std::string& key) {
  const auto found = rows.find(key);
  if (found == rows.end()) return std::nullopt;
  auto view = codec::decode<View>(found->second);
  return view ? std::optional(std::move(*view)) : std::nullopt;
}

/// The rows `<prefix><id>`, with nothing under them, in the order in which a page shows them.
template <class View>
std::vector<View> list_of(const Rows& rows, const std::string& prefix) {
  std::multimap<std::string, View> in_order;  // of two that say the same, the one whose key comes first
  for (auto row = rows.lower_bound(prefix); row != rows.end() && row->first.starts_with(prefix); ++row) {
    if (row->first.find('/', prefix.size()) != std::string::npos) continue;
    if (auto view = codec::decode<View>(row->second)) in_order.emplace(view->sort, std::move(*view));
  }
  std::vector<View> views;
  for (auto& [sort, view] : in_order) views.push_back(std::move(view));
  return views;
}

}  // namespace witan::exports
