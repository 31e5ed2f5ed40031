#pragma once

#include <cstddef>
#include <vector>

#include "shared/anchors/draft.hpp"

/// Which blocks of the new draft each block of the old one became.
namespace witan::anchors {

/// What an old block became.
struct Home {
  enum Kind {
    none,      ///< Nothing that is like it as a whole.
    in_order,  ///< Blocks that stand where it stood, as seen from the other blocks.
    moved,     ///< A block that stands elsewhere.
  };
  Kind kind = none;
  /// In order. More than one when it was split; one that others have too when it was merged.
  std::vector<std::size_t> blocks;
  /// Other blocks have the same words, and not all of them are there still, or some are new: its neighbours
  /// do not tell which is which.
  bool is_doubtful = false;
  /// Nothing was changed in it, nor in what it was merged with.
  bool is_unchanged = false;
};

struct Alignment {
  std::vector<Home> homes;          ///< By old block.
  std::vector<std::size_t> image;   ///< Old word -> the new word that it became in a home, or `k_nowhere`.
  std::vector<std::size_t> source;  ///< New word -> the old word that became it.
};

/// Finds pairs of blocks that are like each other; those that can be true together without any block having
/// passed another, and are heaviest together, are in order: a longest increasing subsequence with weights. A
/// block may have two partners when it shares its words out among them. At most ten partners are considered
/// for a block.
Alignment align(const Draft& old_draft, const Draft& new_draft, const Vocabulary& vocabulary);

}  // namespace witan::anchors
