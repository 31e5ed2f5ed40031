#include <filesystem>
#include <fstream>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "tests/integration/gateway/scene.hpp"

namespace witan::test {
namespace {

using Http = Scene;
const std::string k_topic = "meetings/eeeeeeeeeeeeeeeeeeeeeeeeee";
const std::string k_body = "ffffffffffffffffffffffffff";

std::string code_of(const HttpAnswer& answer) {
  return answer.body.empty() ? "" : std::string(string_at(answer.problem(), "code"));
}

TEST_F(Http, every_malformed_command_is_a_problem_with_a_pointer_and_reaches_nobody) {
  start_gateway();
  struct Case {
    std::string type;
    std::string body;
    int status;
    std::string code;
    std::string pointer;
  };
  const std::string json_type = "application/json";
  const Case cases[] = {
      {json_type, "{\"id\":", 400, "malformed_json", ""},
      {json_type, "\xff\xfe{}", 400, "not_utf8", ""},
      {json_type, "\"\xc0\x80\"", 400, "not_utf8", ""},
      {json_type, std::string(33, '[') + std::string(33, ']'), 400, "malformed_json", ""},
      {json_type, "[]", 400, "invalid_request", ""},
      {json_type, "{}", 400, "invalid_request", "/id"},
      {json_type, R"({"id":"a","name":"meetings.put","args":7})", 400, "invalid_request", "/args"},
      {json_type, R"({"id":"a","name":"meetings.put","args":{},"colour":1})", 400, "invalid_request", "/colour"},
      {json_type, R"({"id":"a","name":"meetings.put","args":{},"if_version":"1"})", 400, "invalid_request", "/if_version"},
      {json_type, R"({"id":"a b","name":"meetings.put","args":{}})", 400, "invalid_request", "/id"},
      {json_type, R"({"id":"a","name":"nobody.put","args":{}})", 404, "unknown_command", ""},
      {json_type, R"({"id":"a","name":"directory.start_session","args":{}})", 404, "unknown_command", ""},
      {"text/plain", R"({"id":"a","name":"meetings.put","args":{}})", 415, "unsupported_media_type", ""},
  };
  for (const auto& each : cases) {
    const auto answer = request(port(), "POST", "/api/v1/commands", {{"Content-Type", each.type}}, each.body);
    EXPECT_EQ(answer.status, each.status) << each.body;
    EXPECT_EQ(code_of(answer), each.code) << each.body;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
    if (each.pointer.empty()) continue;
    EXPECT_EQ(string_at(answer.problem().at("errors").at(0).as_object(), "pointer"), each.pointer) << each.body;
  }
  EXPECT_TRUE(meetings.commands().empty());
}

TEST_F(Http, a_request_that_two_readers_could_understand_differently_is_refused) {
  start_gateway();
  const std::string host = "Host: x\r\n";
  const std::string cases[] = {
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: +5\r\n\r\nhello",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: 5, 5\r\n\r\nhello",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      "POST /api/v1/commands HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
      "POST /api/v1/commands HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "GET /healthz HTTP/1.1\n" + host + "\r\n",
      "GET /healthz HTTP/1.1\r\nHost: x\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + " X: a\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + host + "\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "Origin: http://x\r\nOrigin: http://y\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "Content-Type: text/plain\r\nContent-Type: application/json\r\n\r\n",
      "GET /healthz HTTP/2.0\r\n" + host + "\r\n",
      "GET  /healthz HTTP/1.1\r\n" + host + "\r\n",
      "GET healthz HTTP/1.1\r\n" + host + "\r\n",
      "GET /a%00b HTTP/1.1\r\n" + host + "\r\n",
      "GET /a%zz HTTP/1.1\r\n" + host + "\r\n",
      "GET /%ff HTTP/1.1\r\n" + host + "\r\n",
      "G\"T /healthz HTTP/1.1\r\n" + host + "\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n",
      "GET /healthz HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n\r\n", 11),
  };
  for (const auto& bytes : cases) {
    const auto answer = send_raw(port(), bytes);
    EXPECT_EQ(answer.status, 400) << bytes;
    EXPECT_EQ(answer.headers.contains("connection") ? answer.headers.at("connection") : "", "close") << bytes;
  }
}

TEST_F(Http, what_is_allowed_is_understood) {
  start_gateway();
  const std::string body = R"({"id":"a","name":"meetings.put","args":{}})";
  const auto length = std::to_string(body.size());
  const std::string head = "Host: x\r\nContent-Type: application/json\r\n";
  char size[16];
  std::snprintf(size, sizeof size, "%zx", body.size());
  EXPECT_EQ(send_raw(port(), "POST /api/v1/commands HTTP/1.1\r\n" + head + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" +
                                 body + "\r\n0\r\n\r\n")
                .status,
            200);
  EXPECT_EQ(send_raw(port(), "POST http://x/api/v1/commands HTTP/1.1\r\n" + head + "Content-Length: " + length + "\r\n\r\n" + body)
                .status,
            200);
  EXPECT_EQ(send_raw(port(), "POST /api/v1/comm%61nds HTTP/1.0\r\n" + head + "Content-Length: " + length + "\r\n\r\n" + body).status,
            200);
}

TEST_F(Http, requests_that_follow_each_other_on_one_connection_are_answered_in_order) {
  start_gateway();
  const std::string one = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string last = "GET /nothing-here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  boost::asio::io_context loop;
  boost::asio::ip::tcp::socket socket(loop);
  socket.connect({boost::asio::ip::make_address("127.0.0.1"), port()});
  boost::asio::write(socket, boost::asio::buffer(one + one + last));
  std::string all;
  boost::system::error_code ended;
  boost::asio::read(socket, boost::asio::dynamic_buffer(all), ended);
  EXPECT_EQ(all.find("HTTP/1.1 200"), 0U);
  EXPECT_NE(all.find("HTTP/1.1 200", 1), std::string::npos);
  EXPECT_NE(all.find("HTTP/1.1 404"), std::string::npos);
}

TEST_F(Http, headers_and_bodies_have_their_limits) {
  start_gateway({{"header_bytes_max", "2048"}, {"body_bytes_max", "2048"}});
  EXPECT_EQ(request(port(), "GET", "/healthz", {{"X", std::string(1900, 'a')}}).status, 200);
  EXPECT_EQ(request(port(), "GET", "/healthz", {{"X", std::string(2048, 'a')}}).status, 431);
  EXPECT_EQ(request(port(), "GET", "/" + std::string(300'000, 'a')).status, 431);
  const auto fits = request(port(), "POST", "/api/v1/commands", {{"Content-Type", "application/json"}}, std::string(2048, ' '));
  EXPECT_EQ(fits.status, 400);
  EXPECT_EQ(request(port(), "POST", "/api/v1/commands", {}, std::string(2049, ' ')).status, 413);
  EXPECT_EQ(send_raw(port(), "POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n900\r\n" +
                                 std::string(0x900, ' ') + "\r\n0\r\n\r\n")
                .status,
            413);
}

TEST_F(Http, headers_that_dribble_in_are_given_up) {
  start_gateway({{"header_time_ms", "200"}});
  const auto answer = send_raw(port(), "GET /healthz HTTP/1.1\r\nHost");
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(code_of(answer), "request_timeout");
}

TEST_F(Http, another_sites_request_changes_nothing) {
  start_gateway();
  const json::value body = {{"id", "a"}, {"name", "meetings.put"}, {"args", json::object()}};
  const auto own = "http://127.0.0.1:" + std::to_string(port());
  EXPECT_EQ(post_json(port(), "/api/v1/commands", body, {{"Origin", own}, {"Sec-Fetch-Site", "same-origin"}}).status, 200);
  const std::map<std::string, std::string> foreign[] = {
      {{"Origin", "http://evil.example"}}, {{"Origin", "null"}}, {{"Sec-Fetch-Site", "cross-site"}}, {{"Sec-Fetch-Site", "same-site"}}};
  for (const auto& headers : foreign) {
    const auto answer = post_json(port(), "/api/v1/commands", body, headers);
    EXPECT_EQ(answer.status, 403);
    EXPECT_EQ(code_of(answer), "cross_site");
  }
  EXPECT_EQ(meetings.commands().size(), 1U);
}

TEST_F(Http, too_many_requests_are_told_when_to_come_back) {
  start_gateway({{"http_requests_per_minute_anonymous", "3"}});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic).status, 404);
  const auto answer = request(port(), "GET", "/api/v1/views/" + k_topic);
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(code_of(answer), "rate_limited");
  EXPECT_EQ(answer.headers.at("retry-after"), "20");
  const auto cookie = sign_in(PersonId::random(), k_body);
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", cookie}}).status, 404);
  EXPECT_EQ(request(port(), "GET", "/healthz").status, 200);
}

TEST_F(Http, tokens_of_ones_own_making_have_directory_asked_no_more_often_than_visitors_may_ask) {
  start_gateway({{"http_requests_per_minute_anonymous", "3"}});
  std::vector<std::string> made_up;
  for (int i = 0; i < 5; ++i) {
    made_up.push_back(crypto::random_token());
    const auto answer = request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", "witan=" + made_up.back()}});
    EXPECT_EQ(answer.status, i < 3 ? 404 : 429);
  }
  const auto asked = [&](int i) { return directory.requests_for("sessions/" + auth::Auth::session_of(made_up[static_cast<std::size_t>(i)]), "gateway"); };
  EXPECT_EQ(asked(0), 1);
  EXPECT_EQ(asked(3) + asked(4), 0);
}

TEST_F(Http, who_is_signed_in_is_not_counted_among_them) {
  start_gateway({{"http_requests_per_minute_anonymous", "3"}});
  for (int i = 0; i < 5; ++i) {
    const auto cookie = sign_in(PersonId::random(), k_body);
    EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", cookie}}).status, 404) << i;
  }
}

TEST_F(Http, a_view_shows_what_the_caller_may_see) {
  meetings.access(k_topic, {AccessRule{"staff", Who::roles, {}, k_body, {Role::secretary}}, AccessRule{"public", Who::anyone, {}, {}, {}}});
  meetings.put(k_topic, "staff", "meeting", json::object{{"title", "Draft"}});
  const auto version = meetings.put(k_topic, "public", "meeting", json::object{{"title", "Council"}});
  const auto cookie = sign_in(PersonId::random(), k_body, Role::secretary);
  start_gateway();
  const auto open = request(port(), "GET", "/api/v1/views/" + k_topic);
  ASSERT_EQ(open.status, 200);
  EXPECT_EQ(open.problem(), json::parse(R"({"topic":")" + k_topic + R"(","audience":"public","epoch":"e1","version":)" +
                                        std::to_string(version) + R"(,"entities":{"meeting":{"title":"Council"}}})")
                                .as_object());
  const auto token = cookie.substr(cookie.find('=') + 1);
  for (const std::map<std::string, std::string>& headers :
       {std::map<std::string, std::string>{{"Cookie", "a=b; " + cookie}}, {{"Authorization", "Bearer " + token}}}) {
    EXPECT_EQ(string_at(request(port(), "GET", "/api/v1/views/" + k_topic, headers).problem(), "audience"), "staff");
  }
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/rights/" + std::string(26, 'a')).status, 404);
  EXPECT_EQ(request(port(), "POST", "/api/v1/views/" + k_topic).status, 405);
  EXPECT_EQ(request(port(), "GET", "/api/v1/commands").headers.at("allow"), "POST");
}

TEST_F(Http, signing_in_sends_only_the_tokens_hash_and_signing_out_ends_it_at_once) {
  start_gateway();
  const auto refused = post_json(port(), "/api/v1/sessions", {{"email", "a@b.example"}, {"pass", "x"}});
  EXPECT_EQ(refused.status, 400);
  const auto signed_in = post_json(port(), "/api/v1/sessions", {{"email", "a@b.example"}, {"password", "long enough"}});
  ASSERT_EQ(signed_in.status, 200) << signed_in.body;
  const auto& cookie = signed_in.headers.at("set-cookie");
  EXPECT_TRUE(cookie.starts_with("witan="));
  EXPECT_NE(cookie.find("; Path=/; "), std::string::npos);
  EXPECT_NE(cookie.find("; HttpOnly; SameSite=Lax"), std::string::npos);
  const auto token = cookie.substr(6, 52);
  const auto command = directory.commands().at(0);
  EXPECT_EQ(command.name, "directory.start_session");
  EXPECT_EQ(string_at(command.args, "session"), auth::Auth::session_of(token));
  EXPECT_EQ(json::serialize(command.args).find(token), std::string::npos);

  meetings.access(k_topic, {AccessRule{"member", Who::signed_in, {}, {}, {}}});
  const auto mine = sign_in(PersonId::random(), k_body);
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", mine}}).status, 200);
  const auto out = request(port(), "DELETE", "/api/v1/sessions", {{"Cookie", mine}});
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.headers.at("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", mine}}).status, 404);
}

TEST_F(Http, tries_to_sign_in_are_counted_for_each_address) {
  start_gateway({{"sign_ins_per_minute", "2"}});
  const json::value body = {{"email", "a@b.example"}, {"password", "long enough"}};
  for (int i = 0; i < 2; ++i) EXPECT_EQ(post_json(port(), "/api/v1/sessions", body).status, 200);
  EXPECT_EQ(post_json(port(), "/api/v1/sessions", body).status, 429);
  EXPECT_EQ(directory.commands().size(), 2U);
}

TEST_F(Http, a_service_that_does_not_answer_leaves_the_outcome_open) {
  start_gateway({{"command_timeout_ms", "200"}});
  meetings.be_mute(true);
  const auto answer = post_json(port(), "/api/v1/commands", {{"id", "a"}, {"name", "meetings.put"}, {"args", json::object()}});
  EXPECT_EQ(answer.status, 504);
  EXPECT_EQ(code_of(answer), "deadline_exceeded");
  EXPECT_NE(answer.body.find("safe to send it again"), std::string::npos);
  EXPECT_EQ(meetings.commands().at(0).deadline_ms, 200);
  const auto nobody = post_json(port(), "/api/v1/commands", {{"id", "a"}, {"name", "advisory.put"}, {"args", json::object()}});
  EXPECT_EQ(nobody.status, 503);
}

/// One request for each status that the gateway answers below its rooms and above; tests/system/headers asks every address.
const std::pair<int, std::string> k_of_each_status[] = {
    {200, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"},
    {204, "DELETE /api/v1/sessions HTTP/1.1\r\nHost: x\r\nCookie: {mine}\r\n\r\n"},
    {400, "GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n"},
    {400, "GET /% HTTP/1.1\r\nHost: x\r\n\r\n"},
    {400, "GET /live HTTP/1.1\r\nHost: x\r\n\r\n"},
    {403, "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"},
    {403, "POST /nothing HTTP/1.1\r\nHost: x\r\nOrigin: https://elsewhere.example\r\n\r\n"},
    {404, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"},
    {404, "GET /assets/nope HTTP/1.1\r\nHost: x\r\n\r\n"},
    {405, "GET /api/v1/commands HTTP/1.1\r\nHost: x\r\n\r\n"},
    {408, "GET /healthz HTTP/1.1\r\nHost"},
    {413, "POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n"},
    {415, "POST /api/v1/commands HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"},
    {431, "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n"},
    {503, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"},
    {429, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"},
};

TEST_F(Http, every_answer_carries_the_security_headers) {
  for (const auto* origin : {"", "https://witan.example"}) {
    start_gateway({{"public_origin", origin}, {"header_time_ms", "200"}, {"http_requests_per_minute_anonymous", "5"}});
    auto mine = sign_in(PersonId::random(), k_body);
    if (*origin) mine = "__Host-" + mine;
    for (const auto& [status, request] : k_of_each_status) {
      auto bytes = request;
      if (const auto at = bytes.find("{mine}"); at != std::string::npos) bytes.replace(at, 6, mine);
      const auto answer = send_raw(port(), bytes);
      ASSERT_EQ(answer.status, status) << bytes;
      const auto& policy = answer.headers.at("content-security-policy");
      EXPECT_TRUE(policy.starts_with("default-src 'none'")) << bytes;
      EXPECT_TRUE(policy.ends_with("require-trusted-types-for 'script'; trusted-types witan")) << bytes;
      EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff") << bytes;
      EXPECT_EQ(answer.headers.at("referrer-policy"), "same-origin") << bytes;
      EXPECT_EQ(answer.headers.at("cross-origin-opener-policy"), "same-origin") << bytes;
      EXPECT_EQ(answer.headers.at("cross-origin-resource-policy"), "same-origin") << bytes;
      const auto transport = answer.headers.find("strict-transport-security");
      EXPECT_EQ(transport == answer.headers.end() ? "" : transport->second, *origin ? "max-age=31536000; includeSubDomains" : "") << bytes;
    }
  }
}

TEST_F(Http, assets_are_served_compressed_and_for_ever_and_nothing_else_is) {
  TempFolder web;
  std::filesystem::create_directories(web.path() / "static" / "sub");
  const auto write = [&](const std::string& name, const std::string& text) { std::ofstream(web.path() / name) << text; };
  write("static/main-B4dF00d_.js", "plain");
  write("static/main-B4dF00d_.js.br", "brotli");
  write("static/main-B4dF00d_.js.gz", "gzip");
  write("static/sub/plain.css", "style");
  write("static/.hidden", "secret");
  write("secret.txt", "secret");
  start_gateway({{"web_root", web.path().string()}});
  const std::string script = "/assets/main-B4dF00d_.js";
  const auto brotli = request(port(), "GET", script, {{"Accept-Encoding", "gzip, deflate, br"}});
  EXPECT_EQ(brotli.body, "brotli");
  EXPECT_EQ(brotli.headers.at("content-encoding"), "br");
  EXPECT_EQ(brotli.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(brotli.headers.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(brotli.headers.at("vary"), "accept-encoding");
  EXPECT_EQ(request(port(), "GET", script, {{"Accept-Encoding", "gzip, br;q=0"}}).body, "gzip");
  EXPECT_EQ(request(port(), "GET", script).body, "plain");
  EXPECT_EQ(request(port(), "GET", script, {{"If-None-Match", request(port(), "GET", script).headers.at("etag")}}).status, 304);
  EXPECT_EQ(request(port(), "GET", "/assets/sub/plain.css").headers.at("cache-control"), "public, max-age=300");
  EXPECT_EQ(request(port(), "POST", script).status, 405);
  for (const auto* path : {"/assets/../secret.txt", "/assets/%2e%2e/secret.txt", "/assets/sub/../../secret.txt", "/assets//secret.txt",
                           "/assets/.hidden", "/assets/", "/assets/sub", "/assets/main-B4dF00d_.js.br", "/assets/..%5csecret.txt"}) {
    EXPECT_EQ(request(port(), "GET", path).status, 404) << path;
  }
}

TEST_F(Http, readiness_names_what_is_missing_and_figures_are_for_operators_only) {
  start_gateway();
  const auto ready = request(port(), "GET", "/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(ready.problem().at("missing"), json::value({"advisory", "consultations"}));
  Owner advisory(nats.url(), "advisory");
  Owner consultations(nats.url(), "consultations");
  EXPECT_TRUE(eventually(std::chrono::seconds(5), [&] { return request(port(), "GET", "/readyz").status == 200; }));
  EXPECT_EQ(request(port(), "GET", "/metrics").status, 404);
  const auto figures = request(gateway_->admin_port(), "GET", "/metrics");
  EXPECT_EQ(figures.status, 200);
  EXPECT_NE(figures.body.find("witan_gateway_http_requests_total{status=\"4xx\"} 1"), std::string::npos) << figures.body;
}

TEST_F(Http, figures_stay_on_this_machine_when_the_pages_are_for_every_address) {
  start_gateway({{"address", "0.0.0.0"}});
  const auto can_connect = [](const char* address, std::uint16_t port) {
    boost::asio::io_context loop;
    boost::asio::ip::tcp::socket socket(loop);
    boost::system::error_code refused;
    socket.connect({boost::asio::ip::make_address(address), port}, refused);
    return !refused;
  };
  EXPECT_TRUE(can_connect("127.0.0.2", port()));
  EXPECT_TRUE(can_connect("127.0.0.1", gateway_->admin_port()));
  EXPECT_FALSE(can_connect("127.0.0.2", gateway_->admin_port()));
}

TEST_F(Http, stopping_lets_a_request_finish) {
  auto& gateway = start_gateway({{"command_timeout_ms", "400"}, {"stop_ms", "4000"}});
  meetings.be_mute(true);
  auto answer = std::async(std::launch::async, [&] {
    return post_json(port(), "/api/v1/commands", {{"id", "a"}, {"name", "meetings.put"}, {"args", json::object()}});
  });
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] { return !meetings.commands().empty(); }));
  gateway.stop();
  EXPECT_EQ(answer.get().status, 504);
}

TEST_F(Http, a_port_in_use_is_one_clear_sentence) {
  start_gateway();
  try {
    RunningGateway second(nats.url(), {{"port", std::to_string(port())}});
    FAIL() << "two gateways on one port";
  } catch (const std::runtime_error& failure) {
    EXPECT_EQ(std::string(failure.what()), "cannot listen on 127.0.0.1:" + std::to_string(port()) + ": Address already in use");
  }
}

}  // namespace
}  // namespace witan::test
