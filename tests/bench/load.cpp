// witan-load: the load generator of infra/bench. Talks to a running Witan as browsers and scripts do.
//   witan-load --port=8080 --accounts=data/demo-accounts.json --gateway_pid=N
// Prints one JSON line a figure. The keys are listed by --print-config-doc.

#include <cstdio>
#include <map>
#include <numeric>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket.hpp>

#include "tests/bench/load.hpp"

namespace witan::bench {

namespace websocket = beast::websocket;

net::awaitable<std::string> Load::cookie_of(std::string role) {
  WebClient client(loop.get_executor(), server, "");
  for (const auto& account : read_json(accounts).as_array()) {
    const auto& entry = account.as_object();
    if (json::serialize(entry.at("roles")).find('"' + role + '"') == std::string::npos) continue;
    const auto answer = co_await client.post("/api/v1/sessions", {{"email", entry.at("email")}, {"password", entry.at("password")}});
    if (answer.status != 200) throw std::runtime_error("sign-in answered " + std::to_string(answer.status));
    co_return answer.cookie;
  }
  throw std::runtime_error("no " + role + " in " + accounts);
}

/// Signs in as the council's secretary, and finds the council.
net::awaitable<void> Load::sign_in() {
  cookie = co_await cookie_of("secretary, Council of LEP Chairs");
  WebClient client(loop.get_executor(), server, cookie);
  const auto bodies = co_await client.get("/api/v1/views/bodies");
  for (const auto& row : bodies.body.at("entities").as_object()) {
    if (row.key().starts_with("body/") && row.value().at("name") == "Council of LEP Chairs") body = std::string(row.value().at("body").as_string());
  }
}

net::awaitable<json::value> Load::command(WebClient& client, std::string name, json::object args) {
  const json::object request = {{"id", next_id()}, {"name", name}, {"args", std::move(args)}};
  auto answer = co_await client.post("/api/v1/commands", request);
  if (answer.status != 200) throw std::runtime_error(name + " answered " + std::to_string(answer.status) + " " + json::serialize(answer.body));
  co_return std::move(answer.body);
}

/// Meetings of their own, with items that the commands then edit: nothing grows while we measure.
net::awaitable<void> Load::make_meetings(int count) {
  WebClient client(loop.get_executor(), server, cookie);
  for (int m = 0; m < count; ++m) {
    const auto made = co_await command(client, "meetings.schedule_meeting",
                                       {{"body", body}, {"title", "Load test"}, {"date", "2030-01-15"}, {"starts", "10:00"}, {"ends", "12:00"}, {"place", "Nowhere"}});
    const std::string meeting(made.at("result").at("meeting").as_string());
    for (int i = 0; i < 8; ++i) {
      const auto item = co_await command(client, "meetings.add_agenda_item",
                                         {{"meeting", meeting}, {"title", "Item for the load test"}, {"kind", "discussion"}, {"minutes", 10}});
      items.emplace_back(meeting, std::string(item.at("result").at("item").as_string()));
    }
    co_await command(client, "meetings.publish_agenda", {{"meeting", meeting}});
  }
}

net::awaitable<void> Load::throughput(int clients) {
  std::vector<double> taken;
  const auto start = Clock::now();
  const auto until = start + std::chrono::seconds(seconds);
  int running = clients;
  net::steady_timer finished(loop, Clock::time_point::max());
  std::exception_ptr failure;
  for (int c = 0; c < clients; ++c) {
    net::co_spawn(
        loop,
        [this, c, until, &taken]() -> net::awaitable<void> {
          WebClient client(loop.get_executor(), server, cookie);
          for (std::size_t n = static_cast<std::size_t>(c); Clock::now() < until; n += 7) {
            const auto sent = Clock::now();
            co_await command(client, "meetings.edit_agenda_item", edit_of(n));
            taken.push_back(ms_since(sent));
          }
        },
        [&](std::exception_ptr failed) {
          if (failed) failure = failed;
          if (--running == 0) finished.cancel();
        });
  }
  boost::system::error_code cancelled;
  co_await finished.async_wait(net::redirect_error(net::use_awaitable, cancelled));
  if (failure) std::rethrow_exception(failure);
  const auto count = static_cast<double>(taken.size());
  const Percentiles times(std::move(taken));
  const auto conditions = std::to_string(clients) + " concurrent clients through the gateway, each synced to disk";
  report("commands_per_s_" + std::to_string(clients), "1/s", count / (ms_since(start) / 1000), conditions);
  report("command_ack_ms_p50_" + std::to_string(clients), "ms", times.at(0.5), conditions);
  report("command_ack_ms_p99_" + std::to_string(clients), "ms", times.at(0.99), conditions);
}

/// An open system: a command starts on time whether or not earlier ones were answered.
net::awaitable<void> Load::steady_rate(int per_second) {
  std::vector<double> taken;
  std::vector<std::unique_ptr<WebClient>> idle;
  const int total = static_cast<int>(seconds) * per_second;
  int open = 0;
  std::exception_ptr failure;
  const auto start = Clock::now();
  net::steady_timer timer(loop);
  for (int n = 0; n < total; ++n) {
    const auto due = start + std::chrono::microseconds(1'000'000LL * n / per_second);
    timer.expires_at(due);
    co_await timer.async_wait(net::use_awaitable);
    std::unique_ptr<WebClient> client;
    if (idle.empty()) client = std::make_unique<WebClient>(loop.get_executor(), server, cookie);
    else {
      client = std::move(idle.back());
      idle.pop_back();
    }
    ++open;
    net::co_spawn(
        loop,
        [this, n, due, &taken, &idle, client = std::move(client)]() mutable -> net::awaitable<void> {
          co_await command(*client, "meetings.edit_agenda_item", edit_of(static_cast<std::size_t>(n) * 5));
          taken.push_back(ms_since(due));
          idle.push_back(std::move(client));
        },
        [&](std::exception_ptr failed) {
          if (failed) failure = failed;
          --open;
        });
  }
  while (open > 0) {
    timer.expires_after(std::chrono::milliseconds(5));
    co_await timer.async_wait(net::use_awaitable);
  }
  if (failure) std::rethrow_exception(failure);
  const Percentiles times(std::move(taken));
  const auto conditions = std::to_string(per_second) + " commands/s, timed from when each was due";
  report("command_ack_ms_p50", "ms", times.at(0.5), conditions);
  report("command_ack_ms_p99", "ms", times.at(0.99), conditions);
}

namespace {

/// One open socket that watches a topic and notes when each version arrives.
class Reader {
 public:
  Reader(net::any_io_executor executor) : socket_(executor) {}

  net::awaitable<void> open(tcp::endpoint server, int number, std::string origin, std::string topic) {
    auto& tcp_socket = beast::get_lowest_layer(socket_);
    tcp_socket.socket().open(tcp::v4());
    // Many sockets from one address would exhaust its ports; 127.0.0.2 to .9 share them.
    tcp_socket.socket().bind(tcp::endpoint(net::ip::make_address("127.0.0." + std::to_string(2 + number % 8)), 0));
    co_await tcp_socket.async_connect(server, net::use_awaitable);
    socket_.set_option(websocket::stream_base::decorator([origin](websocket::request_type& request) { request.set(http::field::origin, origin); }));
    co_await socket_.async_handshake("127.0.0.1", "/live", net::use_awaitable);
    tcp_socket.expires_never();
    co_await watch(topic);
    if (topic.starts_with("meetings/")) co_await watch("now/" + topic);   // as the page does
  }

  net::awaitable<void> watch(const std::string& topic) {
    const std::string subscribe = json::serialize(json::object{{"type", "subscribe"}, {"topic", topic}});
    co_await socket_.async_write(net::buffer(subscribe), net::use_awaitable);
    co_await socket_.async_read(buffer_, net::use_awaitable);  // the snapshot
    buffer_.clear();
  }

  net::awaitable<void> listen() {
    while (true) {
      co_await socket_.async_read(buffer_, net::use_awaitable);
      const auto now = Clock::now();
      const std::string_view text(static_cast<const char*>(buffer_.cdata().data()), buffer_.size());
      const auto at = text.find("\"version\":");
      if (text.find("\"type\":\"change\"") != std::string_view::npos && at != std::string_view::npos) {
        const auto version = std::strtoll(text.data() + at + 10, nullptr, 10);
        arrived.emplace_back(version, now);
      }
      buffer_.clear();
    }
  }

  void close() { beast::get_lowest_layer(socket_).close(); }
  std::vector<std::pair<std::int64_t, Clock::time_point>> arrived;

 private:
  websocket::stream<beast::tcp_stream> socket_;
  beast::flat_buffer buffer_;
};

}  // namespace

net::awaitable<std::vector<double>> Load::deliveries(std::string topic, int sockets, int changes, std::function<Change(int)> change, std::string idle_figure) {
  const auto origin = "http://127.0.0.1:" + std::to_string(server.port());
  std::vector<std::unique_ptr<Reader>> readers;
  const double before = pss_bytes(gateway_pid);
  for (int i = 0; i < sockets; ++i) {
    readers.push_back(std::make_unique<Reader>(loop.get_executor()));
    co_await readers.back()->open(server, i, origin, topic);
  }
  net::steady_timer timer(loop);
  timer.expires_after(std::chrono::seconds(1));
  co_await timer.async_wait(net::use_awaitable);
  if (!idle_figure.empty()) {
    report(idle_figure, "byte", (pss_bytes(gateway_pid) - before) / sockets, std::to_string(sockets) + " sockets on one topic, proportional set size, user space");
  }
  std::map<std::int64_t, Clock::time_point> sent;
  int listening = 0;
  for (auto& reader : readers) {
    ++listening;
    net::co_spawn(loop, reader->listen(), [&listening](std::exception_ptr) { --listening; });
  }
  WebClient client(loop.get_executor(), server, cookie);
  for (int n = 0; n < changes; ++n) {
    timer.expires_after(std::chrono::milliseconds(50));
    co_await timer.async_wait(net::use_awaitable);
    const auto started = Clock::now();
    auto next = change(n);
    const auto reply = co_await command(client, next.name, std::move(next.args));
    sent[reply.at("version").to_number<std::int64_t>()] = started;
  }
  timer.expires_after(std::chrono::seconds(2));
  co_await timer.async_wait(net::use_awaitable);
  std::vector<double> taken;
  for (auto& reader : readers) {
    for (const auto& [version, at] : reader->arrived) {
      if (const auto found = sent.find(version); found != sent.end()) taken.push_back(std::chrono::duration<double, std::milli>(at - found->second).count());
    }
    reader->close();
  }
  while (listening > 0) {
    timer.expires_after(std::chrono::milliseconds(5));
    co_await timer.async_wait(net::use_awaitable);
  }
  const auto all = static_cast<std::size_t>(sockets) * static_cast<std::size_t>(changes);
  if (taken.size() != all) throw std::runtime_error("only " + std::to_string(taken.size()) + " of " + std::to_string(all) + " deliveries arrived");
  co_return taken;
}

net::awaitable<void> Load::fan_out(int sockets, int changes) {
  const auto edit = [this](int n) { return Change{"meetings.edit_agenda_item", edit_of(static_cast<std::size_t>(n % 8))}; };
  const double cpu_before = cpu_us(gateway_pid);
  const Percentiles times(co_await deliveries("meetings/" + items.front().first, sockets, changes, edit, "gateway_bytes_per_idle_socket"));
  const double cpu = cpu_us(gateway_pid) - cpu_before;
  const auto conditions = std::to_string(sockets) + " sockets on one topic";
  const auto path = conditions + ", from sending the command to each socket, synced to disk before";
  report("change_to_socket_ms_p50", "ms", times.at(0.5), path);
  report("change_to_socket_ms_p95", "ms", times.at(0.95), path);
  report("change_to_socket_ms_p99", "ms", times.at(0.99), path);
  report("gateway_cpu_us_per_delivery", "us", cpu / static_cast<double>(times.sorted.size()), conditions + ", one change at a time, user and system, with the command's own cost");
}

namespace {

net::awaitable<void> run_all(Load& load, const Config& config) {
  co_await load.sign_in();
  if (config.text("only") == "guesses") {
    co_await load.guesses(config.number("guesses"));
    co_return;
  }
  if (config.text("only") == "meeting") {
    co_await load.pointer(500, 100);
    co_await load.long_agenda(200, 2000);
    co_await load.pack(20, 25 * 1024 * 1024 - 1024);
    co_return;
  }
  co_await load.make_meetings(8);
  for (const int clients : {1, 16, 64}) co_await load.throughput(clients);
  co_await load.steady_rate(200);
  co_await load.fan_out(static_cast<int>(config.number("sockets")), 100);
}

}  // namespace
}  // namespace witan::bench

int main(int argc, char** argv) {
  using namespace witan;
  Config config({{"port", std::int64_t{8080}, "Port of the gateway.", 1, 65535},
                 {"accounts", std::string("data/demo-accounts.json"), "Accounts of the demo data.", 0, 0},
                 {"gateway_pid", std::int64_t{0}, "Process whose processor time and memory are measured.", 1, INT64_MAX},
                 {"meetings_pid", std::int64_t{0}, "The same of the service of meetings; only for `meeting`.", 0, INT64_MAX},
                 {"only", std::string("load"), "What to measure: load, meeting or guesses.", 0, 0},
                 {"guesses", std::int64_t{1'000'000}, "Ids that are tried; only for `guesses`.", 1, 1'000'000'000},
                 {"sockets", std::int64_t{1000}, "Open sockets for the fan-out.", 1, 20'000},
                 {"seconds", std::int64_t{5}, "Seconds for each load of commands.", 1, 600}});
  if (const int code = read_config(config, "witan-load", argc, argv); code >= 0) return code;
  boost::asio::io_context loop{1};
  bench::Load load(loop, config);
  int code = 0;
  boost::asio::co_spawn(loop, bench::run_all(load, config), [&](std::exception_ptr failure) {
    try {
      if (failure) std::rethrow_exception(failure);
    } catch (const std::exception& reason) {
      std::fprintf(stderr, "witan-load: %s\n", reason.what());
      code = 1;
    }
    loop.stop();
  });
  loop.run();
  return code;
}
