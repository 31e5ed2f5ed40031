#include "shared/service/service.hpp"

#include <csignal>
#include <cstdio>

#include <boost/asio/signal_set.hpp>

#include "shared/base/log.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/service/host.hpp"

namespace witan::service {

namespace {

/// Until a signal, or until the service's file has begun a new epoch; true when another run is to follow.
bool run_once(Definition definition, const Config& config, bool& has_started) {
  boost::asio::io_context loop{1};
  Host host(std::move(definition), config, loop);
  boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
  signals.async_wait([&](boost::system::error_code, int) {
    // A second signal ends at once.
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    loop.stop();
  });
  host.start();
  has_started = true;
  loop.run();
  if (host.has_begun_epoch()) signals.clear();  // until the next run listens, a signal ends at once
  host.stop();
  return host.has_begun_epoch();
}

}  // namespace

int run(const std::string& name, const std::function<Definition(const Config&)>& make, int argc, const char* const* argv,
        const std::vector<ConfigKey>& own_keys) {
  auto keys = service_keys();
  keys.insert(keys.end(), own_keys.begin(), own_keys.end());
  Config config(std::move(keys));
  const auto program = "witan-" + name;
  if (const int code = read_config(config, program, argc, argv); code >= 0) return code;
  log::start(program, log::level_from(config.text("log_level")));
  bool has_started = false;
  try {
    crypto::start();
    while (run_once(make(config), config, has_started)) log::info("service", "starting_afresh");
  } catch (const std::exception& failure) {
    log::error("service", has_started ? "failed" : "start_failed", {{"reason", failure.what()}});
    std::fprintf(stderr, "%s: %s\n", program.c_str(), failure.what());
    return 1;
  }
  return 0;
}

}  // namespace witan::service
