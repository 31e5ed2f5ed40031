#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/teardown.hpp>

namespace witan::live {

namespace net = boost::asio;

/// Stands between Beast's WebSocket stream and the socket and owns everything that is written. Beast reads and keeps
/// the protocol, and its own frames (handshake, pong, close) pass through the same queue as ours, so frames never mix.
/// A text message is sent straight from its one shared copy with one system call; only what the kernel does not take is
/// queued. (Beast's own async_write costs about twice as much for each delivery.)
class FrameLayer {
 public:
  using Socket = net::basic_stream_socket<net::ip::tcp, net::io_context::executor_type>;
  using executor_type = Socket::executor_type;
  using Time = std::chrono::steady_clock::time_point;
  using Written = std::function<void(boost::system::error_code, std::size_t)>;

  explicit FrameLayer(Socket socket) : socket_(std::move(socket)) {}

  /// The handshake is over: from now on everything written is a frame.
  void begin_frames() { is_framed_ = true; }
  /// Queues or sends one text frame. Nothing after a close frame.
  void send_text(std::shared_ptr<const std::string> text);
  /// Takes back what is queued, apart from a frame that has begun.
  void drop_queued();
  void close();

  std::size_t queued_bytes() const { return queued_bytes_; }
  /// What is left of the queued frame of which most is left.
  std::size_t largest_queued() const;
  /// When the queue last got shorter; meaningful while something is queued.
  Time progress_at() const { return progress_at_; }
  /// Called when the queue got shorter. Must outlive the writing; set once.
  void on_progress(std::function<void()> handler) { on_progress_ = std::move(handler); }
  Socket& socket() { return socket_; }

  // What Beast asks of its next layer.

  executor_type get_executor() { return socket_.get_executor(); }

  template <class Buffers, class Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return socket_.async_read_some(buffers, std::forward<Token>(token));
  }

  /// Completes when the bytes are in the kernel: else Beast would shut the socket down behind its own close frame.
  template <class Buffers, class Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return net::async_initiate<Token, void(boost::system::error_code, std::size_t)>(
        [this](auto handler, std::string bytes) {
          auto kept = std::make_shared<decltype(handler)>(std::move(handler));
          send_control(std::move(bytes), [kept, executor = get_executor()](boost::system::error_code failed, std::size_t count) {
            const auto target = net::get_associated_executor(*kept, executor);
            net::post(target, boost::beast::bind_front_handler(std::move(*kept), failed, count));
          });
        },
        token, boost::beast::buffers_to_string(buffers));
  }

  template <class Handler>
  friend void async_teardown(boost::beast::role_type role, FrameLayer& layer, Handler&& handler) {
    boost::beast::websocket::async_teardown(role, layer.socket_, std::forward<Handler>(handler));
  }
  friend void teardown(boost::beast::role_type role, FrameLayer& layer, boost::system::error_code& failed) {
    boost::beast::websocket::teardown(role, layer.socket_, failed);
  }
  friend void beast_close_socket(FrameLayer& layer) { layer.close(); }

 private:
  /// Bytes to be sent: a frame's header and its text, or a frame of Beast's.
  struct Chunk {
    std::array<char, 10> header{};
    std::size_t header_size = 0;
    std::shared_ptr<const std::string> body;
    std::size_t sent = 0;
    Written written;   ///< For Beast's own.
    std::size_t size() const { return header_size + body->size(); }
  };

  static Chunk text_chunk(std::shared_ptr<const std::string> text);
  void send_control(std::string bytes, Written written);
  void enqueue(Chunk chunk);
  /// Sends what the kernel takes of the first chunks.
  void flush();
  void count_sent(std::size_t bytes);
  void wait_until_writable();
  void fail(boost::system::error_code reason);

  Socket socket_;
  std::list<Chunk> queue_;   ///< Takes no memory while empty, as it is nearly always.
  std::size_t queued_bytes_ = 0;
  Time progress_at_{};
  std::function<void()> on_progress_;
  bool is_waiting_ = false;
  bool is_framed_ = false;
  bool is_barred_ = false;   ///< A close frame has been queued, or the socket failed.
  std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace witan::live
