#include "gateway/http/message.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "gateway/http/api.hpp"
#include "gateway/http/rate_limiter.hpp"
#include "gateway/http/request_head.hpp"

namespace witan::http {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

TEST(MessageTest, a_forms_fields_are_decoded_in_order) {
  EXPECT_EQ(parse_form("a=1&b=two+words&a=%C3%A9&empty=&bare&&=x"),
            (Fields{{"a", "1"}, {"b", "two words"}, {"a", "\xc3\xa9"}, {"empty", ""}, {"bare", ""}, {"", "x"}}));
  EXPECT_EQ(parse_form("broken=%&also=%4"), (Fields{{"broken", "%"}, {"also", "%4"}}));
  EXPECT_TRUE(parse_form("").empty());
}

TEST(MessageTest, encoding_and_decoding_are_each_others_opposite) {
  const std::string text = "caf\xc3\xa9 & co=1+1?/#%\n";
  EXPECT_EQ(parse_form("x=" + percent_encode(text)), (Fields{{"x", text}}));
}

TEST(MessageTest, only_paths_of_this_site_are_local) {
  for (const auto* path : {"/", "/meetings/7f", "/a?b=//c", "/a#b"}) EXPECT_TRUE(is_local_path(path)) << path;
  for (const auto* path : {"", "a", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nset-cookie: x", "\\/a", "/a\x7f"}) {
    EXPECT_FALSE(is_local_path(path)) << path;
  }
}

TEST(MessageTest, a_cookie_is_found_by_its_whole_name) {
  Request request;
  request.headers = {{"cookie", "a=1; witan=token; xwitan=no"}, {"cookie", "second=2"}};
  EXPECT_EQ(request.cookie("witan"), "token");
  EXPECT_EQ(request.cookie("second"), "2");
  EXPECT_EQ(request.cookie("wita"), "");
}

TEST(MessageTest, utf8_is_checked_strictly) {
  for (const std::string text : {"", "plain", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(is_utf8(text));
  for (const std::string text : {"\xff", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xe2\x82"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

TEST(MessageTest, json_is_nested_at_most_32_deep) {
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')));
  EXPECT_EQ(parse_json(std::string(33, '[') + std::string(33, ']')).error().code, ErrorCode::malformed_json);
}

TEST(MessageTest, a_problem_says_when_to_come_back) {
  Rejection rejection{ErrorCode::rate_limited, {}, {}, {}};
  rejection.extra["retry_after_s"] = 7;
  const auto response = problem_response(rejection, "t");
  EXPECT_EQ(response.status, 429);
  EXPECT_NE(std::find(response.headers.begin(), response.headers.end(), std::pair<std::string, std::string>("retry-after", "7")),
            response.headers.end());
}

TEST(RateLimiterTest, lets_a_burst_through_and_then_the_steady_rate) {
  RateLimiter limiter(60, 3);
  RateLimiter::Time now{};
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow("a", now));
  EXPECT_FALSE(limiter.allow("a", now));
  EXPECT_TRUE(limiter.allow("b", now));
  EXPECT_FALSE(limiter.allow("a", now + std::chrono::milliseconds(900)));
  EXPECT_TRUE(limiter.allow("a", now + std::chrono::milliseconds(1000)));
  EXPECT_FALSE(limiter.allow("a", now + std::chrono::milliseconds(1000)));
}

TEST(RateLimiterTest, a_flood_of_keys_stays_bounded_and_does_not_free_the_others) {
  RateLimiter limiter(60, 1, 10);
  RateLimiter::Time now{};
  EXPECT_TRUE(limiter.allow("busy", now));
  now += std::chrono::milliseconds(500);
  for (int i = 0; i < 9; ++i) limiter.allow("old" + std::to_string(i), now - std::chrono::seconds(2));
  EXPECT_TRUE(limiter.allow("new", now));
  EXPECT_FALSE(limiter.allow("busy", now));
}

TEST(RateLimiterTest, an_ipv6_client_is_its_64_bit_network) {
  EXPECT_EQ(client_key("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(client_key("2001:db8::1"), client_key("2001:db8::ffff:1"));
  EXPECT_NE(client_key("2001:db8::1"), client_key("2001:db8:0:1::1"));
  EXPECT_EQ(client_key("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_key("192.0.2.7"), network_key("::ffff:192.0.2.250"));
  EXPECT_NE(network_key("192.0.2.7"), network_key("192.0.3.7"));
  EXPECT_EQ(network_key("2001:db8::1"), client_key("2001:db8::1"));
}

}  // namespace
}  // namespace witan::http
