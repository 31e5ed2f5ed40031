#include "shared/service/service.hpp"

#include <csignal>
#include <cstdio>

#include <boost/asio/signal_set.hpp>

#include "shared/base/log.hpp"
#include "shared/crypto/crypto.hpp"
#include "shared/service/host.hpp"

namespace witan::service {

int run(const std::string& name, const std::function<Definition(const Config&)>& make, int argc, const char* const* argv) {
  Config config(service_keys());
  const auto program = "witan-" + name;
  if (const int code = read_config(config, program, argc, argv); code >= 0) return code;
  log::start(program, log::level_from(config.text("log_level")));
  try {
    crypto::start();
    boost::asio::io_context loop{1};
    Host host(make(config), config, loop);
    boost::asio::signal_set signals(loop, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code, int) {
      // A second signal ends at once.
      std::signal(SIGTERM, SIG_DFL);
      std::signal(SIGINT, SIG_DFL);
      loop.stop();
    });
    host.start();
    loop.run();
    host.stop();
  } catch (const std::exception& failure) {
    log::error("service", "start_failed", {{"reason", failure.what()}});
    std::fprintf(stderr, "%s: %s\n", program.c_str(), failure.what());
    return 1;
  }
  return 0;
}

}  // namespace witan::service
