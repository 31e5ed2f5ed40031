#include "gateway/live/frame_layer.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace witan::live {

namespace {

constexpr std::size_t k_chunks_a_call = 16;
constexpr unsigned char k_final_text = 0x81;
constexpr unsigned char k_opcode = 0x0f;
constexpr unsigned char k_close = 0x08;

/// RFC 6455, section 5.2: final, text, not masked, the shortest length that fits.
std::size_t write_header(std::array<char, 10>& header, std::size_t size) {
  header[0] = static_cast<char>(k_final_text);
  if (size < 126) {
    header[1] = static_cast<char>(size);
    return 2;
  }
  const std::size_t length_bytes = size <= 0xffff ? 2 : 8;
  header[1] = length_bytes == 2 ? 126 : 127;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    header[2 + i] = static_cast<char>((size >> (8 * (length_bytes - 1 - i))) & 0xffU);
  }
  return 2 + length_bytes;
}

void add(std::array<iovec, 2 * k_chunks_a_call>& parts, std::size_t& count, const char* data, std::size_t size) {
  // iovec has no const: sendmsg only reads.
  if (size > 0) parts[count++] = {const_cast<char*>(data), size};
}

}  // namespace

FrameLayer::Chunk FrameLayer::text_chunk(std::shared_ptr<const std::string> text) {
  Chunk chunk;
  chunk.header_size = write_header(chunk.header, text->size());
  chunk.body = std::move(text);
  return chunk;
}

void FrameLayer::send_text(std::shared_ptr<const std::string> text) {
  if (is_barred_) return;
  enqueue(text_chunk(std::move(text)));
}

void FrameLayer::send_control(std::string bytes, Written written) {
  const bool is_close = is_framed_ && !bytes.empty() && (static_cast<unsigned char>(bytes[0]) & k_opcode) == k_close;
  Chunk chunk;
  chunk.body = std::make_shared<const std::string>(std::move(bytes));
  chunk.written = std::move(written);
  enqueue(std::move(chunk));
  if (is_close) is_barred_ = true;
}

void FrameLayer::enqueue(Chunk chunk) {
  queued_bytes_ += chunk.size();
  queue_.push_back(std::move(chunk));
  if (queue_.size() > 1) return;   // those before it wait for the kernel
  progress_at_ = std::chrono::steady_clock::now();
  flush();
}

void FrameLayer::flush() {
  while (!queue_.empty()) {
    std::array<iovec, 2 * k_chunks_a_call> parts;
    std::size_t count = 0;
    for (const auto& chunk : queue_) {
      if (count + 2 > parts.size()) break;
      const auto from_header = std::min(chunk.sent, chunk.header_size);
      const auto from_body = chunk.sent - from_header;
      add(parts, count, chunk.header.data() + from_header, chunk.header_size - from_header);
      add(parts, count, chunk.body->data() + from_body, chunk.body->size() - from_body);
    }
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    const auto sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      count_sent(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
      return wait_until_writable();
    } else if (errno != EINTR) {
      return fail({errno, boost::system::system_category()});
    }
  }
}

void FrameLayer::count_sent(std::size_t bytes) {
  queued_bytes_ -= bytes;
  progress_at_ = std::chrono::steady_clock::now();
  while (bytes > 0) {
    auto& chunk = queue_.front();
    const auto taken = std::min(bytes, chunk.size() - chunk.sent);
    chunk.sent += taken;
    bytes -= taken;
    if (chunk.sent < chunk.size()) break;
    if (chunk.written) chunk.written({}, chunk.size());   // posts
    queue_.pop_front();
  }
}

std::size_t FrameLayer::largest_queued() const {
  std::size_t largest = 0;
  for (const auto& chunk : queue_) largest = std::max(largest, chunk.size() - chunk.sent);
  return largest;
}

void FrameLayer::wait_until_writable() {
  if (is_waiting_) return;
  is_waiting_ = true;
  socket_.async_wait(Socket::wait_write, [this, alive = std::weak_ptr<bool>(is_alive_)](boost::system::error_code failed) {
    if (alive.expired()) return;
    is_waiting_ = false;
    if (failed) return fail(failed);
    flush();
    if (on_progress_) on_progress_();
  });
}

void FrameLayer::drop_queued() {
  queue_.remove_if([&](const Chunk& chunk) {
    if (chunk.sent > 0 || chunk.written) return false;
    queued_bytes_ -= chunk.size();
    return true;
  });
}

void FrameLayer::fail(boost::system::error_code reason) {
  is_barred_ = true;
  boost::system::error_code ignored;
  socket_.close(ignored);   // so that whoever reads learns of it at once
  queued_bytes_ = 0;
  auto queue = std::move(queue_);
  queue_.clear();
  for (auto& chunk : queue) {
    if (chunk.written) chunk.written(reason, 0);
  }
  if (on_progress_) on_progress_();
}

void FrameLayer::close() {
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (!queue_.empty()) fail(net::error::operation_aborted);
  is_barred_ = true;
}

}  // namespace witan::live
