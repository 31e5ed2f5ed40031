#include <string>

#include "shared/files/check.hpp"
#include "shared/files/utf8.hpp"
#include "tests/fuzz/must.hpp"

/// The check of names and of texts in Markdown. The first line is the name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const auto text = fuzz::text_of(data, size);
  const auto line = text.substr(0, text.find('\n'));
  const auto kind = files::check_name(line);
  fuzz::must(!kind || line.find_first_of(std::string_view("/\\\r\0", 4)) == std::string_view::npos, "a name that is taken has no folder");
  files::BytesSource source(text);
  if (!files::check("paper.md", source)) return 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = files::character_at(text, at);
    fuzz::must(character.size > 0, "a text that is taken is UTF-8");
    at += character.size;
  }
  return 0;
}
