#include "shared/crypto/password_list.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "shared/crypto/common_words.hpp"

namespace witan::crypto {

namespace {

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
/// A list of 54,000 English words, a line for each (Debian package cracklib-runtime).
constexpr char k_english_words[] = {
#embed WITAN_ENGLISH_WORDS
};
#pragma clang diagnostic pop

// What a guesser has to try, as powers of two. Rough, and only their sum matters.
constexpr double k_enough_bits = 34;
constexpr double k_common_word_bits = 9;
constexpr double k_english_word_bits = 16;
constexpr double k_year_bits = 7;
constexpr double k_walk_bits = 6;    ///< However long: where it begins, which way, where it ends.
constexpr double k_repeat_bits = 3;  ///< However often.
constexpr double k_digit_bits = 3.3;
constexpr double k_letter_bits = 4.7;
constexpr double k_sign_bits = 5;
constexpr std::size_t k_english_word_min = 4;  ///< Shorter ones stand in anything.
constexpr std::size_t k_walk_min = 3;
constexpr std::size_t k_period_max = 64;

using Words = std::span<const std::string_view>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// Sorted, each once.
std::vector<std::string_view> words_in(std::string_view text, std::size_t shortest) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" \n"), text.size());
    if (end >= shortest) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::ranges::sort(words);
  words.erase(std::ranges::unique(words).begin(), words.end());
  return words;
}

/// What is left when capitals are small and what people put between words is gone.
std::string folded(std::string_view password) {
  std::string text;
  for (const char c : password) {
    if (std::string_view(" -_.").contains(c)) continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// A sign that is typed, and the letters that it may stand for.
constexpr std::string_view k_leet[] = {"0o", "1il", "2z", "3e", "4a",  "5s",  "6g", "7t",
                                       "8b", "9g",  "@a", "$s", "!il", "|il", "+t", "(c"};

/// What one character may stand for in a word, itself first.
std::string_view readings(const char& typed) {
  for (const auto leet : k_leet) {
    if (leet.front() == typed) return leet;
  }
  return {&typed, 1};
}

/// Of sorted words that are alike up to `depth`, those that go on with `c`.
Words that_go_on(Words words, std::size_t depth, char c) {
  const auto next = [depth](std::string_view word) { return depth < word.size() ? word[depth] : '\0'; };
  const auto [first, last] = std::ranges::equal_range(words, c, {}, next);
  return {first, last};
}

/// Calls `found(length)` for each way to read a word at the beginning of the text.
template <class Found>
void each_word(std::string_view text, Words words, std::size_t depth, const Found& found) {
  if (words.empty()) return;
  if (depth > 0 && words.front().size() == depth) found(depth);
  if (depth == text.size()) return;
  for (const char c : readings(text[depth])) {
    each_word(text, that_go_on(words, depth, c), depth + 1, found);
  }
}

std::size_t common_prefix(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

/// How long the longest walk is with which the text begins.
std::size_t walk_length(std::string_view text) {
  std::size_t longest = 0;
  for (const auto walk : k_walks) {
    const std::string back(walk.rbegin(), walk.rend());
    for (const auto way : {walk, std::string_view(back)}) {
      for (auto at = way.find(text.front()); at != std::string_view::npos;
           at = way.find(text.front(), at + 1)) {
        longest = std::max(longest, common_prefix(text, way.substr(at)));
      }
    }
  }
  return longest;
}

bool begins_with_year(std::string_view text) {
  return text.size() >= 4 && (text.starts_with("19") || text.starts_with("20")) && is_digit(text[2]) &&
         is_digit(text[3]);
}

double bits_of(char c) { return is_digit(c) ? k_digit_bits : is_letter(c) ? k_letter_bits : k_sign_bits; }

/// The cheapest way to put the text together, found as a shortest path from its beginning to its end.
class Guess {
 public:
  explicit Guess(std::string_view text)
      : text_(text), bits_(text.size() + 1, std::numeric_limits<double>::infinity()) {
    bits_[0] = 0;
    for (at_ = 0; at_ < text_.size(); ++at_) go_on();
  }
  double bits() const { return bits_.back(); }

 private:
  void go_on() {
    static const auto common = words_in(k_common_words, 1);
    static const auto english = words_in({k_english_words, sizeof k_english_words}, k_english_word_min);
    const auto rest = text_.substr(at_);
    reach(1, bits_of(rest.front()));
    if (begins_with_year(rest)) reach(4, k_year_bits);
    each_word(rest, common, 0, [&](std::size_t length) { reach(length, k_common_word_bits); });
    each_word(rest, english, 0, [&](std::size_t length) { reach(length, k_english_word_bits); });
    const auto walk = walk_length(rest);
    for (auto length = k_walk_min; length <= walk; ++length) reach(length, k_walk_bits);
    repeat(rest);
  }

  /// Whatever came last, once more or many times.
  void repeat(std::string_view rest) {
    for (std::size_t period = 1; period <= std::min(at_, k_period_max); ++period) {
      const auto again = common_prefix(rest, text_.substr(at_ - period));
      for (auto length = period; length <= again; ++length) reach(length, k_repeat_bits);
    }
  }

  void reach(std::size_t length, double bits) {
    bits_[at_ + length] = std::min(bits_[at_ + length], bits_[at_] + bits);
  }

  std::string_view text_;
  std::vector<double> bits_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_common_password(std::string_view password) { return Guess(folded(password)).bits() < k_enough_bits; }

}  // namespace witan::crypto
