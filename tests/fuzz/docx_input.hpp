#pragma once

#include <string>
#include <string_view>

#include "tests/unit/files/made_files.hpp"

namespace witan::fuzz {

/// The input as it is, if it begins as a zip; else it is the content of a part. Checksums and packing would keep what is changed
/// from getting that far.
inline std::string document_of(std::string_view input, std::size_t part) {
  if (input.starts_with("PK")) return std::string(input);
  auto parts = files::made::document();
  if (part >= parts.size()) parts.push_back(files::made::relations(""));
  parts[part].text = input;
  parts[part].method = 0;
  return files::made::zip(parts);
}

}  // namespace witan::fuzz
