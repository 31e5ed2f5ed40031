#include "services/meetings/app/scanner.hpp"

#include <stdexcept>

#include <boost/describe/enum_to_string.hpp>

#include "services/meetings/domain/papers/upload.hpp"
#include "shared/base/log.hpp"
#include "shared/files/check.hpp"

namespace witan::meetings {

namespace {

constexpr std::chrono::minutes k_told_every{1};

}  // namespace

Result<void> Scanner::look(const std::string& upload, files::Source& file) {
  const auto verdict = scan::ask(socket_, file, {.time = time_, .is_abandoned = &is_abandoned_});
  if (!verdict) {
    if (verdict.error().why != scan::Failure::abandoned) tell_of_trouble(verdict.error());
    return std::unexpected(not_scanned());
  }
  tell_of_success();
  if (verdict->is_clean) return {};
  log::warning("papers", "infected", {{"upload", upload}, {"signature", verdict->signature}});
  return std::unexpected(file_refused(files::code(files::Fault::infected), files::sentence(files::Fault::infected)));
}

void Scanner::tell_of_trouble(const scan::NoVerdict& trouble) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (is_in_trouble_ && now - told_ < k_told_every) return;
  is_in_trouble_ = true;
  told_ = now;
  log::warning("papers", "not_scanned", {{"reason", boost::describe::enum_to_string(trouble.why, "")}, {"said", trouble.said}, {"socket", socket_}});
}

void Scanner::tell_of_success() {
  const std::lock_guard lock(mutex_);
  if (std::exchange(is_in_trouble_, false)) log::info("papers", "scanned_again");
}

std::vector<ConfigKey> scanner_keys() {
  return {{"scanner_socket", std::string(), "Unix socket of clamd, which looks through each file for viruses before it is a paper, such as /run/clamav/clamd.ctl; empty: there is no scanner.", 0, 0},
          {"scanner_ms", std::int64_t{10'000}, "Milliseconds that the scanner may take for one file; after that the file is not taken for now.", 100, 120'000}};
}

std::shared_ptr<Scanner> scanner_of(const Config& config) {
  const auto& socket = config.text("scanner_socket");
  if (socket.empty()) return nullptr;
  if (!scan::is_socket_path(socket)) throw std::runtime_error("scanner_socket must be the absolute path of a Unix socket, of at most 107 bytes");
  return std::make_shared<Scanner>(socket, std::chrono::milliseconds(config.number("scanner_ms")));
}

Rejection not_scanned() {
  const std::string sentence = "The file could not be checked for viruses at the moment. Try again in a few minutes.";
  Rejection refused{ErrorCode::unavailable, sentence, {{"/upload", ErrorCode::unavailable, sentence}}, {}};
  refused.extra["fault"] = "not_scanned";  // what says that nothing was done, where `unavailable` alone leaves it open
  return refused;
}

}  // namespace witan::meetings
