#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace witan {

/// One line of text of `Min` to `Max` Unicode characters, one of them to be seen unless `Min` is 0. Decoding trims white space at both ends and refuses
/// control characters, characters that reorder text (Unicode TR36), that cannot be seen, and more than three marks on a letter.
template <std::size_t Min, std::size_t Max>
struct Text {
  static constexpr std::size_t k_min = Min, k_max = Max;
  static constexpr bool k_multiline = false;
  std::string value;
  const std::string& str() const { return value; }
  auto operator<=>(const Text&) const = default;
};

/// Several lines of text: as `Text`, and line breaks (`\n`; `\r\n` becomes `\n`) and tabs are allowed.
template <std::size_t Min, std::size_t Max>
struct Prose {
  static constexpr std::size_t k_min = Min, k_max = Max;
  static constexpr bool k_multiline = true;
  std::string value;
  const std::string& str() const { return value; }
  auto operator<=>(const Prose&) const = default;
};

/// A whole number from `Least` to `Most`.
template <std::int64_t Least, std::int64_t Most>
struct Whole {
  static constexpr std::int64_t k_least = Least, k_most = Most;
  std::int64_t value = Least;
  operator std::int64_t() const { return value; }
};

/// A day in the calendar, `2018-06-19`.
struct CalendarDate {
  std::string value;
  auto operator<=>(const CalendarDate&) const = default;
};

/// A time of day on a UK clock, `14:30`.
struct ClockTime {
  std::string value;
  auto operator<=>(const ClockTime&) const = default;
};

/// A password on its way to being hashed: 1 to 128 characters, never logged, never stored. A new one needs more (directory).
struct Password {
  std::string value;
};

/// An e-mail address: something, an @, something with a dot; 254 characters at most. Decoding folds it to lower case.
struct EmailAddress {
  std::string value;
  auto operator<=>(const EmailAddress&) const = default;
};

/// Text that a person wrote and may ask to erase. Events carry only this reference and the text's salted hash;
/// the text itself has a row of its own, so erasing it leaves every event and every proof intact.
struct Erasable {
  std::string text_id;
  std::string hash;  ///< base32 of the keyed BLAKE2b-256 of the text under its own random salt.
  auto operator<=>(const Erasable&) const = default;
};

}  // namespace witan
