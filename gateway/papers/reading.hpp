#pragma once

#include <string_view>

#include "shared/base/json.hpp"

/// The text of a paper as a page shows it, for small screens and screen readers.
namespace witan::papers {

/// Pages, each `{number, blocks}`, with each block as `{html}`, or `{is_heading, is_subheading, html}`. Markdown is one page without a number. All HTML is made
/// here of escaped text, with the elements that `markdown::Block` names.
json::array pages_of_markdown(std::string_view text);
/// What was taken out of a file: pages parted by form feeds. Lines that were broken for paper run on, so that they fit any screen; empty pages are
/// left out, and without a form feed no page has a number.
json::array pages_of_text(std::string_view text);

}  // namespace witan::papers
