#include "tests/unit/consultations/scene.hpp"

namespace witan::consultations::test {
namespace {

std::string outline(std::string_view markdown) {
  std::string lines;
  for (const auto& block : blocks_from(markdown)) {
    lines += block.block + " " + codec::name_of(block.kind) + " " + block.number + " " + block.text + "\n";
  }
  return lines;
}

TEST(Blocks, are_numbered_in_the_order_of_the_text) {
  EXPECT_EQ(outline("# Title\n\n## One\n\nFirst.\n\nSecond.\n\n### Deeper\n\nThird.\n\n## Two\n\nFourth.\n"),
            "b1 title  Title\n"
            "b2 section 1 One\n"
            "b3 paragraph 1.1 First.\n"
            "b4 paragraph 1.2 Second.\n"
            "b5 subsection  Deeper\n"
            "b6 paragraph 1.3 Third.\n"
            "b7 section 2 Two\n"
            "b8 paragraph 2.1 Fourth.\n");
}

TEST(Blocks, before_the_first_section_belong_to_section_nought) {
  EXPECT_EQ(outline("Foreword.\n\n## One\n\nFirst.\n"),
            "b1 paragraph 0.1 Foreword.\n"
            "b2 section 1 One\n"
            "b3 paragraph 1.1 First.\n");
}

TEST(Blocks, that_are_lists_tables_or_quotations_take_comments) {
  for (const auto& block :
       blocks_from("- one\n- two\n\n> said\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```\ncode\n```\n")) {
    EXPECT_EQ(block.kind, BlockKind::paragraph) << block.text;
  }
}

TEST(Blocks, are_found_by_their_id_alone) {
  EXPECT_EQ(place_of_block("b1"), 0u);
  EXPECT_EQ(place_of_block("b2000"), 1999u);
  for (const auto* wrong : {"", "b", "b0", "b01", "b-1", "b1 ", "1", "B1", "b1x", "b99999999999999999999"}) {
    EXPECT_EQ(place_of_block(wrong), std::nullopt) << wrong;
  }
}

}  // namespace
}  // namespace witan::consultations::test
