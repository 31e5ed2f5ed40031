#pragma once

#include <string>

namespace witan::test {

/// A key and a certificate that it has signed itself, for 127.0.0.1, good for an hour.
struct Certificate {
  std::string certificate_pem;
  std::string key_pem;
};

Certificate self_signed_certificate();

}  // namespace witan::test
