#include "shared/anchors/search.hpp"

#include <algorithm>
#include <tuple>

namespace witan::anchors {

namespace {

constexpr std::size_t k_words_looked_for = 64;
constexpr std::size_t k_places_telling = 32;

/// A word of the pattern seen in the text.
struct Hit {
  std::size_t block = 0;
  std::size_t begin = 0;  ///< Where the pattern would begin, counted from as many words before the text.
  std::int64_t weight = 0;
};

/// Hits of one block that agree where the pattern begins, give or take `tolerance`.
std::vector<Spot> gather(const std::vector<Hit>& hits, std::size_t pattern_words, const Draft& text) {
  const std::size_t tolerance = 8 + pattern_words / 4;
  std::vector<Spot> spots;
  for (std::size_t i = 0, k = 0; i < hits.size(); i = k) {
    Spot spot;
    for (k = i;
         k < hits.size() && hits[k].block == hits[i].block && hits[k].begin <= hits[i].begin + tolerance; ++k)
      spot.weight += hits[k].weight;
    const Range block = text.words_of(hits[i].block);
    constexpr std::size_t k_slack = 4;
    const std::size_t begin = hits[i].begin - std::min(hits[i].begin, pattern_words + k_slack);
    spot.words = {std::max(begin, block.begin), std::min(hits[k - 1].begin + k_slack, block.end)};
    spots.push_back(spot);
  }
  return spots;
}

}  // namespace

Telling telling_places(const Draft& draft, std::size_t at, Range within, const Draft& text,
                       std::size_t places_max) {
  const auto places = text.places_of(draft.words[at].id);
  if (places.size() <= places_max) return {.places = {places.begin(), places.end()}};
  if (at + 1 == within.end) return {};
  Telling telling{.places = {}, .is_pair = true};
  const WordId second = draft.words[at + 1].id;
  const auto seconds = text.places_of(second);
  const bool is_first_rarer = places.size() <= seconds.size();
  const auto rarer = is_first_rarer ? places : seconds;
  if (rarer.size() > k_places_scanned) return telling;
  for (const std::size_t place : rarer) {
    if (!is_first_rarer && place == 0) continue;
    const std::size_t first = is_first_rarer ? place : place - 1;
    const bool is_here = first + 1 < text.words.size() && text.words[first].id == draft.words[at].id &&
                         text.words[first + 1].id == second &&
                         text.words[first].block == text.words[first + 1].block;
    if (is_here) telling.places.push_back(first);
  }
  if (telling.places.size() > places_max) telling.places.clear();
  return telling;
}

std::vector<Spot> find_spots(const Draft& draft, Range pattern, const Draft& text,
                             const Vocabulary& vocabulary, std::size_t spots_max) {
  std::vector<Hit> hits;
  const std::size_t words = pattern.size();
  const std::size_t looked_for = std::min(words, k_words_looked_for);
  for (std::size_t k = 0; k < looked_for; ++k) {
    const std::size_t at = pattern.begin + k * words / looked_for;
    const Range rest{at, std::min(at + 2, pattern.end)};
    const auto [places, is_pair] = telling_places(draft, at, rest, text, k_places_telling);
    const std::int64_t weight =
        vocabulary.weight(draft.words[at].id) + (is_pair ? vocabulary.weight(draft.words[at + 1].id) : 0);
    for (const std::size_t place : places) {
      const std::size_t block = text.words[place].block;
      if (Draft::may_become(draft, draft.words[at].block, text, block))
        hits.push_back({.block = block, .begin = place + words - (at - pattern.begin), .weight = weight});
    }
  }
  std::ranges::sort(hits, {}, [](const Hit& hit) { return std::tuple(hit.block, hit.begin); });
  auto spots = gather(hits, words, text);
  std::ranges::sort(
      spots, {}, [](const Spot& spot) { return std::tuple(-spot.weight, spot.words.begin, spot.words.end); });
  if (spots.size() > spots_max) spots.resize(spots_max);
  // What has so much less of the pattern is not nearly as good.
  std::erase_if(spots, [most = spots.empty() ? 0 : spots.front().weight](const Spot& s) {
    return 3 * s.weight < most;
  });
  return spots;
}

std::optional<std::vector<std::size_t>> find_exactly(const Draft& draft, Range pattern, const Draft& text,
                                                     Range within, const Vocabulary& vocabulary,
                                                     std::size_t places_max) {
  pattern.end = std::min(pattern.end, pattern.begin + k_words_compared);
  std::size_t rarest = pattern.begin;
  for (std::size_t i = pattern.begin; i < pattern.end; ++i)
    if (vocabulary.weight(draft.words[i].id) > vocabulary.weight(draft.words[rarest].id)) rarest = i;
  const auto places = text.places_of(draft.words[rarest].id, within);
  if (places.size() > k_places_scanned) return std::nullopt;
  std::vector<std::size_t> found;
  const std::size_t ahead = rarest - pattern.begin;
  for (const std::size_t place : places) {
    if (place < within.begin + ahead || place - ahead + pattern.size() > within.end) continue;
    std::size_t same = 0;
    while (same < pattern.size() &&
           draft.words[pattern.begin + same].id == text.words[place - ahead + same].id)
      ++same;
    const bool is_one_block =
        text.words[place - ahead].block == text.words[place - ahead + pattern.size() - 1].block;
    if (same == pattern.size() && is_one_block && found.size() < places_max) found.push_back(place - ahead);
  }
  return found;
}

}  // namespace witan::anchors
