#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <new>
#include <optional>
#include <string>
#include <string_view>

#include "shared/extract/child/confine.hpp"
#include "shared/extract/child/readers.hpp"
#include "shared/extract/reply.hpp"

/// witan-extract: a file on standard input, its text on standard output. See shared/extract/reply.hpp; people have no use for it.
namespace witan::extract {

namespace {

constexpr int k_niceness = 10;

struct Order {
  files::Kind kind = files::Kind::pdf;
  Bounds bounds;
  std::size_t text_bytes_max = 0;
};

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::optional<Order> order_of(int count, char** arguments) {
  if (count != 5) return std::nullopt;
  Order order;
  std::int64_t seconds = 0;
  const std::string_view kind = arguments[1];
  if (kind == "docx") order.kind = files::Kind::docx;
  const bool is_good = (kind == "pdf" || kind == "docx") && read_number(arguments[2], order.bounds.memory_bytes) && read_number(arguments[3], seconds) &&
                       seconds > 0 && read_number(arguments[4], order.text_bytes_max);
  order.bounds.processor = std::chrono::seconds(seconds);
  return is_good ? std::optional(order) : std::nullopt;
}

/// All of standard input; nothing when it cannot be read or is larger than any file that was taken.
std::optional<std::string> read_file() {
  std::string file;
  std::array<char, 64 * 1024> bytes;
  while (file.size() <= files::k_file_bytes_max) {
    const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
    if (count == 0) return file;
    if (count > 0) file.append(bytes.data(), static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) return std::nullopt;
  }
  return std::nullopt;
}

bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR) return false;
  }
  return true;
}

/// Here everything is confined.
int answer(const Order& order, std::string_view file) {
  Collector text(order.text_bytes_max);
  const auto pages = order.kind == files::Kind::pdf ? read_pdf(file, text) : read_docx(file, text);
  if (!pages) return pages.error() == Failure::too_large ? k_exit_too_large : k_exit_unreadable;
  return write_all(head_of(*pages, text.is_cut())) && write_all(text.text()) ? 0 : k_exit_not_confined;
}

int run(int count, char** arguments) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // without its caller nobody would end it before its time
  [[maybe_unused]] const int priority = ::nice(k_niceness);  // people wait for the machine, and nobody for this
  const auto order = order_of(count, arguments);
  if (!order) return k_exit_bad_order;
  const auto file = read_file();
  if (!file) return k_exit_too_large;
  ::close(STDIN_FILENO);
  if (order->kind == files::Kind::pdf) prepare_pdf();
  if (!confine(order->bounds)) return k_exit_not_confined;
  try {
    return answer(*order, *file);
  } catch (const std::bad_alloc&) {
    return k_exit_too_large;
  } catch (...) {
    return k_exit_unreadable;
  }
}

}  // namespace

}  // namespace witan::extract

/// Ends at once: what libraries do at the end of a program is no longer allowed, and everything is written.
int main(int count, char** arguments) { ::_exit(witan::extract::run(count, arguments)); }
