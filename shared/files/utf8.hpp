#pragma once

#include <cstddef>
#include <string_view>

namespace witan::files {

struct Character {
  char32_t code = 0;
  std::size_t size = 0;  ///< In bytes; 0: no UTF-8.
};

/// The character that begins at byte `at`. Overlong forms, halves of pairs and what Unicode does not have are no UTF-8.
Character character_at(std::string_view text, std::size_t at);

}  // namespace witan::files
