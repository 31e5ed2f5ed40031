#include <string>

#include "shared/markdown/markdown.hpp"
#include "tests/fuzz/must.hpp"
#include "tests/unit/markdown/fault_in.hpp"

/// Markdown as the gateway makes HTML of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const std::string text(fuzz::text_of(data, size));  // MD4C looks for ends of lines with strcspn, and there is a zero behind all texts of the gateway
  for (const auto& block : markdown::blocks_of(text)) {
    const auto fault = markdown::fault_in(block.html);
    fuzz::must(fault.empty(), fault);
    fuzz::must(!block.text.empty(), "a block has text");
  }
  return 0;
}
