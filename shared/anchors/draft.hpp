#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/anchors/anchors.hpp"

/// A draft as a row of words.
namespace witan::anchors {

constexpr auto k_nowhere = static_cast<std::size_t>(-1);

/// A longer run of letters counts as several words, so that hostile text is many small ones.
constexpr std::size_t k_letters_max = 32;

using WordId = std::uint32_t;

struct Word {
  WordId id = 0;
  std::size_t block = 0;
  std::size_t start = 0;  ///< In code points, within the block.
  std::size_t end = 0;
  bool ends_sentence = false;
};

/// Every different word of both drafts, folded, and what it tells: as many bits as it takes to say how rare
/// it is.
class Vocabulary {
 public:
  WordId id_of(const std::u32string& folded);

  [[nodiscard]] std::int64_t weight(WordId id) const;
  [[nodiscard]] const std::u32string& letters(WordId id) const { return *letters_[id]; }
  [[nodiscard]] std::size_t size() const { return counts_.size(); }
  /// What a word tells that stands in both drafts once at most.
  [[nodiscard]] std::int64_t weight_max() const;

 private:
  std::unordered_map<std::u32string, WordId> ids_;
  std::vector<const std::u32string*> letters_;  // Keys of `ids_`, which stay where they are.
  std::vector<std::size_t> counts_;
  std::size_t total_ = 0;
};

/// A half-open range of words of a draft.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const { return end - begin; }
};

class Draft {
 public:
  /// Both drafts are read before either is indexed, because what a word tells depends on both.
  Draft(std::span<const Block> blocks, Vocabulary& vocabulary);
  void index(const Vocabulary& vocabulary);

  [[nodiscard]] std::size_t blocks() const { return ids.size(); }
  [[nodiscard]] Range words_of(std::size_t block) const { return {first[block], first[block + 1]}; }
  /// Where a word stands, in order.
  [[nodiscard]] std::span<const std::size_t> places_of(WordId id) const;
  /// The same, in some of the words.
  [[nodiscard]] std::span<const std::size_t> places_of(WordId id, Range within) const;
  [[nodiscard]] std::int64_t weight(Range range) const {
    return weight_before[range.end] - weight_before[range.begin];
  }

  /// Whether words of a block may be placed in another, of a draft that came later: those of a heading
  /// anywhere, others not in a heading.
  [[nodiscard]] static bool may_become(const Draft& old_draft, std::size_t old_block, const Draft& new_draft,
                                       std::size_t new_block) {
    return new_draft.takes_comments[new_block] || !old_draft.takes_comments[old_block];
  }

  std::vector<Word> words;
  std::vector<std::size_t> first;  ///< Block -> its first word; one more at the end.
  std::vector<std::string> ids;
  std::vector<bool> takes_comments;
  std::vector<std::u32string> folded;  ///< Block -> its text as it is compared, one for each code point.
  std::vector<std::int64_t>
      weight_before;  ///< Word -> what all before it tell together; one more at the end.

 private:
  std::vector<std::size_t> places_first_;
  std::vector<std::size_t> places_;
};

}  // namespace witan::anchors
