#include <map>
#include <unordered_map>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "shared/messaging/local_frames.hpp"
#include "shared/messaging/local_socket.hpp"

namespace witan::messaging {

namespace {

constexpr std::size_t k_read_bytes = 64 * 1024;
constexpr std::chrono::milliseconds k_connect_again{100};
constexpr std::string_view k_away = "This part of the service is not running at the moment.";
constexpr std::string_view k_lost =
    "This part of the service ended before the answer came; it may or may not have been done.";

using SteadyTime = std::chrono::steady_clock::time_point;

}  // namespace

struct LocalClient::State : std::enable_shared_from_this<LocalClient::State> {
  using Done = std::function<void(Result<std::string>)>;
  struct Waiting {
    SteadyTime deadline;
    Done done;
  };

  State(net::io_context& io, std::string file) : loop(io), path(std::move(file)), socket(io), again(io), alarm(io) {}

  void connect() {
    if (is_stopped) return;
    const LocalAddress address(path);
    boost::system::error_code failed = net::error::not_found;
    if (address.endpoint) {
      socket.open(LocalProtocol(), failed);
      if (!failed) socket.non_blocking(true, failed);  // a full queue of the server must not hold up the loop
      if (!failed) socket.connect(*address.endpoint, failed);
    }
    if (failed) {
      close_socket();
      again.expires_after(k_connect_again);
      again.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
        if (!stopped) self->connect();
      });
      return;
    }
    ++connection;
    is_connected = true;
    reader = FrameReader();
    out = SendBuffer();
    read();
  }

  void read() {
    socket.async_read_some(
        net::buffer(reader.room(k_read_bytes), k_read_bytes),
        [self = shared_from_this(), of = connection](boost::system::error_code failed, std::size_t size) {
          if (of != self->connection || self->is_stopped) return;
          self->reader.filled(size, k_read_bytes);
          if (failed) return self->lose();
          while (const auto frame = self->reader.next()) self->settle(frame->number, std::string(frame->rest));
          if (of != self->connection || self->is_stopped) return;
          if (self->reader.is_broken()) return self->lose();
          self->read();
        });
  }

  void request(const std::string& subject, std::string_view payload, std::chrono::milliseconds timeout, Done done) {
    if (!is_connected || payload.size() + subject.size() + 64 > k_local_frame_bytes_max) {
      return net::post(loop, [done = std::move(done)] { done(reject(ErrorCode::unavailable, std::string(k_away))); });
    }
    const auto number = ++last_number;
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    waiting.emplace(number, Waiting{deadline, std::move(done)});
    const auto place = deadlines.emplace(deadline, number);
    if (place == deadlines.begin()) watch_deadlines();
    append_question(out.tail(), number, subject, payload);
    send_soon();
  }

  /// At the end of the loop's turn, so that the requests of one turn go together.
  void send_soon() {
    if (std::exchange(is_sending, true)) return;
    net::post(loop, [self = shared_from_this(), of = connection] {
      if (of == self->connection) self->send();
    });
  }

  void send() {
    if (!is_connected) return;
    switch (out.send_to(socket.native_handle())) {
      case SendBuffer::Sent::all:
        is_sending = false;
        return;
      case SendBuffer::Sent::broken:
        return lose();
      case SendBuffer::Sent::some:
        socket.async_wait(LocalProtocol::socket::wait_write,
                          [self = shared_from_this(), of = connection](boost::system::error_code stopped) {
                            if (!stopped && of == self->connection) self->send();
                          });
    }
  }

  void settle(std::uint64_t number, Result<std::string> answer) {
    const auto found = waiting.find(number);
    if (found == waiting.end()) return;  // too late
    auto done = std::move(found->second.done);
    forget_deadline(found->second.deadline, number);
    waiting.erase(found);
    done(std::move(answer));
  }

  void forget_deadline(SteadyTime deadline, std::uint64_t number) {
    const auto [first, last] = deadlines.equal_range(deadline);
    for (auto at = first; at != last; ++at) {
      if (at->second == number) {
        deadlines.erase(at);
        return;
      }
    }
  }

  void watch_deadlines() {
    alarm.expires_at(deadlines.begin()->first);
    alarm.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
      if (stopped || self->is_stopped) return;
      const auto now = std::chrono::steady_clock::now();
      while (!self->deadlines.empty() && self->deadlines.begin()->first <= now) {
        self->settle(self->deadlines.begin()->second, reject(ErrorCode::deadline_exceeded));
      }
      if (!self->deadlines.empty()) self->watch_deadlines();
    });
  }

  void lose() {
    close_socket();
    fail_all();
    connect();
  }

  void close_socket() {
    is_connected = false;
    is_sending = false;
    ++connection;
    boost::system::error_code ignored;
    socket.close(ignored);
  }

  void fail_all() {
    auto lost = std::move(waiting);
    waiting.clear();
    deadlines.clear();
    alarm.cancel();
    for (auto& [number, one] : lost) one.done(reject(ErrorCode::unavailable, std::string(k_lost)));
  }

  net::io_context& loop;
  std::string path;
  LocalProtocol::socket socket;
  net::steady_timer again;
  net::steady_timer alarm;
  FrameReader reader;
  SendBuffer out;
  std::unordered_map<std::uint64_t, Waiting> waiting;
  std::multimap<SteadyTime, std::uint64_t> deadlines;
  std::uint64_t last_number = 0;
  std::uint64_t connection = 0;  ///< Counts connections, so that a handler of an old one knows that it is late.
  bool is_connected = false;
  bool is_sending = false;
  bool is_stopped = false;
};

LocalClient::LocalClient(net::io_context& loop, std::string path) : state_(std::make_shared<State>(loop, std::move(path))) {
  state_->connect();
}

LocalClient::~LocalClient() {
  state_->is_stopped = true;
  state_->again.cancel();
  state_->close_socket();
  state_->fail_all();
}

bool LocalClient::is_connected() const { return state_->is_connected; }

void LocalClient::request(const std::string& subject, std::string_view payload, std::chrono::milliseconds timeout,
                          std::function<void(Result<std::string>)> done) {
  state_->request(subject, payload, timeout, std::move(done));
}

}  // namespace witan::messaging
