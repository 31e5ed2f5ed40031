#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "shared/anchors/anchors.hpp"

namespace witan::anchors {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t k_block_bytes_max = std::size_t{64} * 1024;

struct Texts {
  std::vector<std::string> texts;
  std::vector<std::string> ids;

  void add(std::string text) {
    ids.push_back("b" + std::to_string(ids.size()));
    texts.push_back(std::move(text));
  }
  [[nodiscard]] std::vector<Block> blocks() const {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < texts.size(); ++i) blocks.push_back({.id = ids[i], .text = texts[i]});
    return blocks;
  }
};

std::string repeated(std::string_view what, std::size_t bytes) {
  std::string text;
  while (text.size() + what.size() <= bytes) text += what;
  return text;
}

/// Time to compare both, and then to carry so many anchors spread over the old draft.
steady_clock::duration time_of(const Texts& old_texts, const Texts& new_texts, std::size_t anchors,
                               std::size_t length) {
  const auto begin = steady_clock::now();
  const Carrier carrier(old_texts.blocks(), new_texts.blocks());
  std::mt19937 random(1);
  for (std::size_t i = 0; i < anchors; ++i) {
    const std::size_t block = random() % old_texts.texts.size();
    static_cast<void>(carrier.carry({.block = old_texts.ids[block],
                                     .start = length == 0 ? 0 : random() % old_texts.texts[block].size(),
                                     .length = length}));
  }
  return steady_clock::now() - begin;
}

/// Words as they occur in prose: a few of them often.
class Prose {
 public:
  std::string paragraph(std::size_t words) {
    std::string text;
    for (std::size_t i = 0; i < words; ++i) text += word() + (i % 17 == 16 ? ". " : " ");
    return text;
  }
  /// One word in so many is left out, replaced or followed by another.
  std::string edited(std::string_view text, std::size_t one_in) {
    std::string result;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(' ') + 1, text.size());
      const std::size_t choice = random_() % (3 * one_in);
      if (choice > 1) result += text.substr(0, end);
      if (choice == 1 || choice == 2) result += word() + " ";
      text.remove_prefix(end);
    }
    return result;
  }

 private:
  std::string word() {
    const auto rank = static_cast<double>(random_() % 100'000) / 100'000;
    return "w" + std::to_string(static_cast<int>(4000 * rank * rank * rank));
  }
  std::mt19937 random_{7};
};

// Limits are ten times and more what was measured with optimisation; sanitizers take ten times as long.
constexpr std::chrono::seconds k_limit{60};

TEST(Limits, twenty_thousand_anchors_on_five_hundred_blocks) {
  Prose prose;
  Texts old_texts;
  Texts new_texts;
  for (int i = 0; i < 500; ++i) {
    old_texts.add(prose.paragraph(80));
    new_texts.add(prose.edited(old_texts.texts.back(), 8));
  }
  EXPECT_LT(time_of(old_texts, new_texts, 20'000, 60), k_limit);
}

TEST(Limits, hostile_texts_of_the_largest_block) {
  for (const std::string_view what :
       {"a", "a ", "a b ", "aaa aaa. ", "ab cd ef gh ij kl mn op ", "…", "日"}) {
    SCOPED_TRACE(what);
    Texts old_texts;
    Texts new_texts;
    old_texts.add(repeated(what, k_block_bytes_max));
    new_texts.add("x " + repeated(what, k_block_bytes_max - 40) + " y");
    EXPECT_LT(time_of(old_texts, new_texts, 200, 50), k_limit);
    EXPECT_LT(time_of(old_texts, new_texts, 10, 0), k_limit);
  }
}

TEST(Limits, largest_blocks_of_prose) {
  Prose prose;
  Texts old_texts;
  Texts new_texts;
  for (int i = 0; i < 4; ++i) {
    old_texts.add(prose.paragraph(10'000));
    new_texts.add(prose.edited(old_texts.texts.back(), 4));
  }
  EXPECT_LT(time_of(old_texts, new_texts, 500, 100), k_limit);
  EXPECT_LT(time_of(old_texts, new_texts, 20, 0), k_limit);
}

TEST(Limits, two_thousand_blocks_that_are_equal_or_nearly) {
  Texts old_texts;
  Texts new_texts;
  Texts near_texts;
  for (int i = 0; i < 2000; ++i) {
    old_texts.add("Funding will be subject to a full business case.");
    if (i % 3 != 0) new_texts.add("Funding will be subject to a full business case.");
    near_texts.add("Funding of " + std::to_string(i * 7 % 2000) + " will be subject to a business case.");
  }
  EXPECT_LT(time_of(old_texts, new_texts, 2000, 20), k_limit);
  EXPECT_LT(time_of(old_texts, near_texts, 2000, 20), k_limit);
  EXPECT_LT(time_of(near_texts, near_texts, 2000, 0), k_limit);
}

}  // namespace
}  // namespace witan::anchors
