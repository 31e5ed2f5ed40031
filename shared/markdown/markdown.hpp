#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Markdown that people wrote, as HTML that is safe to show.
namespace witan::markdown {

/// One block at the top level of a document.
struct Block {
  enum Kind {
    title,       ///< `#`
    section,     ///< `##`
    subsection,  ///< `###` and below
    paragraph,   ///< also a fenced block of code
    list,
    table,
    quote,
  };
  Kind kind = paragraph;
  /// Elements of a closed list only (p ul ol li blockquote table thead tbody tr th td pre code em strong br
  /// a), all text escaped, links to http, https and mailto only, no images. The block's own element is part
  /// of it, except for headings: there it is what stands inside, because the page decides their level.
  std::string html;
  /// The same as plain text: no markup, not escaped. Never empty: blocks without text are left out.
  std::string text;
};

/// CommonMark with tables and without raw HTML, which stands there as the text that it is. Never fails, and
/// gives the same blocks for the same text. Takes time in proportion to the text's length, whatever it holds.
std::vector<Block> blocks_of(std::string_view markdown);

}  // namespace witan::markdown
