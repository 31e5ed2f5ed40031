#include <csignal>
#include <cstdio>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/app/gateway.hpp"
#include "gateway/app/settings.hpp"
#include "gateway/http/task_group.hpp"
#include "shared/base/log.hpp"
#include "shared/crypto/crypto.hpp"

namespace {

namespace net = boost::asio;

net::awaitable<void> stop_when_told(net::io_context& loop, witan::app::Gateway& gateway) {
  net::signal_set signals(loop, SIGTERM, SIGINT);
  co_await signals.async_wait(net::as_tuple(net::use_awaitable));
  signals.clear();
  std::signal(SIGTERM, SIG_DFL);   // a second signal ends at once
  std::signal(SIGINT, SIG_DFL);
  co_await gateway.stop();
  loop.stop();
}

}  // namespace

int main(int argc, char** argv) {
  witan::Config config(witan::app::gateway_keys());
  if (const int code = witan::read_config(config, "witan-gateway", argc, argv); code >= 0) return code;
  witan::log::start("witan-gateway", witan::log::level_from(config.text("log_level")));
  bool has_started = false;
  try {
    witan::crypto::start();
    net::io_context loop{1};
    witan::app::Gateway gateway(config, loop);
    gateway.start();
    has_started = true;
    witan::http::TaskGroup tasks(loop, "main");
    tasks.spawn(stop_when_told(loop, gateway));
    loop.run();
  } catch (const std::exception& failure) {
    witan::log::error("gateway", has_started ? "failed" : "start_failed", {{"reason", failure.what()}});
    std::fprintf(stderr, "witan-gateway: %s\n", failure.what());
    return 1;
  }
  return 0;
}
