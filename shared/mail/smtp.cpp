#include <algorithm>
#include <atomic>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "shared/crypto/crypto.hpp"
#include "shared/curl/curl.hpp"
#include "shared/mail/message.hpp"

namespace witan::mail {

using curl::Handle, curl::List, curl::Url, curl::part_of, curl::set;

namespace {

/// Whether the connection must be, or become, TLS. Throws when the address is no SMTP server's.
bool needs_tls(const SmtpOptions& options) {
  const Url url(curl_url(), &curl_url_cleanup);
  if (curl_url_set(url.get(), CURLUPART_URL, options.url.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
    throw std::runtime_error("the SMTP server's URL cannot be read");
  }
  const auto scheme = part_of(url.get(), CURLUPART_SCHEME);
  if (scheme != "smtp" && scheme != "smtps")
    throw std::runtime_error("the SMTP server's URL begins with smtp:// or smtps://");
  if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
    throw std::runtime_error(
        "the SMTP server's URL has a user in it; give the user and a password file instead");
  }
  return scheme == "smtps" || !options.ca_file.empty() || !curl::is_loopback(part_of(url.get(), CURLUPART_HOST));
}

crypto::Secret password_of(const SmtpOptions& options) {
  if (options.user.empty()) return {};
  auto password = crypto::read_secret_file(options.password_file);
  if (!password)
    throw std::runtime_error("there is no password file for the SMTP server at " + options.password_file);
  return std::move(*password);
}

/// The message on its way out, and how far the conversation has come.
struct Transfer {
  std::string_view unsent;
  std::string command;  ///< The last one but QUIT, such as `RCPT`.
  int answer = 0;       ///< The last one, not to QUIT; 0 before any.
  bool is_over = false;
};

std::size_t read_message(char* into, std::size_t size, std::size_t count, void* of) {
  auto& unsent = static_cast<Transfer*>(of)->unsent;
  const auto taken = unsent.copy(into, size * count);
  unsent.remove_prefix(taken);
  return taken;
}

/// The command in a line that goes out, or nothing: a password is sent in such lines too, and none of it may
/// be kept.
std::string_view command_in(std::string_view line) {
  const auto word = line.substr(0, line.find_first_of(" \r\n"));
  constexpr std::string_view k_commands[] = {"EHLO", "HELO", "STARTTLS", "AUTH",
                                             "MAIL", "RCPT", "DATA",     "QUIT"};
  return std::ranges::find(k_commands, word) != std::end(k_commands) ? word : std::string_view();
}

/// Follows the conversation as libcurl has it. What libcurl itself keeps, CURLINFO_RESPONSE_CODE, is the
/// answer to the QUIT after a refusal.
int note(CURL*, curl_infotype type, char* bytes, std::size_t size, void* of) {
  auto& transfer = *static_cast<Transfer*>(of);
  const auto command = type == CURLINFO_HEADER_OUT ? command_in({bytes, size}) : std::string_view();
  if (command == "QUIT")
    transfer.is_over = true;
  else if (!command.empty())
    transfer.command = command;
  if (type == CURLINFO_HEADER_IN && !transfer.is_over) std::from_chars(bytes, bytes + size, transfer.answer);
  return 0;
}

/// Only an answer to the recipient or to the message itself is about this message: any other refusal, of a
/// password for example, is for the operator to put right, and then it can be sent.
MailFailure failure_of(CURLcode code, const Transfer& transfer) {
  using Kind = MailFailure::Kind;
  if (transfer.answer < 400)
    return {Kind::passing, fmt::format("the SMTP server was lost: {}", curl_easy_strerror(code))};
  const bool is_about_message = transfer.command == "RCPT" || transfer.command == "DATA";
  const bool is_permanent = transfer.answer >= 500 && is_about_message;
  const auto asked = transfer.command.empty() ? "the connection" : transfer.command;
  return {is_permanent ? Kind::permanent : Kind::passing,
          fmt::format("the SMTP server answered {} to {}", transfer.answer, asked)};
}

/// libcurl asks at least once a second, whether or not anything comes.
int is_abandoned(void* flag, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0;
}

class Smtp final : public Sender {
 public:
  explicit Smtp(SmtpOptions options) : options_(std::move(options)) {
    curl::start();
    if (!is_address(options_.from)) throw std::runtime_error("the sender of mail is not an e-mail address");
    needs_tls_ = needs_tls(options_);
    password_ = password_of(options_);
  }

  void destroy(const std::string&) override {}  // it is the server's
  void abandon() override { is_abandoned_ = true; }

  void send(const Message& message) override {
    check(message);
    const auto text = written(message, options_.from, SystemClock().now());
    Transfer transfer;
    transfer.unsent = text;
    const List recipients(curl_slist_append(nullptr, message.to.c_str()), &curl_slist_free_all);
    const Handle handle(curl_easy_init(), &curl_easy_cleanup);
    if (!handle || !recipients) throw MailFailure(MailFailure::Kind::passing, "libcurl has no memory");
    set_connection(handle.get());
    set(handle.get(), CURLOPT_XFERINFOFUNCTION, &is_abandoned);
    set(handle.get(), CURLOPT_XFERINFODATA, &is_abandoned_);
    set(handle.get(), CURLOPT_NOPROGRESS, 0L);
    set(handle.get(), CURLOPT_MAIL_FROM, options_.from.c_str());
    set(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    set(handle.get(), CURLOPT_UPLOAD, 1L);
    set(handle.get(), CURLOPT_READFUNCTION, &read_message);
    set(handle.get(), CURLOPT_READDATA, &transfer);
    set(handle.get(), CURLOPT_VERBOSE, 1L);  // calls the next one; nothing is printed
    set(handle.get(), CURLOPT_DEBUGFUNCTION, &note);
    set(handle.get(), CURLOPT_DEBUGDATA, &transfer);
    if (const auto code = curl_easy_perform(handle.get()); code != CURLE_OK) throw failure_of(code, transfer);
  }

 private:
  void set_connection(CURL* handle) const {
    set(handle, CURLOPT_URL, options_.url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl::set_up(handle, options_.ca_file);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.total_timeout.count()));
    set(handle, CURLOPT_USE_SSL, needs_tls_ ? CURLUSESSL_ALL : CURLUSESSL_NONE);
    if (options_.user.empty()) return;
    set(handle, CURLOPT_USERNAME, options_.user.c_str());
    set(handle, CURLOPT_PASSWORD, std::string(password_.bytes()).c_str());
  }

  SmtpOptions options_;
  bool needs_tls_ = true;
  std::atomic<bool> is_abandoned_ = false;
  crypto::Secret password_;
};

}  // namespace

std::unique_ptr<Sender> smtp_sender(SmtpOptions options) {
  return std::make_unique<Smtp>(std::move(options));
}

}  // namespace witan::mail
