#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "shared/anchors/alignment.hpp"
#include "shared/anchors/draft.hpp"

/// How well a stretch of the new draft agrees with the words that somebody commented on.
namespace witan::anchors {

/// Words before and after that are compared as well: about the 32 characters of a TextQuoteSelector, and some
/// more.
constexpr std::size_t k_context_words = 8;

/// A quote of so few words says little by itself: the sentence around it must be there still.
constexpr std::size_t k_words_short = 3;

/// Both drafts, and what became of the blocks.
struct Drafts {
  const Draft& old_draft;
  const Draft& new_draft;
  const Vocabulary& vocabulary;
  const Alignment& alignment;
};

/// An anchor as words.
struct Target {
  std::size_t block = 0;
  std::size_t start = 0, end = 0;  ///< In code points.
  Range words;                     ///< Also those that it has only a part of; never none.
  bool is_whole = false;           ///< Every word of the block.
  std::u32string_view marks =
      {};  ///< What the anchor is, folded, if it touches no word: `words` is one beside it.
  std::size_t marks_apart = 0;     ///< How many characters from that word to where they begin.
  bool are_marks_after = false;  ///< After that word, not before it.
};

/// Which new word each old word became, by one way of comparing: words of the old draft from `image_begin`,
/// of the new one from `source_begin`; of the others nothing is known.
struct Mapping {
  std::span<const std::size_t> image;
  std::size_t image_begin = 0;
  std::span<const std::size_t> source;
  std::size_t source_begin = 0;

  [[nodiscard]] std::size_t image_of(std::size_t old_word) const { return at(image, image_begin, old_word); }
  [[nodiscard]] std::size_t source_of(std::size_t new_word) const {
    return at(source, source_begin, new_word);
  }

 private:
  static std::size_t at(std::span<const std::size_t> words, std::size_t begin, std::size_t word) {
    return word >= begin && word - begin < words.size() ? words[word - begin] : k_nowhere;
  }
};

/// A place where the words may be. Degrees of agreement are thousandths.
struct Candidate {
  std::size_t block = 0;
  Range words;
  std::size_t start = 0, end = 0;  ///< In code points, within the block.

  std::int64_t quote = 0;   ///< How much of the words, and of what stands there now, is the same.
  std::int64_t before = 0;  ///< How much of the words before is there before it.
  std::int64_t after = 0;
  std::int64_t sentence = 0;  ///< How much of its sentence is there; for short quotes.
  std::int64_t in_context =
      0;  ///< 50 parts of the quote, 20 each of what is before and after, 10 of the block's order.
  std::int64_t score = 0;  ///< That, or what the words say by themselves if it is more.
  std::int64_t lost =
      0;  ///< How much of the quote is missing at its ends, so that nobody can say how far it goes.
  std::int64_t evidence = 0;  ///< Bits that agree, of quote and neighbours.
  bool is_home = false;       ///< In a block that the anchor's own became.
  bool is_in_order = false;   ///< That block also stands where it stood.
  bool is_bounded = false;    ///< What stood before and after it still does, immediately.
  bool is_taken = false;      ///< Those words came from other words of the old draft.
};

/// Nothing when no word of it has become anything.
std::optional<Candidate> measure(const Drafts& drafts, const Target& target, const Mapping& mapping);

/// How much of what stands before (and after) words of the old draft stands there in the new.
std::int64_t agreement_before(const Drafts& drafts, std::size_t old_word, std::size_t new_word);
std::int64_t agreement_after(const Drafts& drafts, std::size_t old_word, std::size_t new_word);

}  // namespace witan::anchors
