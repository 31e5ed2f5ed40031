#include "shared/extract/extract.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include <boost/describe/enum_to_string.hpp>

#include "shared/extract/process.hpp"
#include "shared/extract/reply.hpp"

namespace witan::extract {

namespace {

constexpr int k_look_up_every_ms = 100;
constexpr std::size_t k_piece_bytes = std::size_t{64} * 1024;

/// Writes the file and reads the answer, whichever can go on: each side may be slow, or never read, or never stop.
class Exchange {
 public:
  Exchange(Process& process, files::Source& file, const Limits& limits)
      : process_(process), file_(file), output_bytes_max_(limits.text_bytes_max + k_head_bytes_max), is_abandoned_(limits.is_abandoned) {}

  /// Until the output has ended, and all of it.
  std::expected<std::string, Failure> run(Deadline deadline) {
    while (!is_ended_) {
      if (milliseconds_until(deadline) == 0) return std::unexpected(Failure::too_slow);
      if (is_abandoned_ && is_abandoned_->load()) return std::unexpected(Failure::unavailable);
      pollfd ends[] = {{process_.output().number(), POLLIN, 0}, {process_.input().number(), POLLOUT, 0}};  // a closed input is -1: passed over
      if (::poll(ends, 2, std::min(k_look_up_every_ms, milliseconds_until(deadline))) < 0 && errno != EINTR) return std::unexpected(Failure::unavailable);
      if (ends[0].revents != 0 && !take()) return std::unexpected(Failure::unavailable);
      if (ends[1].revents != 0) give();
      if (output_.size() > output_bytes_max_) return std::unexpected(Failure::unreadable);
    }
    return std::move(output_);
  }

 private:
  bool take() {
    std::array<char, 16 * 1024> bytes;
    const auto count = ::read(process_.output().number(), bytes.data(), bytes.size());
    if (count > 0) output_.append(bytes.data(), static_cast<std::size_t>(count));
    is_ended_ = count == 0;
    return count >= 0 || errno == EAGAIN || errno == EINTR;
  }

  void give() {
    if (given_ == piece_.size()) next_piece();
    if (piece_.empty()) return process_.input().close();
    const auto count = ::send(process_.input().number(), piece_.data() + given_, piece_.size() - given_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      given_ += static_cast<std::size_t>(count);
    } else if (errno != EAGAIN && errno != EINTR) {
      process_.input().close();  // it reads no more; how it ends says why
    }
  }

  void next_piece() {
    given_ = 0;
    piece_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(k_piece_bytes, file_.size() - std::min(file_.size(), at_))));
    piece_.resize(file_.read(at_, piece_.data(), piece_.size()));
    at_ += piece_.size();
  }

  Process& process_;
  files::Source& file_;
  std::size_t output_bytes_max_;
  const std::atomic<bool>* is_abandoned_;
  std::string piece_, output_;
  std::size_t given_ = 0;  ///< Of the piece.
  std::uint64_t at_ = 0;   ///< Where the next piece begins.
  bool is_ended_ = false;
};

/// What a program that ended otherwise than well says of its file.
Failure failure_of(int status) {
  if (WIFSIGNALED(status)) {
    switch (WTERMSIG(status)) {
      case SIGABRT: return Failure::too_large;    // what Poppler does when it gets no memory
      case SIGXCPU: return Failure::too_slow;
      case SIGKILL: return Failure::unavailable;  // not from here: an operator, or a machine that is out of memory
      default: return Failure::unreadable;        // it crashed, or tried what it may not
    }
  }
  switch (WEXITSTATUS(status)) {
    case k_exit_unreadable: return Failure::unreadable;
    case k_exit_too_large: return Failure::too_large;
    default: return Failure::unavailable;  // it was not confined, or could not be loaded, or is another program
  }
}

std::vector<std::string> arguments_of(files::Kind kind, const Limits& limits) {
  // Of the processor a little more than of time: the deadline is the rule, and this for a child whose parent is gone.
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(limits.time).count() + 1;
  return {boost::describe::enum_to_string(kind, ""), std::to_string(limits.memory_bytes), std::to_string(seconds),
          std::to_string(limits.text_bytes_max)};
}

}  // namespace

std::expected<Text, Failure> text_of(const std::filesystem::path& program, files::Kind kind, files::Source& file, const Limits& limits) {
  const auto deadline = std::chrono::steady_clock::now() + limits.time;
  if (file.size() > files::k_file_bytes_max) return std::unexpected(Failure::too_large);
  auto process = Process::start(program, arguments_of(kind, limits));
  if (!process) return std::unexpected(Failure::unavailable);
  auto output = Exchange(*process, file, limits).run(deadline);
  if (!output) return std::unexpected(output.error());
  process->input().close();  // should it still wait for some
  const auto status = process->wait(deadline);
  if (!status) return std::unexpected(milliseconds_until(deadline) == 0 ? Failure::too_slow : Failure::unavailable);
  if (*status != 0) return std::unexpected(failure_of(*status));
  return read_reply(std::move(*output), limits.text_bytes_max);
}

}  // namespace witan::extract
