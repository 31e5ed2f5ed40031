#pragma once

namespace witan {
/// Prints the broken expectation with its place and aborts: a bug, never bad input.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);
}  // namespace witan

/// States what must be true whatever a caller or a peer sends. Stays on in release builds.
#define ASSERT(expression) \
  (static_cast<bool>(expression) ? void() : ::witan::assertion_failed(#expression, __FILE__, __LINE__))
