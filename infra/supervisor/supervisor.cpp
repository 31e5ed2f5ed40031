#include "infra/supervisor/supervisor.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>

#include <fmt/format.h>

#include "infra/nats/config.hpp"
#include "infra/supervisor/network.hpp"
#include "shared/base/assert.hpp"
#include "shared/base/log.hpp"

namespace witan::supervisor {

using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr milliseconds k_first_pause{200}, k_longest_pause{5000};
/// Whoever lived this long has come up; the next end starts counting anew.
constexpr seconds k_settled{10};
constexpr seconds k_bus_limit{15}, k_ready_limit{120}, k_demo_limit{600}, k_link_limit{30};
// Together less than the 15 seconds within which a stop is over.
constexpr seconds k_gateway_stop{5}, k_services_stop{6}, k_bus_stop{3};
constexpr milliseconds k_look{50};
/// A bus that ends this often in a row, soon after its start, gets an empty store.
constexpr int k_quick_ends_before_wipe = 2;

constexpr std::string_view k_room = "supervisor";

json::value text(std::string_view words) { return json::value(words); }

}  // namespace

Supervisor::Supervisor(const Options& options, DataFolder& folder, Catalogue catalogue,
                       std::function<void(const std::string&)> say)
    : options_(options),
      folder_(folder),
      commands_(options, folder, std::move(catalogue)),
      say_(std::move(say)),
      address_(gateway_address(options, "address")),
      admin_address_(gateway_address(options, "admin_address")),
      bus_store_(folder.bus()) {
  sigset_t watched;
  ::sigemptyset(&watched);
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD}) ::sigaddset(&watched, signal);
  ::sigprocmask(SIG_BLOCK, &watched, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  signals_ = ::signalfd(-1, &watched, SFD_NONBLOCK | SFD_CLOEXEC);
  ASSERT(signals_ >= 0);
}

Supervisor::~Supervisor() { ::close(signals_); }

void Supervisor::run() {
  folder_.write_pid("supervisor", ::getpid());
  try {
    prepare();
    bring_up();
    keep_running();
  } catch (...) {
    stop();
    throw;
  }
  stop();
}

void Supervisor::prepare() {
  for (const auto& [option, address, port] :
       {std::tuple{"--port", address_, options_.port}, {"--admin-port", admin_address_, options_.admin_port}}) {
    if (port != 0 && !is_free(address, port)) {
      throw CannotStart(fmt::format("port {} on {} is in use or not allowed; choose another with {} N", port, address, option));
    }
  }
  ports_.http = options_.port != 0 ? options_.port : choose_free(address_);
  do {
    ports_.admin = options_.admin_port != 0 ? options_.admin_port : choose_free(admin_address_);
  } while (ports_.admin == ports_.http);
  for (const auto& user : nats::users()) folder_.read_or_make_bus_password(user);
  if (options_.demo && folder_.is_empty() && folder_.demo() == DataFolder::Demo::none) {
    folder_.set_demo(DataFolder::Demo::loading);
  }
}

void Supervisor::bring_up() {
  log::info(k_room, "starting", {{"data", text(folder_.path().string())}, {"port", ports_.http}});
  start_bus();
  if (is_asked_to_stop()) return;
  start(add("provisioner", commands_.provisioner(ports_)));  // a service that is there sooner waits for its stream
  for (const auto& service : nats::services()) start(add(service, commands_.service(service, ports_)));
  const bool with_demo = folder_.demo() != DataFolder::Demo::none;
  start(add("gateway", commands_.gateway(ports_, with_demo, options_.demo)));
  wait_for("the services and the gateway", k_ready_limit, [this] {
    std::string body;
    return http_status(address_, ports_.http, "/readyz", body) == 200;
  });
  if (is_asked_to_stop()) return;
  if (options_.demo && folder_.demo() == DataFolder::Demo::loading) load_demo();
  if (!is_asked_to_stop() && folder_.demo() == DataFolder::Demo::none) offer_administration();
  if (is_asked_to_stop()) return;
  is_up_ = true;
  log::info(k_room, "ready", {{"port", ports_.http}});
  if (folder_.demo() == DataFolder::Demo::loaded) {
    say_(fmt::format("accounts to sign in with: {}", folder_.demo_accounts().string()));
  }
  say_(fmt::format("ready http://{}:{}", address_, ports_.http));
}

void Supervisor::start_bus() {
  do {
    ports_.bus = choose_free(k_address);
  } while (ports_.bus == ports_.http || ports_.bus == ports_.admin);
  folder_.write_private(folder_.run() / "nats.conf",
                        nats::server_config({k_address, ports_.bus, folder_.bus().string(), [this](std::string_view user) {
                                               return folder_.read_or_make_bus_password(user);
                                             }}));
  start(add("bus", commands_.bus()));
  wait_for("nats-server", k_bus_limit, [this] { return accepts_connections(k_address, ports_.bus); });
}

void Supervisor::load_demo() {
  say_("loading the demo data");
  const bool is_loaded = carry_out("the demo data", commands_.load_demo(ports_), k_demo_limit);
  if (is_asked_to_stop()) return;
  if (!is_loaded) {
    const auto why = last_plain_line(folder_.log("operator"));
    throw CannotStart(fmt::format("the demo data could not be loaded: {}", why.empty() ? "see the operator's log" : why));
  }
  folder_.set_demo(DataFolder::Demo::loaded);
}

bool Supervisor::carry_out(const std::string& what, std::vector<std::string> command, std::chrono::seconds limit) {
  auto& task = add("operator", std::move(command));
  task.is_kept = false;
  start(task);
  wait_for(what, limit, [&task] { return task.pid == 0; });
  return !task.ending.by_signal && task.ending.code == 0;
}

/// While nobody is an administrator, each start prints a link with which somebody becomes the first one.
void Supervisor::offer_administration() {
  const auto file = folder_.administrator_link();
  try {
    if (!carry_out("the question who is the administrator", commands_.administrator_link(ports_), k_link_limit)) {
      log::warning(k_room, "no_administrator_link");
    }
  } catch (const CannotStart& too_late) {  // no reason not to come up
    log::warning(k_room, "no_administrator_link", {{"reason", text(too_late.what())}});
  }
  std::string address;
  std::getline(std::ifstream(file), address);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  if (!address.empty()) say_(fmt::format("open this page once, within seven days, to become the administrator: {}", address));
}

void Supervisor::wait_for(const std::string& what, seconds limit, const std::function<bool()>& done) {
  const auto end = Clock::now() + limit;
  while (!is_asked_to_stop() && !done()) {
    if (Clock::now() > end) {
      throw CannotStart(fmt::format("{} did not come up within {} seconds; the logs are in {}", what, limit.count(),
                                    (folder_.path() / "log").string()));
    }
    pump(k_look);
  }
}

void Supervisor::keep_running() {
  while (!is_asked_to_stop()) pump(milliseconds(1000));
}

void Supervisor::stop() {
  is_stopping_ = true;
  log::info(k_room, "stopping");
  std::vector<Part*> gateway, services, bus;
  for (const auto& part : parts_) {
    // A service that stops may still have its stream emptied.
    if (part->name == "bus" || part->name == "provisioner") bus.push_back(part.get());
    else if (part->name == "gateway" || part->name == "operator") gateway.push_back(part.get());
    else services.push_back(part.get());
  }
  stop_parts(gateway, SIGTERM, k_gateway_stop);
  stop_parts(services, SIGTERM, k_services_stop);
  stop_parts(bus, SIGTERM, k_bus_stop);
  folder_.remove_pid("supervisor");
  log::info(k_room, "stopped");
}

void Supervisor::stop_parts(const std::vector<Part*>& parts, int signal, seconds limit) {
  const auto end = Clock::now() + limit;
  const auto runs = [](const Part* part) { return part->pid != 0; };
  for (auto* part : parts) {
    if (runs(part)) ::kill(part->pid, signal);
  }
  while (std::any_of(parts.begin(), parts.end(), runs)) {
    if (Clock::now() > end || stop_signals_ > 1) {
      for (auto* part : parts) {
        if (!runs(part)) continue;
        log::warning(k_room, "killed", {{"part", text(part->name)}});
        ::kill(-part->pid, SIGKILL);
        ::kill(part->pid, SIGKILL);
      }
    }
    pump(k_look);
  }
}

Supervisor::Part& Supervisor::add(std::string name, std::vector<std::string> command) {
  auto part = std::make_unique<Part>();
  part->name = std::move(name);
  part->command = std::move(command);
  return *parts_.emplace_back(std::move(part));
}

Supervisor::Part* Supervisor::find(pid_t pid) {
  for (const auto& part : parts_) {
    if (part->pid == pid) return part.get();
  }
  return nullptr;
}

void Supervisor::start(Part& part) {
  if (part.name == "bus") {
    if (part.quick_ends >= k_quick_ends_before_wipe) {
      log::warning(k_room, "bus_store_wiped");
      bus_store_.wipe();
    }
    bus_store_.remove_empty_files();
    bus_store_.forget();
  }
  part.pid = start_process(part.command, folder_.log(part.name));
  part.started = Clock::now();
  folder_.write_pid(part.name, part.pid);
  log::info(k_room, "started", {{"part", text(part.name)}, {"pid", part.pid}});
}

void Supervisor::ended(Part& part, Ending ending) {
  part.pid = 0;
  part.ending = ending;
  folder_.remove_pid(part.name);
  if (is_stopping_ || is_asked_to_stop() || !part.is_kept) {
    log::info(k_room, "ended", {{"part", text(part.name)}, {"how", text(ending.words())}});
    return;
  }
  const bool was_quick = Clock::now() - part.started < k_settled;
  // Who says no at the very first start says why, and would say the same again.
  if (!is_up_ && was_quick && !ending.by_signal && part.quick_ends == 0 && part.name != "bus") {
    const auto why = last_plain_line(folder_.log(part.name));
    throw CannotStart(why.empty() ? fmt::format("{} ended with {}; its log is {}", part.name, ending.words(), folder_.log(part.name).string()) : why);
  }
  part.quick_ends = was_quick ? part.quick_ends + 1 : 0;
  part.pause = was_quick && part.pause.count() > 0 ? std::min(part.pause * 2, k_longest_pause) : k_first_pause;
  part.start_again = Clock::now() + part.pause;
  log::error(k_room, "restarting", {{"part", text(part.name)}, {"how", text(ending.words())}, {"pause_ms", part.pause.count()}});
  say_(fmt::format("{} ended ({}) and is started again", part.name, ending.words()));
}

void Supervisor::pump(milliseconds limit) {
  if (!is_stopping_) {
    for (const auto& part : parts_) {
      if (part->pid != 0 || !part->is_kept) continue;
      limit = std::min(limit, std::chrono::ceil<milliseconds>(part->start_again - Clock::now()));
    }
  }
  read_signals(std::max(limit, milliseconds(0)));
  reap();
  if (is_stopping_ || is_asked_to_stop()) return;
  start_what_is_due();
  watch_bus_store();
}

void Supervisor::read_signals(milliseconds limit) {
  pollfd watched{signals_, POLLIN, 0};
  ::poll(&watched, 1, static_cast<int>(limit.count()));
  std::array<signalfd_siginfo, 16> infos{};
  const auto got = ::read(signals_, infos.data(), sizeof infos);
  if (got <= 0) return;
  for (std::size_t i = 0; i < static_cast<std::size_t>(got) / sizeof(signalfd_siginfo); ++i) {
    if (infos[i].ssi_signo != SIGCHLD) ++stop_signals_;
  }
}

void Supervisor::reap() {
  int status = 0;
  for (pid_t pid = 0; (pid = ::waitpid(-1, &status, WNOHANG)) > 0;) {
    if (auto* part = find(pid)) ended(*part, ending_of(status));
  }
}

void Supervisor::start_what_is_due() {
  for (const auto& part : parts_) {
    if (part->pid == 0 && part->is_kept && Clock::now() >= part->start_again) start(*part);
  }
}

void Supervisor::watch_bus_store() {
  if (Clock::now() < next_bus_look_) return;
  next_bus_look_ = Clock::now() + seconds(1);
  auto& bus = *parts_.front();
  if (bus.pid == 0) return;
  const bool is_lost = bus_store_.lost_something();
  if (!is_lost && !bus_store_.has_room_again()) return;
  log::warning(k_room, is_lost ? "bus_store_lost" : "bus_store_has_room_again");
  ::kill(bus.pid, SIGKILL);  // it may stand still, and what it still holds open is gone for everyone else
}

}  // namespace witan::supervisor
