#include "shared/crypto/password_list.hpp"

#include <string>

#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"

namespace witan::crypto {
namespace {

void expect_refused(std::initializer_list<const char*> passwords) {
  for (const char* password : passwords) EXPECT_TRUE(is_common_password(password)) << password;
}

void expect_accepted(std::initializer_list<const char*> passwords) {
  for (const char* password : passwords) EXPECT_FALSE(is_common_password(password)) << password;
}

TEST(PasswordList, refuses_what_stands_at_the_top_of_every_published_list) {
  expect_refused({"password1234",     "passwordpassword",
                  "123456789012",     "qwertyuiop123",
                  "1q2w3e4r5t6y",     "1qaz2wsx3edc",
                  "iloveyou1234",     "letmeinletmein",
                  "administrator",    "administrator1!",
                  "welcome12345",     "Welcome2026!!",
                  "trustno1trustno1", "correcthorsebatterystaple",
                  "thequickbrownfox", "changeme1234",
                  "superman1234",     "manchesterunited",
                  "liverpool2019",    "unbelievable",
                  "charlie12345",     "michaeljordan23"});
}

TEST(PasswordList, refuses_the_words_of_witan) {
  expect_refused({"witanwitanwitan", "Witan-Council-2026", "council of leps", "CumbriaLEP2019",
                  "Gloucestershire1", "industrialstrategy", "GreaterManchesterLEP", "secretary2026!",
                  "grandchallenge", "teesvalleychair"});
}

TEST(PasswordList, refuses_repetitions_sequences_and_walks_over_the_keyboard) {
  expect_refused({"aaaaaaaaaaaa", "111111111111", "            ", "abababababab", "abcabcabcabc",
                  "abcdefghijkl", "zyxwvutsrqpo", "987654321098", "qwertyqwerty", "asdfghjkl;'#",
                  "zaq12wsxcde3", "k7qpmxk7qpmx", "!!!!!!!!!!!!", "££££££££££££", "147258369147",
                  "aaaabbbbcccc"});
  EXPECT_TRUE(is_common_password(std::string(128, 'x')));
}

TEST(PasswordList, capitals_separators_and_letters_written_as_digits_make_no_difference) {
  expect_refused({"PASSWORD1234", "P4$$w0rd1234", "p@ssw0rd2026", "pass-word-1234", "p.a.s.s.w.o.r.d.1",
                  "W1t4n-C0unc1l-2026", "4dm1n1str4t0r", "l3tm31nl3tm31n", "1L0v3Y0u1234", "adm!n!strator"});
}

TEST(PasswordList, accepts_three_random_words_and_what_a_password_manager_makes) {
  expect_accepted({"walrus umbrella nickel", "walrus-umbrella-nickel", "walrusumbrellanickel",
                   "coffeetrainfish7 plum", "k7#mQ9!xw2Lp", "xqzvbnjwktgh", "7k3m-x9q4-t2vd", "481826375842",
                   "ünïcödé çhåråçtérs", "漢字漢字かなカナ混合文字列"});
}

TEST(PasswordList, accepts_a_phrase_of_64_characters_with_spaces) {
  const std::string phrase = "tangle orbit mustard fjord velvet anchor pickle thunder quartz b";
  ASSERT_EQ(phrase.size(), 64U);
  EXPECT_FALSE(is_common_password(phrase));
}

TEST(PasswordList, refuses_no_random_token) {
  for (int i = 0; i < 200; ++i) {
    const auto token = random_token().substr(0, 12);
    EXPECT_FALSE(is_common_password(token)) << token;
  }
}

TEST(PasswordList, takes_the_empty_text_and_the_longest) {
  EXPECT_TRUE(is_common_password(""));
  EXPECT_TRUE(is_common_password(std::string(128, '1')));
  std::string long_one;
  for (int i = 0; i < 30; ++i) long_one += random_token();
  EXPECT_FALSE(is_common_password(long_one));
}

}  // namespace
}  // namespace witan::crypto
