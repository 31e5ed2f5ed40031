#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// Carries comments from one draft to the next: where the words stand now that somebody commented on.
/// README.md says by which rules. Integers only, so that `web-client/src/anchors` comes to the same results.
namespace witan::anchors {

/// One block of a draft, as the carrier sees it.
struct Block {
  std::string_view id;
  bool takes_comments =
      true;               ///< Headings do not: they show where blocks belong, and nothing is placed in them.
  std::string_view text;  ///< UTF-8; a byte that is none counts as one code point.
};

/// Words of the old draft that somebody commented on: a TextPositionSelector of the W3C Recommendation "Web
/// Annotation Data Model" (2017, 4.2.5) within a block. What reaches beyond the block's end is cut off.
struct Anchor {
  std::string_view block;
  std::size_t start = 0;   ///< In Unicode code points.
  std::size_t length = 0;  ///< The same; 0 is the block as a whole.
};

/// The same words as they are kept beside the comment and shown: a TextQuoteSelector (4.2.4).
struct Quote {
  std::string exact;
  std::string prefix;  ///< Up to 32 code points before it in the block.
  std::string suffix;  ///< Up to 32 after it.
};

/// The words at an anchor; `text` is its block's.
Quote quote_at(std::string_view text, std::size_t start, std::size_t length);

/// What became of an anchor.
enum class Fate {
  placed,     ///< In the block that its own became, in the order of the draft.
  moved,      ///< The words are surely the same, but stand in another block, or in one that was moved.
  uncertain,  ///< A best guess, for a person to confirm: others are nearly as good, or too little speaks for
              ///< it.
  orphaned,   ///< Nothing in the new draft is good enough.
};

struct Placement {
  Fate fate = Fate::orphaned;
  std::string block;       ///< Of the new draft; empty when orphaned.
  std::size_t start = 0;   ///< In code points, within the block.
  std::size_t length = 0;  ///< Never 0 unless orphaned.
  int score =
      0;  ///< Thousandths: how well words, neighbours and order agree; of the best rejected when orphaned.
};

/// Compares two drafts once, then carries any number of anchors. Copies what it needs. To carry changes
/// nothing, so several threads may share one.
///
/// Comparing takes time in proportion to the words of both drafts, times at most a constant, and 50 million
/// steps more; carrying one anchor takes time in proportion to its words, and 300,000 steps more, whatever
/// the texts hold.
class Carrier {
 public:
  Carrier(std::span<const Block> old_blocks, std::span<const Block> new_blocks);
  ~Carrier();
  Carrier(Carrier&&) noexcept;
  Carrier& operator=(Carrier&&) noexcept;

  /// An anchor in a block that the old draft does not have is orphaned.
  [[nodiscard]] Placement carry(const Anchor& anchor) const;

 private:
  struct Comparison;
  std::unique_ptr<const Comparison> comparison_;
};

std::string_view name_of(Fate fate);

}  // namespace witan::anchors
