#pragma once

#include <string_view>

namespace witan::crypto {

/// Whether a password of twelve or more characters is one of those that are tried first: a common password,
/// or common words, dictionary words, years, walks over the keyboard, sequences and repetitions put together
/// so that a guesser who tries such things in order of how common they are needs fewer than 2³⁴ tries.
/// Capitals, spaces, hyphens and the letters that digits and signs stand for (`P4$$w0rd`) make no difference.
///
/// A list of patterns rather than of passwords: no published list has many of twelve characters or more, and
/// this one knows the words of Witan too. NCSC's advice of three random words is accepted. About a
/// millisecond for the longest password that the contract allows. Thread-safe.
bool is_common_password(std::string_view password);

}  // namespace witan::crypto
