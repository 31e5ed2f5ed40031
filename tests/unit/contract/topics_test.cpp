#include <gtest/gtest.h>

#include "shared/contract/envelope.hpp"
#include "shared/contract/topics.hpp"

namespace witan {
namespace {

TEST(topics, know_their_owner) {
  EXPECT_EQ(service_of_topic("meetings/abc"), "meetings");
  EXPECT_EQ(service_of_topic("drafts/abc/2"), "consultations");
  EXPECT_EQ(service_of_topic("groups"), "advisory");
  EXPECT_EQ(service_of_topic("engagements/abc/page/2"), "advisory");
  EXPECT_EQ(service_of_topic("parties/abc"), std::nullopt);
}

TEST(topics, have_a_closed_shape) {
  for (const char* bad : {"", "/", "meetings/", "/meetings", "meetings//a", "Meetings/a", "meetings/a.b", "meetings/*",
                          "meetings/>", "a/b/c/d/e", "meetings/ä", "meetings/a b"}) {
    EXPECT_FALSE(is_topic(bad)) << bad;
  }
  EXPECT_FALSE(is_topic("meetings/" + std::string(120, 'a')));
  EXPECT_TRUE(is_topic("drafts/abc/2"));
}

TEST(subjects, have_no_wildcards) {
  EXPECT_EQ(subjects::changes("meetings"), "live.meetings.changes");
  EXPECT_EQ(subjects::event("meetings", "meeting/abc"), "evt.meetings.meeting");
}

TEST(commands, name_their_service) {
  EXPECT_EQ(service_of_command("meetings.move_agenda_item"), "meetings");
  EXPECT_EQ(service_of_command("move_agenda_item"), std::nullopt);
  EXPECT_EQ(service_of_command("evt.meetings"), std::nullopt);
}

TEST(commands, have_ids_of_a_closed_alphabet) {
  EXPECT_TRUE(is_command_id("a.B_9-x"));
  for (const std::string& bad : {std::string(), std::string(65, 'a'), std::string("a b"), std::string("a/b"), std::string("ä")}) {
    EXPECT_FALSE(is_command_id(bad)) << bad;
  }
}

}  // namespace
}  // namespace witan
