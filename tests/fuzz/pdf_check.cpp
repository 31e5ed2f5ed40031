#include "shared/files/check.hpp"
#include "tests/fuzz/must.hpp"

/// The check of a PDF's structure, which runs in the service.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  files::BytesSource source(fuzz::text_of(data, size));
  const auto checked = files::check("paper.pdf", source);
  fuzz::must(!checked || *checked == files::Kind::pdf, "what is taken is of the kind that it is called");
  return 0;
}
