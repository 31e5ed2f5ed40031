#pragma once

namespace witan::extract {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WITAN_TEST_HAS_SANITIZER 1
#endif
#endif

/// Then a program's memory has no bound: see confine.hpp.
#ifdef WITAN_TEST_HAS_SANITIZER
inline constexpr bool k_has_sanitizer = true;
#else
inline constexpr bool k_has_sanitizer = false;
#endif

}  // namespace witan::extract
