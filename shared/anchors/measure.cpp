#include "shared/anchors/measure.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "shared/anchors/search.hpp"

namespace witan::anchors {

namespace {

/// As much as so many rare words says enough by itself, in a block that the anchor's own became and
/// elsewhere.
constexpr std::int64_t k_telling_words_home = 3;
constexpr std::int64_t k_telling_words = 5;

/// How much it counts, in thousandths, that both stand at an end of a sentence, whatever the next one says.
constexpr std::int64_t k_sentence_edge = 500;

/// Words as they follow each other away from a point: to the left of it, or to the right.
struct Neighbours {
  std::array<WordId, k_context_words> ids{};
  std::size_t count = 0;
};

/// How far to look: over what follows, or only as far as the sentence goes.
enum class Reach { far, sentence };

bool begins_sentence(const Draft& draft, std::size_t word) {
  return word == 0 || draft.words[word - 1].ends_sentence;
}

Neighbours before(const Draft& draft, std::size_t word, Reach reach) {
  Neighbours neighbours;
  while (neighbours.count < std::min(word, k_context_words)) {
    const std::size_t i = neighbours.count;
    if (reach == Reach::sentence && begins_sentence(draft, word - i)) break;
    neighbours.ids[i] = draft.words[word - 1 - i].id;
    ++neighbours.count;
  }
  return neighbours;
}

Neighbours after(const Draft& draft, std::size_t word, Reach reach) {
  Neighbours neighbours;
  while (neighbours.count < std::min(draft.words.size() - word, k_context_words)) {
    const std::size_t i = neighbours.count;
    if (reach == Reach::sentence && begins_sentence(draft, word + i)) break;
    neighbours.ids[i] = draft.words[word + i].id;
    ++neighbours.count;
  }
  return neighbours;
}

/// The heaviest common subsequence, in thousandths of what `old_words` weigh.
std::int64_t agreement(const Vocabulary& vocabulary, const Neighbours& old_words,
                       const Neighbours& new_words) {
  std::array<std::int64_t, k_context_words + 1> best{};
  std::int64_t total = 0;
  for (std::size_t r = 0; r < old_words.count; ++r) {
    const std::int64_t weight = vocabulary.weight(old_words.ids[r]);
    total += weight;
    std::int64_t diagonal = 0;
    for (std::size_t c = 0; c < new_words.count; ++c) {
      const std::int64_t pair = old_words.ids[r] == new_words.ids[c] ? diagonal + weight : 0;
      diagonal = best[c + 1];
      best[c + 1] = std::max({best[c + 1], best[c], pair});
    }
  }
  return total == 0 ? 0 : 1000 * best[new_words.count] / total;
}

bool is_first(const Draft& draft, std::size_t word) { return word == draft.first[draft.words[word].block]; }
bool is_last(const Draft& draft, std::size_t word) {
  return word + 1 == draft.first[draft.words[word].block + 1];
}

/// A word of the quote and what it became.
struct Match {
  std::size_t old_word = 0, new_word = 0;
  std::int64_t credit = 0;
};

class Measuring {
 public:
  Measuring(const Drafts& drafts, const Target& target, const Mapping& mapping)
      : old_(drafts.old_draft), new_(drafts.new_draft), drafts_(drafts), target_(target), mapping_(mapping) {}

  std::optional<Candidate> run() {
    collect();
    keep_densest();
    if (matches_.empty() ? !take_replaced() : !choose_block()) return std::nullopt;
    if (!matches_.empty()) widen();
    candidate_.words = {std::max(hull_.begin, new_.first[candidate_.block]),
                        std::min(hull_.end, new_.first[candidate_.block + 1])};
    find_characters();
    agree();
    return candidate_;
  }

 private:
  void collect();
  void keep_densest();
  void keep_ends(Range& kept) const;
  bool choose_block();
  bool take_replaced();
  [[nodiscard]] bool stood_in_block(Range words) const;
  void widen();
  [[nodiscard]] std::size_t replaced(std::size_t quoted, std::size_t run, bool is_bounded) const;
  void find_characters();
  void agree();
  [[nodiscard]] std::int64_t sentence_kept() const;
  [[nodiscard]] bool came_from_elsewhere() const;

  const Draft& old_;
  const Draft& new_;
  const Drafts& drafts_;
  const Target& target_;
  const Mapping& mapping_;
  std::vector<Match> matches_;
  Range hull_;  // All new words that the quote became, also in other blocks when its own was split.
  Candidate candidate_;
};

void Measuring::collect() {
  for (std::size_t i = target_.words.begin; i < target_.words.end; ++i) {
    const std::size_t j = mapping_.image_of(i);
    if (j == k_nowhere) continue;
    const std::int64_t weight = drafts_.vocabulary.weight(old_.words[i].id);
    const bool is_same = old_.words[i].id == new_.words[j].id;
    matches_.push_back({.old_word = i, .new_word = j, .credit = is_same ? weight : weight * 3 / 4});
  }
}

/// Leaves out single words that were found far from the rest: the stretch that is heaviest, where each word
/// in between counts half against it (J. Bentley, "Programming Pearls: algorithm design techniques", CACM
/// 27(9), 1984).
void Measuring::keep_densest() {
  std::int64_t most = 0;
  std::int64_t value = 0;
  std::size_t begin = 0;
  Range densest;
  for (std::size_t k = 0; k < matches_.size(); ++k) {
    if (k > 0) value -= new_.weight({matches_[k - 1].new_word + 1, matches_[k].new_word}) / 2;
    if (value <= 0) {
      value = 0;
      begin = k;
    }
    value += matches_[k].credit;
    if (value > most) {
      most = value;
      densest = {begin, k + 1};
    }
  }
  if (densest.size() > 0) keep_ends(densest);
  matches_ = std::vector(matches_.begin() + static_cast<std::ptrdiff_t>(densest.begin),
                         matches_.begin() + static_cast<std::ptrdiff_t>(densest.end));
}

/// Where the quote's end still stands beside what stood beside it, it was not found by chance, however much
/// was put in between.
void Measuring::keep_ends(Range& kept) const {
  const std::size_t words_max = 3 * target_.words.size() + k_context_words;
  const auto is_near = [&](std::size_t k) {
    return matches_[std::max(k, kept.end - 1)].new_word - matches_[std::min(k, kept.begin)].new_word <
           words_max;
  };
  const Match& first = matches_.front();
  const Match& last = matches_.back();
  const auto [begin, end] = target_.words;
  const bool is_begin = begin > 0 && first.new_word > 0 && first.old_word == begin &&
                        mapping_.image_of(begin - 1) == first.new_word - 1;
  const bool is_end = last.old_word == end - 1 && mapping_.image_of(end) == last.new_word + 1;
  if (is_begin && is_near(0)) kept.begin = 0;
  if (is_end && is_near(matches_.size() - 1)) kept.end = matches_.size();
}

/// The block that has most of it, of those that take comments.
bool Measuring::choose_block() {
  std::int64_t most = 0;
  for (std::size_t k = 0; k < matches_.size();) {
    const std::size_t block = new_.words[matches_[k].new_word].block;
    std::int64_t credit = 0;
    for (; k < matches_.size() && new_.words[matches_[k].new_word].block == block; ++k)
      credit += matches_[k].credit;
    if (!Draft::may_become(old_, target_.block, new_, block) || credit <= most) continue;
    most = credit;
    candidate_.block = block;
  }
  return most > 0;
}

/// Whether words of the new draft stood in the anchor's block before: then they replaced nothing.
bool Measuring::stood_in_block(Range words) const {
  const auto places = find_exactly(new_, words, old_, old_.words_of(target_.block), drafts_.vocabulary, 1);
  return !places || !places->empty();
}

/// Of a short quote no word is left, but all around it: what was put in its place.
bool Measuring::take_replaced() {
  const auto [begin, end] = target_.words;
  if (end - begin > k_words_short) return false;
  const bool is_whole_begin = is_first(old_, begin);
  const bool is_whole_end = is_last(old_, end - 1);
  if (is_whole_begin && is_whole_end) return false;
  const std::size_t before = is_whole_begin ? k_nowhere : mapping_.image_of(begin - 1);
  const std::size_t after = is_whole_end ? k_nowhere : mapping_.image_of(end);
  if ((before == k_nowhere && !is_whole_begin) || (after == k_nowhere && !is_whole_end)) return false;
  candidate_.block = new_.words[before == k_nowhere ? after : before].block;
  const Range block = new_.words_of(candidate_.block);
  hull_ = {before == k_nowhere ? block.begin : before + 1, after == k_nowhere ? block.end : after};
  candidate_.is_bounded = true;
  return hull_.begin < hull_.end && hull_.begin >= block.begin && hull_.end <= block.end &&
         hull_.size() <= 2 * (end - begin) + 2 && !stood_in_block(hull_) &&
         Draft::may_become(old_, target_.block, new_, candidate_.block);
}

/// How many new words stand for quoted ones that were replaced at an end: all that were put there if that is
/// where the quote ended, otherwise one for one.
std::size_t Measuring::replaced(std::size_t quoted, std::size_t run, bool is_bounded) const {
  if (quoted == 0) return 0;
  return is_bounded && run <= 2 * quoted + 2 ? run : std::min(quoted, run);
}

void Measuring::widen() {
  const auto [begin, end] = target_.words;
  hull_ = {matches_.front().new_word, matches_.back().new_word + 1};
  const std::size_t missing_before = matches_.front().old_word - begin;
  const std::size_t missing_after = end - 1 - matches_.back().old_word;
  const auto is_new = [&](std::size_t j) { return mapping_.source_of(j) == k_nowhere; };

  // Where the quote began a sentence, what was put before it does not go beyond that.
  std::size_t run = 0;
  const auto begins = [&](std::size_t j) {
    return is_first(new_, j) || (begins_sentence(old_, begin) && begins_sentence(new_, j));
  };
  while (run <= 2 * missing_before + 2 && !begins(hull_.begin - run) && is_new(hull_.begin - run - 1)) ++run;
  const bool is_begin_known = begins(hull_.begin - run)
                                  ? begins_sentence(old_, begin)
                                  : begin > 0 && mapping_.image_of(begin - 1) == hull_.begin - run - 1;
  hull_.begin -= replaced(missing_before, run, is_begin_known);

  run = 0;
  const auto ends = [&](std::size_t j) {
    return is_last(new_, j - 1) || (begins_sentence(old_, end) && begins_sentence(new_, j));
  };
  while (run <= 2 * missing_after + 2 && !ends(hull_.end + run) && is_new(hull_.end + run)) ++run;
  const bool is_end_known = ends(hull_.end + run)
                                ? begins_sentence(old_, end)
                                : end < old_.words.size() && mapping_.image_of(end) == hull_.end + run;
  hull_.end += replaced(missing_after, run, is_end_known);

  candidate_.is_bounded = is_begin_known && is_end_known;
  if (!is_begin_known) candidate_.lost += old_.weight({begin, matches_.front().old_word});
  if (!is_end_known) candidate_.lost += old_.weight({matches_.back().old_word + 1, end});
  candidate_.lost = 1000 * candidate_.lost / old_.weight(target_.words);
}

/// From words to characters: where the anchor began or ended within a word, or with a bracket before it, so
/// does this.
void Measuring::find_characters() {
  const Word& old_first = old_.words[target_.words.begin];
  const Word& old_last = old_.words[target_.words.end - 1];
  const Word& new_first = new_.words[candidate_.words.begin];
  const Word& new_last = new_.words[candidate_.words.end - 1];
  const auto& old_text = old_.folded[target_.block];
  const auto& new_text = new_.folded[candidate_.block];
  candidate_.start = new_first.start;
  candidate_.end = new_last.end;
  if (mapping_.image_of(target_.words.begin) == candidate_.words.begin) {
    if (target_.start > old_first.start)
      candidate_.start = std::min(new_first.start + (target_.start - old_first.start), new_first.end - 1);
    const std::size_t least =
        is_first(new_, candidate_.words.begin) ? 0 : new_.words[candidate_.words.begin - 1].end;
    for (std::size_t i = old_first.start;
         i > target_.start && candidate_.start > least && old_text[i - 1] == new_text[candidate_.start - 1];
         --i)
      --candidate_.start;
  }
  if (mapping_.image_of(target_.words.end - 1) == candidate_.words.end - 1) {
    if (target_.end < old_last.end)
      candidate_.end =
          std::max(new_last.end - std::min(old_last.end - target_.end, new_last.end), candidate_.start + 1);
    const std::size_t most =
        is_last(new_, candidate_.words.end - 1) ? new_text.size() : new_.words[candidate_.words.end].start;
    for (std::size_t i = old_last.end;
         i < target_.end && candidate_.end < most && old_text[i] == new_text[candidate_.end]; ++i)
      ++candidate_.end;
  }
}

void Measuring::agree() {
  std::int64_t credit = 0;
  for (const Match& match : matches_) credit += match.credit;
  Candidate& c = candidate_;
  const bool is_short = target_.words.size() <= k_words_short;
  const Home& home = drafts_.alignment.homes[target_.block];
  const std::int64_t own =
      std::min<std::int64_t>(2000 * credit / (old_.weight(target_.words) + new_.weight(hull_)), 1000);
  c.before = agreement_before(drafts_, target_.words.begin, hull_.begin);
  c.after = agreement_after(drafts_, target_.words.end, hull_.end);
  c.sentence = sentence_kept();
  c.quote = is_short ? (own + c.sentence) / 2 : own;
  c.is_home = std::ranges::count(home.blocks, c.block) > 0;
  c.is_in_order = c.is_home && home.kind == Home::in_order;
  c.is_taken = came_from_elsewhere();
  const std::int64_t order = !c.is_home || home.is_doubtful ? 0 : c.is_in_order ? 1000 : 500;
  c.in_context = (50 * c.quote + 20 * c.before + 20 * c.after + 10 * order) / 100;
  const std::int64_t enough =
      (c.is_home ? k_telling_words_home : k_telling_words) * drafts_.vocabulary.weight_max();
  const std::int64_t telling =
      std::min<std::int64_t>(1000 * credit / std::max<std::int64_t>(enough, 1), 1000);
  const std::int64_t by_itself =
      (80 * c.quote * telling / 1000 + 5 * c.before + 5 * c.after + 10 * order) / 100;
  c.score = std::max(c.in_context, by_itself);
  const Range before{target_.words.begin - std::min(target_.words.begin, k_context_words),
                     target_.words.begin};
  const Range after{target_.words.end, std::min(target_.words.end + k_context_words, old_.words.size())};
  c.evidence = credit + (old_.weight(before) * c.before + old_.weight(after) * c.after) / 1000;
}

/// Of the quote's sentence, of which at most as many words as are compared anyway; where the quote is all of
/// it, what is around.
std::int64_t Measuring::sentence_kept() const {
  if (target_.words.size() > k_words_short) return 1000;
  Range sentence = target_.words;
  while (target_.words.begin - sentence.begin < k_context_words && !is_first(old_, sentence.begin) &&
         !old_.words[sentence.begin - 1].ends_sentence)
    --sentence.begin;
  while (sentence.end - target_.words.end < k_context_words && !old_.words[sentence.end - 1].ends_sentence)
    ++sentence.end;
  Range there = candidate_.words;
  while (candidate_.words.begin - there.begin < 2 * k_context_words && !is_first(new_, there.begin) &&
         !new_.words[there.begin - 1].ends_sentence)
    --there.begin;
  while (there.end - candidate_.words.end < 2 * k_context_words && !new_.words[there.end - 1].ends_sentence)
    ++there.end;
  if (sentence.size() == target_.words.size()) return (candidate_.before + candidate_.after) / 2;
  std::int64_t kept = 0;
  for (std::size_t i = sentence.begin; i < sentence.end; ++i) {
    const std::size_t j = mapping_.image_of(i);
    if (j == k_nowhere || j < there.begin || j >= there.end) continue;
    kept += drafts_.vocabulary.weight(old_.words[i].id);
  }
  return 1000 * kept / old_.weight(sentence);
}

bool Measuring::came_from_elsewhere() const {
  std::int64_t taken = 0;
  for (std::size_t j = candidate_.words.begin; j < candidate_.words.end; ++j) {
    const std::size_t i = drafts_.alignment.source[j];
    const bool is_own = i >= target_.words.begin && i < target_.words.end;
    if (i != k_nowhere && !is_own) taken += drafts_.vocabulary.weight(new_.words[j].id);
  }
  return 2 * taken >= new_.weight(candidate_.words);
}

}  // namespace

std::int64_t agreement_before(const Drafts& drafts, std::size_t old_word, std::size_t new_word) {
  if (is_first(drafts.old_draft, old_word) && is_first(drafts.new_draft, new_word)) return 1000;
  const auto agreeing = [&](Reach reach) {
    return agreement(drafts.vocabulary, before(drafts.old_draft, old_word, reach),
                     before(drafts.new_draft, new_word, reach));
  };
  const bool are_edges =
      begins_sentence(drafts.old_draft, old_word) && begins_sentence(drafts.new_draft, new_word);
  return std::max({agreeing(Reach::far), agreeing(Reach::sentence), are_edges ? k_sentence_edge : 0});
}

std::int64_t agreement_after(const Drafts& drafts, std::size_t old_word, std::size_t new_word) {
  if (is_last(drafts.old_draft, old_word - 1) && is_last(drafts.new_draft, new_word - 1)) return 1000;
  const auto agreeing = [&](Reach reach) {
    return agreement(drafts.vocabulary, after(drafts.old_draft, old_word, reach),
                     after(drafts.new_draft, new_word, reach));
  };
  const bool are_edges =
      begins_sentence(drafts.old_draft, old_word) && begins_sentence(drafts.new_draft, new_word);
  return std::max({agreeing(Reach::far), agreeing(Reach::sentence), are_edges ? k_sentence_edge : 0});
}

std::optional<Candidate> measure(const Drafts& drafts, const Target& target, const Mapping& mapping) {
  return Measuring(drafts, target, mapping).run();
}

}  // namespace witan::anchors
