#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "shared/crypto/crypto.hpp"

namespace witan::crypto {

namespace {

constexpr std::size_t k_secret_bytes_max = 4096;

/// A descriptor that closes itself.
class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

[[noreturn]] void fail(const std::string& doing, const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot " + doing + " the secret file " + path);
}

void write_durably(const std::string& path, std::string_view bytes) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) fail("make", path);
  for (std::size_t done = 0; done < bytes.size();) {
    const auto written = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    done += static_cast<std::size_t>(written);
  }
  if (::fsync(file.get()) != 0) fail("write", path);
}

void sync_folder_of(const std::string& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const File opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::fsync(opened.get()) != 0) fail("make", path);
}

}  // namespace

std::optional<Secret> read_secret_file(const std::string& path) {
  const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
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
  write_durably(aside, fresh.bytes());
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
