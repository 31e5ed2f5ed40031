#include "shared/anchors/draft.hpp"

#include <algorithm>
#include <bit>
#include <string_view>

#include "shared/anchors/characters.hpp"

namespace witan::anchors {

namespace {

/// Finds the words of one block.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(code_points(text)) {
    folded_.reserve(text_.size());
    for (const char32_t c : text_) folded_.push_back(anchors::folded(c));
  }

  /// Goes to the next word; false when there is none.
  bool next() {
    while (at_ < folded_.size() && !is_part(at_)) ++at_;
    if (at_ == folded_.size()) return false;
    start_ = at_;
    letters_.clear();
    const bool is_sign = kind(at_) == Kind::sign;
    do {
      if (folded_[at_] != 0) letters_.push_back(folded_[at_]);
      ++at_;
    } while (at_ < folded_.size() && !is_sign && goes_on());
    return true;
  }

  [[nodiscard]] std::size_t start() const { return start_; }
  [[nodiscard]] std::size_t end() const { return at_; }
  [[nodiscard]] const std::u32string& letters() const { return letters_; }
  std::u32string take_folded() { return std::move(folded_); }

  /// After a word: whether a full stop, or a line's end, follows before the next.
  [[nodiscard]] bool ends_sentence() const {
    for (std::size_t i = at_; i < folded_.size() && !is_part(i); ++i) {
      if (text_[i] == '\n' || text_[i] == 0x3002) return true;
      const bool is_stop = folded_[i] == '.' || folded_[i] == '!' || folded_[i] == '?';
      if (is_stop && (i + 1 == folded_.size() || !is_part(i + 1))) return true;
    }
    return false;
  }

 private:
  [[nodiscard]] Kind kind(std::size_t i) const { return kind_of(folded_[i]); }
  [[nodiscard]] bool is_part(std::size_t i) const {
    const Kind k = kind(i);
    return k == Kind::letter || k == Kind::digit || k == Kind::sign;
  }
  [[nodiscard]] bool goes_on() const {
    if (letters_.size() >= k_letters_max) return false;
    switch (kind(at_)) {
      case Kind::letter:
      case Kind::digit:
      case Kind::unseen:
        return true;
      case Kind::mark:
        return is_inside();
      default:
        return false;
    }
  }
  /// The apostrophe of "don't", the stops of "1,250.5".
  [[nodiscard]] bool is_inside() const {
    if (at_ + 1 == folded_.size()) return false;
    const Kind before = kind(at_ - 1);
    const Kind after = kind(at_ + 1);
    const char32_t mark = folded_[at_];
    if (mark == '\'') return before == Kind::letter && after == Kind::letter;
    return (mark == '.' || mark == ',') && before == Kind::digit && after == Kind::digit;
  }

  std::u32string text_;
  std::u32string folded_;
  std::u32string letters_;
  std::size_t start_ = 0;
  std::size_t at_ = 0;
};

std::int64_t bits_of(std::size_t number) { return static_cast<std::int64_t>(std::bit_width(number)); }

}  // namespace

WordId Vocabulary::id_of(const std::u32string& folded) {
  const auto [entry, is_new] = ids_.try_emplace(folded, static_cast<WordId>(counts_.size()));
  if (is_new) {
    letters_.push_back(&entry->first);
    counts_.push_back(0);
  }
  ++counts_[entry->second];
  ++total_;
  return entry->second;
}

std::int64_t Vocabulary::weight(WordId id) const { return bits_of(total_ / counts_[id]); }

std::int64_t Vocabulary::weight_max() const { return bits_of(total_ / 2); }

Draft::Draft(std::span<const Block> blocks, Vocabulary& vocabulary) {
  for (const Block& block : blocks) {
    first.push_back(words.size());
    ids.emplace_back(block.id);
    takes_comments.push_back(block.takes_comments);
    Reader reader(block.text);
    while (reader.next())
      words.push_back({.id = vocabulary.id_of(reader.letters()),
                       .block = ids.size() - 1,
                       .start = reader.start(),
                       .end = reader.end(),
                       .ends_sentence = reader.ends_sentence()});
    if (words.size() > first.back()) words.back().ends_sentence = true;
    folded.push_back(reader.take_folded());
  }
  first.push_back(words.size());
}

void Draft::index(const Vocabulary& vocabulary) {
  weight_before.assign(1, 0);
  places_first_.assign(vocabulary.size() + 1, 0);
  for (const Word& word : words) {
    weight_before.push_back(weight_before.back() + vocabulary.weight(word.id));
    ++places_first_[word.id + 1];
  }
  for (std::size_t id = 0; id < vocabulary.size(); ++id) places_first_[id + 1] += places_first_[id];
  places_.resize(words.size());
  auto next = places_first_;
  for (std::size_t i = 0; i < words.size(); ++i) places_[next[words[i].id]++] = i;
}

std::span<const std::size_t> Draft::places_of(WordId id) const {
  return std::span(places_).subspan(places_first_[id], places_first_[id + 1] - places_first_[id]);
}

std::span<const std::size_t> Draft::places_of(WordId id, Range within) const {
  const auto all = places_of(id);
  const auto begin = std::ranges::lower_bound(all, within.begin);
  return {begin, std::ranges::lower_bound(begin, all.end(), within.end)};
}

}  // namespace witan::anchors
