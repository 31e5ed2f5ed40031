#include <gtest/gtest.h>

#include "shared/contract/codec.hpp"
#include "shared/contract/envelope.hpp"

namespace witan {
namespace {

Change change(std::string topic, std::string audience, json::object put) {
  return {std::move(topic), std::move(audience), "e1", 3, 4, std::move(put), {"gone"}};
}

TEST(changes, come_back_from_the_lines_of_a_group) {
  const std::vector<Change> sent = {change("meetings/m1", "public", {{"a", "two words"}, {"b", "two\nlines"}}),
                                    change("meetings", "staff", {})};
  std::string text;
  for (const auto& one : sent) append_line(one, text);
  const auto lines = change_lines(text);
  ASSERT_EQ(lines.size(), 2U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].topic, sent[i].topic);
    EXPECT_EQ(lines[i].audience, sent[i].audience);
    const auto read = codec::decode<Change>(json::parse(lines[i].json));
    ASSERT_TRUE(read);
    EXPECT_EQ(codec::encode(*read), codec::encode(sent[i]));
  }
}

TEST(changes, passes_over_lines_of_another_form) {
  EXPECT_TRUE(change_lines("").empty());
  EXPECT_TRUE(change_lines("\n\n").empty());
  EXPECT_TRUE(change_lines("public\npublic meetings\n").empty());
  const auto lines = change_lines("rubbish\npublic meetings {}");
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].json, "{}");
}

}  // namespace
}  // namespace witan
