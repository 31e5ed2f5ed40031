#include "infra/supervisor/programs.hpp"

#include <fmt/format.h>

#include "infra/nats/config.hpp"
#include "infra/supervisor/child.hpp"

namespace witan::supervisor {

Catalogue catalogue_of(const std::filesystem::path& programs) {
  Catalogue catalogue;
  auto names = nats::services();
  for (const auto* other : {"gateway", "provisioner"}) names.emplace_back(other);
  for (const auto& name : names) {
    const auto program = (programs / ("witan-" + name)).string();
    auto keys = keys_in_document(output_of({program, "--print-config-doc"}));
    if (keys.empty()) throw CannotStart(fmt::format("{} is missing or does not run; build it with infra/up", program));
    catalogue.emplace(name, std::move(keys));
  }
  return catalogue;
}

std::string gateway_address(const Options& options, std::string_view key) {
  std::string address = k_address;
  for (const auto& setting : options.settings) {
    if (setting.key == key && (setting.program == "gateway" || setting.program == "all")) address = setting.value;
  }
  return address == "0.0.0.0" ? k_address : address;
}

std::vector<std::string> Commands::bus() const {
  return {options_.nats_server.string(), "-c", (folder_.run() / "nats.conf").string()};
}

std::vector<std::string> Commands::on_the_bus(const std::string& program, const std::string& user, const Ports& ports) const {
  return {(options_.programs / program).string(),
          fmt::format("--bus_url=nats://{}:{}", k_address, ports.bus),
          fmt::format("--bus_user={}", user),
          fmt::format("--bus_password_file={}", folder_.bus_password(user).string())};
}

void Commands::add_settings(std::vector<std::string>& command, const std::string& program) const {
  for (auto& argument : arguments_for(program, options_.settings, catalogue_)) command.push_back(std::move(argument));
}

std::vector<std::string> Commands::provisioner(const Ports& ports) const {
  auto command = on_the_bus("witan-provisioner", "provisioner", ports);
  add_settings(command, "provisioner");
  return command;
}

std::vector<std::string> Commands::service(const std::string& name, const Ports& ports) const {
  auto command = on_the_bus("witan-" + name, name, ports);
  command.push_back(fmt::format("--data={}", folder_.path().string()));
  command.push_back(fmt::format("--secrets={}", folder_.secrets().string()));
  if (catalogue_.at(name).contains("public_origin")) command.push_back(fmt::format("--public_origin={}", public_origin(ports)));
  add_settings(command, name);
  return command;
}

std::vector<std::string> Commands::gateway(const Ports& ports, bool with_demo, bool is_demonstration) const {
  auto command = on_the_bus("witan-gateway", "gateway", ports);
  command.push_back(fmt::format("--data={}", folder_.path().string()));
  command.push_back(fmt::format("--secrets={}", folder_.secrets().string()));
  command.push_back(fmt::format("--port={}", ports.http));
  command.push_back(fmt::format("--admin_port={}", ports.admin));
  if (!options_.web_root.empty()) command.push_back(fmt::format("--web_root={}", options_.web_root.string()));
  if (with_demo) command.push_back("--demo_notice=true");
  // The demo's people are invented, and have no telephones; `--no-demo` on its data means that they are no longer alone.
  if (with_demo && is_demonstration) command.push_back("--second_factor_required=false");
  add_settings(command, "gateway");
  return command;
}

std::string Commands::public_origin(const Ports& ports) const {
  std::string origin = fmt::format("http://{}:{}", gateway_address(options_, "address"), ports.http);
  for (const auto& setting : options_.settings) {
    if (setting.key == "public_origin" && !setting.value.empty()) origin = setting.value;
  }
  return origin;
}

std::vector<std::string> Commands::administrator_link(const Ports& ports) const {
  auto command = on_the_bus("witan-operator", "operator", ports);
  command.insert(command.begin() + 1, "administrator-link");
  command.push_back(fmt::format("--link_file={}", folder_.administrator_link().string()));
  command.push_back(fmt::format("--public_origin={}", public_origin(ports)));
  return command;
}

std::vector<std::string> Commands::load_demo(const Ports& ports) const {
  auto command = on_the_bus("witan-operator", "operator", ports);
  command.insert(command.begin() + 1, "load");
  command.push_back(fmt::format("--steps={}", options_.demo_steps.string()));
  command.push_back(fmt::format("--accounts={}", folder_.demo_accounts().string()));
  return command;
}

}  // namespace witan::supervisor
