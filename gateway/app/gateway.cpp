#include "gateway/app/gateway.hpp"

#include <filesystem>
#include <fstream>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/app/metrics.hpp"
#include "gateway/app/router.hpp"
#include "gateway/app/settings.hpp"
#include "gateway/app/use_report.hpp"
#include "gateway/http/task_group.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/topics.hpp"

namespace witan::app {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

std::unique_ptr<http::Server> listen_on(net::io_context& loop, const std::string& address, std::int64_t port, http::ServerLimits limits,
                                        http::Hooks hooks, http::Reached reached) {
  try {
    return std::make_unique<http::Server>(loop, address, static_cast<std::uint16_t>(port), limits, std::move(hooks), reached);
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error("cannot listen on " + address + ":" + std::to_string(port) + ": " + failure.code().message());
  }
}

void write_port_file(const fs::path& data, const std::string& name, std::uint16_t port) {
  fs::create_directories(data / "run");
  std::ofstream(data / "run" / name) << port << '\n';
}

}  // namespace

struct Gateway::State : std::enable_shared_from_this<Gateway::State> {
  State(const Config& chosen, net::io_context& io) : config(chosen), loop(io), ticker(io), tasks(io, "gateway") {}

  void put_together();
  messaging::BusOptions bus_options();
  std::string public_origin() const;
  net::awaitable<void> tick_forever();

  const Config& config;
  net::io_context& loop;
  std::unique_ptr<messaging::ServiceLinks> links;
  std::unique_ptr<topics::TopicCache> cache;
  std::unique_ptr<auth::Auth> auth;
  std::unique_ptr<http::CommandSender> sender;
  std::unique_ptr<live::LiveServer> live;
  std::unique_ptr<UseReport> use_report;
  std::unique_ptr<Router> router;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<http::Server> admin;
  net::steady_timer ticker;
  http::TaskGroup tasks;
};

messaging::BusOptions Gateway::State::bus_options() {
  messaging::BusOptions options;
  options.url = config.text("bus_url");
  options.user = config.text("bus_user");
  options.password_file = config.text("bus_password_file");
  options.name = "gateway";
  options.on_connection = [weak = weak_from_this(), &io = loop](bool connected) {   // on a library thread
    net::post(io, [weak, connected] {
      auto self = weak.lock();
      if (!self) return;
      log::info("bus", connected ? "connected" : "disconnected");
      if (!self->cache) return;
      if (connected) self->cache->bus_returned();
      else self->cache->bus_left();
    });
  };
  return options;
}

std::string Gateway::State::public_origin() const {
  const auto& chosen = config.text("public_origin");
  return chosen.empty() ? "http://" + config.text("address") + ":" + std::to_string(server->port()) : chosen;
}

void Gateway::State::put_together() {
  const auto limits = server_limits(config);
  const bool is_https = auth::is_https(config.text("public_origin"));
  // Ports first: a port in use is found before anything else is started.
  server = listen_on(
      loop, config.text("address"), config.number("port"), limits,
      {[this](http::Request request) { return router->handle(std::move(request)); },
       [this](http::Request request, net::ip::tcp::socket& socket) { return router->upgrade(std::move(request), socket); },
       papers::Papers::is_form_with_file,
       [this](const http::Request& request, const Rejection& rejection) { return router->refuse_unread(request, rejection); }},
      is_https ? http::Reached::by_https : http::Reached::by_http);
  admin = listen_on(loop, config.text("admin_address"), config.number("admin_port"), limits,
                    {[this](http::Request request) { return router->handle_admin(std::move(request)); }}, http::Reached::by_http);

  links = std::make_unique<messaging::ServiceLinks>(loop, messaging::Bus::connect(bus_options()),
                                                    config.flag("service_sockets") ? config.text("data") : "", services());
  topics::CacheOptions cache_options;
  cache_options.services = services();
  cache = std::make_unique<topics::TopicCache>(loop, *links, cache_options);
  auth::AuthOptions auth_options{public_origin(), config.text("secrets") + "/csrf-key", 0};
  auth_options.rights_age_seconds_max = static_cast<double>(config.number("rights_age_ms_max")) / 1000.0;
  auth_options.is_second_factor_required = config.flag("second_factor_required");
  auth = std::make_unique<auth::Auth>(*cache, auth_options);
  sender = http::make_command_sender(*links, *auth, milliseconds(config.number("command_timeout_ms")),
                                     [this](const std::string& service, const Position& position) { cache->wrote(service, position); });
  live = std::make_unique<live::LiveServer>(loop, *cache, *auth, *sender, links->bus(), live_limits(config));
  use_report = std::make_unique<UseReport>(*links, *sender, *auth, milliseconds(config.number("session_use_report_ms")));
  router = std::make_unique<Router>(Router::Parts{loop, config, *links, *cache, *auth, *sender, *live, *server, public_origin()});
}

net::awaitable<void> Gateway::State::tick_forever() {
  for (;;) {
    ticker.expires_after(std::chrono::seconds(1));
    const auto [stopped] = co_await ticker.async_wait(net::as_tuple(net::use_awaitable));
    if (stopped) co_return;
    live->tick();
    if (use_report->is_due()) tasks.spawn(use_report->tell());
  }
}

Gateway::Gateway(const Config& config, net::io_context& loop) : state_(std::make_shared<State>(config, loop)) {
  state_->put_together();
}

Gateway::~Gateway() = default;

void Gateway::start() {
  state_->server->start();
  state_->admin->start();
  state_->tasks.spawn(state_->tick_forever());
  const fs::path data = state_->config.text("data");
  write_port_file(data, "gateway.port", port());
  write_port_file(data, "gateway.admin-port", admin_port());
  log::info("gateway", "listening", {{"port", port()}, {"admin_port", admin_port()}});
}

std::uint16_t Gateway::port() const { return state_->server->port(); }
std::uint16_t Gateway::admin_port() const { return state_->admin->port(); }

net::awaitable<void> Gateway::stop() {
  const auto state = state_;
  const milliseconds limit(state->config.number("stop_ms"));
  log::info("gateway", "stopping");
  co_await state->live->stop(limit / 2);
  co_await state->server->stop(limit / 2);
  co_await state->admin->stop(milliseconds(200));
  co_await state->use_report->tell();   // a restart forgets no use
  state->tasks.cancel();
  co_await state->tasks.wait(milliseconds(500));
  log::info("gateway", "stopped");
}

}  // namespace witan::app
