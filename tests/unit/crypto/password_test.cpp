#include <string>

#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"

namespace witan::crypto {
namespace {

Secret pepper() { return Secret("0123456789abcdefghij"); }

// Both made by the reference implementation (phc-winner-argon2) from the peppered form of the password, so
// they also hold the peppering still: a change of it would lock everyone out.
constexpr std::string_view k_known =
    "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$8IWQumrnmswBNqb5Cp0MLHfA8xK+99hOHSHECn68MiU";
constexpr std::string_view k_known_weaker =
    "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$GxZsKj+gAr5O2SSgSWBx1TgQ/x3sGiASi1sfN0FEMeE";

TEST(Password, hash_is_a_phc_string_of_argon2id_with_64_mib_three_passes_one_lane) {
  const auto phc = hash_password("a long enough phrase", pepper());
  EXPECT_TRUE(phc.starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << phc;
  EXPECT_TRUE(verify_password(phc, "a long enough phrase", pepper()));
  EXPECT_FALSE(verify_password(phc, "a long enough phrasE", pepper()));
  EXPECT_FALSE(needs_rehash(phc));
}

TEST(Password, accepts_what_the_reference_implementation_made) {
  EXPECT_TRUE(verify_password(k_known, "correct horse battery stäple", pepper()));
  EXPECT_TRUE(verify_password(k_known_weaker, "password", Secret()));
}

TEST(Password, another_pepper_does_not_verify) {
  EXPECT_FALSE(verify_password(k_known, "correct horse battery stäple", Secret("0123456789abcdefghik")));
  EXPECT_FALSE(verify_password(k_known, "correct horse battery stäple", Secret()));
}

TEST(Password, the_same_password_gets_another_salt_each_time) {
  EXPECT_NE(hash_password("phrase", pepper()), hash_password("phrase", pepper()));
}

TEST(Password, all_of_a_long_password_and_bytes_after_a_nul_count) {
  const std::string long_one(4000, 'x');
  const auto phc = hash_password(long_one, pepper());
  EXPECT_TRUE(verify_password(phc, long_one, pepper()));
  EXPECT_FALSE(verify_password(phc, long_one.substr(1), pepper()));
  using namespace std::string_view_literals;
  EXPECT_FALSE(verify_password(hash_password("ab\0cd"sv, pepper()), "ab\0ce"sv, pepper()));
}

TEST(Password, a_hash_of_other_parameters_verifies_and_asks_for_a_new_one) {
  EXPECT_FALSE(needs_rehash(k_known));
  EXPECT_TRUE(needs_rehash(k_known_weaker));
}

TEST(Password, what_is_not_a_hash_of_argon2id_never_verifies) {
  const std::string_view not_hashes[] = {"", "password", "$argon2id$",
                                         "$argon2i$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$8IWQ",
                                         "$argon2id$v=19$m=65536,t=3,p=1$c29tZXNhbHRzb21lc2FsdA$"};
  for (const auto text : not_hashes) {
    EXPECT_FALSE(verify_password(text, "password", Secret())) << text;
    EXPECT_TRUE(needs_rehash(text)) << text;
  }
  EXPECT_FALSE(verify_password("$argon2id$" + std::string(5000, 'a'), "password", Secret()));
}

}  // namespace
}  // namespace witan::crypto
