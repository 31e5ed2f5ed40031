#include <gtest/gtest.h>

#include "shared/anchors/anchors.hpp"

namespace witan::anchors {
namespace {

TEST(Quote, has_the_words_and_thirty_two_code_points_to_each_side) {
  const std::string before(40, 'x');
  const std::string after(40, 'y');
  const Quote quote = quote_at(before + "Ŵyl 😀" + after, 40, 5);
  EXPECT_EQ(quote.exact, "Ŵyl 😀");
  EXPECT_EQ(quote.prefix, before.substr(8));
  EXPECT_EQ(quote.suffix, after.substr(8));
}

TEST(Quote, ends_with_the_text) {
  EXPECT_EQ(quote_at("né", 1, 9).exact, "é");
  EXPECT_EQ(quote_at("né", 7, 9).exact, "");
  EXPECT_EQ(quote_at("né", 7, 9).prefix, "né");
  EXPECT_EQ(quote_at("", 0, 0).suffix, "");
}

TEST(Quote, of_bytes_that_are_no_characters_counts_each) {
  EXPECT_EQ(quote_at("a\xFF\xC3z", 1, 2).exact, "\uFFFD\uFFFD");
  EXPECT_EQ(quote_at("a\xFF\xC3z", 3, 1).exact, "z");
}

}  // namespace
}  // namespace witan::anchors
