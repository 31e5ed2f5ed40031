#include "tests/anchors/hypothesis_rule.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "shared/anchors/characters.hpp"

namespace witan::anchors::corpus {

namespace {

struct Match {
  std::size_t begin = 0, end = 0, edits = 0;
};

/// The stretches of `text` that are closest to `quote`, all with the same number of edits (P. Sellers, "The
/// theory and computation of evolutionary distances", J. Algorithms 1, 1980). Each carries the place where it
/// began.
std::vector<Match> closest(std::u32string_view text, std::u32string_view quote, std::size_t edits_max) {
  struct Cell {
    std::size_t edits, begin;
  };
  std::vector<Cell> column;
  for (std::size_t i = 0; i <= quote.size(); ++i) column.push_back({.edits = i, .begin = 0});
  std::vector<Match> matches;
  for (std::size_t end = 0; end <= text.size(); ++end) {
    if (end > 0) {
      Cell diagonal = column[0];
      column[0] = {.edits = 0, .begin = end};
      for (std::size_t i = 1; i <= quote.size(); ++i) {
        Cell cell{.edits = diagonal.edits + (quote[i - 1] == text[end - 1] ? 0U : 1U),
                  .begin = diagonal.begin};
        if (column[i - 1].edits + 1 < cell.edits)
          cell = {.edits = column[i - 1].edits + 1, .begin = column[i - 1].begin};
        if (column[i].edits + 1 < cell.edits) cell = {.edits = column[i].edits + 1, .begin = column[i].begin};
        diagonal = std::exchange(column[i], cell);
      }
    }
    const Cell& last = column.back();
    if (last.edits > edits_max) continue;
    if (last.edits < edits_max) matches.clear();
    edits_max = last.edits;
    matches.push_back({.begin = last.begin, .end = end, .edits = last.edits});
  }
  return matches;
}

/// From 0 to 1; what was not there before the quote agrees with anything.
double likeness(std::u32string_view text, std::u32string_view wanted) {
  if (wanted.empty()) return 1;
  if (text.empty()) return 0;
  const auto matches = closest(text, wanted, wanted.size());
  return 1 - static_cast<double>(matches.front().edits) / static_cast<double>(wanted.size());
}

constexpr std::size_t k_context = 32;

std::u32string_view before(std::u32string_view text, std::size_t at, std::size_t most) {
  const std::size_t count = std::min(at, most);
  return text.substr(at - count, count);
}

}  // namespace

HypothesisRule::Document::Document(const std::vector<OwnedBlock>& blocks) {
  for (const auto& block : blocks) {
    ids.push_back(block.id);
    begins.push_back(text.size());
    text += code_points(block.text);
    text.push_back('\n');
  }
}

std::size_t HypothesisRule::Document::begin_of(const std::string& block) const {
  return begins[static_cast<std::size_t>(std::ranges::find(ids, block) - ids.begin())];
}

HypothesisRule::HypothesisRule(const DraftPair& pair) : old_(pair.old_blocks), new_(pair.new_blocks) {}

std::optional<Place> HypothesisRule::find(const LabelledAnchor& anchor) const {
  const std::u32string_view old_text = old_.text;
  const std::u32string_view new_text = new_.text;
  const std::size_t hint = old_.begin_of(anchor.block) + anchor.start;
  const auto quote = old_text.substr(hint, anchor.length);
  const auto prefix = before(old_text, hint, k_context);
  const auto suffix = old_text.substr(hint + quote.size(), k_context);
  const Match* best = nullptr;
  double best_score = 0;
  const auto matches = closest(new_text, quote, std::min<std::size_t>(256, quote.size() / 2));
  for (const Match& match : matches) {
    const double far = static_cast<double>(match.begin > hint ? match.begin - hint : hint - match.begin);
    const double score = 50 * (1 - static_cast<double>(match.edits) / static_cast<double>(quote.size())) +
                         20 * likeness(before(new_text, match.begin, prefix.size()), prefix) +
                         20 * likeness(new_text.substr(match.end, suffix.size()), suffix) +
                         2 * (1 - far / static_cast<double>(new_text.size()));
    if (best != nullptr && score <= best_score) continue;
    best = &match;
    best_score = score;
  }
  if (best == nullptr) return std::nullopt;
  const auto after = std::ranges::upper_bound(new_.begins, best->begin);
  const auto block = static_cast<std::size_t>(after - new_.begins.begin()) - 1;
  return Place{
      .block = new_.ids[block], .start = best->begin - new_.begins[block], .length = best->end - best->begin};
}

}  // namespace witan::anchors::corpus
