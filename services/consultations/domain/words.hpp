#pragma once

#include <cstdint>
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

struct Place {
  Range range;
  Mark mark;
};

/// A block's text, read once for any number of questions.
class ReadText {
 public:
  explicit ReadText(std::string_view text);

  /// Each place where these words stand, in the text's order; none for words that are nothing but white space. Takes time in
  /// proportion to both, whatever they hold (Knuth, Morris and Pratt, "Fast pattern matching in strings", 1977).
  std::vector<Place> places_of(std::string_view words) const;
  Mark mark_of(const Range& range) const;
  /// Whether nothing but white space is left out.
  bool is_all_of(const Range& range) const;
  /// The words of a range; all of them for the block as a whole.
  std::string words_of(const Range& range) const;

 private:
  std::u32string points_;
  std::u32string compared_;
  std::vector<std::size_t> places_;  ///< Of each compared character in `points_`.
};

/// At most 300 characters, with … where there is more.
std::string beginning_of(const std::string& words);

}  // namespace witan::consultations
