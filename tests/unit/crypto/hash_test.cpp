#include <string>

#include <gtest/gtest.h>

#include "shared/crypto/crypto.hpp"

namespace witan::crypto {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    constexpr std::string_view k_digits = "0123456789abcdef";
    text += k_digits[static_cast<unsigned char>(byte) >> 4U];
    text += k_digits[static_cast<unsigned char>(byte) & 15U];
  }
  return text;
}

std::string counting(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) bytes += static_cast<char>(i);
  return bytes;
}

TEST(Hash, blake2b_256_of_the_empty_text_and_of_abc_are_the_published_ones) {
  EXPECT_EQ(hex(blake2b("")), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_EQ(hex(blake2b("abc")), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

// The input and key of the reference implementation's last known-answer test, at 32 bytes (by Python's
// hashlib).
TEST(Hash, keyed_blake2b_agrees_with_the_reference_implementation) {
  EXPECT_EQ(hex(blake2b(counting(255), counting(64))),
            "fe7b76a61787c089141f9e10fca1e5092488d89c62ea793fb2c5b1f849b4f2cb");
}

TEST(Hash, another_key_gives_another_digest) {
  EXPECT_NE(blake2b("abc", std::string(16, 'a')), blake2b("abc", std::string(16, 'b')));
  EXPECT_NE(blake2b("abc", std::string(16, 'a')), blake2b("abc"));
}

TEST(HashDeathTest, a_key_that_is_too_short_or_too_long_is_a_bug) {
  EXPECT_DEATH(blake2b("abc", std::string(15, 'a')), "KEYBYTES_MIN");
  EXPECT_DEATH(blake2b("abc", std::string(65, 'a')), "KEYBYTES_MIN");
}

TEST(Hash, texts_are_52_characters_of_base32) {
  EXPECT_EQ(blake2b_text("abc"), "xxoycpddii4xemlr54765gcxtokjmtr3whft4qtsmlema2gvemmq");
}

TEST(Hash, sha256_of_abc_is_the_one_of_fips_180) {
  EXPECT_EQ(sha256_text("abc"), "xj4bnp4pahh6uqkbidpf3lrceoyagyndsylxvhfucd7wd4qacwwq");
}

TEST(Hash, equal_compares_contents_and_length) {
  EXPECT_TRUE(equal("", ""));
  EXPECT_TRUE(equal("same", "same"));
  EXPECT_FALSE(equal("same", "sane"));
  EXPECT_FALSE(equal("same", "same "));
}

TEST(Random, bytes_and_tokens_have_their_size_and_differ) {
  EXPECT_EQ(random_bytes(0).size(), 0U);
  EXPECT_EQ(random_bytes(33).size(), 33U);
  EXPECT_NE(random_bytes(32), random_bytes(32));
  const auto token = random_token();
  EXPECT_EQ(token.size(), 52U);
  EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
  EXPECT_NE(token, random_token());
}

}  // namespace
}  // namespace witan::crypto
