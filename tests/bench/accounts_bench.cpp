// witan-bench-accounts: what is promised about signing in and out, measured at a running Witan as people and attackers
// meet it.
//   witan-bench-accounts --port=8080 --data=data --supervisor_pid=N
// Prints one JSON line a figure. The keys are listed by --print-config-doc.

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <map>
#include <random>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket.hpp>

#include "shared/base/config.hpp"
#include "tests/bench/web_client.hpp"

namespace witan::bench {
namespace {

namespace websocket = beast::websocket;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int k_session_ended = 4401;
const std::string k_sessions = "/api/v1/sessions";

double ms_between(Clock::time_point from, Clock::time_point to) { return std::chrono::duration<double, std::milli>(to - from).count(); }

net::awaitable<void> pause(milliseconds time) {
  net::steady_timer timer(co_await net::this_coro::executor, time);
  co_await timer.async_wait(net::use_awaitable);
}

/// Runs all at once and returns when the last is done; throws what one of them threw.
net::awaitable<void> together(std::vector<net::awaitable<void>> tasks) {
  const auto executor = co_await net::this_coro::executor;
  net::steady_timer finished(executor, Clock::time_point::max());
  std::size_t running = tasks.size();
  std::exception_ptr failure;
  for (auto& task : tasks) {
    net::co_spawn(executor, std::move(task), [&](std::exception_ptr failed) {
      if (failed) failure = failed;
      if (--running == 0) finished.cancel();
    });
  }
  boost::system::error_code cancelled;
  if (running > 0) co_await finished.async_wait(net::redirect_error(net::use_awaitable, cancelled));
  if (failure) std::rethrow_exception(failure);
}

/// Two-sided p of Mann and Whitney's U, by the normal approximation with tied ranks: how likely two samples of one
/// distribution differ as much as these.
double mann_whitney_p(const std::vector<double>& one, const std::vector<double>& other) {
  std::vector<std::pair<double, bool>> all;
  for (const double value : one) all.emplace_back(value, true);
  for (const double value : other) all.emplace_back(value, false);
  std::sort(all.begin(), all.end());
  double rank_sum = 0, ties = 0;
  for (std::size_t at = 0; at < all.size();) {
    std::size_t end = at;
    while (end < all.size() && all[end].first == all[at].first) ++end;
    const double rank = (static_cast<double>(at + end) + 1) / 2;
    const auto tied = static_cast<double>(end - at);
    ties += tied * tied * tied - tied;
    for (; at < end; ++at) rank_sum += all[at].second ? rank : 0;
  }
  const auto n = static_cast<double>(one.size()), m = static_cast<double>(other.size()), total = n + m;
  const double u = rank_sum - n * (n + 1) / 2;
  const double deviation = std::sqrt(n * m / 12 * ((total + 1) - ties / (total * (total - 1))));
  return std::erfc(std::abs(u - n * m / 2) / deviation / std::sqrt(2.0));
}

/// A field of /proc/<pid>/status that is given in kB, in MiB.
double status_mib(int pid, const std::string& field) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(field + ":")) return std::strtod(line.c_str() + field.size() + 1, nullptr) / 1024;
  }
  return std::nan("");
}

struct Account {
  std::string email;
  std::string password;
  std::string roles;
};

struct SignedIn {
  std::string person;
  std::string cookie;
};

/// A socket of somebody signed in, which notes when and how it was closed.
class LiveSocket {
 public:
  explicit LiveSocket(net::any_io_executor executor) : socket_(std::move(executor)) {}

  net::awaitable<void> open(tcp::endpoint server, std::size_t number, std::string cookie, std::string topic) {
    auto& tcp_socket = beast::get_lowest_layer(socket_);
    tcp_socket.socket().open(tcp::v4());
    // Many sockets from one address would exhaust its ports; 127.0.0.2 to .9 share them.
    tcp_socket.socket().bind(tcp::endpoint(net::ip::make_address("127.0.0." + std::to_string(2 + number % 8)), 0));
    co_await tcp_socket.async_connect(server, net::use_awaitable);
    const auto origin = "http://127.0.0.1:" + std::to_string(server.port());
    WebClient page(socket_.get_executor(), server, cookie);
    const auto given = co_await page.post("/live/ticket", nullptr);
    const std::string ticket(given.body.as_object().at("ticket").as_string());
    socket_.set_option(websocket::stream_base::decorator([origin, cookie, ticket](websocket::request_type& request) {
      request.set(http::field::origin, origin);
      request.set(http::field::cookie, cookie);
      request.set(http::field::sec_websocket_protocol, "witan.live.1, ticket." + ticket);
    }));
    co_await socket_.async_handshake("127.0.0.1", "/live", net::use_awaitable);
    tcp_socket.expires_never();
    const auto subscribe = json::serialize(json::object{{"type", "subscribe"}, {"topic", topic}});
    co_await socket_.async_write(net::buffer(subscribe), net::use_awaitable);
    co_await socket_.async_read(buffer_, net::use_awaitable);  // the snapshot
    buffer_.clear();
  }

  /// Returns once it is closed.
  net::awaitable<void> listen() {
    boost::system::error_code failed;
    while (!failed) {
      co_await socket_.async_read(buffer_, net::redirect_error(net::use_awaitable, failed));
      buffer_.clear();
    }
    closed_at = Clock::now();
    close_code = socket_.reason().code;
  }

  Clock::time_point closed_at;
  int close_code = 0;

 private:
  websocket::stream<beast::tcp_stream> socket_;
  beast::flat_buffer buffer_;
};

/// The bus is away as long as this lives.
class CutBus {
 public:
  enum class How { not_at_all, stands_still, is_gone };

  CutBus(How how, int bus, int supervisor) : how_(how), bus_(bus), supervisor_(supervisor) {
    if (how_ == How::stands_still) ::kill(bus_, SIGSTOP);
    if (how_ == How::is_gone) {
      ::kill(supervisor_, SIGSTOP);  // or it would start another at once
      ::kill(bus_, SIGKILL);
    }
  }
  ~CutBus() {
    if (how_ == How::stands_still) ::kill(bus_, SIGCONT);
    if (how_ == How::is_gone) ::kill(supervisor_, SIGCONT);
  }
  CutBus(const CutBus&) = delete;
  CutBus& operator=(const CutBus&) = delete;

 private:
  How how_;
  int bus_;
  int supervisor_;
};

struct Bench {
  Bench(net::io_context& loop_in, const Config& config)
      : loop(loop_in),
        server(net::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(config.number("port"))),
        data(config.text("data")),
        supervisor(static_cast<int>(config.number("supervisor_pid"))),
        seconds(config.number("seconds")),
        tries(static_cast<int>(config.number("tries"))),
        sockets(static_cast<std::size_t>(config.number("sockets"))) {
    for (const auto& entry : read_json(data + "/demo-accounts.json").as_array()) {
      const auto& account = entry.as_object();
      accounts.push_back({std::string(account.at("email").as_string()), std::string(account.at("password").as_string()),
                          json::serialize(account.at("roles"))});
    }
  }

  net::awaitable<void> sign_in_times();
  net::awaitable<void> flood();
  net::awaitable<void> ended_sessions();
  net::awaitable<void> pages();

  net::awaitable<SignedIn> sign_in(Account account);
  net::awaitable<double> time_of_refusal(WebClient& client, std::string email);
  net::awaitable<void> flood_until(Clock::time_point until);
  net::awaitable<double> end_all(const std::string& who, CutBus::How how);
  net::awaitable<void> ask_until(std::string path, std::string cookie, Clock::time_point until, double& answers);

  const Account& holder(const std::string& role) const;
  int pid(const std::string& part) const;
  std::string unknown_address() { return "nobody." + std::to_string(random()) + "@example.org"; }

  net::io_context& loop;
  tcp::endpoint server;
  std::string data;
  int supervisor;
  std::int64_t seconds;
  int tries;
  std::size_t sockets;
  std::vector<Account> accounts;
  std::map<std::string, double> flood_answers;
  std::mt19937 random{std::random_device()()};
};

const Account& Bench::holder(const std::string& role) const {
  for (const auto& account : accounts) {
    if (account.roles.find('"' + role + '"') != std::string::npos) return account;
  }
  throw std::runtime_error("the demo data has no " + role);
}

int Bench::pid(const std::string& part) const {
  std::ifstream file(data + "/run/" + part + ".pid");
  int pid = 0;
  file >> pid;
  return pid;
}

net::awaitable<SignedIn> Bench::sign_in(Account account) {
  WebClient client(loop.get_executor(), server, "");
  const auto answer = co_await client.post(k_sessions, json::object{{"email", account.email}, {"password", account.password}});
  if (answer.status != 200) throw std::runtime_error("sign-in answered " + std::to_string(answer.status));
  co_return SignedIn{std::string(answer.body.at("person").as_string()), answer.cookie};
}

net::awaitable<double> Bench::time_of_refusal(WebClient& client, std::string email) {
  const auto begun = Clock::now();
  const auto answer = co_await client.post(k_sessions, json::object{{"email", email}, {"password", "wrong, but long enough"}});
  const auto taken = ms_between(begun, Clock::now());
  if (answer.status != 401) throw std::runtime_error("a wrong password was answered " + std::to_string(answer.status));
  co_return taken;
}

/// Refusals of known and unknown addresses, in pairs whose order is drawn. Three wrong passwords in a row would make an
/// account wait, so after two of them its right one follows, outside of what is measured.
net::awaitable<void> Bench::sign_in_times() {
  WebClient client(loop.get_executor(), server, "");
  std::vector<double> known, unknown;
  for (int pair = 0; pair < tries; ++pair) {
    const auto& account = accounts[static_cast<std::size_t>(pair / 2) % accounts.size()];
    const bool is_known_first = random() % 2 == 0;
    for (const bool is_known : {is_known_first, !is_known_first}) {
      (is_known ? known : unknown).push_back(co_await time_of_refusal(client, is_known ? account.email : unknown_address()));
    }
    if (pair % 2 == 1) co_await sign_in(account);
  }
  const auto p = mann_whitney_p(known, unknown);
  const Percentiles of_known(std::move(known)), of_unknown(std::move(unknown));
  const auto conditions = std::to_string(tries) + " wrong passwords on each side, in pairs of random order";
  report("sign_in_refused_ms_p50_known", "ms", of_known.at(0.5), conditions);
  report("sign_in_refused_ms_p50_unknown", "ms", of_unknown.at(0.5), conditions);
  report("sign_in_refused_ms_difference", "ms", std::abs(of_known.at(0.5) - of_unknown.at(0.5)), conditions + ", of the medians", "< 5");
  report("sign_in_refused_p", "", p, conditions + ", Mann-Whitney: the chance of one distribution", "> 0.01");
}

/// Somebody who reads the same page again and again, on a thread and a connection of their own.
std::vector<double> read_until(tcp::endpoint server, const std::string& cookie, Clock::time_point until) {
  std::vector<double> taken;
  net::io_context loop{1};
  std::exception_ptr failure;
  auto reading = [&]() -> net::awaitable<void> {
    WebClient client(loop.get_executor(), server, cookie);
    while (Clock::now() < until) {
      const auto begun = Clock::now();
      const auto answer = co_await client.get("/account");
      taken.push_back(ms_between(begun, Clock::now()));
      if (answer.status != 200) throw std::runtime_error("/account answered " + std::to_string(answer.status));
      co_await pause(milliseconds(5));
    }
  };
  net::co_spawn(loop, reading(), [&](std::exception_ptr failed) { failure = failed; });
  loop.run();
  if (failure) std::rethrow_exception(failure);
  return taken;
}

net::awaitable<void> Bench::flood_until(Clock::time_point until) {
  WebClient client(loop.get_executor(), server, "");
  while (Clock::now() < until) {
    const auto answer = co_await client.post(k_sessions, json::object{{"email", unknown_address()}, {"password", "guess after guess"}});
    flood_answers[std::to_string(answer.status) + (answer.says_when_to_retry ? " with Retry-After" : "")] += 1;
  }
}

/// 200 clients that try to sign in without a pause, while somebody reads a page for which they must be signed in.
net::awaitable<void> Bench::flood() {
  constexpr int k_clients = 200;
  const auto cookie = (co_await sign_in(holder("secretary, Council of LEP Chairs"))).cookie;
  const Percentiles calm(read_until(server, cookie, Clock::now() + std::chrono::seconds(seconds)));

  const int directory = pid("directory");
  std::ofstream("/proc/" + std::to_string(directory) + "/clear_refs") << "5";  // the peak is counted from now on
  const double before = status_mib(directory, "VmRSS");
  const auto until = Clock::now() + std::chrono::seconds(seconds);
  std::vector<double> taken;
  std::exception_ptr failure;
  std::thread bystander([&] {
    try {
      taken = read_until(server, cookie, until);
    } catch (...) {
      failure = std::current_exception();
    }
  });
  std::vector<net::awaitable<void>> clients;
  for (int i = 0; i < k_clients; ++i) clients.push_back(flood_until(until));
  co_await together(std::move(clients));
  bystander.join();
  if (failure) std::rethrow_exception(failure);
  const double peak = status_mib(directory, "VmHWM");

  const Percentiles flooded(std::move(taken));
  double answers = 0;
  for (const auto& [what, count] : flood_answers) answers += count;
  const auto conditions = "/account, while " + std::to_string(k_clients) + " clients try to sign in without a pause";
  report("bystander_ms_p50_calm", "ms", calm.at(0.5), "/account, nobody else there");
  report("bystander_ms_p99_calm", "ms", calm.at(0.99), "/account, nobody else there");
  report("bystander_ms_p50_flooded", "ms", flooded.at(0.5), conditions);
  report("bystander_ms_p99_flooded", "ms", flooded.at(0.99), conditions, "< 200");
  report("flood_directory_rise_mib", "MiB", peak - before, "directory's peak over what it held before the flood", "<= 320");
  report("flood_tries_per_s", "1/s", answers / static_cast<double>(seconds), "tries to sign in that were answered");
  for (const auto& [what, count] : flood_answers) {
    report("flood_answers_" + what.substr(0, 3), "", count, "tries answered " + what);
  }
}

/// From the answer that ended somebody's sessions to the end of the last of their sockets, in milliseconds.
net::awaitable<double> Bench::end_all(const std::string& who, CutBus::How how) {
  const bool by_themselves = who == "person";
  const std::size_t sessions = by_themselves ? 1 : 10;
  const auto& account = holder("member, Clean growth advisory group");
  std::vector<SignedIn> signed_in;
  while (signed_in.size() < sessions) signed_in.push_back(co_await sign_in(account));
  WebClient person(loop.get_executor(), server, signed_in.front().cookie);
  WebClient administrator(loop.get_executor(), server, (co_await sign_in(holder("administrator"))).cookie);
  const auto id = signed_in.front().person;
  std::vector<std::unique_ptr<LiveSocket>> open;
  for (std::size_t i = 0; i < sockets; ++i) {
    open.push_back(std::make_unique<LiveSocket>(loop.get_executor()));
    co_await open.back()->open(server, i, signed_in[i % sessions].cookie, "account/" + id);
  }
  std::vector<net::awaitable<void>> listening;
  for (auto& socket : open) listening.push_back(socket->listen());
  const CutBus cut(how, pid("bus"), supervisor);
  Clock::time_point answered;
  const auto end_them = [&]() -> net::awaitable<void> {
    co_await pause(milliseconds(200 + random() % 2500));  // at any moment of the rhythm in which services say how far they are
    const auto answer = by_themselves
                            ? co_await person.sign_out()
                            : co_await administrator.post("/api/v1/commands", json::object{{"id", "bench-" + std::to_string(random())},
                                                                                            {"name", "directory.end_sessions"},
                                                                                            {"args", json::object{{"person", id}}}});
    answered = Clock::now();
    if (answer.status / 100 != 2) throw std::runtime_error("ending sessions was answered " + std::to_string(answer.status));
  };
  listening.push_back(end_them());
  co_await together(std::move(listening));
  Clock::time_point last = answered;
  for (const auto& socket : open) {
    if (socket->close_code != k_session_ended) throw std::runtime_error("a socket was closed with " + std::to_string(socket->close_code));
    last = std::max(last, socket->closed_at);
  }
  co_return ms_between(answered, last);
}

net::awaitable<void> Bench::ended_sessions() {
  struct Case {
    std::string name;
    std::string who;
    CutBus::How how;
    std::string words;
    std::string required;
  };
  const std::vector<Case> cases = {
      {"sign_out", "person", CutBus::How::not_at_all, "the person signs out", "<= 1000"},
      {"administrator", "administrator", CutBus::How::not_at_all, "an administrator ends ten sessions", "<= 1000"},
      {"bus_still", "administrator", CutBus::How::stands_still, "an administrator ends ten sessions while the bus stands still", "<= 2000"},
      {"bus_gone", "administrator", CutBus::How::is_gone, "an administrator ends ten sessions while there is no bus", "<= 2000"}};
  constexpr int k_rounds = 3;
  for (const auto& [name, who, how, words, required] : cases) {
    double longest = 0;
    for (int round = 0; round < k_rounds; ++round) {
      const int bus = pid("bus");
      longest = std::max(longest, co_await end_all(who, how));
      while (how == CutBus::How::is_gone && pid("bus") == bus) co_await pause(milliseconds(50));
      if (how != CutBus::How::not_at_all) co_await pause(milliseconds(3000));  // all is as before
    }
    report("session_end_to_last_close_ms_" + name, "ms", longest,
           "longest of " + std::to_string(k_rounds) + ", " + std::to_string(sockets) + " sockets; " + words, required);
  }
}

net::awaitable<void> Bench::ask_until(std::string path, std::string cookie, Clock::time_point until, double& answers) {
  WebClient client(loop.get_executor(), server, cookie);
  while (Clock::now() < until) {
    const auto answer = co_await client.get(path);
    if (answer.status != 200) throw std::runtime_error(path + " answered " + std::to_string(answer.status));
    answers += 1;
  }
}

/// Pages beside the least that the gateway can do, a second of each in turn, so that a busy machine is busy for all.
net::awaitable<void> Bench::pages() {
  constexpr int k_clients = 16;
  const auto cookie = (co_await sign_in(holder("secretary, Council of LEP Chairs"))).cookie;
  struct Case {
    std::string name;
    std::string path;
    std::string cookie;
    std::string words;
    double answers = 0;
    double cpu = 0;
    double taken_ms = 0;
  };
  std::vector<Case> cases = {{"floor", "/healthz", "", "/healthz: no caller, no page"},
                             {"public", "/bodies", "", "/bodies as a visitor"},
                             {"public_signed_in", "/bodies", cookie, "/bodies with a session"},
                             {"authorised", "/account", cookie, "/account, for its person only"}};
  for (std::int64_t round = 0; round < seconds; ++round) {
    for (auto& each : cases) {
      const auto begun = Clock::now();
      const double cpu = cpu_us(pid("gateway"));
      std::vector<net::awaitable<void>> clients;
      for (int i = 0; i < k_clients; ++i) clients.push_back(ask_until(each.path, each.cookie, begun + std::chrono::seconds(1), each.answers));
      co_await together(std::move(clients));
      each.cpu += cpu_us(pid("gateway")) - cpu;
      each.taken_ms += ms_between(begun, Clock::now());
    }
  }
  for (const auto& each : cases) {
    const auto conditions = each.words + ", " + std::to_string(k_clients) + " clients on the same machine";
    report("requests_per_s_" + each.name, "1/s", each.answers / (each.taken_ms / 1000), conditions);
    report("gateway_cpu_us_per_request_" + each.name, "us", each.cpu / each.answers, conditions);
  }
}

net::awaitable<void> run(Bench& bench, std::string only) {
  const auto wants = [&](std::string_view part) { return only == "all" || only == part; };
  if (wants("pages")) co_await bench.pages();
  if (wants("sign-in")) co_await bench.sign_in_times();
  if (wants("flood")) co_await bench.flood();
  if (wants("ends")) co_await bench.ended_sessions();
}

}  // namespace
}  // namespace witan::bench

int main(int argc, char** argv) {
  using namespace witan;
  Config config({{"port", std::int64_t{8080}, "Port of the gateway.", 1, 65535},
                 {"data", std::string("data"), "Data folder of the running Witan, filled with the demo data.", 0, 0},
                 {"supervisor_pid", std::int64_t{0}, "Process of its supervisor.", 1, INT64_MAX},
                 {"only", std::string("all"), "What to measure: pages, sign-in, flood, ends or all.", 0, 0},
                 {"tries", std::int64_t{300}, "Timed wrong passwords on each side.", 10, 100'000},
                 {"sockets", std::int64_t{1000}, "Open sockets of somebody whose sessions end.", 10, 20'000},
                 {"seconds", std::int64_t{5}, "Seconds for the flood, and for each page.", 1, 600}});
  if (const int code = read_config(config, "witan-bench-accounts", argc, argv); code >= 0) return code;
  int code = 0;
  try {
    boost::asio::io_context loop{1};
    bench::Bench bench(loop, config);
    boost::asio::co_spawn(loop, bench::run(bench, config.text("only")), [&](std::exception_ptr failure) {
      loop.stop();
      if (failure) std::rethrow_exception(failure);
    });
    loop.run();
  } catch (const std::exception& reason) {
    std::fprintf(stderr, "witan-bench-accounts: %s\n", reason.what());
    code = 1;
  }
  return code;
}
