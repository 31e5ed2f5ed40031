// The text of papers as a page shows it.
#include "gateway/papers/reading.hpp"

#include <gtest/gtest.h>

namespace witan::papers {
namespace {

std::string html_of(const json::array& pages) {
  std::string all;
  for (const auto& page : pages) {
    if (const auto* number = page.as_object().if_contains("number")) all += "[" + std::to_string(number->as_int64()) + "]";
    all += std::string(page.at("html").as_string());
  }
  return all;
}

TEST(Reading, lets_lines_run_on_that_were_broken_for_paper) {
  EXPECT_EQ(html_of(pages_of_text("The regions make more than\nthey made before, and the\nrest is to follow.\n\nSecond", true)),
            "<p>The regions make more than\nthey made before, and the\nrest is to follow.</p>\n<p>Second</p>\n");
  EXPECT_EQ(html_of(pages_of_text("Cumbria\nA line that is as long as the paper is wide\nKent", true)), "<p>Cumbria<br>\nA line that is as long as the paper is wide\nKent</p>\n");
}

TEST(Reading, numbers_pages_as_the_file_does_and_leaves_out_empty_ones) {
  EXPECT_EQ(html_of(pages_of_text("One\f \n\fThree", true)), "[1]<p>One</p>\n[3]<p>Three</p>\n");
  EXPECT_EQ(html_of(pages_of_text("No pages", true)), "<p>No pages</p>\n");
  EXPECT_TRUE(pages_of_text("\f\f", true).empty());
}

TEST(Reading, keeps_the_rows_of_a_table_that_word_has) {
  EXPECT_EQ(html_of(pages_of_text("Cumbria\t10\nLancashire\t20", false)), "<p>Cumbria &nbsp; 10<br>\nLancashire &nbsp; 20</p>\n");
}

TEST(Reading, shows_as_much_as_a_phone_can_take_and_says_that_there_is_more) {
  const auto long_text = std::string(k_shown_bytes_max - 1, 'a') + "\u20ac";
  EXPECT_TRUE(is_too_long_to_show(long_text));
  EXPECT_EQ(html_of(pages_of_text(long_text, true)), "<p>" + std::string(k_shown_bytes_max - 1, 'a') + "</p>\n") << "no part of a letter";
  std::string many;
  for (std::size_t n = 0; n < 100'000; ++n) many += "a\f";
  EXPECT_TRUE(is_too_long_to_show(many));
  EXPECT_EQ(pages_of_text(many, true).size(), k_pages_shown_max);
  EXPECT_FALSE(is_too_long_to_show("Short"));
}

TEST(Reading, runs_nothing_that_stands_in_a_file) {
  EXPECT_EQ(html_of(pages_of_text("<script>alert(1)</script> & \"more\"", true)), "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</p>\n");
  const auto markdown = html_of(pages_of_markdown("# A <b>\n\n<script>alert(1)</script>\n\n[here](javascript:alert(1))"));
  EXPECT_EQ(markdown.find("<script"), std::string::npos);
  EXPECT_EQ(markdown.find("<b>"), std::string::npos);
  EXPECT_EQ(markdown.find("href"), std::string::npos);
}

TEST(Reading, shows_markdown_with_its_headings) {
  EXPECT_EQ(html_of(pages_of_markdown("# Title\n\n## Section\n\n### Below\n\n- one\n- two")), "<h2 class=\"govuk-heading-m\">Title</h2>\n<h2 class=\"govuk-heading-m\">Section</h2>\n<h3 class=\"govuk-heading-s\">Below</h3>\n<ul><li>one</li><li>two</li></ul>\n");
}

}  // namespace
}  // namespace witan::papers
