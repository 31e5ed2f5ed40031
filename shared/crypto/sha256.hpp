#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace witan::crypto {

/// SHA-256 (FIPS 180-4) of bytes that come one after the other.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// In lower-case hexadecimal, 64 letters. Nothing may be added afterwards.
  std::string hex();

 private:
  // The library's own state; its header stays out of this one. How large it is, the definition checks.
  alignas(8) std::array<std::byte, 104> state_;
};

}  // namespace witan::crypto
