// How long a refusal about a paper is held.
#include <gtest/gtest.h>

#include "gateway/auth/refusals.hpp"

namespace witan::auth::test {
namespace {

using namespace std::chrono_literals;

const std::chrono::steady_clock::time_point k_begun{1000h};

TEST(Refusals, go_out_at_a_full_step_after_they_were_asked_for) {
  EXPECT_EQ(held_for(k_begun, k_begun + 200us), 9'800us);
  EXPECT_EQ(held_for(k_begun, k_begun + 300us), 9'700us) << "whichever took longer, both go out at the same time";
  EXPECT_EQ(held_for(k_begun, k_begun + 12ms), 8ms) << "one that took longer than a step goes out at the next";
}

TEST(Refusals, are_never_held_for_nothing_nor_for_longer_than_a_step) {
  for (auto took = 0us; took < 40ms; took += 37us) {
    const auto held = held_for(k_begun, k_begun + took);
    EXPECT_GT(held, 0us);
    EXPECT_LE(held, 10ms);
    EXPECT_EQ((took + held) % 10ms, 0us);
  }
}

}  // namespace
}  // namespace witan::auth::test
