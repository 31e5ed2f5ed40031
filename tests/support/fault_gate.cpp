#include "tests/support/fault_gate.hpp"

#include <deque>
#include <future>
#include <list>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

namespace witan::test {

namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

constexpr std::size_t k_read_bytes = 64UL * 1024;

struct Faults {
  bool is_hanging = false;
  std::chrono::milliseconds delay{0};
  std::size_t slice = 0;
};

/// One direction of a connection: reads, holds for as long as the faults say, writes. On the proxy's thread.
class Pipe : public std::enable_shared_from_this<Pipe> {
 public:
  Pipe(std::shared_ptr<tcp::socket> from, std::shared_ptr<tcp::socket> to, const Faults& faults)
      : from_(std::move(from)), to_(std::move(to)), faults_(faults), timer_(from_->get_executor()) {}

  void read() {
    from_->async_read_some(net::buffer(buffer_),
                           [self = shared_from_this()](error_code wrong, std::size_t size) {
                             if (wrong) return self->end();
                             const auto due = std::chrono::steady_clock::now() + self->faults_.delay;
                             self->waiting_.push_back({due, std::string(self->buffer_.data(), size)});
                             self->write();
                             self->read();
                           });
  }

  /// Goes on with what waits, as far as the faults allow.
  void write() {
    if (is_writing_ || faults_.is_hanging || waiting_.empty()) return;
    is_writing_ = true;
    timer_.expires_at(waiting_.front().due);
    timer_.async_wait([self = shared_from_this()](error_code) { self->write_piece(); });
  }

 private:
  struct Piece {
    std::chrono::steady_clock::time_point due;
    std::string bytes;
  };

  void write_piece() {
    is_writing_ = false;
    if (faults_.is_hanging || waiting_.empty()) return;
    is_writing_ = true;
    auto& bytes = waiting_.front().bytes;
    const std::size_t size = faults_.slice == 0 ? bytes.size() : std::min(faults_.slice, bytes.size());
    auto piece = std::make_shared<std::string>(bytes.substr(0, size));
    bytes.erase(0, size);
    if (bytes.empty()) waiting_.pop_front();
    net::async_write(*to_, net::buffer(*piece),
                     [self = shared_from_this(), piece](error_code wrong, std::size_t) {
                       self->is_writing_ = false;
                       if (wrong) return self->end();
                       self->write();
                     });
  }

  void end() {
    error_code ignored;
    from_->close(ignored);
    to_->close(ignored);
    timer_.cancel();
    waiting_.clear();
  }

  std::shared_ptr<tcp::socket> from_;
  std::shared_ptr<tcp::socket> to_;
  const Faults& faults_;
  net::steady_timer timer_;
  std::array<char, k_read_bytes> buffer_;
  std::deque<Piece> waiting_;
  bool is_writing_ = false;
};

struct Link {
  std::shared_ptr<tcp::socket> client;
  std::shared_ptr<tcp::socket> server;
  std::shared_ptr<Pipe> up;
  std::shared_ptr<Pipe> down;
};

}  // namespace

class FaultGate::Proxy {
 public:
  explicit Proxy(int target_port)
      : target_(net::ip::address_v4::loopback(), static_cast<std::uint16_t>(target_port)), acceptor_(loop_) {
    listen(0);
    port_ = acceptor_.local_endpoint().port();
    thread_ = std::thread([this] { loop_.run(); });
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    do_and_wait([this] {
      close_all(false);
      acceptor_.close();
    });
    loop_.stop();
    thread_.join();
  }

  int port() const { return port_; }

  /// Runs on the proxy's thread; returns when done.
  template <class Work>
  void do_and_wait(Work work) {
    std::promise<void> done;
    net::post(loop_, [&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  void pass() {
    faults_ = {};
    if (!acceptor_.is_open()) listen(port_);
    for (auto& link : links_) {
      link.up->write();
      link.down->write();
    }
  }
  void refuse() { acceptor_.close(); }
  void close_all(bool reset) {
    for (auto& link : links_) {
      for (auto* socket : {link.client.get(), link.server.get()}) {
        error_code ignored;
        if (reset) socket->set_option(net::socket_base::linger(true, 0), ignored);
        socket->close(ignored);
      }
    }
    links_.clear();
  }
  std::size_t connections() {
    links_.remove_if([](const Link& link) { return !link.client->is_open(); });
    return links_.size();
  }
  Faults& faults() { return faults_; }

 private:
  void listen(std::uint16_t port) {
    acceptor_.open(tcp::v4());
    acceptor_.set_option(net::socket_base::reuse_address(true));
    acceptor_.bind({net::ip::address_v4::loopback(), port});
    acceptor_.listen();
    accept();
  }

  void accept() {
    acceptor_.async_accept([this](error_code wrong, tcp::socket client) {
      if (wrong) return;
      auto server = std::make_shared<tcp::socket>(loop_);
      error_code refused;
      server->connect(target_, refused);
      if (!refused) begin(std::make_shared<tcp::socket>(std::move(client)), std::move(server));
      accept();
    });
  }

  void begin(std::shared_ptr<tcp::socket> client, std::shared_ptr<tcp::socket> server) {
    client->set_option(tcp::no_delay(true));
    server->set_option(tcp::no_delay(true));
    auto up = std::make_shared<Pipe>(client, server, faults_);
    auto down = std::make_shared<Pipe>(server, client, faults_);
    links_.push_back({std::move(client), std::move(server), up, down});
    up->read();
    down->read();
  }

  net::io_context loop_{1};
  net::executor_work_guard<net::io_context::executor_type> work_ = net::make_work_guard(loop_);
  const tcp::endpoint target_;
  tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
  Faults faults_;
  std::list<Link> links_;
  std::thread thread_;
};

FaultGate::FaultGate(int target_port) : proxy_(std::make_unique<Proxy>(target_port)) {}
FaultGate::~FaultGate() = default;
int FaultGate::port() const { return proxy_->port(); }

void FaultGate::pass() {
  proxy_->do_and_wait([this] { proxy_->pass(); });
}
void FaultGate::refuse() {
  proxy_->do_and_wait([this] { proxy_->refuse(); });
}
void FaultGate::hang() {
  proxy_->do_and_wait([this] { proxy_->faults().is_hanging = true; });
}
void FaultGate::cut() {
  proxy_->do_and_wait([this] { proxy_->close_all(true); });
}
void FaultGate::delay(std::chrono::milliseconds by) {
  proxy_->do_and_wait([this, by] { proxy_->faults().delay = by; });
}
void FaultGate::slice(std::size_t bytes) {
  proxy_->do_and_wait([this, bytes] { proxy_->faults().slice = bytes; });
}
std::size_t FaultGate::connections() const {
  std::size_t count = 0;
  proxy_->do_and_wait([&] { count = proxy_->connections(); });
  return count;
}

}  // namespace witan::test
