#include "shared/extract/child/readers.hpp"
#include "shared/extract/reply.hpp"
#include "tests/fuzz/docx_input.hpp"
#include "tests/fuzz/must.hpp"

/// What takes the text out of a Word document, in a program of its own.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const extract::Limits limits;
  extract::Collector text(limits.text_bytes_max);
  const auto file = fuzz::document_of(fuzz::text_of(data, size), 2);
  const auto pages = extract::read_docx(file, text);
  if (!pages) return 0;
  fuzz::must(extract::read_reply(extract::head_of(*pages, text.is_cut()) + text.text(), limits.text_bytes_max).has_value(),
             "who asked for the text believes the answer");
  return 0;
}
