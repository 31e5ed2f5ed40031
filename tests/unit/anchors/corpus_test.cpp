#include "tests/anchors/corpus.hpp"

#include <gtest/gtest.h>

namespace witan::anchors::corpus {
namespace {

// Nobody looks again at what is called placed. witan-anchors-judge prints all other figures.
TEST(Corpus, nothing_is_placed_where_a_careful_reader_would_not_put_it) {
  const auto pairs = read_all("tests/anchors/corpus");
  ASSERT_FALSE(pairs.empty());
  std::size_t with_place = 0;
  std::size_t carried_rightly = 0;
  for (const DraftPair& pair : pairs) {
    const Carrier carrier(views(pair.old_blocks), views(pair.new_blocks));
    for (const LabelledAnchor& anchor : pair.anchors) {
      const Placement placement =
          carrier.carry({.block = anchor.block, .start = anchor.start, .length = anchor.length});
      const bool is_carried = placement.fate == Fate::placed || placement.fate == Fate::moved;
      if (anchor.truth) ++with_place;
      if (anchor.truth && is_carried && is_right(anchor, placement)) ++carried_rightly;
      if (placement.fate == Fate::placed) {
        EXPECT_TRUE(is_right(anchor, placement))
            << pair.file << " " << anchor.block << ":" << anchor.start << " \"" << anchor.exact << "\" at "
            << placement.block << ":" << placement.start << "; " << anchor.why;
      }
    }
  }
  // 0.86 when this was written: a change that loses more is noticed.
  EXPECT_GE(100 * carried_rightly, 84 * with_place);
}

}  // namespace
}  // namespace witan::anchors::corpus
