#pragma once

#include <array>
#include <cstddef>
#include <md4c.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/markdown/markdown.hpp"

namespace witan::markdown {

/// Turns the parser's calls into blocks. Each call returns false when the work has outgrown the text.
class Renderer {
 public:
  Renderer(std::size_t calls_max, std::size_t html_max) : calls_max_(calls_max), html_max_(html_max) {}

  bool enter_block(MD_BLOCKTYPE type, const void* detail);
  bool leave_block(MD_BLOCKTYPE type);
  bool enter_span(MD_SPANTYPE type, const void* detail);
  bool leave_span(MD_SPANTYPE type);
  bool text(MD_TEXTTYPE type, std::string_view text);

  std::vector<Block> take_blocks() { return std::move(blocks_); }

 private:
  bool is_within_limits() {
    return ++calls_ <= calls_max_ && finished_html_ + block_.html.size() <= html_max_;
  }
  /// An element that the parser has entered; `end_tag` is empty when it was left out.
  struct Element {
    std::string_view end_tag;
    std::optional<MD_SPANTYPE> span = {};  ///< None for a block.
  };

  /// Opens an element unless it would be nested too deep; either way `close` must follow.
  void open(std::string_view start_tag, Element element);
  void close();
  void begin_block(Block::Kind kind);
  void end_block();
  void open_nested(MD_BLOCKTYPE type, const void* detail);
  void append(std::string_view plain);
  /// Keeps words of different items and cells apart in the plain text.
  void separate(char separator);

  std::size_t calls_max_;
  std::size_t html_max_;
  std::size_t calls_ = 0;
  std::size_t finished_html_ = 0;           ///< Bytes in blocks that are done.
  std::size_t depth_ = 0;                   ///< Of blocks, not counting the document.
  std::size_t shown_ = 0;                   ///< How many of `open_` have an end tag.
  std::vector<Element> open_;
  std::array<std::size_t, MD_SPAN_U + 1> spans_{};  ///< How many of each kind are open; of what is inside of an image the text only is kept.
  Block block_;
  std::vector<Block> blocks_;
};

}  // namespace witan::markdown
