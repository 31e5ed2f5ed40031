#include "shared/crypto/totp.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

namespace witan::crypto {
namespace {

/// The key of the test vectors of RFC 4226 and, for SHA-1, of RFC 6238.
Secret rfc_key() { return Secret("12345678901234567890"); }

Timestamp at(std::int64_t seconds) { return Timestamp(std::chrono::seconds(seconds)); }

TEST(Hotp, agrees_with_appendix_d_of_rfc_4226) {
  const std::string expected[] = {"755224", "287082", "359152", "969429", "338314",
                                  "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < std::size(expected); ++counter) {
    EXPECT_EQ(hotp(rfc_key(), counter), expected[counter]) << counter;
  }
}

// The RFC gives eight digits; six digits are the last six of them (RFC 4226 section 5.3: Snum mod 10^Digit).
TEST(Totp, agrees_with_appendix_b_of_rfc_6238) {
  const struct {
    std::int64_t seconds;
    std::uint64_t step;
    std::string eight;
  } expected[] = {{59, 0x1, "94287082"},
                  {1111111109, 0x23523EC, "07081804"},
                  {1111111111, 0x23523ED, "14050471"},
                  {1234567890, 0x273EF07, "89005924"},
                  {2000000000, 0x3F940AA, "69279037"},
                  {20000000000, 0x27BC86AA, "65353130"}};
  for (const auto& [seconds, step, eight] : expected) {
    EXPECT_EQ(totp_step(at(seconds)), step) << seconds;
    EXPECT_EQ(check_totp(rfc_key(), eight.substr(2), at(seconds)), step) << seconds;
  }
}

TEST(Totp, takes_the_code_of_the_step_before_and_after_and_says_which_it_was) {
  const auto step = totp_step(at(1'000'000'020));
  for (const auto near : {step - 1, step, step + 1}) {
    EXPECT_EQ(check_totp(rfc_key(), hotp(rfc_key(), near), at(1'000'000'020)), near);
  }
  for (const auto far : {step - 2, step + 2}) {
    EXPECT_FALSE(check_totp(rfc_key(), hotp(rfc_key(), far), at(1'000'000'020)));
  }
}

TEST(Totp, a_step_ends_after_thirty_seconds) {
  EXPECT_EQ(totp_step(at(29)), 0U);
  EXPECT_EQ(totp_step(at(30)), 1U);
  EXPECT_EQ(check_totp(rfc_key(), hotp(rfc_key(), 0), at(59)), 0U);
  EXPECT_FALSE(check_totp(rfc_key(), hotp(rfc_key(), 0), at(60)));
  EXPECT_EQ(check_totp(rfc_key(), hotp(rfc_key(), 0), at(0)), 0U);  // there is no step before the first
}

TEST(Totp, passes_over_spaces_and_refuses_everything_else_that_is_not_the_code) {
  EXPECT_EQ(check_totp(rfc_key(), "287 082 ", at(59)), 1U);
  for (const char* wrong :
       {"", "287083", "28708", "2870820", "0287082", "+287082", "287-082", "２８７０８２", "94287082"}) {
    EXPECT_FALSE(check_totp(rfc_key(), wrong, at(59))) << wrong;
  }
}

TEST(TotpKey, has_160_random_bits_and_is_written_in_capitals_without_padding) {
  const auto key = new_totp_key();
  EXPECT_EQ(key.bytes().size(), 20U);
  EXPECT_NE(key.bytes(), new_totp_key().bytes());
  EXPECT_EQ(totp_key_text(rfc_key()), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  EXPECT_EQ(totp_key_from(totp_key_text(key))->bytes(), key.bytes());
}

TEST(TotpKey, is_read_as_the_examples_of_rfc_4648_without_padding) {
  const std::pair<const char*, const char*> examples[] = {{"MY", "f"},           {"MZXQ", "fo"},
                                                          {"MZXW6", "foo"},      {"MZXW6YQ", "foob"},
                                                          {"MZXW6YTB", "fooba"}, {"mzxw 6ytb oi", "foobar"}};
  for (const auto& [text, bytes] : examples) EXPECT_EQ(totp_key_from(text)->bytes(), bytes) << text;
  for (const char* wrong : {"", "M", "MZX", "MZ", "MZXW6YTBOI======", "MZXW6Y1B", "MZXW6YÄB"}) {
    EXPECT_FALSE(totp_key_from(wrong)) << wrong;
  }
}

TEST(OtpauthUri, percent_encodes_issuer_and_account) {
  EXPECT_EQ(otpauth_uri("Witan", "alice@example.org", rfc_key()),
            "otpauth://totp/Witan:alice%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Witan"
            "&algorithm=SHA1&digits=6&period=30");
  EXPECT_TRUE(otpauth_uri("Wi tan: é&x=1", "a/b?c#d%", rfc_key())
                  .starts_with("otpauth://totp/Wi%20tan%3A%20%C3%A9%26x%3D1:a%2Fb%3Fc%23d%25?secret="));
}

TEST(RecoveryCodes, are_ten_different_ones_that_normalise_to_themselves) {
  const auto codes = new_recovery_codes();
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 10U);
  for (const auto& code : codes) {
    ASSERT_EQ(code.size(), 11U);
    EXPECT_EQ(code[5], '-');
    EXPECT_EQ(normalised_recovery_code(code), code.substr(0, 5) + code.substr(6));
  }
}

TEST(RecoveryCodes, use_the_whole_alphabet) {
  std::set<char> seen;
  for (int i = 0; i < 100; ++i) {
    for (const auto& code : new_recovery_codes()) seen.insert(code.begin(), code.end());
  }
  EXPECT_EQ(std::string(seen.begin(), seen.end()), "-0123456789abcdefghjkmnpqrstvwxyz");
}

TEST(RecoveryCodes, are_known_however_they_are_typed) {
  for (const char* typed :
       {"01k2m-x9q4t", "01K2MX9Q4T", " 01k2m x9q4t ", "OIk2m-x9q4t", "olk2m-x9q4t", "0-1-k-2-m-x-9-q-4-t"}) {
    EXPECT_EQ(normalised_recovery_code(typed), "01k2mx9q4t") << typed;
  }
  for (const char* wrong : {"", "01k2m-x9q4", "01k2m-x9q4t0", "01k2m-x9q4u", "01k2m_x9q4t", "01k2m-x9q4é"}) {
    EXPECT_FALSE(normalised_recovery_code(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace witan::crypto
