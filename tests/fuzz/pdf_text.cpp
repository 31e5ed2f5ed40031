#include "shared/extract/child/readers.hpp"
#include "shared/extract/reply.hpp"
#include "tests/fuzz/must.hpp"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  witan::extract::prepare_pdf();
  return 0;
}

/// What takes the text out of a PDF, in a program of its own. Poppler is the system's, so its own edges are not seen.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const extract::Limits limits;
  extract::Collector text(limits.text_bytes_max);
  const auto pages = extract::read_pdf(fuzz::text_of(data, size), text);
  if (!pages) return 0;
  fuzz::must(extract::read_reply(extract::head_of(*pages, text.is_cut()) + text.text(), limits.text_bytes_max).has_value(),
             "who asked for the text believes the answer");
  return 0;
}
