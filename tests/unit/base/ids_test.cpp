#include <set>

#include <gtest/gtest.h>

#include "shared/base/ids.hpp"

namespace witan {
namespace {

TEST(ids, are_26_characters_and_do_not_repeat) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const auto id = MeetingId::random();
    EXPECT_TRUE(is_id_text(id.str()));
    EXPECT_TRUE(seen.insert(id.str()).second);
  }
}

TEST(ids, refuse_other_text) {
  for (const char* bad : {"", "abc", "ABCDEFGHIJKLMNOPQRSTUVWX23", "abcdefghijklmnopqrstuvwx2!", "abcdefghijklmnopqrstuvwx2345"}) {
    EXPECT_FALSE(MeetingId::parse(bad)) << bad;
  }
}

TEST(base32, agrees_with_rfc_4648) {
  const auto encode = [](std::string_view text) { return base32(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()); };
  EXPECT_EQ(encode(""), "");
  EXPECT_EQ(encode("f"), "my");
  EXPECT_EQ(encode("fo"), "mzxq");
  EXPECT_EQ(encode("foobar"), "mzxw6ytboi");
}

}  // namespace
}  // namespace witan
