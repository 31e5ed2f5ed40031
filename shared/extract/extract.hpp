#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>

#include <boost/describe/enum.hpp>

#include "shared/files/check.hpp"

/// The text of papers, taken out by a program of its own that may do nothing but compute: a flaw in what reads PDF harms nothing.
namespace witan::extract {

struct Text {
  std::int64_t pages = 0;  ///< 0: the file does not say, as Word's do not.
  std::string text;        ///< UTF-8; pages are parted by form feeds. No other control characters than these, tabs and new lines.
  bool is_cut = false;     ///< It is longer than `Limits::text_bytes_max`: this is the first part, cut between characters.
};

/// `unreadable`, `too_slow` and `too_large` are final: the same file would fail again. `unavailable` says nothing of the file: the program
/// could not be started, could not be confined, or was ended by somebody else; try again later.
BOOST_DEFINE_ENUM_CLASS(Failure, unreadable, too_slow, too_large, unavailable)

inline constexpr std::int64_t k_pages_max = 100'000;

struct Limits {
  std::chrono::milliseconds time{10'000};               ///< From the call to its return.
  std::uint64_t memory_bytes = 256ULL * 1024 * 1024;    ///< Address space of the program, with the file and its libraries.
  std::size_t text_bytes_max = std::size_t{1024} * 1024;
  const std::atomic<bool>* is_abandoned = nullptr;      ///< Once it is true, nobody waits for it any more: `unavailable`, within a tenth of a second.
};

/// The text and the number of pages of a file that `files::check` has let through and whose kind it has found. `program` is the path of
/// witan-extract, which is started without a shell, with an empty environment and no other open files than its pipes.
/// Blocks for `limits.time` at most, beside what `file` takes to read. May be called on any thread, of several at once. The program has
/// ended and is reaped when this returns or throws; nothing of what it says is trusted. Throws what reading `file` throws.
std::expected<Text, Failure> text_of(const std::filesystem::path& program, files::Kind kind, files::Source& file, const Limits& limits = {});

}  // namespace witan::extract
