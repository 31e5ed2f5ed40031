#include "shared/files/check.hpp"
#include "tests/fuzz/docx_input.hpp"
#include "tests/fuzz/must.hpp"

/// The check of a Word document, which runs in the service: its zip, and of its parts types, text and relations.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const auto input = fuzz::text_of(data, size);
  const bool is_zip = input.starts_with("PK");
  for (const auto part : {0U, 2U, 3U}) {
    const auto file = fuzz::document_of(input, part);
    files::BytesSource source(file);
    const auto checked = files::check("paper.docx", source);
    fuzz::must(!checked || *checked == files::Kind::docx, "what is taken is of the kind that it is called");
    if (is_zip) break;
  }
  return 0;
}
