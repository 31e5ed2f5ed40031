#pragma once

#include <string>
#include <vector>

namespace witan::audit {

/// One line by RFC 4180, every cell quoted. A cell that a spreadsheet would take for a formula begins with an apostrophe.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace witan::audit
