#include <csignal>
#include <cstdio>
#include <exception>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "infra/provisioner/provisioner.hpp"
#include "shared/base/config.hpp"
#include "shared/base/log.hpp"

using namespace witan;

namespace {

constexpr const char* k_program = "witan-provisioner";

Config make_config() {
  return Config({{"bus_url", std::string("nats://127.0.0.1:4222"), "Address of the bus.", 0, 0},
                 {"bus_user", std::string("provisioner"), "User on the bus.", 0, 0},
                 {"bus_password_file", std::string(), "File that holds the user's password.", 0, 0},
                 {"log_level", std::string("info"), "Lowest level that is logged: debug, info, warning or error.", 0, 0}});
}

void run_until_signalled(const Config& config) {
  boost::asio::io_context loop{1};
  boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
  signals.async_wait([](boost::system::error_code, int) {
    // A second signal ends at once.
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
  });
  messaging::BusOptions options;
  options.url = config.text("bus_url");
  options.user = config.text("bus_user");
  options.password_file = config.text("bus_password_file");
  options.name = k_program;
  const provision::Provisioner provisioner(std::move(options), nats::layout());
  log::info("provisioner", "started");
  loop.run();
  log::info("provisioner", "stopping");
}

}  // namespace

int main(int argc, char** argv) {
  auto config = make_config();
  if (const int code = read_config(config, k_program, argc, argv); code >= 0) return code;
  log::start(k_program, log::level_from(config.text("log_level")));
  try {
    run_until_signalled(config);
  } catch (const std::exception& failure) {
    log::error("provisioner", "failed", {{"reason", failure.what()}});
    std::fprintf(stderr, "%s: %s\n", k_program, failure.what());
    return 1;
  }
  return 0;
}
