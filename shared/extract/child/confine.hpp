#pragma once

#include <chrono>
#include <cstdint>

namespace witan::extract {

struct Bounds {
  std::uint64_t memory_bytes = 0;  ///< Of address space, with what the program has already.
  std::chrono::seconds processor{0};
};

/// From here on the calling thread can compute, take memory up to the bound, write to standard output, and end; no more, and for ever.
/// Whatever else it asks of the kernel is refused (EACCES), such as to open a file; to try for a socket, another process or another program
/// kills it. Call it while there is one thread. False: not everything of this could be set up, so that nothing that is not trusted may run.
/// Under a sanitizer memory has no bound, since the runtime reserves terabytes, and it may write to other open files and make pipes, which the
/// runtime does.
bool confine(const Bounds& bounds);

}  // namespace witan::extract
