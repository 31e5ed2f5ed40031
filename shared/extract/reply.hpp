#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "shared/extract/extract.hpp"

/// What witan-extract and its caller say to each other. Arguments: the kind as files::Kind names it, bytes of memory, seconds of the
/// processor, bytes of text. Input: the file. Output, if the exit code is 0: a line of head, then the text.
namespace witan::extract {

/// None that a shell, the loader or a sanitizer uses.
inline constexpr int k_exit_unreadable = 10, k_exit_too_large = 11, k_exit_not_confined = 12, k_exit_bad_order = 13;

inline constexpr std::size_t k_head_bytes_max = 64;

/// "witan-extract 1 <pages> <1 when cut>", and the line's end.
std::string head_of(std::int64_t pages, bool is_cut);

/// The whole output as a text, if it is one that may be believed: no more than `text_bytes_max`, pages from 0 to k_pages_max, UTF-8. Control
/// characters that a text does not need are left out. `unreadable` if not.
std::expected<Text, Failure> read_reply(std::string output, std::size_t text_bytes_max);

}  // namespace witan::extract
