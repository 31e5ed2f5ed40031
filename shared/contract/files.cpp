#include "shared/contract/files.hpp"

#include <algorithm>

namespace witan {

// JSON as it is written here has no line break in it.
std::string with_bytes(std::string message, std::string_view bytes) {
  message.reserve(message.size() + 1 + bytes.size());
  message += '\n';
  return message.append(bytes);
}

MessageWithBytes split_bytes(std::string_view text) {
  const auto end = std::min(text.find('\n'), text.size());
  return {text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
}

}  // namespace witan
