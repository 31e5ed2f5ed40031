#include "gateway/http/request_head.hpp"

#include <algorithm>

#include "tests/fuzz/must.hpp"

/// The head of a request, and a form without files. What is behind the empty line is the form.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace witan;
  const auto input = fuzz::text_of(data, size);
  const auto end = std::min(input.find("\r\n\r\n"), input.size());
  const auto block = input.substr(0, std::min(input.size(), end + 4));
  http::parse_form(input.substr(block.size()));
  const auto head = http::read_request_head(block);
  if (!head) return 0;
  const auto& request = head->request;
  fuzz::must(request.path.starts_with('/') && http::is_utf8(request.path), "a path is one");
  fuzz::must(!head->is_chunked || !head->content_length, "a body has one length");
  for (const auto& [name, value] : request.headers) {
    fuzz::must(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos, "a header is a line");
    fuzz::must(std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; }), "names are in lower case");
  }
  static_cast<void>(request.cookie("session"));
  http::parse_form(request.query);
  return 0;
}
