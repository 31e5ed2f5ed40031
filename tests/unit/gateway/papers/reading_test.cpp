// The text of papers as a page shows it.
#include "gateway/papers/reading.hpp"

#include <gtest/gtest.h>

namespace witan::papers {
namespace {

std::string html_of(const json::array& pages) {
  std::string all;
  for (const auto& page : pages) {
    if (const auto* number = page.as_object().if_contains("number")) all += "[" + std::to_string(number->as_int64()) + "]";
    for (const auto& block : page.at("blocks").as_array()) {
      if (block.as_object().contains("is_heading")) all += "#";
      if (block.as_object().contains("is_subheading")) all += "##";
      all += std::string(block.at("html").as_string());
    }
  }
  return all;
}

TEST(Reading, lets_lines_run_on_that_were_broken_for_paper) {
  EXPECT_EQ(html_of(pages_of_text("The regions make more than\nthey made before, and the\nrest is to follow.\n\nSecond")),
            "<p>The regions make more than\nthey made before, and the\nrest is to follow.</p><p>Second</p>");
  EXPECT_EQ(html_of(pages_of_text("Cumbria\nA line that is as long as the paper is wide\nKent")), "<p>Cumbria<br>\nA line that is as long as the paper is wide\nKent</p>");
}

TEST(Reading, numbers_pages_as_the_file_does_and_leaves_out_empty_ones) {
  EXPECT_EQ(html_of(pages_of_text("One\f \n\fThree")), "[1]<p>One</p>[3]<p>Three</p>");
  EXPECT_EQ(html_of(pages_of_text("No pages")), "<p>No pages</p>");
  EXPECT_TRUE(pages_of_text("\f\f").empty());
}

TEST(Reading, runs_nothing_that_stands_in_a_file) {
  EXPECT_EQ(html_of(pages_of_text("<script>alert(1)</script> & \"more\"")), "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;</p>");
  const auto markdown = html_of(pages_of_markdown("# A <b>\n\n<script>alert(1)</script>\n\n[here](javascript:alert(1))"));
  EXPECT_EQ(markdown.find("<script"), std::string::npos);
  EXPECT_EQ(markdown.find("<b>"), std::string::npos);
  EXPECT_EQ(markdown.find("href"), std::string::npos);
}

TEST(Reading, shows_markdown_with_its_headings) {
  EXPECT_EQ(html_of(pages_of_markdown("# Title\n\n## Section\n\n### Below\n\n- one\n- two")), "#Title#Section##Below<ul>\n<li>one</li>\n<li>two</li>\n</ul>");
}

}  // namespace
}  // namespace witan::papers
