#pragma once

#include <string>
#include <string_view>

/// Characters as they are compared.
namespace witan::anchors {

/// UTF-8 as code points; a byte that belongs to none becomes U+FFFD.
std::u32string code_points(std::string_view utf8);
std::string utf8(std::u32string_view code_points);

/// What is compared in place of a character, always one for one: lower case (Latin, Greek, Cyrillic),
/// straight quotes, a plain space for every white space, `-` for every dash; U+0000 for what is not seen,
/// such as a soft hyphen.
char32_t folded(char32_t character);

enum class Kind {
  unseen,
  space,
  mark,    ///< Stands between words, and belongs to none.
  letter,  ///< Also whatever nothing is known of.
  digit,
  sign,  ///< Of a script without spaces, where each is taken for a word.
};
/// Of a folded character.
Kind kind_of(char32_t folded);

}  // namespace witan::anchors
