#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "shared/base/config.hpp"
#include "tests/bench/web_client.hpp"

/// The load generator: one thread, one signed-in secretary, meetings of its own.
namespace witan::bench {

using Clock = std::chrono::steady_clock;

inline double ms_since(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

/// What a command's answer names.
inline std::string text_of(const json::value& answer, std::string_view member) { return std::string(answer.at("result").at(member).as_string()); }

/// A command that changes what sockets watch.
struct Change {
  std::string name;
  json::object args;
};

struct Load {
  Load(net::io_context& loop_in, const Config& config)
      : loop(loop_in),
        server(net::ip::make_address("127.0.0.1"), static_cast<std::uint16_t>(config.number("port"))),
        accounts(config.text("accounts")),
        seconds(config.number("seconds")),
        gateway_pid(static_cast<int>(config.number("gateway_pid"))),
        meetings_pid(static_cast<int>(config.number("meetings_pid"))) {}

  net::awaitable<void> sign_in();
  /// Of the first of the demo's people who has the role.
  net::awaitable<std::string> cookie_of(std::string role);
  net::awaitable<json::value> command(WebClient& client, std::string name, json::object args);
  net::awaitable<void> make_meetings(int count);
  net::awaitable<void> throughput(int clients);
  net::awaitable<void> steady_rate(int per_second);
  net::awaitable<void> fan_out(int sockets, int changes);
  /// How long from sending the n-th of `changes` until each of the sockets that watch the topic has it; whether any was missed.
  net::awaitable<std::vector<double>> deliveries(std::string topic, int sockets, int changes, std::function<Change(int)> change, std::string idle_figure);
  // meeting.cpp
  net::awaitable<void> pointer(int sockets, int moves);
  net::awaitable<void> long_agenda(int items, int versions);
  net::awaitable<double> moving(WebClient& client, std::string meeting, const std::vector<std::string>& agenda);
  net::awaitable<std::pair<std::size_t, std::size_t>> name_seats(WebClient& client, std::string meeting, const std::vector<std::string>& agenda);
  net::awaitable<void> pack(int papers, std::size_t bytes);
  net::awaitable<std::string> hand_in(WebClient& client, std::string meeting, std::string bytes, std::string file_name = "paper.pdf");
  net::awaitable<double> asked_for(WebClient& client, std::string path, std::size_t& bytes);
  // guesses.cpp
  net::awaitable<void> guesses(std::int64_t count);

  std::string next_id() { return run + "-" + std::to_string(++commands_sent); }
  json::object edit_of(std::size_t n) {
    const auto& item = items[n % items.size()];
    return {{"meeting", item.first}, {"item", item.second}, {"lead", "Speaker " + std::to_string(++edits)}};
  }

  net::io_context& loop;
  tcp::endpoint server;
  std::string accounts;
  std::int64_t seconds;
  int gateway_pid;
  int meetings_pid;
  std::string run = random_run();
  std::string cookie;
  std::string csrf;
  std::string body;
  std::vector<std::pair<std::string, std::string>> items;  // (meeting, item)
  std::uint64_t commands_sent = 0;
  std::uint64_t edits = 0;

  static std::string random_run() { return "load" + std::to_string(Clock::now().time_since_epoch().count()); }
};

}  // namespace witan::bench
