#include "shared/anchors/compare.hpp"

#include <algorithm>
#include <array>

#include "shared/anchors/characters.hpp"

namespace witan::anchors {

namespace {

/// Up to as many pairs, a part is not divided: paragraphs of 200 words.
constexpr std::size_t k_cells_undivided = 40'000;
constexpr std::size_t k_depth_max = 16;
/// Replaced stretches up to as many pairs are searched for words that are nearly the same.
constexpr std::size_t k_cells_near = 256;
/// What following each other adds, in halves of a bit.
constexpr std::int64_t k_follows = 3;

constexpr std::uint8_t k_from_match = 1;     // Best so far ends with this pair.
constexpr std::uint8_t k_from_above = 2;     // … leaves this word of `a` out.
constexpr std::uint8_t k_match_follows = 4;  // The pair continues a run.

/// The longest chain of positions that increases: patience sorting.
std::vector<std::size_t> longest_increasing(const std::vector<std::size_t>& values) {
  std::vector<std::size_t> tails;
  std::vector<std::size_t> before(values.size(), k_nowhere);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto pile =
        std::ranges::lower_bound(tails, values[i], {}, [&](std::size_t t) { return values[t]; });
    if (pile != tails.begin()) before[i] = *(pile - 1);
    if (pile == tails.end()) {
      tails.push_back(i);
    } else {
      *pile = i;
    }
  }
  std::vector<std::size_t> chain;
  for (std::size_t i = tails.empty() ? k_nowhere : tails.back(); i != k_nowhere; i = before[i])
    chain.push_back(i);
  std::ranges::reverse(chain);
  return chain;
}

}  // namespace

bool is_near(const std::u32string& a, const std::u32string& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const std::size_t longer = std::max(a.size(), b.size());
  const bool is_number = kind_of(a[0]) == Kind::digit;
  if (is_number || kind_of(b[0]) == Kind::digit)
    return is_number && kind_of(b[0]) == Kind::digit && longer - shorter <= 2;
  if (shorter < 4 || a[0] != b[0]) return false;
  std::size_t same = 0;
  while (same < shorter && a[same] == b[same]) ++same;
  std::size_t tail = 0;
  while (same + tail < shorter && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return 3 * (same + tail) >= 2 * longer;
}

std::vector<std::size_t> Comparer::compare(std::span<const WordId> a, std::span<const WordId> b) {
  a_ = a;
  b_ = b;
  match_.assign(a.size(), k_nowhere);
  parts_.assign(1, {.a = {0, a.size()}, .b = {0, b.size()}, .depth = 0});
  while (!parts_.empty()) {
    const Part part = parts_.back();
    parts_.pop_back();
    divide(part);
  }
  match_near_between();
  return std::move(match_);
}

void Comparer::divide(Part part) {
  trim(part);
  if (part.a.size() == 0 || part.b.size() == 0) return;
  const bool is_small = part.a.size() * part.b.size() <= k_cells_undivided;
  if (is_small || part.depth == k_depth_max) {
    solve(part);
    return;
  }
  const auto dividers = unique_in_both(part);
  if (dividers.empty()) {
    solve(part);
    return;
  }
  Range a{part.a.begin, part.a.begin};
  Range b{part.b.begin, part.b.begin};
  for (const std::size_t i : dividers) {
    a.end = i;
    b.end = match_[i];
    parts_.push_back({.a = a, .b = b, .depth = part.depth + 1});
    a.begin = i + 1;
    b.begin = match_[i] + 1;
  }
  parts_.push_back({.a = {a.begin, part.a.end}, .b = {b.begin, part.b.end}, .depth = part.depth + 1});
}

/// What is the same at both ends is not looked at twice.
void Comparer::trim(Part& part) {
  auto& [a, b, depth] = part;
  while (a.size() > 0 && b.size() > 0 && a_[a.begin] == b_[b.begin]) match_[a.begin++] = b.begin++;
  while (a.size() > 0 && b.size() > 0 && a_[a.end - 1] == b_[b.end - 1]) match_[--a.end] = --b.end;
}

/// Matches words that stand once in each part and in the same order, and says which of `a` they are.
std::vector<std::size_t> Comparer::unique_in_both(const Part& part) {
  seen_.resize(vocabulary_.size());
  for (std::size_t i = part.a.begin; i < part.a.end; ++i) ++seen_[a_[i]].in_a;
  for (std::size_t j = part.b.begin; j < part.b.end; ++j) {
    ++seen_[b_[j]].in_b;
    seen_[b_[j]].at_b = j;
  }
  std::vector<std::size_t> unique;
  std::vector<std::size_t> places;
  for (std::size_t i = part.a.begin; i < part.a.end; ++i) {
    const Seen& seen = seen_[a_[i]];
    if (seen.in_a != 1 || seen.in_b != 1) continue;
    unique.push_back(i);
    places.push_back(seen.at_b);
  }
  for (std::size_t i = part.a.begin; i < part.a.end; ++i) seen_[a_[i]] = {};
  for (std::size_t j = part.b.begin; j < part.b.end; ++j) seen_[b_[j]] = {};
  std::vector<std::size_t> dividers;
  for (const std::size_t k : longest_increasing(places)) {
    match_[unique[k]] = places[k];
    dividers.push_back(unique[k]);
  }
  return dividers;
}

/// The heaviest common subsequence, cell by cell.
void Comparer::solve(const Part& part) {
  const std::size_t rows = part.a.size();
  const std::size_t columns = part.b.size();
  if (rows > cells_left_ / columns) return;
  cells_left_ -= rows * columns;
  steps_.assign(rows * columns, 0);
  std::vector<std::int64_t> best(columns + 1, 0);  // Up to and with the row above.
  std::vector<std::int64_t> run(columns + 1, -1);  // The same, ending with a pair; below 0: does not.
  for (std::size_t r = 0; r < rows; ++r) {
    const WordId word = a_[part.a.begin + r];
    const std::int64_t weight = 2 * vocabulary_.weight(word);
    std::int64_t best_diagonal = 0;
    std::int64_t run_diagonal = -1;
    for (std::size_t c = 0; c < columns; ++c) {
      std::uint8_t& step = steps_[r * columns + c];
      std::int64_t pair = -1;
      if (word == b_[part.b.begin + c]) {
        const bool follows = run_diagonal >= 0 && run_diagonal + k_follows >= best_diagonal;
        pair = weight + (follows ? run_diagonal + k_follows : best_diagonal);
        if (follows) step |= k_match_follows;
      }
      best_diagonal = best[c + 1];
      run_diagonal = run[c + 1];
      run[c + 1] = pair;
      if (pair >= best[c] && pair >= best_diagonal) {
        step |= k_from_match;
        best[c + 1] = pair;
      } else if (best_diagonal >= best[c]) {
        step |= k_from_above;
      } else {
        best[c + 1] = best[c];
      }
    }
  }
  bool must_match = false;
  for (std::size_t r = rows, c = columns; r > 0 && c > 0;) {
    const std::uint8_t step = steps_[(r - 1) * columns + c - 1];
    if (must_match || (step & k_from_match) != 0) {
      match_[part.a.begin + --r] = part.b.begin + --c;
      must_match = (step & k_match_follows) != 0;
    } else if ((step & k_from_above) != 0) {
      --r;
    } else {
      --c;
    }
  }
}

/// In each stretch that was replaced, words that are nearly the same.
void Comparer::match_near_between() {
  Range a{0, 0};
  Range b{0, 0};
  for (std::size_t i = 0; i <= a_.size(); ++i) {
    if (i < a_.size() && match_[i] == k_nowhere) continue;
    a.end = i;
    b.end = i < a_.size() ? match_[i] : b_.size();
    if (a.size() > 0 && b.size() > 0 && a.size() * b.size() <= k_cells_near) match_near(a, b);
    a.begin = i + 1;
    b.begin = b.end + 1;
  }
}

void Comparer::match_near(Range a, Range b) {
  const std::size_t columns = b.size() + 1;
  std::vector<std::uint16_t> most((a.size() + 1) * columns, 0);  // Pairs from here to the end.
  std::vector<bool> near(a.size() * b.size());
  for (std::size_t r = a.size(); r-- > 0;) {
    for (std::size_t c = b.size(); c-- > 0;) {
      near[r * b.size() + c] =
          is_near(vocabulary_.letters(a_[a.begin + r]), vocabulary_.letters(b_[b.begin + c]));
      const auto with = static_cast<std::uint16_t>(most[(r + 1) * columns + c + 1] + 1);
      most[r * columns + c] = std::max({most[(r + 1) * columns + c], most[r * columns + c + 1],
                                        near[r * b.size() + c] ? with : std::uint16_t{0}});
    }
  }
  for (std::size_t r = 0, c = 0; r < a.size() && c < b.size();) {
    const auto here = most[r * columns + c];
    if (near[r * b.size() + c] && here == most[(r + 1) * columns + c + 1] + 1) {
      match_[a.begin + r++] = b.begin + c++;
    } else if (here == most[(r + 1) * columns + c]) {
      ++r;
    } else {
      ++c;
    }
  }
}

}  // namespace witan::anchors
