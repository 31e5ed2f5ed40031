#include "gateway/audit/csv.hpp"

#include <string_view>

namespace witan::audit {

namespace {

/// Tab and carriage return are passed over by spreadsheets before they look for a formula.
bool looks_like_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

std::string quoted(std::string_view cell) {
  std::string result = looks_like_formula(cell) ? "\"'" : "\"";
  for (const char c : cell) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (const auto& cell : cells) line += (line.empty() ? "" : ",") + quoted(cell);
  return line + "\r\n";
}

}  // namespace witan::audit
