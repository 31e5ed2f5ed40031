#include "infra/supervisor/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "infra/nats/config.hpp"
#include "shared/base/durable_file.hpp"
#include "shared/base/ids.hpp"

namespace witan::supervisor {

namespace fs = std::filesystem;

namespace {

void make_folder(const fs::path& folder, mode_t mode) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    throw CannotStart(fmt::format("the data folder {} cannot be written ({}); choose another with --data DIR",
                                  folder.string(), failed.message()));
  }
  ::chmod(folder.c_str(), mode);
}

int open_lock(const fs::path& data, const fs::path& file) {
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) {
    throw CannotStart(fmt::format("the data folder {} cannot be written ({}); choose another with --data DIR",
                                  data.string(), std::strerror(errno)));
  }
  return lock;
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

DataFolder::DataFolder(const fs::path& path) : path_(fs::absolute(path).lexically_normal()) {
  make_folder(path_, 0750);
  make_folder(run(), 0750);
  lock_ = open_lock(path_, run() / "lock");
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    ::close(lock_);
    throw CannotStart(fmt::format("the data folder {} is in use by another copy of Witan; stop it, or choose another with --data DIR",
                                  path_.string()));
  }
  make_folder(secrets(), 0700);
  make_folder(path_ / "log", 0750);
  make_folder(bus(), 0700);
}

DataFolder::~DataFolder() { ::close(lock_); }

fs::path DataFolder::log(std::string_view program) const { return path_ / "log" / fmt::format("{}.log", program); }

fs::path DataFolder::bus_password(std::string_view user) const { return secrets() / fmt::format("bus-{}", user); }

bool DataFolder::is_empty() const {
  for (const auto& service : nats::services()) {
    if (fs::exists(path_ / fmt::format("{}.sqlite", service))) return false;
  }
  return true;
}

DataFolder::Demo DataFolder::demo() const {
  if (fs::exists(path_ / "demo-loading")) return Demo::loading;
  return fs::exists(path_ / "demo-loaded") ? Demo::loaded : Demo::none;
}

void DataFolder::set_demo(Demo state) {
  if (state == Demo::loading) write_private(path_ / "demo-loading", "");
  if (state == Demo::loaded) fs::rename(path_ / "demo-loading", path_ / "demo-loaded");
}

void DataFolder::write_pid(std::string_view program, int pid) const {
  std::ofstream(run() / fmt::format("{}.pid", program)) << pid << '\n';
}

void DataFolder::remove_pid(std::string_view program) const {
  std::error_code ignored;
  fs::remove(run() / fmt::format("{}.pid", program), ignored);
}

std::string DataFolder::read_or_make_bus_password(std::string_view user) const {
  const auto file = bus_password(user);
  if (auto known = read_file(file); !known.empty()) return known;
  auto made = random_id_text() + random_id_text();
  write_private(file, made);
  return made;
}

void DataFolder::write_private(const fs::path& file, std::string_view text) const {
  try {
    replace_file(file, text);
  } catch (const std::system_error& refused) {
    throw CannotStart(fmt::format("{} cannot be written ({})", file.string(), refused.code().message()));
  }
}

}  // namespace witan::supervisor
