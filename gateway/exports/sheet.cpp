#include "gateway/exports/sheet.hpp"

#include "gateway/audit/csv.hpp"

namespace witan::exports {

namespace {

std::string cell(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_bool()) return value.get_bool() ? "yes" : "no";
  return value.is_null() ? std::string() : json::serialize(value);
}

std::string line(const std::vector<Cell>& row) {
  std::vector<std::string> cells;
  for (const auto& each : row) cells.push_back(cell(each.value));
  return audit::csv_line(cells);
}

}  // namespace

std::string as_csv(const Sheet& sheet) {
  if (sheet.columns.empty()) return {};
  std::string text = audit::csv_line(sheet.columns);
  for (const auto& row : sheet.rows) text += line(row);
  if (!sheet.total.empty()) text += line(sheet.total);
  return text;
}

std::string as_json(const Sheet& sheet) {
  if (sheet.columns.empty()) return {};
  json::array rows;
  for (const auto& row : sheet.rows) {
    json::object object;
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (!row[column].value.is_null()) object[sheet.columns[column]] = row[column].value;
    }
    rows.push_back(std::move(object));
  }
  auto all = sheet.about;
  all[sheet.name] = std::move(rows);
  return json::serialize(all);
}

}  // namespace witan::exports
