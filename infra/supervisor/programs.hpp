#pragma once

#include <string>
#include <vector>

#include "infra/supervisor/data_folder.hpp"
#include "infra/supervisor/options.hpp"

namespace witan::supervisor {

/// The ports that were chosen; they stay the same until the supervisor ends.
struct Ports {
  int bus = 0;
  int http = 0;
  int admin = 0;
};

inline constexpr const char* k_address = "127.0.0.1";
/// Where the gateway can be reached from this machine: what `--set gateway.KEY=…` says, or 127.0.0.1. `key` is `address`
/// or `admin_address`.
std::string gateway_address(const Options& options, std::string_view key);

/// Asks every program that takes settings for its keys. Throws CannotStart when one does not answer.
Catalogue catalogue_of(const std::filesystem::path& programs);

/// What to run for each part, arguments included.
class Commands {
 public:
  Commands(const Options& options, const DataFolder& folder, Catalogue catalogue)
      : options_(options), folder_(folder), catalogue_(std::move(catalogue)) {}

  std::vector<std::string> bus() const;
  std::vector<std::string> provisioner(const Ports& ports) const;
  std::vector<std::string> service(const std::string& name, const Ports& ports) const;
  std::vector<std::string> gateway(const Ports& ports, bool with_demo, bool is_demonstration) const;
  std::vector<std::string> load_demo(const Ports& ports) const;
  /// Writes the address at which somebody becomes the first administrator to a file, unless there is one already.
  std::vector<std::string> administrator_link(const Ports& ports) const;

 private:
  std::vector<std::string> on_the_bus(const std::string& program, const std::string& user, const Ports& ports) const;
  /// As browsers see it; mailed links lead there.
  std::string public_origin(const Ports& ports) const;
  void add_settings(std::vector<std::string>& command, const std::string& program) const;

  const Options& options_;
  const DataFolder& folder_;
  Catalogue catalogue_;
};

}  // namespace witan::supervisor
