#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>
#include <vector>

#include "shared/anchors/alignment.hpp"
#include "shared/anchors/anchors.hpp"
#include "shared/anchors/characters.hpp"
#include "shared/anchors/compare.hpp"
#include "shared/anchors/measure.hpp"
#include "shared/anchors/search.hpp"

namespace witan::anchors {

namespace {

constexpr std::size_t k_quote_context = 32;  // Code points of prefix and suffix.

constexpr std::int64_t k_score_least = 600;  ///< Below it nothing is guessed …
constexpr std::int64_t k_quote_least = 450;  ///< … nor where so little of the words is left.
constexpr std::int64_t k_quote_least_bounded =
    300;  ///< Where all around it is still the same, this is enough.
constexpr std::int64_t k_lost_most = 250;
constexpr std::int64_t k_score_sure_bounded = 650;
constexpr std::int64_t k_score_sure = 700;
constexpr std::int64_t k_quote_sure = 650;       ///< In the block that the anchor's own became …
constexpr std::int64_t k_quote_sure_away = 800;  ///< … and anywhere else, …
constexpr std::int64_t k_evidence_words_away =
    5;  ///< … where what agrees also tells as much as five rare words.
constexpr std::int64_t k_quote_sure_short = 700;
constexpr std::int64_t k_sentence_sure = 500;
constexpr std::int64_t k_neighbours_sure = 800;
constexpr std::int64_t k_quote_same = 900;         ///< As good as word for word.
constexpr std::int64_t k_margin = 50;              ///< By less than this, none of two is the better.
constexpr std::int64_t k_margin_neighbours = 250;  ///< The same for what is before and after, together.

constexpr std::size_t k_spots_max = 6;
constexpr std::size_t k_cells_an_anchor = 250'000;
constexpr std::size_t k_stretch_words = 64;  ///< How far around a quote is looked for what makes it unique.
constexpr std::size_t k_rivals_max = 16;

bool overlap(Range a, Range b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

/// Both drafts and their alignment, and how one anchor is carried.
struct Carrier::Comparison {
  Comparison(std::span<const Block> old_blocks, std::span<const Block> new_blocks)
      : old_draft(old_blocks, vocabulary), new_draft(new_blocks, vocabulary) {
    old_draft.index(vocabulary);
    new_draft.index(vocabulary);
    alignment = align(old_draft, new_draft, vocabulary);
    for (std::size_t o = 0; o < old_draft.blocks(); ++o) block_of.try_emplace(old_draft.ids[o], o);
  }

  [[nodiscard]] std::optional<Target> target_of(const Anchor& anchor) const;
  [[nodiscard]] std::optional<Candidate> at_home(const Target& target) const;
  [[nodiscard]] std::vector<Candidate> elsewhere(const Target& target) const;
  [[nodiscard]] std::vector<Candidate> found_as(const Target& target, Range pattern) const;
  [[nodiscard]] bool is_evident(const Target& target, const Candidate& candidate) const;
  [[nodiscard]] bool is_unique(const Target& target, const Candidate& candidate, std::size_t around) const;
  [[nodiscard]] bool has_rival_in_old(const Target& target, const Candidate& candidate) const;
  [[nodiscard]] bool is_best_source(const Target& target, const Candidate& candidate) const;
  static bool is_good(const Candidate& candidate);
  [[nodiscard]] bool is_sure(const Target& target, const Candidate& candidate) const;
  [[nodiscard]] Placement decide(const Target& target, std::vector<Candidate> candidates) const;
  [[nodiscard]] Placement beside(const Target& target, const Candidate& candidate, Placement placement) const;
  [[nodiscard]] Placement placement(const Target& target, const Candidate& candidate, Fate fate) const;
  [[nodiscard]] Drafts drafts() const { return {old_draft, new_draft, vocabulary, alignment}; }

  Vocabulary vocabulary;
  Draft old_draft;
  Draft new_draft;
  Alignment alignment;
  std::unordered_map<std::string, std::size_t> block_of;
};

/// The words that an anchor touches; where it touches none, the next one, or the last, beside which its marks
/// stand.
std::optional<Target> Carrier::Comparison::target_of(const Anchor& anchor) const {
  const auto found = block_of.find(std::string(anchor.block));
  if (found == block_of.end()) return std::nullopt;
  const Range block = old_draft.words_of(found->second);
  if (block.size() == 0) return std::nullopt;
  Target target;
  target.block = found->second;
  const std::size_t length = old_draft.folded[target.block].size();
  target.start = anchor.length == 0 ? 0 : std::min(anchor.start, length);
  target.end = anchor.length == 0 ? length : target.start + std::min(anchor.length, length - target.start);
  const auto words = std::span(old_draft.words).subspan(block.begin, block.size());
  const auto first =
      std::ranges::partition_point(words, [&](const Word& w) { return w.end <= target.start; });
  const auto last = std::ranges::partition_point(words, [&](const Word& w) { return w.start < target.end; });
  target.words = {block.begin + static_cast<std::size_t>(first - words.begin()),
                  block.begin + static_cast<std::size_t>(last - words.begin())};
  if (target.words.begin >= target.words.end) {
    const auto text = std::u32string_view(old_draft.folded[target.block]);
    target.marks = text.substr(target.start, target.end - target.start);
    target.are_marks_after = target.words.begin == block.end;
    target.words.begin = std::min(target.words.begin, block.end - 1);
    target.words.end = target.words.begin + 1;
    const Word& word = old_draft.words[target.words.begin];
    target.marks_apart = target.are_marks_after ? target.start - word.end : word.start - target.start;
    target.start = word.start;
    target.end = word.end;
  }
  target.is_whole = target.words.begin == block.begin && target.words.end == block.end;
  return target;
}

std::optional<Candidate> Carrier::Comparison::at_home(const Target& target) const {
  return measure(drafts(), target, {.image = alignment.image, .source = alignment.source});
}

/// Places all over the new draft where words of the quote stand: with its neighbours, or, where it left those
/// behind, alone.
std::vector<Candidate> Carrier::Comparison::elsewhere(const Target& target) const {
  const Range block = old_draft.words_of(target.block);
  const Range pattern{target.words.begin - std::min(target.words.begin - block.begin, k_context_words),
                      std::min(target.words.end + k_context_words, block.end)};
  const auto candidates = found_as(target, pattern);
  const bool is_found =
      std::ranges::any_of(candidates, [](const Candidate& c) { return c.quote >= k_quote_least; });
  return is_found || pattern.size() == target.words.size() ? candidates : found_as(target, target.words);
}

std::vector<Candidate> Carrier::Comparison::found_as(const Target& target, Range pattern) const {
  std::vector<WordId> a;
  for (std::size_t i = pattern.begin; i < pattern.end; ++i) a.push_back(old_draft.words[i].id);
  Comparer comparer(vocabulary, k_cells_an_anchor);
  std::vector<Candidate> candidates;
  for (const Spot& spot : find_spots(old_draft, pattern, new_draft, vocabulary, k_spots_max)) {
    std::vector<WordId> b;
    for (std::size_t j = spot.words.begin; j < spot.words.end; ++j) b.push_back(new_draft.words[j].id);
    auto image = comparer.compare(a, b);
    std::vector<std::size_t> source(b.size(), k_nowhere);
    for (std::size_t i = 0; i < image.size(); ++i) {
      if (image[i] == k_nowhere) continue;
      source[image[i]] = pattern.begin + i;
      image[i] += spot.words.begin;
    }
    const Mapping mapping{
        .image = image, .image_begin = pattern.begin, .source = source, .source_begin = spot.words.begin};
    auto candidate = measure(drafts(), target, mapping);
    if (!candidate) continue;
    const bool matters = !candidate->is_home && candidate->score > k_score_least - k_margin;
    if (matters && !candidate->is_taken) candidate->is_taken = !is_best_source(target, *candidate);
    candidates.push_back(*candidate);
  }
  return candidates;
}

/// Whether nothing around it was changed, and it cannot be another stretch of the block with the same words.
bool Carrier::Comparison::is_evident(const Target& target, const Candidate& c) const {
  const Home& home = alignment.homes[target.block];
  if (c.quote < 1000 || c.before < 1000 || c.after < 1000 || !c.is_home || home.is_doubtful) return false;
  return home.is_unchanged || is_unique(target, c, k_context_words) || is_unique(target, c, k_stretch_words);
}

/// Whether the unchanged stretch around the quote, so many words to each side, stands once in both blocks.
bool Carrier::Comparison::is_unique(const Target& target, const Candidate& c, std::size_t around) const {
  const Range old_block = old_draft.words_of(target.block);
  const Range new_block = new_draft.words_of(c.block);
  Range stretch = target.words;
  Range there = c.words;
  if (stretch.size() != there.size()) return false;
  while (target.words.begin - stretch.begin < around && stretch.begin > old_block.begin &&
         there.begin > new_block.begin &&
         old_draft.words[stretch.begin - 1].id == new_draft.words[there.begin - 1].id) {
    --stretch.begin;
    --there.begin;
  }
  while (stretch.end - target.words.end < around && stretch.end < old_block.end &&
         there.end < new_block.end && old_draft.words[stretch.end].id == new_draft.words[there.end].id) {
    ++stretch.end;
    ++there.end;
  }
  const auto in_old = find_exactly(old_draft, stretch, old_draft, old_block, vocabulary, 2);
  const auto in_new = find_exactly(old_draft, stretch, new_draft, new_block, vocabulary, 2);
  return in_old && in_old->size() == 1 && in_new && in_new->size() == 1;
}

/// Whether the same words stood elsewhere in the old draft too, became nothing that is known, and would be
/// found in this place about as well.
bool Carrier::Comparison::has_rival_in_old(const Target& target, const Candidate& c) const {
  const Range all{0, old_draft.words.size()};
  const auto places = find_exactly(old_draft, target.words, old_draft, all, vocabulary, k_rivals_max);
  if (!places) return true;
  const auto is_home_of = [&](std::size_t block) {
    return std::ranges::count(alignment.homes[block].blocks, c.block) > 0;
  };
  const std::size_t words = std::min(target.words.size(), k_words_compared);
  return std::ranges::any_of(*places, [&](std::size_t place) {
    const Range rival{place, place + words};
    if (overlap(rival, target.words) || (c.is_home && !is_home_of(old_draft.words[place].block)))
      return false;
    std::size_t settled = 0;
    for (std::size_t i = rival.begin; i < rival.end; ++i) settled += alignment.image[i] != k_nowhere ? 1 : 0;
    if (2 * settled >= rival.size()) return false;
    const std::int64_t neighbours = agreement_before(drafts(), rival.begin, c.words.begin) +
                                    agreement_after(drafts(), rival.end, c.words.end);
    return neighbours + k_margin_neighbours >= c.before + c.after;
  });
}

/// Whether this alone, if no other place were as good, says enough.
bool Carrier::Comparison::is_sure(const Target& target, const Candidate& c) const {
  const bool is_short = target.words.size() <= k_words_short;
  if (c.lost > k_lost_most) return false;
  const bool is_between = c.before >= k_neighbours_sure && c.after >= k_neighbours_sure;
  if (is_short && (c.sentence < k_sentence_sure || (c.quote < k_quote_sure_short && !is_between)))
    return false;
  if (c.is_home && c.is_bounded) return c.score >= k_score_sure_bounded && c.quote >= k_quote_least_bounded;
  if (c.is_home) return c.score >= k_score_sure && c.quote >= k_quote_sure;
  return c.score >= k_score_sure && c.quote >= (is_between ? k_quote_sure : k_quote_sure_away) &&
         c.evidence >= k_evidence_words_away * vocabulary.weight_max();
}

/// Whether no other place of the old draft has as much of what stands there now.
bool Carrier::Comparison::is_best_source(const Target& target, const Candidate& c) const {
  std::vector<WordId> a;
  for (std::size_t j = c.words.begin; j < c.words.end; ++j) a.push_back(new_draft.words[j].id);
  const std::int64_t total = new_draft.weight(c.words);
  const auto shared_with = [&](Range words) {
    std::vector<WordId> b;
    for (std::size_t i = words.begin; i < words.end; ++i) b.push_back(old_draft.words[i].id);
    const auto image = Comparer(vocabulary, k_cells_an_anchor / k_spots_max).compare(a, b);
    std::int64_t shared = 0;
    for (std::size_t k = 0; k < image.size(); ++k)
      if (image[k] != k_nowhere) shared += vocabulary.weight(a[k]);
    return 1000 * shared / std::max<std::int64_t>(total, 1);
  };
  const std::int64_t own = shared_with(target.words);
  return std::ranges::none_of(
      find_spots(new_draft, c.words, old_draft, vocabulary, k_spots_max), [&](const Spot& spot) {
        return !overlap(spot.words, target.words) && shared_with(spot.words) + k_margin > own;
      });
}

/// From a word to the marks that stood beside it, as far from it or elsewhere before the next; they may be gone while it
/// is not.
Placement Carrier::Comparison::beside(const Target& target, const Candidate& c, Placement placement) const {
  const Range block = new_draft.words_of(c.block);
  const std::size_t w = c.words.begin;
  const Word& word = new_draft.words[w];
  const std::u32string_view text = new_draft.folded[c.block];
  const std::size_t end_before = w == block.begin ? 0 : new_draft.words[w - 1].end;
  const std::size_t begin_after = w + 1 == block.end ? text.size() : new_draft.words[w + 1].start;
  const auto gap = target.are_marks_after ? text.substr(word.end, begin_after - word.end)
                                          : text.substr(end_before, word.start - end_before);
  const std::size_t apart = target.are_marks_after ? target.marks_apart : gap.size() - target.marks_apart;
  const bool is_as_far = apart <= gap.size() && gap.substr(apart).starts_with(target.marks);
  const std::size_t found = is_as_far ? apart : gap.find(target.marks);
  if (found == std::u32string_view::npos) return {};
  placement.start = (target.are_marks_after ? word.end : end_before) + found;
  placement.length = target.marks.size();
  return placement;
}

Placement Carrier::Comparison::placement(const Target& target, const Candidate& c, Fate fate) const {
  Placement placement{.fate = fate,
                      .block = new_draft.ids[c.block],
                      .start = c.start,
                      .length = c.end - c.start,
                      .score = static_cast<int>(c.score)};
  if (!target.marks.empty()) return beside(target, c, std::move(placement));
  // A comment on a whole block stays one, if its block became this one and nothing else did.
  const Home& home = alignment.homes[target.block];
  const Range words = new_draft.words_of(c.block);
  const auto is_own = [&](std::size_t j) {
    const std::size_t i = alignment.source[j];
    return i == k_nowhere || old_draft.words[i].block == target.block;
  };
  bool is_whole = target.is_whole && c.is_home && home.blocks.size() == 1;
  for (std::size_t j = words.begin; is_whole && j < words.end; ++j) is_whole = is_own(j);
  if (is_whole) {
    placement.start = 0;
    placement.length = new_draft.folded[c.block].size();
  }
  return placement;
}

/// Whether it is worth showing to somebody.
bool Carrier::Comparison::is_good(const Candidate& c) {
  if (c.score < k_score_least) return false;
  if (c.is_taken) return c.quote >= k_quote_same;
  return c.quote >= (c.is_home && c.is_bounded ? k_quote_least_bounded : k_quote_least);
}

Placement Carrier::Comparison::decide(const Target& target, std::vector<Candidate> candidates) const {
  // What came from elsewhere is the last choice. Of equals the first remains: the one at home.
  const Candidate* best = nullptr;
  const auto is_better = [](const Candidate& a, const Candidate& b) {
    return a.is_taken != b.is_taken ? b.is_taken : a.score > b.score;
  };
  for (const Candidate& c : candidates)
    if (best == nullptr || is_better(c, *best)) best = &c;
  if (best == nullptr) return {};
  if (!is_good(*best)) {
    Placement none;
    none.score = static_cast<int>(best->score);
    return none;
  }
  const bool has_rival = std::ranges::any_of(candidates, [&](const Candidate& c) {
    return !c.is_taken && !overlap(c.words, best->words) && c.score + k_margin > best->score &&
           c.in_context + k_margin > best->in_context;
  });
  const bool is_clear =
      !best->is_taken && !has_rival && is_sure(target, *best) && !has_rival_in_old(target, *best);
  if (!is_clear) return placement(target, *best, Fate::uncertain);
  return placement(target, *best, best->is_in_order ? Fate::placed : Fate::moved);
}

Carrier::Carrier(std::span<const Block> old_blocks, std::span<const Block> new_blocks)
    : comparison_(std::make_unique<const Comparison>(old_blocks, new_blocks)) {}
Carrier::~Carrier() = default;
Carrier::Carrier(Carrier&&) noexcept = default;
Carrier& Carrier::operator=(Carrier&&) noexcept = default;

Placement Carrier::carry(const Anchor& anchor) const {
  const auto target = comparison_->target_of(anchor);
  if (!target) return {};
  const auto home = comparison_->at_home(*target);
  if (home && comparison_->is_evident(*target, *home))
    return comparison_->placement(*target, *home, home->is_in_order ? Fate::placed : Fate::moved);
  std::vector<Candidate> candidates;
  if (home) candidates.push_back(*home);
  for (const Candidate& other : comparison_->elsewhere(*target)) {
    // The same place again, found another way: what the whole block says goes first.
    if (!home || !overlap(other.words, home->words)) candidates.push_back(other);
  }
  return comparison_->decide(*target, std::move(candidates));
}

Quote quote_at(std::string_view text, std::size_t start, std::size_t length) {
  const std::u32string points = code_points(text);
  const std::u32string_view all = points;
  const std::size_t begin = std::min(start, all.size());
  const std::size_t end = begin + std::min(length, all.size() - begin);
  const std::size_t before = begin - std::min(begin, k_quote_context);
  return {.exact = utf8(all.substr(begin, end - begin)),
          .prefix = utf8(all.substr(before, begin - before)),
          .suffix = utf8(all.substr(end, k_quote_context))};
}

std::string_view name_of(Fate fate) {
  constexpr std::array<std::string_view, 4> k_names{"placed", "moved", "uncertain", "orphaned"};
  return k_names[static_cast<std::size_t>(fate)];
}

}  // namespace witan::anchors
