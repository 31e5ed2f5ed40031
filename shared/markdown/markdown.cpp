#include "shared/markdown/markdown.hpp"

#include <optional>

#include "shared/markdown/escape.hpp"
#include "shared/markdown/renderer.hpp"

namespace witan::markdown {

namespace {

constexpr unsigned k_flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS;

// The parser calls back about once for every few characters, and each call adds little. There are two
// exceptions, both of which can make minutes and gigabytes out of 200 kB: a table, whose rows are filled up
// to the width of the first, and a reference, whose long address is written out at each use.
constexpr std::size_t k_calls_a_character_max = 8;
constexpr std::size_t k_html_a_character_max = 24;
constexpr std::size_t k_calls_always = 1000;
constexpr std::size_t k_html_always = 64UL * 1024;

template <class Call>
int answer(void* renderer, Call call) noexcept {
  // Below zero: the parser goes on after a positive answer, with its next block.
  return call(*static_cast<Renderer*>(renderer)) ? 0 : -1;
}

MD_PARSER parser_with(unsigned flags) {
  MD_PARSER parser{};
  parser.flags = flags;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* renderer) {
    return answer(renderer, [&](Renderer& r) { return r.enter_block(type, detail); });
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* renderer) {
    return answer(renderer, [&](Renderer& r) { return r.leave_block(type); });
  };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* renderer) {
    return answer(renderer, [&](Renderer& r) { return r.enter_span(type, detail); });
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* renderer) {
    return answer(renderer, [&](Renderer& r) { return r.leave_span(type); });
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* renderer) {
    return answer(renderer, [&](Renderer& r) { return r.text(type, {text, size}); });
  };
  return parser;
}

std::optional<std::vector<Block>> render(std::string_view markdown, unsigned flags) {
  const MD_PARSER parser = parser_with(flags);
  Renderer renderer(markdown.size() * k_calls_a_character_max + k_calls_always,
                    markdown.size() * k_html_a_character_max + k_html_always);
  if (md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &renderer) != 0)
    return std::nullopt;
  return renderer.take_blocks();
}

/// What is left when the parser gives up: the text as it was written.
std::vector<Block> as_written(std::string_view markdown) {
  Block block;
  block.html = "<p>";
  append_escaped(block.html, markdown);
  block.html += "</p>";
  append_plain(block.text, markdown);
  return {std::move(block)};
}

}  // namespace

std::vector<Block> blocks_of(std::string_view markdown) {
  if (auto blocks = render(markdown, k_flags | MD_FLAG_TABLES)) return std::move(*blocks);
  if (auto blocks = render(markdown, k_flags)) return std::move(*blocks);
  return as_written(markdown);
}

}  // namespace witan::markdown
