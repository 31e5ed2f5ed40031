#include "tests/support/smtp_server.hpp"

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace witan::test {

namespace {

constexpr timeval k_patience{10, 0};
constexpr std::size_t k_line_max = 4096;

struct SslFree {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(X509* paper) const { X509_free(paper); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* buffer) const { BIO_free_all(buffer); }
};

std::unique_ptr<BIO, SslFree> reader_of(const std::string& pem) {
  return std::unique_ptr<BIO, SslFree>(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

}  // namespace

/// One client's connection: lines in, text out, in the clear or by TLS.
class SmtpServer::Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &k_patience, sizeof k_patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &k_patience, sizeof k_patience);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    ssl_.reset();
    ::close(socket_);
  }

  bool start_tls(const Certificate& certificate) {
    context_.reset(SSL_CTX_new(TLS_server_method()));
    const std::unique_ptr<X509, SslFree> paper(
        PEM_read_bio_X509(reader_of(certificate.certificate_pem).get(), nullptr, nullptr, nullptr));
    const std::unique_ptr<EVP_PKEY, SslFree> key(
        PEM_read_bio_PrivateKey(reader_of(certificate.key_pem).get(), nullptr, nullptr, nullptr));
    SSL_CTX_use_certificate(context_.get(), paper.get());
    SSL_CTX_use_PrivateKey(context_.get(), key.get());
    unread_.clear();  // what came in the clear counts for nothing (CVE-2011-0411)
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    return SSL_accept(ssl_.get()) == 1;
  }

  /// Without its line end; nothing when the connection is lost or nothing comes.
  std::optional<std::string> read_line() {
    std::size_t end = 0;
    while ((end = unread_.find("\r\n")) == std::string::npos) {
      char bytes[1024];
      const auto got = ssl_ ? SSL_read(ssl_.get(), bytes, sizeof bytes)
                            : static_cast<int>(::recv(socket_, bytes, sizeof bytes, 0));
      if (got <= 0 || unread_.size() > k_line_max) return std::nullopt;
      unread_.append(bytes, static_cast<std::size_t>(got));
    }
    auto line = unread_.substr(0, end);
    unread_.erase(0, end + 2);
    return line;
  }

  bool write(const std::string& text) {
    const auto size = static_cast<int>(text.size());
    const auto written = ssl_ ? SSL_write(ssl_.get(), text.data(), size)
                              : static_cast<int>(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL));
    return written == size;
  }

 private:
  int socket_;
  std::unique_ptr<SSL_CTX, SslFree> context_;
  std::unique_ptr<SSL, SslFree> ssl_;
  std::string unread_;
};

SmtpServer::SmtpServer(Tls tls, const Certificate& certificate) : tls_(tls), certificate_(certificate) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("the SMTP server of the test cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { run(); });
}

SmtpServer::~SmtpServer() {
  {
    const std::lock_guard lock(guard_);
    is_stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    if (client_ >= 0) ::shutdown(client_, SHUT_RDWR);
  }
  thread_.join();
  ::close(listener_);
}

void SmtpServer::answer(const std::string& moment, const std::string& reply) {
  const std::lock_guard lock(guard_);
  told_[moment] = reply;
}

std::vector<SmtpServer::Received> SmtpServer::received() const {
  const std::lock_guard lock(guard_);
  return received_;
}

std::vector<std::string> SmtpServer::commands() const {
  const std::lock_guard lock(guard_);
  return commands_;
}

std::string SmtpServer::credentials() const {
  const std::lock_guard lock(guard_);
  return credentials_;
}

std::optional<std::string> SmtpServer::told(const std::string& moment) const {
  const std::lock_guard lock(guard_);
  const auto found = told_.find(moment);
  return found == told_.end() ? std::nullopt : std::optional(found->second);
}

void SmtpServer::run() {
  // OpenSSL writes to connections that are gone. For this thread only: what the other end does about it is
  // its own.
  sigset_t gone;
  ::sigemptyset(&gone);
  ::sigaddset(&gone, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &gone, nullptr);
  for (int socket = 0; (socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
    {
      const std::lock_guard lock(guard_);
      client_ = socket;
      if (is_stopping_) ::shutdown(socket, SHUT_RDWR);
    }
    Connection client(socket);
    talk(client);
    const std::lock_guard lock(guard_);
    client_ = -1;
  }
}

void SmtpServer::talk(Connection& client) {
  if (tls_ == Tls::from_the_start && !client.start_tls(certificate_)) return;
  if (!say(client, "CONN", "220 test.example.org")) return;
  while (const auto line = client.read_line()) {
    {
      const std::lock_guard lock(guard_);
      commands_.push_back(*line);
    }
    if (!obey(client, *line)) return;
  }
}

/// False when the connection is to end.
bool SmtpServer::obey(Connection& client, const std::string& line) {
  const auto command = line.substr(0, 4);
  if (command == "EHLO") {
    return say(client, command,
               std::string("250-test.example.org\r\n250-AUTH PLAIN\r\n") +
                   (tls_ == Tls::offered ? "250-STARTTLS\r\n" : "") + "250 8BITMIME");
  }
  if (command == "STAR") return say(client, command, "220 go ahead") && client.start_tls(certificate_);
  if (command == "AUTH") return sign_in(client);
  if (command == "DATA") return take_message(client);
  if (command == "MAIL") message_.from = line.substr(10);
  if (command == "RCPT") message_.to = line.substr(8);
  return say(client, command, command == "QUIT" ? "221 goodbye" : "250 yes") && command != "QUIT";
}

bool SmtpServer::sign_in(Connection& client) {
  if (!client.write("334 \r\n")) return false;
  const auto said = client.read_line();
  if (!said) return false;
  {
    const std::lock_guard lock(guard_);
    credentials_ = *said;
  }
  return say(client, "AUTH", "235 yes");
}

bool SmtpServer::take_message(Connection& client) {
  if (const auto refusal = told("DATA")) return say(client, "DATA", *refusal);
  if (!client.write("354 go ahead\r\n")) return false;
  message_.data.clear();
  for (auto line = client.read_line(); line != "."; line = client.read_line()) {
    if (!line || told("LINE") == "") return false;
    message_.data += *line + "\r\n";
  }
  if (!told("DONE")) {
    const std::lock_guard lock(guard_);
    received_.push_back(message_);
  }
  return say(client, "DONE", "250 taken");
}

/// False when nothing was said.
bool SmtpServer::say(Connection& client, const std::string& moment, const std::string& yes) {
  const auto reply = told(moment).value_or(yes);
  return !reply.empty() && client.write(reply + "\r\n");
}

}  // namespace witan::test
