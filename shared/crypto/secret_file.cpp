#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "shared/base/durable_file.hpp"
#include "shared/crypto/crypto.hpp"

namespace witan::crypto {

namespace {

constexpr std::size_t k_secret_bytes_max = 4096;

[[noreturn]] void fail(const std::string& doing, const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot " + doing + " the secret file " + path);
}

}  // namespace

std::optional<Secret> read_secret_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  if (!file.is_open()) fail("open", path);
  struct stat about {};
  if (::fstat(file.get(), &about) != 0) fail("look at", path);
  if (!S_ISREG(about.st_mode)) throw std::runtime_error("the secret file " + path + " is not a regular file");
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw std::runtime_error("others may read the secret file " + path + "; run: chmod 600 " + path);
  }
  std::string bytes(k_secret_bytes_max + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto got = ::read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", path);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > k_secret_bytes_max)
    throw std::runtime_error("the secret file " + path + " is too long for a secret");
  while (size > 0 && (bytes[size - 1] == '\n' || bytes[size - 1] == '\r'))
    --size;  // an editor's last line end
  bytes.resize(size);
  return Secret(std::move(bytes));
}

Secret read_or_make_secret_file(const std::string& path) {
  if (auto present = read_secret_file(path)) return std::move(*present);
  // Written aside and linked into place: a second program that does the same at the same moment never sees
  // half a file, and both end up with the one that was linked first.
  const std::string aside = path + "." + random_token();
  const Secret fresh(random_token());
  write_new_file(aside, fresh.bytes());
  const bool is_linked = ::link(aside.c_str(), path.c_str()) == 0;
  const int link_error = errno;
  ::unlink(aside.c_str());
  if (!is_linked && link_error != EEXIST) {
    errno = link_error;
    fail("make", path);
  }
  sync_folder_of(path);
  auto present = read_secret_file(path);
  if (!present) throw std::runtime_error("the secret file " + path + " disappeared while it was made");
  return std::move(*present);
}

}  // namespace witan::crypto
