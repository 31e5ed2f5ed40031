#pragma once

#include <sodium.h>

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
  crypto_hash_sha256_state state_;
};

}  // namespace witan::crypto
