#include "shared/scan/scan.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <stdexcept>

namespace witan::scan {

namespace {

using Deadline = std::chrono::steady_clock::time_point;

constexpr int k_look_up_every_ms = 100;
constexpr std::size_t k_chunk_bytes = std::size_t{64} * 1024;
constexpr std::size_t k_answer_bytes_max = 1024;
constexpr std::size_t k_told_bytes_max = 100;
constexpr std::string_view k_begin("zINSTREAM\0", 10);
constexpr std::string_view k_clean = "stream: OK", k_before_name = "stream: ", k_after_name = " FOUND";

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

/// The length of a chunk, as it stands before it.
std::string in_network_order(std::uint32_t length) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((length >> shift) & 0xFF);
  return bytes;
}

/// What may stand in a log, whoever it was that answered.
std::string told(std::string_view text) {
  std::string shown(text.substr(0, k_told_bytes_max));
  std::ranges::replace_if(shown, [](char c) { return c < ' ' || c > '~'; }, '?');
  return shown;
}

std::optional<Verdict> verdict_in(std::string_view answer) {
  if (answer == k_clean) return Verdict{true};
  if (!answer.starts_with(k_before_name) || !answer.ends_with(k_after_name)) return std::nullopt;
  answer.remove_prefix(k_before_name.size());
  if (answer.size() <= k_after_name.size()) return std::nullopt;
  answer.remove_suffix(k_after_name.size());
  return Verdict{false, told(answer)};
}

/// A connection, closed with it. Nothing that is done with it waits.
class Connection {
 public:
  explicit Connection(const std::string& path) : number_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    if (number_ < 0 || !is_socket_path(path)) return;
    path.copy(at.sun_path, sizeof at.sun_path - 1);
    is_open_ = ::connect(number_, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
  }
  ~Connection() {
    if (number_ >= 0) ::close(number_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool is_open() const { return is_open_; }
  int number() const { return number_; }

 private:
  int number_;
  bool is_open_ = false;
};

/// Sends the file and reads the answer, whichever can go on: who refuses a file says so before its end, and then reads no more.
class Exchange {
 public:
  Exchange(const Connection& scanner, files::Source& file, const Limits& limits) : scanner_(scanner), file_(file), limits_(limits), piece_(k_begin) {}

  std::expected<Verdict, NoVerdict> run(Deadline deadline) {
    while (!is_answered()) {
      if (limits_.is_abandoned && limits_.is_abandoned->load()) return std::unexpected(NoVerdict{Failure::abandoned});
      const int left = milliseconds_until(deadline);
      if (left == 0) return std::unexpected(NoVerdict{Failure::too_slow, told(answer_)});
      pollfd end{scanner_.number(), static_cast<short>(is_giving() ? POLLIN | POLLOUT : POLLIN), 0};
      if (::poll(&end, 1, std::min(k_look_up_every_ms, left)) < 0 && errno != EINTR) return std::unexpected(NoVerdict{Failure::away});
      if ((end.revents & ~POLLOUT) != 0) take();
      else if (end.revents != 0) give();
    }
    return answered();
  }

 private:
  bool is_answered() const { return is_ended_ || answer_.contains('\0') || answer_.size() > k_answer_bytes_max; }
  bool is_all_given() const { return is_last_ && given_ == piece_.size(); }
  bool is_giving() const { return !is_all_given() && !is_deaf_; }

  std::expected<Verdict, NoVerdict> answered() const {
    // One answer, whole: a part of one could say the opposite.
    const bool is_whole = answer_.find('\0') + 1 == answer_.size() && !answer_.empty();
    const auto verdict = is_whole ? verdict_in(std::string_view(answer_).substr(0, answer_.size() - 1)) : std::nullopt;
    if (!verdict || (verdict->is_clean && !is_all_given())) return std::unexpected(NoVerdict{Failure::unclear, told(answer_.substr(0, answer_.find('\0')))});
    return *verdict;
  }

  void take() {
    std::array<char, k_answer_bytes_max> bytes;
    const auto count = ::recv(scanner_.number(), bytes.data(), bytes.size(), 0);
    if (count > 0) answer_.append(bytes.data(), static_cast<std::size_t>(count));
    else is_ended_ = count == 0 || (errno != EAGAIN && errno != EINTR);
  }

  void give() {
    if (given_ == piece_.size()) next_piece();
    const auto count = ::send(scanner_.number(), piece_.data() + given_, piece_.size() - given_, MSG_NOSIGNAL);
    if (count >= 0) given_ += static_cast<std::size_t>(count);
    else is_deaf_ = errno != EAGAIN && errno != EINTR;  // what it says, or that it ends, says why
  }

  void next_piece() {
    given_ = 0;
    const auto length = static_cast<std::size_t>(std::min<std::uint64_t>(k_chunk_bytes, file_.size() - at_));
    is_last_ = length == 0;
    piece_ = in_network_order(static_cast<std::uint32_t>(length));
    piece_.resize(piece_.size() + length);
    if (!is_last_ && file_.read(at_, piece_.data() + piece_.size() - length, length) != length) throw std::runtime_error("a file is shorter than it says");
    at_ += length;
  }

  const Connection& scanner_;
  files::Source& file_;
  const Limits& limits_;
  std::string piece_, answer_;
  std::size_t given_ = 0;  ///< Of the piece.
  std::uint64_t at_ = 0;   ///< Where the next chunk begins.
  bool is_last_ = false, is_deaf_ = false, is_ended_ = false;
};

}  // namespace

bool is_socket_path(std::string_view path) {
  return path.starts_with('/') && path.size() < sizeof(sockaddr_un::sun_path) && !path.contains('\0');
}

std::expected<Verdict, NoVerdict> ask(const std::string& socket_path, files::Source& file, const Limits& limits) {
  const auto deadline = std::chrono::steady_clock::now() + limits.time;
  const Connection scanner(socket_path);
  if (!scanner.is_open()) return std::unexpected(NoVerdict{Failure::away});
  return Exchange(scanner, file, limits).run(deadline);
}

}  // namespace witan::scan
