#include <gtest/gtest.h>

#include "services/directory/app/sign_in_throttle.hpp"

namespace witan::directory {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class Throttle : public testing::Test {
 protected:
  /// One wrong password; false when it was not even looked at.
  bool guess() {
    if (throttle.begin("key", now)) return false;
    throttle.failed("key", now);
    return true;
  }
  SignInThrottle throttle;
  SignInThrottle::Time now{};
};

TEST_F(Throttle, three_wrong_passwords_are_free_and_then_each_makes_the_wait_longer) {
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(guess());
  for (const int wait : {1, 2, 4, 8, 16, 32, 60, 60}) {
    EXPECT_EQ(throttle.begin("key", now), seconds(wait));
    EXPECT_EQ(throttle.begin("key", now + seconds(wait) - std::chrono::milliseconds(1)), seconds(1));
    now += seconds(wait);
    EXPECT_TRUE(guess());
  }
}

TEST_F(Throttle, of_a_thousand_guesses_in_a_quarter_of_an_hour_at_most_thirty_are_looked_at) {
  int looked_at = 0;
  for (int i = 0; i < 1000; ++i, now += std::chrono::milliseconds(900)) looked_at += guess() ? 1 : 0;
  EXPECT_LE(looked_at, 30);
  EXPECT_GE(looked_at, 15) << "nobody is locked out";
}

TEST_F(Throttle, a_right_password_and_a_quarter_of_an_hour_make_all_good) {
  for (int i = 0; i < 3; ++i) guess();
  now += seconds(1);
  EXPECT_FALSE(throttle.begin("key", now));
  throttle.succeeded("key");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(guess());
  now += minutes(15) + seconds(1);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(guess());
}

TEST_F(Throttle, guesses_at_the_same_moment_are_looked_at_one_by_one) {
  for (int i = 0; i < 3; ++i) guess();
  now += seconds(1);
  EXPECT_FALSE(throttle.begin("key", now));
  EXPECT_EQ(throttle.begin("key", now), seconds(1));
  EXPECT_FALSE(throttle.begin("another", now)) << "others do not wait for it";
}

TEST_F(Throttle, many_addresses_do_not_fill_the_memory) {
  for (int i = 0; i < 3; ++i) guess();
  EXPECT_TRUE(throttle.begin("key", now));
  for (std::size_t i = 0; i < SignInThrottle::k_keys_max; ++i) throttle.failed(std::to_string(i), now);
  EXPECT_FALSE(throttle.begin("key", now)) << "forgotten with all the others";
}

}  // namespace
}  // namespace witan::directory
