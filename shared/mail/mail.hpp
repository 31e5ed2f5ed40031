#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

/// Mail to one person at a time, by an SMTP server or into a folder. Only `smtp.cpp` sees libcurl.
namespace witan::mail {

struct Message {
  /// Names the message over all tries to send it: letters, digits and hyphens, 64 at most. It becomes the
  /// Message-ID
  /// (`<id@domain of the sender>`), so that a mailbox which gets the message twice can know.
  std::string id;
  std::string to;       ///< One address in ASCII, without a name.
  std::string subject;  ///< One line of UTF-8, without control characters.
  std::string text;     ///< Plain text in UTF-8; lines end with `\n` or `\r\n`. 256 KiB at most.
};

/// A message was not sent. `what()` has no address and nothing of the message in it, so it may be logged.
class MailFailure : public std::runtime_error {
 public:
  enum class Kind {
    permanent,  ///< This message will never get to this address: a bad address, a refusal for good (5xx).
    passing,    ///< Worth trying again: no server, no disk, a refusal for now (4xx), a wrong setting.
  };
  MailFailure(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  bool is_permanent() const { return kind_ == Kind::permanent; }

 private:
  Kind kind_;
};

/// Where mail goes. Thread-safe.
class Sender {
 public:
  virtual ~Sender();
  /// Sends it or throws MailFailure (or std::runtime_error, when libcurl itself fails). Returns when the next one is responsible: the SMTP server has taken it,
  /// or it is on the disk. It may take as long as the time-outs say, so never on a loop.
  virtual void send(const Message& message) = 0;
  /// Removes what is kept here of a message that was sent, if anything is; throws when it cannot.
  virtual void destroy(const std::string& id) = 0;
  /// The program stops: what is being sent, and what comes after, fails within about a second as `passing`.
  virtual void abandon() = 0;
};

/// Writes each message into the folder (mode 0700, made when it is not there) as `<id>.eml` (mode 0600):
/// whole or not at all, and sent again it replaces itself. One process to a folder. Throws std::runtime_error
/// when `from` is no address or the folder cannot be made.
std::unique_ptr<Sender> spool_sender(std::filesystem::path folder, std::string from);

struct SmtpOptions {
  /// `smtps://mail.example.org` for TLS from the start, `smtp://mail.example.org:587` for STARTTLS, without
  /// which nothing is sent. Only to a loopback address `smtp://` is plain, unless `ca_file` asks for more.
  std::string url;
  std::string user;           ///< Empty: no sign-in.
  std::string password_file;  ///< Mode 0600 or stricter; needed with a user. Read once.
  std::string from;           ///< The sender's address in ASCII, without a name.
  std::string ca_file;        ///< Certificates to trust, PEM. Empty: those of the machine.
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
};

/// Hands each message to an SMTP server, on a connection of its own. A message whose last answer was lost is
/// sent again by whoever tries again: at least once, and with the same Message-ID. Throws std::runtime_error
/// for options that cannot work, in one sentence.
std::unique_ptr<Sender> smtp_sender(SmtpOptions options);

}  // namespace witan::mail
