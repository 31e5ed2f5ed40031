#include "shared/messaging/nats_handles.hpp"

namespace witan::messaging {

namespace {

std::string text_of(const char* text) { return text ? std::string(text) : std::string(); }

}  // namespace

void check(natsStatus status, std::string_view doing) {
  if (status == NATS_OK) return;
  std::string sentence = "cannot " + std::string(doing) + ": " + natsStatus_GetText(status);
  natsStatus last = NATS_OK;
  // The library keeps one error for each thread; it may be an older one.
  if (const char* detail = nats_GetLastError(&last); detail && last == status && *detail) {
    sentence += " (" + std::string(detail) + ")";
  }
  throw MessagingFailure(sentence);
}

namespace {

/// Where an answer goes: to somebody's inbox. Whoever asks chooses the subject, and nats-server does not look whether they may
/// publish there themselves; so any other one would have whoever answers publish it with their own rights.
std::string inbox_of(std::string subject) {
  const bool is_inbox = subject.starts_with("_I.") || subject.starts_with("_INBOX.");
  return is_inbox || subject.starts_with("$JS.ACK.") ? subject : std::string();
}

}  // namespace

Message copy_of(const natsMsg* message) {
  const char* data = natsMsg_GetData(message);
  const int size = natsMsg_GetDataLength(message);
  return {text_of(natsMsg_GetSubject(message)), inbox_of(text_of(natsMsg_GetReply(message))),
          data && size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string()};
}

}  // namespace witan::messaging
