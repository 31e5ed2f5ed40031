#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The words of a paragraph that a comment is about. People copy them or select them in a browser, where lines break as they please and quotes
/// may have become straight: so they are compared without white space and as `shared/anchors` compares characters.
namespace witan::consultations {

/// A part of a block's text.
struct Range {
  std::int64_t start = 0;   ///< In code points (W3C Web Annotation Data Model, 4.2.5).
  std::int64_t length = 0;  ///< 0: the block as a whole.

  bool is_whole() const { return length == 0; }
};

/// The same as a browser can count it, whatever the page does with lines: in code points that are no white space.
struct Mark {
  std::int64_t from = 0;
  std::int64_t to = 0;
};

/// Each place in the text where these words stand, in its order; none for words that are nothing but white space.
std::vector<Range> places_of(std::string_view words, std::string_view text);

Mark mark_of(const Range& range, std::string_view text);

/// Whether nothing but white space is left out.
bool is_all_of(const Range& range, std::string_view text);

/// At most 300 characters of it, with … where there is more; empty for the block as a whole.
std::string shown_words(const Range& range, std::string_view text);
/// The same for a range that is the whole text: its beginning.
std::string beginning_of(std::string_view text);

}  // namespace witan::consultations
