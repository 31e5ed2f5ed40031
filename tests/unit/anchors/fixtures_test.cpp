#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "shared/anchors/anchors.hpp"
#include "shared/base/json.hpp"

namespace witan::anchors {

namespace {

std::vector<Block> blocks_in(const json::value& list) {
  std::vector<Block> blocks;
  for (const auto& block : list.as_array())
    blocks.push_back({.id = string_at(block.as_object(), "id"),
                      .takes_comments = block.at("takes_comments").as_bool(),
                      .text = string_at(block.as_object(), "text")});
  return blocks;
}

std::size_t size_at(const json::object& object, std::string_view key) {
  return static_cast<std::size_t>(int_at(object, key));
}

// web-client/test/anchors.test.ts reads the same file: what both say is the same to the thousandth.
TEST(Fixtures, are_carried_to_just_where_they_say) {
  std::ifstream file("tests/anchors/fixtures.json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const json::value fixtures = parse_own(text);
  for (const auto& a_case : fixtures.at("cases").as_array()) {
    const Carrier carrier(blocks_in(a_case.at("old")), blocks_in(a_case.at("new")));
    for (const auto& value : a_case.at("anchors").as_array()) {
      const json::object& anchor = value.as_object();
      const json::object& expected = anchor.at("expected").as_object();
      const Placement placement = carrier.carry({.block = string_at(anchor, "block"),
                                                 .start = size_at(anchor, "start"),
                                                 .length = size_at(anchor, "length")});
      SCOPED_TRACE(std::string(string_at(a_case.as_object(), "name")) + ": " + json::serialize(anchor));
      EXPECT_EQ(name_of(placement.fate), string_at(expected, "fate"));
      EXPECT_EQ(placement.block, string_at(expected, "block"));
      EXPECT_EQ(placement.start, size_at(expected, "start"));
      EXPECT_EQ(placement.length, size_at(expected, "length"));
      EXPECT_EQ(placement.score, int_at(expected, "score"));
    }
  }
}

}  // namespace
}  // namespace witan::anchors
