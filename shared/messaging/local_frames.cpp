#include "shared/messaging/local_frames.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include <boost/endian/conversion.hpp>
#include <sys/un.h>

#include "shared/messaging/local_socket.hpp"

namespace witan::messaging {

namespace {

constexpr std::size_t k_length_bytes = 4;
constexpr std::size_t k_number_bytes = 8;
constexpr std::size_t k_subject_length_bytes = 2;

template <class T>
void append_number(std::string& to, T number) {
  const T big = boost::endian::native_to_big(number);
  to.append(reinterpret_cast<const char*>(&big), sizeof big);
}

template <class T>
T number_at(const char* from) {
  T big;
  std::memcpy(&big, from, sizeof big);
  return boost::endian::big_to_native(big);
}

void append_head(std::string& to, std::size_t bytes, std::uint64_t number) {
  append_number(to, static_cast<std::uint32_t>(k_number_bytes + bytes));
  append_number(to, number);
}

}  // namespace

void append_question(std::string& to, std::uint64_t number, std::string_view subject, std::string_view payload) {
  append_head(to, k_subject_length_bytes + subject.size() + payload.size(), number);
  append_number(to, static_cast<std::uint16_t>(subject.size()));
  to += subject;
  to += payload;
}

void append_answer(std::string& to, std::uint64_t number, std::string_view payload) {
  append_head(to, payload.size(), number);
  to += payload;
}

std::optional<QuestionText> question_in(std::string_view rest) {
  if (rest.size() < k_subject_length_bytes) return std::nullopt;
  const std::size_t length = number_at<std::uint16_t>(rest.data());
  rest.remove_prefix(k_subject_length_bytes);
  if (rest.size() < length) return std::nullopt;
  return QuestionText{rest.substr(0, length), rest.substr(length)};
}

char* FrameReader::room(std::size_t size) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_.resize(buffer_.size() + size);
  return buffer_.data() + buffer_.size() - size;
}

void FrameReader::filled(std::size_t size, std::size_t offered) { buffer_.resize(buffer_.size() - offered + size); }

std::optional<Frame> FrameReader::next() {
  const std::string_view left = std::string_view(buffer_).substr(begin_);
  if (is_broken_ || left.size() < k_length_bytes) return std::nullopt;
  const std::size_t length = number_at<std::uint32_t>(left.data());
  if (length < k_number_bytes || length > k_local_frame_bytes_max) {
    is_broken_ = true;
    return std::nullopt;
  }
  if (left.size() < k_length_bytes + length) return std::nullopt;
  begin_ += k_length_bytes + length;
  const auto frame = left.substr(k_length_bytes, length);
  return Frame{number_at<std::uint64_t>(frame.data()), frame.substr(k_number_bytes)};
}

SendBuffer::Sent SendBuffer::send_to(int socket) {
  while (!empty()) {
    const auto sent = ::send(socket, waiting_.data() + sent_, size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::broken;
    sent_ += static_cast<std::size_t>(sent);
  }
  waiting_.clear();
  sent_ = 0;
  return Sent::all;
}

LocalAddress::LocalAddress(const std::filesystem::path& socket) {
  auto path = socket.string();
  if (path.size() >= sizeof(sockaddr_un{}.sun_path)) {
    folder_ = ::open(socket.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder_ < 0) return;
    path = "/proc/self/fd/" + std::to_string(folder_) + "/" + socket.filename().string();
  }
  endpoint.emplace(path);
}

LocalAddress::~LocalAddress() {
  if (folder_ >= 0) ::close(folder_);
}

}  // namespace witan::messaging
