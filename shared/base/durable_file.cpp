#include "shared/base/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
#include <unistd.h>

namespace witan {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path.string());
}

}  // namespace

Descriptor::~Descriptor() {
  if (is_open()) ::close(number_);
}

void write_new_file(const std::filesystem::path& path, std::string_view bytes) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) fail(path);
  for (std::size_t done = 0; done < bytes.size();) {
    const auto written = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path);
    done += static_cast<std::size_t>(written);
  }
  if (::fsync(file.get()) != 0) fail(path);
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) {
  auto beside = path;
  beside += ".new";
  ::unlink(beside.c_str());  // what a process that died half-way has left
  write_new_file(beside, bytes);
  if (::rename(beside.c_str(), path.c_str()) != 0) fail(path);
  sync_folder_of(path);
}

void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = std::filesystem::absolute(path).parent_path();
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened.is_open() || ::fsync(opened.get()) != 0) fail(path);
}

}  // namespace witan
