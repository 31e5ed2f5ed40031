// What opens nothing is counted; who tries on to open papers is named.
#include <gtest/gtest.h>

#include "gateway/auth/strangers.hpp"

namespace witan::auth::test {
namespace {

using namespace std::chrono_literals;
const auto k_begin = std::chrono::steady_clock::time_point() + 1000h;

TEST(RefusedPapers, are_somebodys_to_look_at_with_the_third_within_an_hour) {
  Strangers strangers;
  EXPECT_FALSE(strangers.paper("ada", true, k_begin));
  EXPECT_FALSE(strangers.paper("ada", true, k_begin + 10min));
  EXPECT_FALSE(strangers.paper("ben", true, k_begin + 10min)) << "each is counted apart";
  EXPECT_TRUE(strangers.paper("ada", true, k_begin + 59min));
  EXPECT_FALSE(strangers.paper("ada", true, k_begin + 60min)) << "once";
  const auto came = strangers.take();
  ASSERT_TRUE(came);
  EXPECT_EQ(came->papers, 5);
  EXPECT_EQ(came->seekers->value, "ada");
  EXPECT_FALSE(strangers.take()) << "it is told once";
}

TEST(RefusedPapers, begin_anew_after_an_hour) {
  Strangers strangers;
  strangers.paper("ada", true, k_begin);
  strangers.paper("ada", true, k_begin);
  EXPECT_FALSE(strangers.paper("ada", true, k_begin + 61min));
  EXPECT_FALSE(strangers.paper("ada", true, k_begin + 62min));
  EXPECT_TRUE(strangers.paper("ada", true, k_begin + 63min));
}

TEST(RefusedPapers, of_visitors_name_no_address) {
  Strangers strangers;
  for (int n = 0; n < 2; ++n) EXPECT_FALSE(strangers.paper("192.0.2.1", false, k_begin));
  EXPECT_TRUE(strangers.paper("192.0.2.1", false, k_begin));
  const auto came = strangers.take();
  EXPECT_EQ(came->papers, 3);
  EXPECT_FALSE(came->seekers);
}

TEST(RefusedPapers, that_directory_did_not_hear_of_are_told_with_the_next) {
  Strangers strangers;
  for (int n = 0; n < 3; ++n) strangers.paper("ada", true, k_begin);
  strangers.give_back(*strangers.take());
  const auto again = strangers.take();
  EXPECT_EQ(again->papers, 3);
  EXPECT_EQ(again->seekers->value, "ada");
}

TEST(RefusedPapers, name_no_more_people_than_one_report_holds) {
  Strangers strangers;
  for (int who = 0; who < 100; ++who) {
    for (int n = 0; n < 3; ++n) strangers.paper("abcdefghijklmnopqrstuvwx" + std::to_string(10 + who), true, k_begin);
  }
  const auto came = strangers.take();
  EXPECT_LE(came->seekers->value.size(), 600U);
  EXPECT_EQ(came->papers, 300);
  std::size_t reports = 1;
  for (; strangers.take(); ++reports) {}
  EXPECT_EQ(reports, 5U) << "those who found no place come with the next";
}

}  // namespace
}  // namespace witan::auth::test
