#include <algorithm>
#include <chrono>

#include <gtest/gtest.h>

#include "shared/markdown/markdown.hpp"
#include "tests/unit/markdown/fault_in.hpp"

namespace witan::markdown {
namespace {

std::string html_of(std::string_view markdown) {
  std::string html;
  for (const auto& block : blocks_of(markdown)) html += block.html;
  return html;
}

TEST(Safety, the_check_itself_finds_what_is_wrong) {
  EXPECT_EQ(fault_in("<p>a &amp; b</p>"), "");
  EXPECT_EQ(fault_in("<p><a href=\"http://a\" rel=\"nofollow noopener ugc\">b</a></p>"), "");
  for (const auto bad :
       {"<script>x</script>", "<p>a & b</p>", "<p>", "<p></em>", "<p>\"</p>", "<p class=\"x\">a</p>", "<div>a</div>",
        "<a href=\"javascript:x\" rel=\"nofollow noopener ugc\">b</a>", "<a href=\"http://a\">b</a>",
        "<img src=x>", "<ol start=\"1x\"></ol>", "<p>a &colon; b</p>"}) {
    EXPECT_NE(fault_in(bad), "") << bad;
  }
}

TEST(Safety, an_element_that_the_parser_leaves_without_having_entered_it_is_none) {
  for (const auto text : {"[](*)*", "# A\n[x](a&**b)* `c`\n", "a *[](b*)* c", "![](*)* d"}) {
    EXPECT_EQ(fault_in(html_of(text)), "") << text;
  }
}

constexpr std::string_view k_attacks[] = {
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<!-- --><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<style>@import 'http://evil'</style>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&Tab;javascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](//evil.example)",
    "[x](/local)",
    "[x](http:evil)",
    "[x](https:/evil)",
    "[x](mailto:)",
    "[x](blob:http://a)",
    "[x](view-source:http://a)",
    "[x](http://a\"onmouseover=\"alert(1))",
    "[x](http://a'onmouseover='alert(1))",
    "[x](<http://a\" onmouseover=\"alert(1)>)",
    "[x](http://a><script>alert(1)</script>)",
    "[x](http://a \"title\" onclick=alert(1)\")",
    "[x](http://a '\"><script>alert(1)</script>')",
    "[x](http://a&quot;onmouseover=&quot;alert(1))",
    "[x](http://a&#34;&#62;&#60;script&#62;)",
    "[<script>alert(1)</script>](http://a)",
    "![x](javascript:alert(1))",
    "![\"><script>alert(1)</script>](http://a/b.png)",
    "![x](http://a/b.png \"onerror=alert(1)\")",
    "[![x](http://a/b.png)](javascript:alert(1))",
    "[![[y](http://c)](http://a/b.png)](http://d)",
    "<javascript:alert(1)>",
    "<data:text/html,<script>alert(1)</script>>",
    "<http://a\"onclick=alert(1)>",
    "<http://a'onclick='alert(1)>",
    "<mailto:a@b?subject=<script>>",
    "<a@b.example\"onclick=x>",
    "http://a/<script>",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x]\n\n[x]: <http://a> \"t\\\"><script>alert(1)</script>\"",
    "[x][y]\n\n[Y]: data:text/html,x",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3C;img src=x onerror=alert(1)&#x3E;",
    "&#0; &#xD800; &#x110000; &#99999999999; &#x80; &unknown; &colon; &amp;lt;script&amp;gt;",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    "```\"><script>alert(1)</script>\nx\n```",
    "~~~<img src=x onerror=alert(1)>\nx\n~~~",
    "| <script> | b |\n|---|---|\n| <img src=x onerror=y> | [x](javascript:z) |",
    "# <script>alert(1)</script>",
    "## [x](javascript:alert(1)) \"'<>&",
    "- <script>\n  - [x](data:,x)",
    "> <script>alert(1)</script>",
    "99999999999. x",
    "007. x\n008. y",
    "**<b>*</b>**_<i>_",
    "\\<script\\>alert(1)\\</script\\>",
    "<scr\\ipt>",
    "<\x00script>",
    "<scr\nipt>alert(1)</scr\nipt>",
    "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;",
    "\xe2\x80\xae<script>",
    "\xf0\x9f\x98\x80 \xff\xfe <b>",
};

TEST(Safety, no_known_attack_leaves_the_closed_list) {
  for (const auto attack : k_attacks) {
    EXPECT_EQ(fault_in(html_of(attack)), "") << attack << "\n" << html_of(attack);
  }
}

TEST(Safety, attacks_inside_and_beside_one_another_leave_nothing_either) {
  for (const auto first : k_attacks) {
    for (const auto second : k_attacks) {
      const std::string both[] = {std::string(first) + std::string(second),
                                  "[" + std::string(first) + "](" + std::string(second) + ")",
                                  "> - " + std::string(first) + "\n\n| " + std::string(second) + " |\n|-|"};
      for (const auto& text : both) ASSERT_EQ(fault_in(html_of(text)), "") << text;
    }
  }
}

TEST(Safety, raw_html_stands_there_as_text) {
  EXPECT_EQ(html_of("a <b>x</b> & \"c\""), "<p>a &lt;b&gt;x&lt;/b&gt; &amp; &quot;c&quot;</p>");
  EXPECT_EQ(blocks_of("<script>x</script>").at(0).text, "<script>x</script>");
}

TEST(Safety, links_to_other_schemes_keep_their_text_only) {
  EXPECT_EQ(html_of("[x](javascript:alert(1)) [y](data:,a) [z](/local)"), "<p>x y z</p>");
}

TEST(Safety, links_to_http_https_and_mailto_are_marked_as_by_users) {
  EXPECT_EQ(html_of("[x](HTTPS://a.example/?q=1&r=\xc3\xa4)"),
            "<p><a href=\"HTTPS://a.example/?q=1&amp;r=%C3%A4\" rel=\"nofollow noopener ugc\">x</a></p>");
  EXPECT_EQ(html_of("<http://a.example>"),
            "<p><a href=\"http://a.example\" rel=\"nofollow noopener ugc\">http://a.example</a></p>");
  EXPECT_EQ(html_of("<a@b.example>"),
            "<p><a href=\"mailto:a@b.example\" rel=\"nofollow noopener ugc\">a@b.example</a></p>");
}

TEST(Safety, an_image_is_its_alternative_text) {
  EXPECT_EQ(html_of("A ![map of *Cumbria*](http://a/b.png \"t\") here"), "<p>A map of Cumbria here</p>");
  EXPECT_TRUE(blocks_of("![](http://a/b.png)").empty());
}

TEST(Safety, entities_become_their_characters_and_unknown_ones_their_letters) {
  EXPECT_EQ(html_of("&pound;5 &#8364;6 &#x20AC;7 &amp; &colon;"), "<p>£5 €6 €7 &amp; &amp;colon;</p>");
  EXPECT_EQ(html_of("a&#0;b&#xD800;c&#7;d"), "<p>a\uFFFDb\uFFFDc\uFFFDd</p>");
}

TEST(Safety, control_characters_are_left_out) {
  EXPECT_EQ(html_of("a\x01\x1b[31mb\x7f"), "<p>a[31mb</p>");
  using namespace std::string_view_literals;
  EXPECT_EQ(html_of("a\0b"sv), "<p>a\uFFFDb</p>");
}

std::string repeated(std::string_view piece, std::size_t size) {
  std::string text;
  while (text.size() + piece.size() <= size) text += piece;
  return text;
}

TEST(Bombs, nesting_is_cut_at_a_depth_and_the_text_kept) {
  for (const std::string_view piece : {"> ", "- ", "1. ", "*a ", "**a ", "*_", "[", "![", "[![", "(("}) {
    const auto html = html_of(repeated(piece, 20000) + "core");
    EXPECT_EQ(fault_in(html), "") << piece;
    EXPECT_NE(html.find("core"), std::string::npos) << piece;
    EXPECT_LE(std::count(html.begin(), html.end(), '<'), 20000) << piece;
  }
  std::string deepest;
  for (std::size_t i = 0; i < 200; ++i) deepest += std::string(2 * i, ' ') + "- item\n";
  EXPECT_EQ(fault_in(html_of(deepest)), "");
  const auto quotes = html_of(repeated("> ", 4000) + "core");
  std::size_t depth = 0;
  for (std::size_t at = quotes.find("<blockquote>"); at != std::string::npos;
       at = quotes.find("<blockquote>", at + 1))
    ++depth;
  EXPECT_LE(depth, 24U);
}

std::string wide_table() {
  std::string text = "|" + repeated("a|", 60000) + "\n|" + repeated("-|", 60000) + "\n";
  return text + repeated("a|\n", 80000);
}
std::string long_reference() {
  return "[r]: http://" + std::string(50000, 'a') + "\n\n" + repeated("[r] ", 150000);
}

TEST(Bombs, two_hundred_kilobytes_of_anything_take_time_and_room_in_proportion) {
  std::vector<std::string> bombs = {wide_table(), long_reference()};
  for (const std::string_view piece : {"[",
                                       "]",
                                       "![",
                                       "*a ",
                                       "**a ",
                                       "_a ",
                                       "*",
                                       "`",
                                       "`a",
                                       "<",
                                       "<a",
                                       "&",
                                       "> ",
                                       "- ",
                                       "* a\n",
                                       "[a](",
                                       "[a](<b",
                                       "[a][",
                                       "[a]: b\n",
                                       "[a]: b\n[a]",
                                       "\\",
                                       "|",
                                       "a|b\n",
                                       "# a\n",
                                       "~~~\n",
                                       "<!--",
                                       "*a_",
                                       "1. ",
                                       "- a\n  - b\n",
                                       "\"",
                                       "a\n===\n",
                                       "[a](http://b) ",
                                       "word ",
                                       "A sentence of a draft, with *emphasis*.\n\n"}) {
    bombs.push_back(repeated(piece, 200000));
  }
  for (const auto& bomb : bombs) {
    const auto before = std::chrono::steady_clock::now();
    const auto html = html_of(bomb);
    const auto took = std::chrono::steady_clock::now() - before;
    // A machine that does ten things at once needs a fraction of this; what is quadratic needs minutes.
    EXPECT_LT(took, std::chrono::seconds(10)) << bomb.substr(0, 20);
    EXPECT_LE(html.size(), 26 * bomb.size() + 65536 + 200000) << bomb.substr(0, 20);
    EXPECT_EQ(fault_in(html), "") << bomb.substr(0, 20);
  }
}

TEST(Bombs, a_table_too_wide_for_its_text_is_shown_as_text) {
  const auto blocks = blocks_of(wide_table());
  ASSERT_FALSE(blocks.empty());
  EXPECT_TRUE(std::none_of(blocks.begin(), blocks.end(),
                           [](const Block& block) { return block.kind == Block::table; }));
}

TEST(Blocks, are_the_same_each_time) {
  for (const auto attack : k_attacks) EXPECT_EQ(html_of(attack), html_of(attack));
}

}  // namespace
}  // namespace witan::markdown
