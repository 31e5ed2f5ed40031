#pragma once

#include <optional>

#include "tests/anchors/corpus.hpp"

namespace witan::anchors::corpus {

/// Where Hypothesis would find the anchor, by the rule that its client documents (`matchQuote`): the quote
/// with at most half its length in edits (and 256 at most) anywhere in the document's text; of the closest,
/// the one with the highest sum of 50 parts likeness of the quote, 20 each of 32 characters before and after,
/// and 2 of nearness to where it stood. The block is the one in which it begins.
class HypothesisRule {
 public:
  explicit HypothesisRule(const DraftPair& pair);
  [[nodiscard]] std::optional<Place> find(const LabelledAnchor& anchor) const;

 private:
  struct Document {
    explicit Document(const std::vector<OwnedBlock>& blocks);
    [[nodiscard]] std::size_t begin_of(const std::string& block) const;
    std::u32string text;
    std::vector<std::string> ids;
    std::vector<std::size_t> begins;
  };
  Document old_;
  Document new_;
};

}  // namespace witan::anchors::corpus
