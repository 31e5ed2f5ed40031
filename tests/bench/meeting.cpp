// The figures of a meeting: its pointer on many screens, and an agenda as long as one may be.
#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tests/bench/load.hpp"

namespace witan::bench {

namespace {

/// A PDF of one page; each number is another file.
std::string small_pdf(int number, std::size_t filling = 0) {
  const auto words = "BT (Paper " + std::to_string(number) + ") Tj ET" + std::string(filling, '.');
  const auto body = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
                    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length " +
                    std::to_string(words.size()) + ">>\nstream\n" + words + "\nendstream\nendobj\n";
  return body + "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R>>\nstartxref\n" + std::to_string(body.size()) + "\n%%EOF\n";
}

constexpr std::size_t k_piece_bytes = 512 * 1024;
constexpr double k_mib = 1024 * 1024;

/// What a form on the page has against forged ones.
std::string csrf_in(const std::string& page) {
  constexpr std::string_view mark = "name=\"csrf\" value=\"";
  const auto at = page.find(mark);
  if (at == std::string::npos) throw std::runtime_error("there is no form on the page");
  return page.substr(at + mark.size(), page.find('"', at + mark.size()) - at - mark.size());
}

/// How much memory a process has at most while something goes on.
struct Peak {
  explicit Peak(int of) : pid(of), before(pss_bytes(of)), most(before) {}
  void look() { most = std::max(most, pss_bytes(pid)); }
  double rise_mib() const { return (most - before) / k_mib; }
  int pid;
  double before, most;
};

/// Reads an answer to its end and throws it away; how long it was. `look` is called after each four megabytes.
net::awaitable<std::uint64_t> drained(net::any_io_executor executor, tcp::endpoint server, std::string cookie, std::string path, std::function<void()> look) {
  beast::tcp_stream stream(executor);
  co_await stream.async_connect(server, net::use_awaitable);
  http::request<http::empty_body> request(http::verb::get, path, 11);
  request.set(http::field::host, "127.0.0.1");
  request.set(http::field::cookie, cookie);
  co_await http::async_write(stream, request, net::use_awaitable);
  beast::flat_buffer buffer;
  http::response_parser<http::buffer_body> parser;
  parser.body_limit(boost::none);
  co_await http::async_read_header(stream, buffer, parser, net::use_awaitable);
  if (parser.get().result() != http::status::ok) throw std::runtime_error(path + " answered " + std::to_string(parser.get().result_int()));
  std::vector<char> into(1 << 20);
  std::uint64_t bytes = 0, looked = 0;
  while (!parser.is_done()) {
    parser.get().body().data = into.data();
    parser.get().body().size = into.size();
    boost::system::error_code failed;
    co_await http::async_read(stream, buffer, parser, net::redirect_error(net::use_awaitable, failed));
    if (failed && failed != http::error::need_buffer) throw boost::system::system_error(failed);
    bytes += into.size() - parser.get().body().size;
    if (bytes - looked < 4'000'000) continue;
    looked = bytes;
    look();
  }
  co_return bytes;
}

}  // namespace

/// "Now at item N" on each screen, beside the answer to whoever moves it.
net::awaitable<void> Load::pointer(int sockets, int moves) {
  items.clear();
  co_await make_meetings(1);
  const auto meeting = items.front().first;
  WebClient client(loop.get_executor(), server, cookie);
  co_await command(client, "meetings.start_meeting", {{"meeting", meeting}});
  std::vector<double> floor;
  for (int n = 0; n < moves; ++n) {
    const auto sent = Clock::now();
    co_await command(client, "meetings.go_to_item", {{"meeting", meeting}, {"item", items[static_cast<std::size_t>(n + 1) % items.size()].second}});
    floor.push_back(ms_since(sent));
  }
  const auto move = [&](int n) { return Change{"meetings.go_to_item", {{"meeting", meeting}, {"item", items[static_cast<std::size_t>(n + 1) % items.size()].second}}}; };
  const Percentiles alone(std::move(floor)), times(co_await deliveries("meetings/" + meeting, sockets, moves, move, ""));
  const auto path = std::to_string(sockets) + " sockets, from sending the command to each of them, synced to disk before";
  report("pointer_floor_ms_p50", "ms", alone.at(0.5), "the answer to whoever moves the pointer, nobody watching");
  report("pointer_floor_ms_p99", "ms", alone.at(0.99), "the answer to whoever moves the pointer, nobody watching");
  report("pointer_to_socket_ms_p50", "ms", times.at(0.5), path);
  report("pointer_to_socket_ms_p95", "ms", times.at(0.95), path, "<= 250");
  report("pointer_to_socket_ms_p99", "ms", times.at(0.99), path, "<= 500");
}

net::awaitable<std::string> Load::hand_in(WebClient& client, std::string meeting, std::string bytes, std::string file_name) {
  if (csrf.empty()) csrf = csrf_in((co_await client.page("/account/name")).text);
  const auto begun = co_await command(client, "meetings.begin_upload", {{"meeting", meeting}, {"file_name", file_name}, {"bytes", bytes.size()}});
  const auto upload = text_of(begun, "upload");
  for (std::size_t offset = 0; offset < bytes.size(); offset += k_piece_bytes) {
    const auto answer = co_await client.post_bytes("/uploads/" + upload + "?offset=" + std::to_string(offset), bytes.substr(offset, k_piece_bytes), csrf);
    if (answer.status != 200) throw std::runtime_error("a file answered " + std::to_string(answer.status) + " " + answer.text);
  }
  co_return upload;
}

/// In milliseconds, at the median; and how long the answer is.
net::awaitable<double> Load::asked_for(WebClient& client, std::string path, std::size_t& bytes) {
  std::vector<double> taken;
  for (int n = 0; n < 100; ++n) {
    const auto asked = Clock::now();
    const auto answer = co_await client.page(path);
    taken.push_back(ms_since(asked));
    if (answer.status != 200) throw std::runtime_error(path + " answered " + std::to_string(answer.status));
    bytes = answer.text.size();
  }
  co_return Percentiles(std::move(taken)).at(0.5);
}

net::awaitable<void> Load::long_agenda(int count, int versions) {
  WebClient client(loop.get_executor(), server, cookie), visitor(loop.get_executor(), server, "");
  const auto made = co_await command(client, "meetings.schedule_meeting",
                                     {{"body", body}, {"title", "As long as an agenda may be"}, {"date", "2030-01-15"}, {"starts", "10:00"}, {"ends", "12:00"}, {"place", "Nowhere"}});
  const auto meeting = text_of(made, "meeting");
  std::vector<std::string> agenda;
  const auto begun = Clock::now();
  for (int n = 0; n < count; ++n) {
    const auto item = co_await command(client, "meetings.add_agenda_item", {{"meeting", meeting}, {"title", "Item " + std::to_string(n + 1)}, {"kind", "discussion"}, {"minutes", 10}});
    agenda.push_back(text_of(item, "item"));
    auto upload = co_await hand_in(client, meeting, small_pdf(n));
    const auto added = co_await command(client, "meetings.add_paper", {{"meeting", meeting}, {"item", text_of(item, "item")}, {"title", "Paper " + std::to_string(n + 1)}, {"upload", upload}});
    const auto paper = text_of(added, "paper");
    for (int version = 1; version < versions / count; ++version) {
      upload = co_await hand_in(client, meeting, small_pdf(count * version + n));
      co_await command(client, "meetings.add_paper_version", {{"meeting", meeting}, {"paper", paper}, {"upload", upload}, {"what_changed", "The figures of version " + std::to_string(version + 1)}});
    }
  }
  const double made_in = ms_since(begun) / 1000;
  co_await command(client, "meetings.publish_agenda", {{"meeting", meeting}});
  const auto conditions = std::to_string(count) + " items, " + std::to_string(versions) + " versions of papers";
  std::size_t page = 0, own_page = 0, nothing = 0;
  const double floor = co_await asked_for(visitor, "/healthz", nothing);
  const double shown = co_await asked_for(visitor, "/meetings/" + meeting, page), to_staff = co_await asked_for(client, "/meetings/" + meeting, own_page);
  const auto snapshot = co_await visitor.get("/api/v1/views/meetings/" + meeting), to_members = co_await client.get("/api/v1/views/meetings/" + meeting);
  report("long_agenda_floor_ms", "ms", floor, "/healthz, one client");
  report("long_agenda_page_ms", "ms", shown, conditions + ", the page for everybody, one client, " + std::to_string(page) + " bytes", "< 200");
  report("long_agenda_page_ms_staff", "ms", to_staff, conditions + ", the secretary's, " + std::to_string(own_page) + " bytes", "< 200");
  report("long_agenda_snapshot_bytes", "byte", static_cast<double>(snapshot.text.size()), conditions + ", what everybody sees", "<= 262144");
  report("long_agenda_snapshot_bytes_staff", "byte", static_cast<double>(to_members.text.size()), conditions + ", what the secretary sees", "<= 262144");
  report("long_agenda_made_s", "s", made_in, conditions + ", one after the other through the gateway");
  co_await command(client, "meetings.start_meeting", {{"meeting", meeting}});
  report("long_agenda_pointer_ms", "ms", co_await moving(client, meeting, agenda), conditions + ", the answer to whoever moves the pointer");
  const auto [seats, named] = co_await name_seats(client, meeting, agenda);
  report("long_agenda_pointer_named_ms", "ms", co_await moving(client, meeting, agenda), conditions + ", with " + std::to_string(seats) + " seats named at " + std::to_string(named) + " items");
}

/// The answer to whoever moves the pointer, at the median.
net::awaitable<double> Load::moving(WebClient& client, std::string meeting, const std::vector<std::string>& agenda) {
  std::vector<double> taken;
  for (std::size_t n = 0; n < 40; ++n) {
    const auto sent = Clock::now();
    co_await command(client, "meetings.go_to_item", {{"meeting", meeting}, {"item", agenda[(n + 1) % agenda.size()]}});
    taken.push_back(ms_since(sent));
  }
  co_return Percentiles(std::move(taken)).at(0.5);
}

/// As many seats as may be, at as many items: how many these are.
net::awaitable<std::pair<std::size_t, std::size_t>> Load::name_seats(WebClient& client, std::string meeting, const std::vector<std::string>& agenda) {
  constexpr std::size_t k_seats = 20, k_items = 12;
  const auto listed = json::parse((co_await client.get("/api/v1/views/circulation/" + meeting)).text);
  json::array seats;
  for (const auto& seat : listed.at("entities").at("circulation").at("seats").as_array()) {
    if (seats.size() < k_seats) seats.push_back(seat.at("seat"));
  }
  const auto count = seats.size();
  for (std::size_t n = 0; n < k_items && n < agenda.size(); ++n) co_await command(client, "meetings.name_seats", {{"meeting", meeting}, {"item", agenda[n]}, {"seats", seats}});
  co_return std::pair(count, std::min(k_items, agenda.size()));
}

/// All papers as one file, beside the same files one after the other.
net::awaitable<void> Load::pack(int papers, std::size_t bytes) {
  WebClient client(loop.get_executor(), server, cookie);
  const auto made = co_await command(client, "meetings.schedule_meeting",
                                     {{"body", body}, {"title", "Papers without end"}, {"date", "2030-01-15"}, {"starts", "10:00"}, {"ends", "12:00"}, {"place", "Nowhere"}});
  const auto meeting = text_of(made, "meeting");
  const auto item = text_of(co_await command(client, "meetings.add_agenda_item", {{"meeting", meeting}, {"title", "Everything"}, {"kind", "note"}, {"minutes", 10}}), "item");
  std::vector<std::string> files;
  Peak taking(meetings_pid);
  for (int n = 0; n < papers; ++n) {
    const auto upload = co_await hand_in(client, meeting, small_pdf(n, bytes));
    taking.look();
    const auto added = co_await command(client, "meetings.add_paper", {{"meeting", meeting}, {"item", item}, {"title", "Paper " + std::to_string(n)}, {"upload", upload}});
    files.push_back("/papers/" + text_of(added, "paper") + "/file/1");
    taking.look();
  }
  const auto fetched = [&](std::string path, std::function<void()> look) { return drained(loop.get_executor(), server, cookie, std::move(path), std::move(look)); };
  std::uint64_t singly = 0;
  auto begun = Clock::now();
  for (const auto& file : files) singly += co_await fetched(file, [] {});
  const double floor = static_cast<double>(singly) / k_mib / (ms_since(begun) / 1000);
  Peak gateway(gateway_pid), service(meetings_pid);
  begun = Clock::now();
  const auto whole = co_await fetched("/meetings/" + meeting + "/pack.zip", [&] { gateway.look(), service.look(); });
  const double rate = static_cast<double>(whole) / k_mib / (ms_since(begun) / 1000);
  const auto conditions = std::to_string(papers) + " papers, " + std::to_string(whole >> 20) + " MiB";
  report("upload_meetings_rise_mib", "MiB", taking.rise_mib(), "while " + conditions + " are handed in, looked at after each", "<= 16");
  report("pack_floor_mib_per_s", "MiB/s", floor, "the same files one after the other");
  report("pack_mib_per_s", "MiB/s", rate, conditions + " as one file");
  report("pack_gateway_rise_mib", "MiB", gateway.rise_mib(), conditions, "<= 16");
  report("pack_meetings_rise_mib", "MiB", service.rise_mib(), conditions, "<= 16");
}

}  // namespace witan::bench
