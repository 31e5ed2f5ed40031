#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/local/stream_protocol.hpp>

#include "shared/messaging/bus.hpp"

/// The bytes on a local socket (see local_socket.hpp), and where the socket is.
namespace witan::messaging {

using LocalProtocol = boost::asio::local::stream_protocol;

void append_question(std::string& to, std::uint64_t number, std::string_view subject, std::string_view payload);
void append_answer(std::string& to, std::uint64_t number, std::string_view payload);

struct Frame {
  std::uint64_t number = 0;
  std::string_view rest;  ///< After the number; valid until the reader is given more.
};
struct QuestionText {
  std::string_view subject;
  std::string_view payload;
};
/// Nothing when it is no question.
std::optional<QuestionText> question_in(std::string_view rest);

/// Cuts what arrives into frames. After `is_broken` nothing that follows has a meaning.
class FrameReader {
 public:
  /// Where the next bytes may be written, `size` of them; then tell how many were.
  char* room(std::size_t size);
  void filled(std::size_t size, std::size_t offered);
  std::optional<Frame> next();
  bool is_broken() const { return is_broken_; }

 private:
  std::string buffer_;
  std::size_t begin_ = 0;
  bool is_broken_ = false;
};

/// Bytes that wait to be sent on a non-blocking socket. Not thread-safe.
class SendBuffer {
 public:
  std::string& tail() { return waiting_; }
  std::size_t size() const { return waiting_.size() - sent_; }
  bool empty() const { return size() == 0; }
  enum class Sent { all, some, broken };
  /// Sends what the kernel takes now.
  Sent send_to(int socket);

 private:
  std::string waiting_;
  std::size_t sent_ = 0;
};

/// The address of a socket file, however long its path is: the kernel takes 107 characters, so a longer one is
/// reached through a descriptor of its folder, which lives as long as this object.
class LocalAddress {
 public:
  /// `endpoint` is absent when the folder does not exist.
  explicit LocalAddress(const std::filesystem::path& socket);
  LocalAddress(const LocalAddress&) = delete;
  LocalAddress& operator=(const LocalAddress&) = delete;
  ~LocalAddress();
  std::optional<LocalProtocol::endpoint> endpoint;

 private:
  int folder_ = -1;
};

}  // namespace witan::messaging
