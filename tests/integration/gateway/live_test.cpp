#include <ctime>
#include <iterator>

#include "tests/integration/gateway/scene.hpp"

namespace witan::test {
namespace {

using Live = Scene;
const std::string k_topic = "meetings/bbbbbbbbbbbbbbbbbbbbbbbbbb";
const std::string k_other_topic = "meetings/cccccccccccccccccccccccccc";
const std::string k_body = "dddddddddddddddddddddddddd";

AccessRule in_body(std::string audience, std::vector<Role> roles = {}) {
  return {std::move(audience), Who::roles, {}, k_body, std::move(roles)};
}

/// The value of a figure without labels, as text.
std::string metric_at(std::uint16_t admin_port, const std::string& name) {
  const auto body = "\n" + request(admin_port, "GET", "/metrics").body;
  const auto at = body.find("\n" + name + " ");
  if (at == std::string::npos) return "";
  const auto begin = at + name.size() + 2;
  return body.substr(begin, body.find('\n', begin) - begin);
}

std::string code_of(const std::optional<json::object>& frame) {
  const auto* problem = frame ? object_at(*frame, "problem") : nullptr;
  return problem ? std::string(string_at(*problem, "code")) : "";
}

TEST_F(Live, a_topic_that_is_not_yours_is_as_absent_as_one_that_is_not_there) {
  meetings.access(k_topic, {in_body("member")});
  start_gateway();
  Browser visitor(port());
  for (const auto& topic : {k_topic, k_other_topic}) {
    visitor.subscribe(topic);
    const auto answer = visitor.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(string_at(*answer, "type"), "problem");
    EXPECT_EQ(string_at(*answer, "topic"), topic);
    EXPECT_EQ(code_of(answer), "not_found");
  }
  visitor.subscribe("sessions/" + std::string(26, 'a'));
  EXPECT_EQ(code_of(visitor.receive()), "not_found");
  visitor.subscribe("unheard-of/thing");
  EXPECT_EQ(code_of(visitor.receive()), "unknown_topic");
}

TEST_F(Live, no_frame_follows_when_a_seat_is_taken_away_mid_stream) {
  meetings.access(k_topic, {in_body("member")});
  const auto person = PersonId::random();
  const auto cookie = sign_in(person, k_body);
  start_gateway();
  Browser member(port(), {.cookie = cookie});
  member.subscribe(k_topic);
  ASSERT_EQ(string_at(*member.receive(), "audience"), "member");

  std::jthread stream([&](std::stop_token stopping) {
    for (int i = 0; !stopping.stop_requested(); ++i) {
      meetings.put(k_topic, "member", "a", i);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));   // a thousand changes a second
    }
  });
  ASSERT_TRUE(member.receive_type("change"));
  directory.drop("rights/" + person.str(), "gateway", "seat/1");
  const auto revoked = member.receive_type("revoked");
  ASSERT_TRUE(revoked);
  EXPECT_EQ(string_at(*revoked, "topic"), k_topic);
  EXPECT_FALSE(member.receive(std::chrono::milliseconds(300)));   // the stream goes on
}

TEST_F(Live, a_change_of_the_topics_rules_takes_it_away_at_once) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser reader(port());
  reader.subscribe(k_topic);
  ASSERT_TRUE(reader.receive_type("snapshot"));
  meetings.access(k_topic, {in_body("member")});
  EXPECT_TRUE(reader.receive_type("revoked"));
  meetings.put(k_topic, "public", "a", "1");
  EXPECT_FALSE(reader.receive(std::chrono::milliseconds(200)));
}

TEST_F(Live, a_new_role_brings_the_view_of_the_new_audience) {
  meetings.access(k_topic, {in_body("staff", {Role::secretary}), in_body("member")});
  meetings.put(k_topic, "staff", "secret", "for staff");
  const auto person = PersonId::random();
  const auto cookie = sign_in(person, k_body);
  start_gateway();
  Browser member(port(), {.cookie = cookie});
  member.subscribe(k_topic);
  EXPECT_FALSE(object_at(*member.receive(), "entities")->contains("secret"));
  directory.put("rights/" + person.str(), "gateway", "seat/2",
                codec::encode(contract::directory::RightsSeatView{*BodyId::parse(k_body), "Council", Role::secretary, "Secretary"}));
  const auto snapshot = member.receive();
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(string_at(*snapshot, "reason"), "other_audience");
  EXPECT_EQ(string_at(*snapshot, "audience"), "staff");
  EXPECT_TRUE(object_at(*snapshot, "entities")->contains("secret"));
}

TEST_F(Live, a_new_role_takes_nothing_away_while_the_owner_cannot_answer) {
  meetings.access(k_topic, {in_body("staff", {Role::secretary}), in_body("member")});
  meetings.put(k_topic, "staff", "secret", "for staff");
  const auto person = PersonId::random();
  const auto cookie = sign_in(person, k_body);
  start_gateway();
  Browser member(port(), {.cookie = cookie});
  member.subscribe(k_topic);
  ASSERT_EQ(string_at(*member.receive(), "audience"), "member");
  meetings.be_mute(true);
  directory.put("rights/" + person.str(), "gateway", "seat/2",
                codec::encode(contract::directory::RightsSeatView{*BodyId::parse(k_body), "Council", Role::secretary, "Secretary"}));
  EXPECT_FALSE(member.receive(std::chrono::milliseconds(3500)));   // longer than a request to the owner may take
  meetings.put(k_topic, "member", "a", "of the old audience");
  meetings.be_mute(false);
  const auto snapshot = member.receive();
  ASSERT_TRUE(snapshot);
  EXPECT_EQ(string_at(*snapshot, "reason"), "other_audience");
  EXPECT_TRUE(object_at(*snapshot, "entities")->contains("secret"));
}

TEST_F(Live, whoever_resumes_as_another_audience_gets_the_whole_view_of_the_new_one) {
  meetings.access(k_topic, {in_body("member"), AccessRule{"public", Who::anyone, {}, {}, {}}});
  meetings.put(k_topic, "public", "a", "for everyone");
  const auto seen = meetings.put(k_topic, "member", "a", "for members");
  const auto cookie = sign_in(PersonId::random(), k_body);
  start_gateway();
  Browser member(port(), {.cookie = cookie});
  const auto resume_as = [&](const std::string& audience) {
    member.send({{"type", "subscribe"},
                 {"topic", k_topic},
                 {"after", json::object{{"epoch", "e1"}, {"version", seen}, {"audience", audience}}}});
    return member.receive();
  };
  const auto as_public = resume_as("public");
  ASSERT_TRUE(as_public);
  EXPECT_EQ(string_at(*as_public, "type"), "snapshot");
  EXPECT_EQ(string_at(*as_public, "reason"), "other_audience");
  EXPECT_EQ(string_at(*as_public, "audience"), "member");
  EXPECT_EQ(string_at(*resume_as("member"), "type"), "resumed");
}

TEST_F(Live, handshakes_from_one_address_are_counted_before_anybody_is_asked) {
  start_gateway({{"websocket_handshakes_per_minute", "3"}});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Browser(port(), {.origin = "http://evil.example", .cookie = "witan=" + crypto::random_token()}).handshake_status(), 403);
  }
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Browser(port()).handshake_status(), 101);
  const auto token = crypto::random_token();
  EXPECT_EQ(Browser(port(), {.cookie = "witan=" + token, .ticket = "a ticket of one's own"}).handshake_status(), 429);
  EXPECT_EQ(directory.requests_for("sessions/" + auth::Auth::session_of(token), "gateway"), 0);
}

TEST_F(Live, a_socket_in_somebodys_name_takes_a_ticket_of_theirs_once) {
  start_gateway();
  const auto ada = sign_in(PersonId::random(), k_body), ben = sign_in(PersonId::random(), k_body);
  const auto ticket = ticket_for(port(), ada);
  EXPECT_EQ(ticket.size(), 52U);
  EXPECT_EQ(Browser(port(), {.cookie = ada, .ticket = ""}).handshake_status(), 403);
  EXPECT_EQ(Browser(port(), {.cookie = ben, .ticket = ticket}).handshake_status(), 403);
  EXPECT_EQ(Browser(port(), {.cookie = ada, .ticket = ticket}).handshake_status(), 101) << "somebody else's try has not used it up";
  EXPECT_EQ(Browser(port(), {.cookie = ada, .ticket = ticket}).handshake_status(), 403);
  EXPECT_EQ(ticket_for(port(), ""), "");
}

TEST_F(Live, a_session_that_ends_closes_its_sockets) {
  meetings.open_to_all(k_topic);
  const auto cookie = sign_in(PersonId::random(), k_body);
  start_gateway();
  Browser one(port(), {.cookie = cookie});
  Browser two(port(), {.cookie = cookie});
  Browser visitor(port());
  for (auto* browser : {&one, &two, &visitor}) {
    browser->subscribe(k_topic);
    ASSERT_TRUE(browser->receive_type("snapshot"));
  }
  const auto session = auth::Auth::session_of(cookie.substr(cookie.find('=') + 1));
  directory.drop("sessions/" + session, "gateway", "session");
  EXPECT_EQ(one.wait_for_close(), 4401);
  EXPECT_EQ(two.wait_for_close(), 4401);
  meetings.put(k_topic, "public", "a", "1");
  EXPECT_TRUE(visitor.receive_type("change"));
}

TEST_F(Live, protected_topics_wait_while_directory_is_away_and_public_ones_go_on) {
  meetings.access(k_topic, {in_body("member")});
  meetings.open_to_all(k_other_topic);
  const auto cookie = sign_in(PersonId::random(), k_body);
  start_gateway({{"rights_age_ms_max", "300"}});
  Browser member(port(), {.cookie = cookie});
  for (const auto& topic : {k_topic, k_other_topic}) {
    member.subscribe(topic);
    ASSERT_TRUE(member.receive_type("snapshot"));
  }
  directory.be_silent(true);
  directory.be_mute(true);
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] {
    return request(port(), "GET", "/api/v1/views/" + k_topic, {{"Cookie", cookie}}).status == 503;
  }));
  meetings.put(k_topic, "member", "a", "hidden for now");
  meetings.put(k_other_topic, "public", "a", "for everyone");
  EXPECT_EQ(string_at(*member.receive(), "topic"), k_other_topic);
  EXPECT_FALSE(member.receive(std::chrono::milliseconds(200)));
  directory.be_mute(false);
  directory.be_silent(false);
  const auto late = member.receive();
  ASSERT_TRUE(late);
  EXPECT_EQ(string_at(*late, "topic"), k_topic);
}

TEST_F(Live, a_command_is_answered_in_the_callers_name) {
  const auto person = PersonId::random();
  const auto cookie = sign_in(person, k_body, Role::chair);
  start_gateway();
  Browser chair(port(), {.cookie = cookie});
  chair.send({{"type", "command"}, {"id", "c1"}, {"name", "meetings.put"}, {"args", json::object()}, {"if_version", 3}});
  const auto reply = chair.receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(string_at(*reply, "type"), "reply");
  EXPECT_EQ(string_at(*reply, "id"), "c1");
  EXPECT_TRUE(object_at(*reply, "reply"));
  const auto sent = meetings.commands().at(0);
  EXPECT_EQ(sent.actor.person, person);
  EXPECT_TRUE(sent.actor.holds(k_body, {Role::chair}));
  EXPECT_EQ(sent.actor.session, auth::Auth::session_of(cookie.substr(cookie.find('=') + 1)));
  EXPECT_EQ(sent.if_version, 3);
  EXPECT_GT(sent.deadline_ms, 0);
  EXPECT_FALSE(sent.trace.empty());
}

TEST_F(Live, a_frame_that_cannot_be_followed_is_explained_and_the_socket_stays) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser browser(port());
  const std::pair<std::string, std::string> cases[] = {
      {"{", "malformed_json"},
      {"[1]", "invalid_request"},
      {"{}", "invalid_request"},
      {R"({"type":"dance"})", "invalid_request"},
      {R"({"type":"subscribe"})", "invalid_request"},
      {R"({"type":"subscribe","topic":7})", "invalid_request"},
      {R"({"type":"subscribe","topic":"bodies","extra":1})", "invalid_request"},
      {R"({"type":"subscribe","topic":"Not A Topic"})", "unknown_topic"},
      {R"({"type":"unsubscribe"})", "invalid_request"},
      {std::string(40, '[') + std::string(40, ']'), "malformed_json"},
  };
  for (const auto& [text, code] : cases) {
    browser.send_text(text);
    const auto answer = browser.receive();
    EXPECT_EQ(code_of(answer), code) << text;
  }
  for (const auto& [text, code] : {std::pair<std::string, std::string>{R"({"type":"command","id":"x"})", "invalid_request"},
                                   {R"({"type":"command","id":"a b","name":"meetings.put","args":{}})", "invalid_request"},
                                   {R"({"type":"command","id":"x","name":"nobody.put","args":{}})", "unknown_command"},
                                   {R"({"type":"command","id":"x","name":"directory.start_session","args":{}})", "unknown_command"}}) {
    browser.send_text(text);
    const auto answer = browser.receive();
    EXPECT_EQ(string_at(*answer, "type"), "reply") << text;
    EXPECT_EQ(code_of(answer), code) << text;
  }
  browser.subscribe(k_topic);
  EXPECT_TRUE(browser.receive_type("snapshot"));
}

TEST_F(Live, broken_framing_ends_with_the_rfcs_close_code_and_neighbours_stay) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser neighbour(port());
  neighbour.subscribe(k_topic);
  ASSERT_TRUE(neighbour.receive_type("snapshot"));

  const std::string mask(4, '\0');
  const std::pair<std::string, int> cases[] = {
      {std::string("\x81\x01", 2) + "x", 1002},                           // not masked
      {std::string("\xc1\x81", 2) + mask + "x", 1002},                    // a reserved bit
      {std::string("\x83\x80", 2) + mask, 1002},                          // a reserved opcode
      {std::string("\x09\x80", 2) + mask, 1002},                          // a fragmented ping
      {std::string("\x80\x80", 2) + mask, 1002},                          // goes on with nothing
      {std::string("\x89\xfe\x00\x7e", 4) + mask, 1002},                  // a ping of 126 bytes
      {std::string("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10) + mask, 1009},   // 2^63 bytes
      {std::string("\x81\x81", 2) + mask + "\xff", 1007},                 // not UTF-8
      {std::string("\x88\x82", 2) + mask + std::string("\x03\xed", 2), 1002},       // close with a code nobody may send
  };
  for (const auto& [bytes, code] : cases) {
    Browser browser(port());
    browser.send_bytes(bytes);
    EXPECT_EQ(browser.wait_for_close(), code) << "case " << (&bytes - &cases[0].first);
  }
  Browser binary(port());
  binary.send_binary("{}");
  EXPECT_EQ(binary.wait_for_close(), 1003);
  Browser large(port());
  large.send_text(std::string(64 * 1024 + 1, ' '));
  EXPECT_EQ(large.wait_for_close(), 1009);

  meetings.put(k_topic, "public", "a", "1");
  EXPECT_TRUE(neighbour.receive_type("change"));
}

TEST_F(Live, a_message_of_exactly_the_limit_is_read) {
  start_gateway();
  Browser browser(port());
  browser.send_text(std::string(64 * 1024 - 2, ' ') + "{}");
  EXPECT_EQ(code_of(browser.receive()), "invalid_request");
}

TEST_F(Live, a_flood_of_messages_closes_the_socket) {
  start_gateway({{"websocket_messages_per_second", "1"}, {"websocket_messages_burst", "5"}});
  Browser browser(port());
  for (int i = 0; i < 5; ++i) {
    browser.send_text("{}");
    EXPECT_EQ(code_of(browser.receive()), "invalid_request");
  }
  browser.send_text("{}");
  EXPECT_EQ(browser.wait_for_close(), 4429);
}

TEST_F(Live, a_socket_watches_as_many_topics_as_it_may_and_no_more) {
  start_gateway({{"websocket_subscriptions_max", "2"}});
  const std::string topics[] = {"meetings/1", "meetings/2", "meetings/3"};
  for (const auto& topic : topics) meetings.open_to_all(topic);
  Browser browser(port());
  browser.subscribe(topics[0]);
  browser.subscribe(topics[1]);
  ASSERT_TRUE(browser.receive_type("snapshot") && browser.receive_type("snapshot"));
  browser.subscribe(topics[2]);
  EXPECT_EQ(code_of(browser.receive()), "rate_limited");
  browser.send({{"type", "unsubscribe"}, {"topic", topics[0]}});
  browser.subscribe(topics[2]);
  EXPECT_TRUE(browser.receive_type("snapshot"));
}

TEST_F(Live, what_is_no_longer_watched_is_no_longer_sent) {
  start_gateway();
  meetings.open_to_all(k_topic);
  meetings.open_to_all(k_other_topic);
  Browser browser(port());
  browser.subscribe(k_topic);
  browser.subscribe(k_other_topic);
  ASSERT_TRUE(browser.receive_type("snapshot") && browser.receive_type("snapshot"));
  browser.send({{"type", "unsubscribe"}, {"topic", k_topic}});
  browser.send_text("{}");
  ASSERT_TRUE(browser.receive_type("problem"));   // so the gateway has read both
  meetings.put(k_topic, "public", "a", "1");
  meetings.put(k_other_topic, "public", "a", "1");
  EXPECT_EQ(string_at(*browser.receive(), "topic"), k_other_topic);
}

TEST_F(Live, only_our_own_origin_opens_a_socket) {
  start_gateway();
  const auto own = "http://127.0.0.1:" + std::to_string(port());
  EXPECT_EQ(Browser(port()).handshake_status(), 101);
  const std::string refused[] = {"",          "null",       own + "0",      own + ".evil.example", "https" + own.substr(4),
                                 own + "/",   "HTTP" + own.substr(4), "http://localhost:" + std::to_string(port()),
                                 "http://evil.example", own + " " + own};
  for (const auto& origin : refused) {
    EXPECT_EQ(Browser(port(), {.origin = origin}).handshake_status(), 403) << origin;
  }
}

TEST_F(Live, one_address_opens_as_many_sockets_as_it_may) {
  start_gateway({{"websockets_per_address_max", "2"}});
  auto first = std::make_unique<Browser>(port());
  Browser second(port());
  EXPECT_EQ(second.handshake_status(), 101);
  EXPECT_EQ(Browser(port()).handshake_status(), 429);
  first.reset();
  EXPECT_TRUE(eventually(std::chrono::seconds(5), [&] { return Browser(port()).handshake_status() == 101; }));
}

TEST_F(Live, whoever_reads_too_slowly_is_sent_away_and_the_neighbour_gets_everything) {
  meetings.open_to_all(k_topic);
  start_gateway({{"websocket_queue_bytes_max", "65536"}});
  Browser slow(port(), {.receive_buffer_bytes = 4096});
  Browser neighbour(port());
  for (auto* browser : {&slow, &neighbour}) {
    browser->subscribe(k_topic);
    ASSERT_TRUE(browser->receive_type("snapshot"));
  }
  std::int64_t last = 0;
  for (int i = 0; i < 300; ++i) {
    last = meetings.put(k_topic, "public", "a", json::string(10'000, 'x'));
    const auto change = neighbour.receive();
    ASSERT_TRUE(change);
    ASSERT_EQ(version_of(*change), last);
  }
  EXPECT_EQ(slow.wait_for_close(), 4408);
}

TEST_F(Live, frames_stay_whole_and_in_order_when_the_kernel_takes_them_in_pieces) {
  meetings.open_to_all(k_topic);
  start_gateway({{"websocket_queue_bytes_max", "60000000"}});
  Browser browser(port(), {.receive_buffer_bytes = 4096});
  browser.subscribe(k_topic);
  ASSERT_TRUE(browser.receive_type("snapshot"));
  constexpr int k_changes = 700;
  constexpr int k_pings = 100;
  std::vector<std::int64_t> sent;
  for (int i = 0; i < k_changes; ++i) {
    sent.push_back(meetings.put(k_topic, "public", "a", json::string(static_cast<std::size_t>(8000 + i), 'x')));
    if (i % (k_changes / k_pings) == 0) browser.ping();   // the answers must stand between frames
  }
  for (const auto version : sent) {
    const auto change = browser.receive();
    ASSERT_TRUE(change);
    ASSERT_EQ(version_of(*change), version);
  }
  browser.send_text("{}");
  ASSERT_TRUE(browser.receive_type("problem"));   // whatever was to come before has come
  EXPECT_EQ(browser.pongs(), k_pings);
}

TEST_F(Live, messages_of_every_length_of_header_arrive) {
  meetings.open_to_all(k_topic);
  start_gateway();
  Browser browser(port());
  browser.subscribe(k_topic);
  ASSERT_TRUE(browser.receive_type("snapshot"));
  constexpr std::size_t k_around = 122;   // what stands around the value, give or take some digits
  for (const std::size_t edge : {125UL, 65535UL}) {
    for (std::size_t size = edge - k_around - 3; size < edge - k_around + 8; ++size) {
      meetings.put(k_topic, "public", "a", json::string(size, 'x'));
      const auto change = browser.receive();
      ASSERT_TRUE(change);
      EXPECT_EQ(string_at(*object_at(*change, "put"), "a").size(), size);
    }
  }
}

TEST_F(Live, a_reader_that_takes_nothing_for_too_long_is_sent_away) {
  meetings.open_to_all(k_topic);
  start_gateway({{"websocket_stall_ms", "200"}, {"websocket_queue_bytes_max", "60000000"}});
  Browser stuck(port(), {.receive_buffer_bytes = 4096});
  stuck.subscribe(k_topic);
  ASSERT_TRUE(stuck.receive_type("snapshot"));
  for (int i = 0; i < 100; ++i) meetings.put(k_topic, "public", "a", json::string(20'000, 'x'));
  ASSERT_TRUE(eventually(std::chrono::seconds(10), [&] {
    return request(gateway_->admin_port(), "GET", "/metrics").body.find("closed_too_slow_total 1") != std::string::npos;
  }));
}

TEST_F(Live, a_slow_reader_gets_a_snapshot_beyond_the_limit_and_what_comes_while_it_drains) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "a", json::string(600'000, 'x'));
  start_gateway({{"websocket_queue_bytes_max", "65536"}});
  Browser slow(port(), {.receive_buffer_bytes = 4096});
  slow.subscribe(k_topic);
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] { return metric_at(gateway_->admin_port(), "witan_gateway_frames_sent_total") == "1"; }));
  const auto last = meetings.put(k_topic, "public", "b", 1);
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] { return metric_at(gateway_->admin_port(), "witan_gateway_frames_sent_total") == "2"; }));
  ASSERT_TRUE(slow.receive_type("snapshot"));
  const auto change = slow.receive();
  ASSERT_TRUE(change);
  EXPECT_EQ(version_of(*change), last);
}

TEST_F(Live, answers_that_wait_for_room_cost_nothing_while_they_wait) {
  meetings.open_to_all(k_topic);
  meetings.put(k_topic, "public", "a", json::string(600'000, 'x'));
  const std::string more[] = {"meetings/1", "meetings/2", "meetings/3"};
  for (const auto& topic : more) meetings.open_to_all(topic);
  start_gateway({{"websocket_queue_bytes_max", "65536"}});
  Browser slow(port(), {.receive_buffer_bytes = 4096});
  slow.subscribe(k_topic);
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] { return metric_at(gateway_->admin_port(), "witan_gateway_frames_sent_total") == "1"; }));
  for (const auto& topic : more) slow.subscribe(topic);
  ASSERT_TRUE(eventually(std::chrono::seconds(5), [&] { return meetings.requests_for(more[2], "public") == 1; }));

  Browser silent(port());
  const auto before = std::clock();
  EXPECT_FALSE(silent.receive(std::chrono::milliseconds(600)));
  EXPECT_LT(std::clock() - before, CLOCKS_PER_SEC * 3 / 10);   // of all threads, in 0.6 seconds
  for (std::size_t i = 0; i < 1 + std::size(more); ++i) EXPECT_TRUE(slow.receive_type("snapshot"));
}

TEST_F(Live, stopping_tells_everyone_to_come_back) {
  meetings.open_to_all(k_topic);
  auto& gateway = start_gateway();
  Browser browser(port());
  browser.subscribe(k_topic);
  ASSERT_TRUE(browser.receive_type("snapshot"));
  std::jthread stopper([&] { gateway.stop(); });
  EXPECT_EQ(browser.wait_for_close(), 1012);
}

TEST_F(Live, compression_is_not_offered) {
  start_gateway();
  const auto answer = send_raw(port(), "GET /live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                       "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                       "Sec-WebSocket-Extensions: permessage-deflate\r\nOrigin: http://127.0.0.1:" +
                                           std::to_string(port()) + "\r\n\r\n");
  EXPECT_EQ(answer.status, 101);
  EXPECT_FALSE(answer.headers.contains("sec-websocket-extensions"));
}

}  // namespace
}  // namespace witan::test
