#include "gateway/live/tickets.hpp"

#include <gtest/gtest.h>

#include "gateway/live/handshake.hpp"

namespace witan::live {
namespace {

using std::chrono::seconds;

TEST(Tickets, are_good_once_for_their_session_and_for_thirty_seconds) {
  Tickets tickets;
  const Tickets::Time now{seconds(1000)};
  const auto ticket = tickets.issue("ada", now);
  EXPECT_FALSE(tickets.take(ticket, "ben", now)) << "it is somebody else's";
  EXPECT_TRUE(tickets.take(ticket, "ada", now + seconds(29)));
  EXPECT_FALSE(tickets.take(ticket, "ada", now + seconds(29))) << "it was used";
  const auto old = tickets.issue("ada", now);
  EXPECT_FALSE(tickets.take(old, "ada", now + seconds(30)));
  EXPECT_FALSE(tickets.take("", "ada", now));
  EXPECT_FALSE(tickets.take(std::string(52, 'a'), "ada", now));
}

TEST(Tickets, of_one_session_are_few_and_none_stays_for_ever) {
  Tickets tickets;
  const Tickets::Time now{seconds(1000)};
  std::vector<std::string> issued;
  for (std::size_t i = 0; i < Tickets::k_per_session_max + 1; ++i) issued.push_back(tickets.issue("ada", now + seconds(i)));
  tickets.issue("ben", now);
  EXPECT_EQ(tickets.count(), Tickets::k_per_session_max + 1);
  EXPECT_FALSE(tickets.take(issued.front(), "ada", now + seconds(1))) << "one more than may wait made it useless";
  EXPECT_TRUE(tickets.take(issued.back(), "ada", now + seconds(20)));
  tickets.forget_old(now + seconds(30));
  EXPECT_EQ(tickets.count(), Tickets::k_per_session_max - 1);
  tickets.forget_old(now + seconds(60));
  EXPECT_EQ(tickets.count(), 0U);
}

TEST(Subprotocols, are_read_with_and_without_spaces) {
  http::Request request;
  EXPECT_TRUE(subprotocols(request).empty());
  request.headers.emplace_back("sec-websocket-protocol", "witan.live.1,  ticket.abc ,,x");
  EXPECT_EQ(subprotocols(request), (std::vector<std::string_view>{"witan.live.1", "ticket.abc", "x"}));
}

}  // namespace
}  // namespace witan::live
