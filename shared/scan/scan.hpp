#pragma once

#include <atomic>
#include <chrono>
#include <expected>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

#include "shared/files/source.hpp"

/// Asks a virus scanner on this machine, clamd, about a file. The protocol is that of the manual page clamd(8), section COMMANDS, INSTREAM:
/// the command `zINSTREAM`, ended by a zero byte; the file in chunks, each after its length as four bytes, the highest first; a length of zero
/// as the end. The answer ends with a zero byte too, since the command begins with z: `stream: OK`, `stream: <name> FOUND`, or some other
/// words, most often ending in ERROR.
namespace witan::scan {

/// What the scanner says of a file.
struct Verdict {
  bool is_clean = false;
  std::string signature = {};  ///< The scanner's name for what it found, of printable ASCII, for operators. Empty when nothing was.
};

/// `away`: nobody listens at the socket. `too_slow`: no answer in time. `unclear`: it said something else than a verdict, or ended the
/// connection without one. `abandoned`: nobody wants to know any more.
BOOST_DEFINE_ENUM_CLASS(Failure, away, too_slow, unclear, abandoned)

/// Why there is no verdict: nothing is known of the file.
struct NoVerdict {
  Failure why = Failure::unclear;
  std::string said = {};  ///< What the scanner said instead, of printable ASCII, for operators.
};

struct Limits {
  std::chrono::milliseconds time{10'000};           ///< From the call to its return.
  const std::atomic<bool>* is_abandoned = nullptr;  ///< Once it is true, nobody waits any more, within a tenth of a second.
};

/// Whether a Unix socket can have this path: absolute, and not longer than the kernel takes.
bool is_socket_path(std::string_view path);

/// Asks the scanner that listens at the Unix socket about the whole file. Only its own words make a file clean, and only once it has got all of
/// it. Blocks for `limits.time` at most, beside what `file` takes to read, of which 64 KiB are in memory. May be called on any thread, of
/// several at once. Throws what reading `file` throws, and std::runtime_error when it is shorter than it says.
std::expected<Verdict, NoVerdict> ask(const std::string& socket_path, files::Source& file, const Limits& limits = {});

}  // namespace witan::scan
