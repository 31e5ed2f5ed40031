#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace witan::supervisor {

/// Witan cannot be started as asked. The text is one clear sentence for the person who asked.
struct CannotStart : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The folder that holds everything one copy of Witan keeps:
/// `<service>.sqlite`, `<service>.head` (how far it had come), `bus/` (may be deleted at any time), `secrets/`, `run/`
/// (process ids, ports, nats.conf), `log/`, and `demo-accounts.json`. Holds a lock, so a second copy on the same folder is
/// refused.
class DataFolder {
 public:
  /// Creates what is missing. Throws CannotStart when it cannot be written or another copy uses it.
  explicit DataFolder(const std::filesystem::path& path);
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path bus() const { return path_ / "bus"; }
  std::filesystem::path secrets() const { return path_ / "secrets"; }
  std::filesystem::path run() const { return path_ / "run"; }
  std::filesystem::path log(std::string_view program) const;
  std::filesystem::path demo_accounts() const { return path_ / "demo-accounts.json"; }
  std::filesystem::path administrator_link() const { return run() / "administrator-link"; }
  std::filesystem::path bus_password(std::string_view user) const;

  /// True while no service has written anything here.
  bool is_empty() const;

  /// Demo data is loaded once, into an empty folder. `loading` outlives a crash, so the next start goes on with it.
  enum class Demo { none, loading, loaded };
  Demo demo() const;
  void set_demo(Demo state);

  void write_pid(std::string_view program, int pid) const;
  void remove_pid(std::string_view program) const;
  /// The user's password on the bus; made when it is not there.
  std::string read_or_make_bus_password(std::string_view user) const;
  /// Writes a file that only its owner may read.
  void write_private(const std::filesystem::path& file, std::string_view text) const;

 private:
  std::filesystem::path path_;
  int lock_ = -1;
};

}  // namespace witan::supervisor
