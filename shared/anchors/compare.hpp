#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shared/anchors/draft.hpp"

/// Which words of one row are which of another, in order.
namespace witan::anchors {

/// Whether a word may be the other with an ending or a spelling changed, or a figure brought up to date.
/// Asked only of words that stand between the same neighbours.
bool is_near(const std::u32string& a, const std::u32string& b);

/// Compares two rows of words. Where both are long, words that stand in each once divide them ("patience
/// diff", Bram Cohen), and between those the heaviest common subsequence is found (Wagner and Fischer, J. ACM
/// 21(1), 1974), with something added for words that follow each other: which "the" is which is decided by
/// its neighbours.
class Comparer {
 public:
  /// `cells_max`: how many pairs of words may be looked at, in all calls together. What is left then stays
  /// unmatched.
  Comparer(const Vocabulary& vocabulary, std::size_t cells_max)
      : vocabulary_(vocabulary), cells_left_(cells_max) {}

  /// For each word of `a`, the one of `b` that it is, or `k_nowhere`; increasing.
  std::vector<std::size_t> compare(std::span<const WordId> a, std::span<const WordId> b);

 private:
  struct Part {
    Range a, b;
    std::size_t depth;
  };
  void divide(Part part);
  void trim(Part& part);
  std::vector<std::size_t> unique_in_both(const Part& part);
  void solve(const Part& part);
  void match_near(Range a, Range b);
  void match_near_between();

  const Vocabulary& vocabulary_;
  std::size_t cells_left_;
  std::span<const WordId> a_;
  std::span<const WordId> b_;
  std::vector<std::size_t> match_;
  std::vector<Part> parts_;  // Still to be divided.
  struct Seen {
    std::uint32_t in_a = 0, in_b = 0;
    std::size_t at_b = 0;
  };
  std::vector<Seen> seen_;  // By word; all zero between calls of `unique_in_both`.
  std::vector<std::uint8_t> steps_;
};

}  // namespace witan::anchors
