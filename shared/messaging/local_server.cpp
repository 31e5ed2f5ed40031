#include <poll.h>
#include <sys/stat.h>

#include <mutex>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "shared/base/log.hpp"
#include "shared/messaging/local_frames.hpp"
#include "shared/messaging/local_socket.hpp"

namespace witan::messaging {

namespace {

constexpr std::size_t k_read_bytes = 64 * 1024;
constexpr std::chrono::milliseconds k_accept_again{100};

/// One asker. Reads on the loop; answers may be added from any thread and are sent together by the loop, so that the
/// answers to a group of commands that was committed at once cost one system call.
class Asker : public std::enable_shared_from_this<Asker> {
 public:
  Asker(net::io_context& loop, LocalProtocol::socket socket, const std::function<void(Question)>& handler)
      : loop_(loop), socket_(std::move(socket)), handler_(handler) {}

  void read() {
    socket_.async_read_some(net::buffer(reader_.room(k_read_bytes), k_read_bytes),
                            [self = shared_from_this()](boost::system::error_code failed, std::size_t size) {
                              self->reader_.filled(size, k_read_bytes);
                              if (failed) return self->close();
                              self->take_frames();
                            });
  }

  void answer(std::uint64_t number, std::string_view payload) {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    append_answer(out_.tail(), number, payload);
    if (std::exchange(is_sending_, true)) return;
    net::post(loop_, [self = shared_from_this()] { self->send(); });
  }

  void refuse_more() { is_refusing_ = true; }

  bool is_closed() {
    const std::lock_guard lock(mutex_);
    return is_closed_;
  }

  void close() {
    const std::lock_guard lock(mutex_);
    close_locked();
  }

  /// The loop no longer runs.
  void drain(std::chrono::steady_clock::time_point deadline) {
    const std::lock_guard lock(mutex_);
    while (!is_closed_ && out_.send_to(socket_.native_handle()) == SendBuffer::Sent::some) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      ::pollfd writable{socket_.native_handle(), POLLOUT, 0};
      if (left.count() <= 0 || ::poll(&writable, 1, static_cast<int>(left.count())) <= 0) break;
    }
    close_locked();
  }

 private:
  void take_frames() {
    while (const auto frame = reader_.next()) {
      const auto question = question_in(frame->rest);
      if (!question) return close();
      if (is_refusing_) continue;
      handler_({std::string(question->subject), std::string(question->payload),
                [self = shared_from_this(), number = frame->number](std::string_view payload) { self->answer(number, payload); }});
    }
    if (reader_.is_broken()) return close();
    if (!is_closed()) read();
  }

  void send() {
    const std::lock_guard lock(mutex_);
    if (is_closed_) return;
    if (out_.size() > k_local_waiting_bytes_max) {
      log::error("messaging", "local_asker_does_not_read", {{"bytes", out_.size()}});
      return close_locked();
    }
    switch (out_.send_to(socket_.native_handle())) {
      case SendBuffer::Sent::all:
        is_sending_ = false;
        return;
      case SendBuffer::Sent::broken:
        return close_locked();
      case SendBuffer::Sent::some:
        socket_.async_wait(LocalProtocol::socket::wait_write, [self = shared_from_this()](boost::system::error_code stopped) {
          if (!stopped) self->send();
        });
    }
  }

  void close_locked() {
    is_closed_ = true;
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

  net::io_context& loop_;
  LocalProtocol::socket socket_;
  const std::function<void(Question)>& handler_;
  FrameReader reader_;
  bool is_refusing_ = false;
  std::mutex mutex_;  // guards what follows, and the closing of the socket
  SendBuffer out_;
  bool is_sending_ = false;
  bool is_closed_ = false;
};

}  // namespace

struct LocalServer::State : std::enable_shared_from_this<LocalServer::State> {
  State(net::io_context& io, std::string file, std::function<void(Question)> on_question)
      : loop(io), path(std::move(file)), handler(std::move(on_question)), acceptor(io), again(io) {}

  void listen() {
    const LocalAddress address(path);
    if (!address.endpoint) throw MessagingFailure("there is no folder for the socket " + path);
    std::error_code absent;
    std::filesystem::remove(path, absent);
    try {
      acceptor.open();
      acceptor.bind(*address.endpoint);
      // Nobody can connect before `listen`, so nobody comes in before the mode is right.
      if (::chmod(path.c_str(), 0600) != 0) throw boost::system::system_error(errno, boost::system::system_category());
      acceptor.listen();
    } catch (const boost::system::system_error& failure) {
      throw MessagingFailure("cannot listen on the socket " + path + ": " + failure.code().message());
    }
  }

  void accept() {
    acceptor.async_accept([self = shared_from_this()](boost::system::error_code failed, LocalProtocol::socket socket) {
      if (!self->acceptor.is_open()) return;
      if (failed) return self->accept_later(failed);
      std::erase_if(self->askers, [](const auto& asker) { return asker->is_closed(); });
      auto asker = std::make_shared<Asker>(self->loop, std::move(socket), self->handler);
      self->askers.push_back(asker);
      asker->read();
      self->accept();
    });
  }

  /// Out of descriptors, say: who asks waits in the queue meanwhile.
  void accept_later(boost::system::error_code failed) {
    log::warning("messaging", "local_accept_failed", {{"reason", failed.message()}});
    again.expires_after(k_accept_again);
    again.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
      if (!stopped) self->accept();
    });
  }

  void close_door() {
    if (!acceptor.is_open()) return;
    boost::system::error_code ignored;
    acceptor.close(ignored);
    again.cancel();
    std::error_code absent;
    std::filesystem::remove(path, absent);
  }

  net::io_context& loop;
  std::string path;
  std::function<void(Question)> handler;
  LocalProtocol::acceptor acceptor;
  net::steady_timer again;
  std::vector<std::shared_ptr<Asker>> askers;
};

LocalServer::LocalServer(net::io_context& loop, const std::string& path, std::function<void(Question)> handler)
    : state_(std::make_shared<State>(loop, path, std::move(handler))) {
  state_->listen();
  state_->accept();
}

LocalServer::~LocalServer() { drain(std::chrono::milliseconds(0)); }

void LocalServer::refuse_more() {
  state_->close_door();
  for (const auto& asker : state_->askers) asker->refuse_more();
}

void LocalServer::drain(std::chrono::milliseconds limit) {
  refuse_more();
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (const auto& asker : state_->askers) asker->drain(deadline);
  state_->askers.clear();
}

}  // namespace witan::messaging
