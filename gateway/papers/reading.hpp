#pragma once

#include <string_view>

#include "shared/base/json.hpp"

/// The text of a paper as a page shows it, for small screens and screen readers.
namespace witan::papers {

/// As much of a text as a page shows: more would be slow on a phone, and keep the gateway from others.
inline constexpr std::size_t k_shown_bytes_max = 256 * 1024;
inline constexpr std::size_t k_pages_shown_max = 1000;

/// Pages, each `{number, html}`. Markdown is one page without a number. All HTML is made here of escaped text, with headings and the elements that
/// `markdown::Block` names.
json::array pages_of_markdown(std::string_view text);
/// What was taken out of a file: pages parted by form feeds, and without one no page has a number; empty ones are left out. `runs_on`: lines were broken where the
/// paper ended, as in PDF, and run on here, so that they fit any screen; else each is one that its writer made.
json::array pages_of_text(std::string_view text, bool runs_on);
/// Whether there is more than is shown.
bool is_too_long_to_show(std::string_view text);

}  // namespace witan::papers
