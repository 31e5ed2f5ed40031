#include <gtest/gtest.h>

#include "shared/markdown/markdown.hpp"

namespace witan::markdown {
namespace {

struct Expected {
  Block::Kind kind;
  std::string html;
  std::string text;
};

void expect_blocks(std::string_view markdown, const std::vector<Expected>& expected) {
  const auto blocks = blocks_of(markdown);
  ASSERT_EQ(blocks.size(), expected.size()) << markdown;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_EQ(blocks[i].kind, expected[i].kind) << i;
    EXPECT_EQ(blocks[i].html, expected[i].html) << i;
    EXPECT_EQ(blocks[i].text, expected[i].text) << i;
  }
}

TEST(Blocks, come_in_the_order_of_the_document_with_their_kinds) {
  expect_blocks(
      "# Local Industrial Strategy\n\n## Our *vision*\n\nFirst **paragraph**,\nsecond line.\n\n### Ideas\n\n"
      "- one\n- two\n\n> Said by\n> someone\n\n---\n\n3. third\n4. fourth\n",
      {{Block::title, "Local Industrial Strategy", "Local Industrial Strategy"},
       {Block::section, "Our <em>vision</em>", "Our vision"},
       {Block::paragraph, "<p>First <strong>paragraph</strong>,\nsecond line.</p>",
        "First paragraph, second line."},
       {Block::subsection, "Ideas", "Ideas"},
       {Block::list, "<ul><li>one</li><li>two</li></ul>", "one\ntwo"},
       {Block::quote, "<blockquote><p>Said by\nsomeone</p></blockquote>", "Said by someone"},
       {Block::list, "<ol start=\"3\"><li>third</li><li>fourth</li></ol>", "third\nfourth"}});
}

TEST(Blocks, table_has_column_headers_and_is_in_reach_of_a_keyboard) {
  expect_blocks("| LEP | Jobs |\n|---|---:|\n| Cumbria | 253,000 |\n",
                {{Block::table,
                  "<div role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>"
                  "<thead><tr><th scope=\"col\">LEP</th><th scope=\"col\">Jobs</th></tr></thead>"
                  "<tbody><tr><td>Cumbria</td><td>253,000</td></tr></tbody></table></div>",
                  "LEP Jobs\nCumbria 253,000"}});
}

}  // namespace
}  // namespace witan::markdown
