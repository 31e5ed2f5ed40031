#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "shared/anchors/draft.hpp"

/// Looks for words of one draft all over a draft.
namespace witan::anchors {

/// Places of a common word that are looked at to find those where its neighbour stands too.
constexpr std::size_t k_places_scanned = 512;
constexpr std::size_t k_words_compared = 256;

/// Places in `text` of the word at `at`, or of it and the one after it, if there are `places_max` at most.
/// `is_pair`: whether it took the second to tell.
struct Telling {
  std::vector<std::size_t> places;
  bool is_pair = false;
};
Telling telling_places(const Draft& draft, std::size_t at, Range within, const Draft& text,
                       std::size_t places_max);

/// Calls `found(word of the draft, place in the text, what it tells)` for each word in `within` that tells.
template <class Found>
void for_each_telling(const Draft& draft, Range within, const Draft& text, const Vocabulary& vocabulary,
                      std::size_t places_max, Found found) {
  for (std::size_t at = within.begin; at < within.end; ++at) {
    const auto [places, is_pair] = telling_places(draft, at, within, text, places_max);
    const std::int64_t weight =
        vocabulary.weight(draft.words[at].id) + (is_pair ? vocabulary.weight(draft.words[at + 1].id) : 0);
    for (const std::size_t place : places) found(at, place, weight);
  }
}

/// A stretch of one block in which words of a pattern stand about as far from each other as they did.
struct Spot {
  Range words;
  std::int64_t weight = 0;
};

/// The heaviest spots first, at most `spots_max`, none of them less than a third as heavy as another; of a
/// long pattern, 64 words spread over it are looked for.
std::vector<Spot> find_spots(const Draft& draft, Range pattern, const Draft& text,
                             const Vocabulary& vocabulary, std::size_t spots_max);

/// Where in `text` just these words (of many, the first `k_words_compared`) stand in one block: at most
/// `places_max`, the first ones. Nothing when even the rarest of them stands in too many places to look at.
std::optional<std::vector<std::size_t>> find_exactly(const Draft& draft, Range pattern, const Draft& text,
                                                     Range within, const Vocabulary& vocabulary,
                                                     std::size_t places_max);

}  // namespace witan::anchors
