#include "shared/qr/qr.hpp"

#include <array>
#include <charconv>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace witan::qr {
namespace {

constexpr int k_border = 4;

/// The modules of a code, dark or light, read from the path of its SVG.
struct Modules {
  int size = 0;
  std::vector<bool> dark;
  bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * size + x)]; }
};

int number_at(std::string_view& text) {
  int value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  EXPECT_EQ(failed, std::errc());
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);  // and the letter or space after it
  return value;
}

std::string_view after(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  EXPECT_NE(at, std::string_view::npos) << mark;
  return at == std::string_view::npos ? "" : text.substr(at + mark.size());
}

Modules modules_of(std::string_view svg) {
  auto box = after(svg, "viewBox=\"0 0 ");
  const int size = number_at(box) - 2 * k_border;
  Modules modules{size, std::vector<bool>(static_cast<std::size_t>(size * size))};
  auto path = after(svg, "fill=\"#000\" d=\"");
  while (path.starts_with('M')) {
    path.remove_prefix(1);
    const int x = number_at(path) - k_border;
    const int y = number_at(path) - k_border;
    const int run = number_at(path);
    for (int i = 0; i < run; ++i) modules.dark[static_cast<std::size_t>(y * size + x + i)] = true;
    path = after(path, "z");
  }
  return modules;
}

/// The smallest code has no alignment pattern: besides the data there are finders with their format, and
/// timing.
bool is_data(int x, int y) {
  const bool is_finder = (x < 9 && y < 9) || (x < 9 && y > 12) || (x > 12 && y < 9);
  return !is_finder && x != 6 && y != 6;
}

bool is_masked(int mask, int x, int y) {
  switch (mask) {
    case 0:
      return (x + y) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (x + y) % 3 == 0;
    case 4:
      return (y / 2 + x / 3) % 2 == 0;
    case 5:
      return x * y % 2 + x * y % 3 == 0;
    case 6:
      return (x * y % 2 + x * y % 3) % 2 == 0;
    default:
      return ((x + y) % 2 + x * y % 3) % 2 == 0;
  }
}

/// The first five bits of the format: correction level and mask (ISO/IEC 18004 section 7.9).
int format_of(const Modules& code) {
  int bits = 0;
  for (int x = 0; x < 5; ++x) bits = bits << 1 | (code.at(x, 8) ? 1 : 0);
  return bits ^ 0b10101;
}

/// The bits of the smallest code, unmasked, in the order of section 7.7.3: columns of two from the right, up
/// and down.
std::vector<bool> bits_of(const Modules& code) {
  const int mask = format_of(code) & 7;
  std::vector<bool> bits;
  bool is_upwards = true;
  for (int right = 20; right > 0; right -= 2, is_upwards = !is_upwards) {
    if (right == 6) --right;
    for (int i = 0; i < 21; ++i) {
      const int y = is_upwards ? 20 - i : i;
      for (const int x : {right, right - 1}) {
        if (is_data(x, y)) bits.push_back(code.at(x, y) != is_masked(mask, x, y));
      }
    }
  }
  return bits;
}

/// The text of a code of the smallest size in byte mode, without correcting errors: there are none.
std::string text_of(const Modules& code) {
  const auto bits = bits_of(code);
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) value = value << 1 | (bits[from + i] ? 1 : 0);
    return value;
  };
  EXPECT_EQ(number(0, 4), 0b0100) << "byte mode";
  std::string text;
  for (int i = 0; i < number(4, 8); ++i)
    text += static_cast<char>(number(12 + 8 * static_cast<std::size_t>(i), 8));
  return text;
}

void expect_finder(const Modules& code, int left, int top) {
  for (int y = 0; y < 7; ++y) {
    for (int x = 0; x < 7; ++x) {
      const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
      EXPECT_EQ(code.at(left + x, top + y), ring != 2) << left + x << "," << top + y;
    }
  }
}

TEST(Qr, can_be_read_again) {
  for (const char* text : {"hello, witan", "a", "É/é:?#[]@!"}) {
    const auto code = modules_of(svg(text, "Code"));
    ASSERT_EQ(code.size, 21) << text;
    EXPECT_EQ(format_of(code) >> 3, 0b00) << "correction level M";
    EXPECT_EQ(text_of(code), text);
  }
}

TEST(Qr, of_a_long_text_has_its_three_finders_and_its_timing) {
  const auto code =
      modules_of(svg("otpauth://totp/Witan:alice%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                     "&issuer=Witan&algorithm=SHA1&digits=6&period=30",
                     "Code"));
  EXPECT_EQ((code.size - 17) % 4, 0);
  EXPECT_GT(code.size, 21);
  expect_finder(code, 0, 0);
  expect_finder(code, code.size - 7, 0);
  expect_finder(code, 0, code.size - 7);
  for (int i = 8; i < code.size - 8; ++i) {
    EXPECT_EQ(code.at(i, 6), i % 2 == 0) << i;
    EXPECT_EQ(code.at(6, i), i % 2 == 0) << i;
  }
}

TEST(Qr, is_an_image_with_a_title_that_means_nothing_but_itself) {
  const auto image = svg("a", "Scan <this> & \"that\"");
  EXPECT_TRUE(
      image.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 29 29\" role=\"img\""))
      << image;
  EXPECT_NE(image.find("<title>Scan &lt;this&gt; &amp; "), std::string::npos) << image;
  EXPECT_TRUE(image.ends_with("</svg>"));
}

TEST(Qr, takes_as_much_as_a_code_holds_and_no_more) {
  EXPECT_EQ(modules_of(svg(std::string(2331, 'x'), "Code")).size, 177);
  EXPECT_THROW(svg(std::string(2332, 'x'), "Code"), std::length_error);
  EXPECT_THROW(svg("", "Code"), std::length_error);
}

}  // namespace
}  // namespace witan::qr
