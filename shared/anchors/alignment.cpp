#include "shared/anchors/alignment.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "shared/anchors/characters.hpp"
#include "shared/anchors/compare.hpp"
#include "shared/anchors/search.hpp"

namespace witan::anchors {

namespace {

constexpr std::size_t k_partners_max = 8;
/// A word or pair of words that stands in more places does not tell which block is meant.
constexpr std::size_t k_places_telling = 16;
constexpr std::int64_t k_like = 250;     ///< Thousandths of its words that a block shares at least …
constexpr std::int64_t k_part_of = 600;  ///< … or that one has of the other, when it was split or merged …
constexpr std::size_t k_part_words_min = 5;  ///< … and has as many words at least.
constexpr std::int64_t k_like_when_moved = 500;
/// What partners of one block may hold of it together, in thousandths: more, and they hold the same.
constexpr std::int64_t k_shares_max = 1200;
constexpr std::size_t k_cells_all_blocks = 50'000'000;

/// An old and a new block that are like each other.
struct Pair {
  std::size_t old_block = 0, new_block = 0;
  std::int64_t weight = 0;    ///< What they share.
  std::int64_t likeness = 0;  ///< Thousandths of both.
  std::int64_t of_old = 0;    ///< Thousandths of the old block that the new one has.
  std::int64_t of_new = 0;
  /// What they share that no other block of either draft has: by this a block is told from others like it.
  std::int64_t telling = 0;
  std::int64_t support =
      0;  ///< Up to 4: their headings are paired as well (2), the blocks before, those after.
  std::int64_t value = 0;  ///< What it counts for, beside other pairs of the same blocks.
  [[nodiscard]] bool is_telling() const { return 3 * telling >= weight; }
};

/// The words of a block and its pairs of words, each as a number, sorted.
struct Bag {
  std::vector<std::uint64_t> items;
  std::int64_t weight = 0;
};

class Pairing {
 public:
  Pairing(const Draft& old_draft, const Draft& new_draft, const Vocabulary& vocabulary)
      : old_(old_draft), new_(new_draft), vocabulary_(vocabulary) {}

  std::vector<Pair> pairs();

  /// How many blocks have the words of an old block: in the old draft, and in the new.
  [[nodiscard]] std::pair<std::size_t, std::size_t> twins_of(std::size_t old_block) const {
    const Twins& twins = twins_.at(words_in(old_, old_block));
    return {twins.in_old.size(), twins.in_new.size()};
  }

 private:
  struct Twins {
    std::vector<std::size_t> in_old, in_new;
  };
  static std::vector<WordId> words_in(const Draft& draft, std::size_t block) {
    const Range range = draft.words_of(block);
    std::vector<WordId> ids;
    ids.reserve(range.size());
    for (std::size_t i = range.begin; i < range.end; ++i) ids.push_back(draft.words[i].id);
    return ids;
  }
  [[nodiscard]] std::int64_t weight_of(std::uint64_t item) const;
  [[nodiscard]] Bag bag_of(const Draft& draft, std::size_t block) const;
  void drop_number(std::vector<WordId>& ids) const;
  void find_twins();
  void count_blocks();
  /// Block -> the heading above it, or `k_nowhere`.
  static std::vector<std::size_t> heads_of(const Draft& draft) {
    std::vector<std::size_t> heads;
    std::size_t head = k_nowhere;
    for (std::size_t block = 0; block < draft.blocks(); ++block) {
      heads.push_back(draft.takes_comments[block] ? head : k_nowhere);
      if (!draft.takes_comments[block]) head = block;
    }
    return heads;
  }
  /// Of blocks with the same words, none was added and none deleted: the first is the first, and so on.
  [[nodiscard]] bool are_same_of_all(std::size_t old_block, std::size_t new_block) const {
    const auto& [in_old, in_new] = twins_.at(words_in(old_, old_block));
    const auto rank = std::ranges::lower_bound(in_old, old_block) - in_old.begin();
    return in_old.size() == in_new.size() && in_new[static_cast<std::size_t>(rank)] == new_block;
  }
  [[nodiscard]] std::vector<Pair> supported(std::vector<Pair> pairs) const;
  std::vector<std::size_t> partners_of(std::size_t old_block);
  [[nodiscard]] Pair compared(std::size_t old_block, std::size_t new_block) const;

  const Draft& old_;
  const Draft& new_;
  const Vocabulary& vocabulary_;
  std::vector<Bag> old_bags_, new_bags_;
  struct InBlocks {
    std::size_t of_old = 0, of_new = 0;
  };
  std::unordered_map<std::uint64_t, InBlocks> in_blocks_;  // How many blocks have an item.
  std::map<std::vector<WordId>, Twins> twins_;
  std::vector<std::int64_t> votes_;  // By new block; all zero between calls of `partners_of`.
};

/// A single word is a number below 2^32; a pair has the first, counted from one, above that.
std::int64_t Pairing::weight_of(std::uint64_t item) const {
  const auto first = item >> 32U;
  const std::int64_t second = vocabulary_.weight(static_cast<WordId>(item));
  return first == 0 ? second : second + vocabulary_.weight(static_cast<WordId>(first - 1));
}

Bag Pairing::bag_of(const Draft& draft, std::size_t block) const {
  Bag bag;
  auto ids = words_in(draft, block);
  if (!draft.takes_comments[block]) drop_number(ids);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    bag.items.push_back(ids[i]);
    if (i > 0) bag.items.push_back(((std::uint64_t{ids[i - 1]} + 1) << 32U) | ids[i]);
  }
  std::ranges::sort(bag.items);
  for (const auto item : bag.items) bag.weight += weight_of(item);
  return bag;
}

/// A heading is the same one under another number.
void Pairing::drop_number(std::vector<WordId>& ids) const {
  const auto is_name = [&](WordId id) { return kind_of(vocabulary_.letters(id)[0]) != Kind::digit; };
  const auto name = std::ranges::find_if(ids, is_name);
  if (name != ids.end()) ids.erase(ids.begin(), name);
}

void Pairing::find_twins() {
  for (std::size_t o = 0; o < old_.blocks(); ++o) twins_[words_in(old_, o)].in_old.push_back(o);
  for (std::size_t n = 0; n < new_.blocks(); ++n) twins_[words_in(new_, n)].in_new.push_back(n);
}

/// New blocks that have words or pairs of words in common that few others have, and those that are the same.
std::vector<std::size_t> Pairing::partners_of(std::size_t old_block) {
  std::vector<std::size_t> voted;
  for_each_telling(old_, old_.words_of(old_block), new_, vocabulary_, k_places_telling,
                   [&](std::size_t, std::size_t place, std::int64_t weight) {
                     const std::size_t n = new_.words[place].block;
                     if (votes_[n] == 0) voted.push_back(n);
                     votes_[n] += weight;
                   });
  const auto before = [&](std::size_t a, std::size_t b) {
    return std::tuple(-votes_[a], a) < std::tuple(-votes_[b], b);
  };
  std::ranges::sort(voted, before);
  for (const std::size_t n : voted) votes_[n] = 0;
  if (voted.size() > k_partners_max) voted.resize(k_partners_max);
  // Of many that are the same, the one as far from the first, and the one as far from the last.
  const Twins& twins = twins_.at(words_in(old_, old_block));
  const auto rank =
      static_cast<std::size_t>(std::ranges::lower_bound(twins.in_old, old_block) - twins.in_old.begin());
  const std::size_t from_last = twins.in_old.size() - rank;
  if (rank < twins.in_new.size()) voted.push_back(twins.in_new[rank]);
  if (from_last <= twins.in_new.size()) voted.push_back(twins.in_new[twins.in_new.size() - from_last]);
  std::ranges::sort(voted);
  const auto repeated = std::ranges::unique(voted);
  voted.erase(repeated.begin(), repeated.end());
  return voted;
}

Pair Pairing::compared(std::size_t old_block, std::size_t new_block) const {
  Pair pair{.old_block = old_block, .new_block = new_block};
  const Bag& a = old_bags_[old_block];
  const Bag& b = new_bags_[new_block];
  for (std::size_t i = 0, j = 0; i < a.items.size() && j < b.items.size();) {
    if (a.items[i] == b.items[j]) {
      pair.weight += weight_of(a.items[i]);
      const InBlocks& in = in_blocks_.at(a.items[i]);
      if (in.of_old == 1 && in.of_new == 1) pair.telling += weight_of(a.items[i]);
    }
    const bool is_behind = a.items[i] <= b.items[j];
    if (a.items[i] >= b.items[j]) ++j;
    if (is_behind) ++i;
  }
  if (a.items.empty() || b.items.empty()) return pair;
  pair.likeness = 2000 * pair.weight / (a.weight + b.weight);
  pair.of_old = 1000 * pair.weight / a.weight;
  pair.of_new = 1000 * pair.weight / b.weight;
  return pair;
}

void Pairing::count_blocks() {
  const auto each_once = [](const Bag& bag, auto count) {
    for (std::size_t i = 0; i < bag.items.size(); ++i)
      if (i == 0 || bag.items[i] != bag.items[i - 1]) count(bag.items[i]);
  };
  for (const Bag& bag : old_bags_) each_once(bag, [&](std::uint64_t item) { ++in_blocks_[item].of_old; });
  for (const Bag& bag : new_bags_) each_once(bag, [&](std::uint64_t item) { ++in_blocks_[item].of_new; });
}

/// Of blocks that are much like others, leaves out pairs for which nothing around them speaks, if there are
/// others.
std::vector<Pair> Pairing::supported(std::vector<Pair> pairs) const {
  const auto place = [](const Pair& pair) { return std::pair(pair.old_block, pair.new_block); };
  const auto find = [&](std::size_t o, std::size_t n) -> const Pair* {
    const auto found = std::ranges::lower_bound(pairs, std::pair(o, n), {}, place);
    return found != pairs.end() && place(*found) == std::pair(o, n) ? &*found : nullptr;
  };
  const auto old_heads = heads_of(old_);
  const auto new_heads = heads_of(new_);
  std::vector<std::size_t> of_old(old_.blocks(), 0);
  std::vector<std::size_t> of_new(new_.blocks(), 0);
  for (Pair& pair : pairs) {
    const auto [o, n] = place(pair);
    const auto is_telling = [&](const Pair* other) { return other != nullptr && other->is_telling(); };
    const bool is_below =
        old_heads[o] != k_nowhere && new_heads[n] != k_nowhere && find(old_heads[o], new_heads[n]);
    const bool is_after = o > 0 && n > 0 && is_telling(find(o - 1, n - 1));
    const bool is_before = is_telling(find(o + 1, n + 1));
    pair.support = (is_below ? 2 : 0) + (is_after ? 1 : 0) + (is_before ? 1 : 0);
    const std::int64_t share = std::max({pair.likeness, pair.of_old, pair.of_new});
    pair.value = (4 * pair.telling + (1 + pair.support) * (pair.weight - pair.telling)) * share / 100;
    ++of_old[o];
    ++of_new[n];
  }
  std::erase_if(pairs, [&](const Pair& pair) {
    const bool has_others = of_old[pair.old_block] > 1 || of_new[pair.new_block] > 1;
    return !pair.is_telling() && pair.support == 0 && has_others;
  });
  return pairs;
}

std::vector<Pair> Pairing::pairs() {
  find_twins();
  votes_.assign(new_.blocks(), 0);
  for (std::size_t o = 0; o < old_.blocks(); ++o) old_bags_.push_back(bag_of(old_, o));
  for (std::size_t n = 0; n < new_.blocks(); ++n) new_bags_.push_back(bag_of(new_, n));
  count_blocks();
  std::vector<Pair> pairs;
  for (std::size_t o = 0; o < old_.blocks(); ++o) {
    for (const std::size_t n : partners_of(o)) {
      if (old_.takes_comments[o] != new_.takes_comments[n]) continue;
      Pair pair = compared(o, n);
      if (are_same_of_all(o, n)) pair.telling = pair.weight;
      const bool was_merged = pair.of_old >= k_part_of && old_.words_of(o).size() >= k_part_words_min;
      const bool was_split = pair.of_new >= k_part_of && new_.words_of(n).size() >= k_part_words_min;
      if (pair.likeness >= k_like || was_merged || was_split) pairs.push_back(pair);
    }
  }
  return supported(std::move(pairs));
}

/// The heaviest chain of pairs in which neither draft goes backwards.
class Chain {
 public:
  Chain(std::vector<Pair> pairs, std::size_t new_blocks)
      : pairs_(std::move(pairs)), heaviest_(new_blocks + 1, k_nowhere) {}

  /// Pairs come sorted by old block, then by new.
  std::vector<Pair> heaviest() {
    total_.assign(pairs_.size(), 0);
    before_.assign(pairs_.size(), k_nowhere);
    of_new_block_.resize(heaviest_.size());
    std::size_t row = 0;  // The first pair of this old block.
    for (std::size_t k = 0; k < pairs_.size(); ++k) {
      if (pairs_[k].old_block != pairs_[row].old_block) {
        for (; row < k; ++row) enter(row);
      }
      extend(k, row);
      of_new_block_[pairs_[k].new_block].push_back(k);
    }
    for (; row < pairs_.size(); ++row) enter(row);
    std::vector<Pair> chain;
    for (std::size_t k = best_below(heaviest_.size() - 1); k != k_nowhere; k = before_[k])
      chain.push_back(pairs_[k]);
    std::ranges::reverse(chain);
    return chain;
  }

 private:
  /// Finds what is best before a pair: anything above and to the left, or the pair beside it, with which
  /// it shares a block out.
  void extend(std::size_t k, std::size_t row) {
    const Pair& pair = pairs_[k];
    const auto consider = [&](std::size_t other) {
      if (other != k_nowhere && (before_[k] == k_nowhere || total_[other] > total_[before_[k]]))
        before_[k] = other;
    };
    consider(best_below(pair.new_block));
    for (std::size_t other = row; other < k; ++other)
      if (pairs_[other].new_block + 1 == pair.new_block && pairs_[other].of_old + pair.of_old <= k_shares_max)
        consider(other);
    const auto& column = of_new_block_[pair.new_block];
    if (!column.empty() && pairs_[column.back()].old_block + 1 == pair.old_block &&
        pairs_[column.back()].of_new + pair.of_new <= k_shares_max)
      consider(column.back());
    total_[k] = pair.value + (before_[k] == k_nowhere ? 0 : total_[before_[k]]);
  }

  // A tree of maxima (P. Fenwick, "A new data structure for cumulative frequency tables", 1994) over new
  // blocks.
  void enter(std::size_t k) {
    for (std::size_t n = pairs_[k].new_block + 1; n < heaviest_.size(); n += n & (~n + 1))
      if (heaviest_[n] == k_nowhere || total_[k] > total_[heaviest_[n]]) heaviest_[n] = k;
  }
  [[nodiscard]] std::size_t best_below(std::size_t new_block) const {
    std::size_t best = k_nowhere;
    for (std::size_t n = new_block; n > 0; n &= n - 1)
      if (heaviest_[n] != k_nowhere && (best == k_nowhere || total_[heaviest_[n]] > total_[best]))
        best = heaviest_[n];
    return best;
  }

  std::vector<Pair> pairs_;
  std::vector<std::size_t> heaviest_;
  std::vector<std::int64_t> total_;
  std::vector<std::size_t> before_;
  std::vector<std::vector<std::size_t>> of_new_block_;
};

/// Makes homes of pairs, and finds which word became which.
class Settling {
 public:
  Settling(const Draft& old_draft, const Draft& new_draft, const Vocabulary& vocabulary)
      : old_(old_draft), new_(new_draft), comparer_(vocabulary, k_cells_all_blocks) {
    result_.homes.resize(old_.blocks());
    result_.image.assign(old_.words.size(), k_nowhere);
    result_.source.assign(new_.words.size(), k_nowhere);
    taken_.assign(new_.blocks(), 0);
  }

  void settle_in_order(const std::vector<Pair>& chain) {
    for (std::size_t begin = 0, end = 0; begin < chain.size(); begin = end) {
      end = begin + 1;
      while (end < chain.size() && (chain[end].old_block == chain[end - 1].old_block ||
                                    chain[end].new_block == chain[end - 1].new_block))
        ++end;
      settle(std::span(chain).subspan(begin, end - begin), Home::in_order);
    }
  }

  /// Of what is left, the most alike first: blocks that stand elsewhere now.
  void settle_moved(std::vector<Pair> pairs) {
    std::ranges::sort(
        pairs, {}, [](const Pair& pair) { return std::tuple(-pair.value, pair.old_block, pair.new_block); });
    for (const Pair& pair : pairs) {
      const bool is_alike =
          pair.likeness >= k_like_when_moved || (pair.of_old >= k_part_of && pair.of_new > 0);
      const bool is_free = result_.homes[pair.old_block].kind == Home::none &&
                           taken_[pair.new_block] + pair.of_new <= k_shares_max;
      if (is_alike && is_free) settle(std::span(&pair, 1), Home::moved);
    }
  }

  void mark_doubtful(const Pairing& pairing) {
    for (std::size_t o = 0; o < old_.blocks(); ++o) {
      Home& home = result_.homes[o];
      if (home.kind != Home::in_order) continue;
      const auto [in_old, in_new] = pairing.twins_of(o);
      home.is_doubtful =
          in_old != in_new && (in_old > 1 || in_new > 1) &&
          !(is_beside(o, home.blocks.front(), false) && is_beside(o, home.blocks.back(), true));
    }
  }

  Alignment take() { return std::move(result_); }

 private:
  void settle(std::span<const Pair> pairs, Home::Kind kind) {
    std::vector<std::size_t> old_words;
    std::vector<std::size_t> new_words;
    std::size_t last_new = k_nowhere;
    for (const Pair& pair : pairs) {
      Home& home = result_.homes[pair.old_block];
      if (home.kind == Home::none) append(old_words, old_.words_of(pair.old_block));
      if (last_new != pair.new_block) append(new_words, new_.words_of(pair.new_block));
      last_new = pair.new_block;
      home.kind = kind;
      home.blocks.push_back(pair.new_block);
      taken_[pair.new_block] += pair.of_new;
    }
    match(old_words, new_words);
    const auto is_same = [&](std::size_t o, std::size_t n) { return old_.words[o].id == new_.words[n].id; };
    const bool is_unchanged = std::ranges::equal(old_words, new_words, is_same);
    for (const Pair& pair : pairs) result_.homes[pair.old_block].is_unchanged = is_unchanged;
  }

  static void append(std::vector<std::size_t>& words, Range range) {
    for (std::size_t i = range.begin; i < range.end; ++i) words.push_back(i);
  }

  void match(const std::vector<std::size_t>& old_words, const std::vector<std::size_t>& new_words) {
    std::vector<WordId> a;
    std::vector<WordId> b;
    for (const std::size_t i : old_words) a.push_back(old_.words[i].id);
    for (const std::size_t j : new_words) b.push_back(new_.words[j].id);
    const auto match = comparer_.compare(a, b);
    for (std::size_t i = 0; i < match.size(); ++i) {
      // A block that words were moved into may have been compared already: who came first keeps them.
      if (match[i] == k_nowhere || result_.source[new_words[match[i]]] != k_nowhere) continue;
      result_.image[old_words[i]] = new_words[match[i]];
      result_.source[new_words[match[i]]] = old_words[i];
    }
  }

  /// Whether the block before (or after) also became the one before (or after), or there is none in either
  /// draft.
  [[nodiscard]] bool is_beside(std::size_t old_block, std::size_t new_block, bool is_after) const {
    const bool is_old_last = old_block == (is_after ? old_.blocks() - 1 : 0);
    const bool is_new_last = new_block == (is_after ? new_.blocks() - 1 : 0);
    if (is_old_last || is_new_last) return is_old_last && is_new_last;
    const Home& beside = result_.homes[is_after ? old_block + 1 : old_block - 1];
    return std::ranges::count(beside.blocks, is_after ? new_block + 1 : new_block - 1) > 0;
  }

  const Draft& old_;
  const Draft& new_;
  Comparer comparer_;
  Alignment result_;
  std::vector<std::int64_t> taken_;  // Thousandths of each new block that old ones have become.
};

}  // namespace

Alignment align(const Draft& old_draft, const Draft& new_draft, const Vocabulary& vocabulary) {
  Pairing pairing(old_draft, new_draft, vocabulary);
  const auto pairs = pairing.pairs();
  Settling settling(old_draft, new_draft, vocabulary);
  settling.settle_in_order(Chain(pairs, new_draft.blocks()).heaviest());
  settling.settle_moved(pairs);
  settling.mark_doubtful(pairing);
  return settling.take();
}

}  // namespace witan::anchors
