#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/json.hpp"

namespace witan::exports {

/// What stands in one place of a table; null where nothing does.
struct Cell {
  Cell(std::nullptr_t) {}
  Cell(const char* text) : value(text) {}
  Cell(const std::string& text) : value(json::string(text)) {}
  Cell(std::int64_t number) : value(number) {}
  Cell(bool is_so) : value(is_so) {}
  Cell(json::value any) : value(std::move(any)) {}
  json::value value;
};

/// A list that leaves as a table or as data: the same columns in both.
struct Sheet {
  json::object about;                       ///< What the list is of. In JSON alone.
  std::string name;                         ///< Of the list in JSON.
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<Cell> total = {};      ///< The last line of the table; JSON has it in `about`.
};

/// Nothing for a sheet that has no columns: there is nothing to make it of.
/// RFC 4180 with a header; cells that a spreadsheet would take for a formula are made harmless.
std::string as_csv(const Sheet& sheet);
std::string as_json(const Sheet& sheet);

}  // namespace witan::exports
