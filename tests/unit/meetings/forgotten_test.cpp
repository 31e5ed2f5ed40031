// Somebody's account was deleted: meetings name them no more.
#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "tests/support/service_scene.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

namespace directory = contract::directory;
const auto k_hilda = id_of<PersonId>("hilda");

class Forgotten : public testing::Test {
 protected:
  Forgotten() {
    hear(directory::BodyEstablishedNotice{k_council, "Council of LEP Chairs", directory::BodyKind::council});
    hear(directory::PersonRegisteredNotice{k_hilda, "Hilda Whitby", ""});
    meeting = MeetingId::from_trusted(scene.made(
        "meeting", k_secretary, wire::ScheduleMeeting{k_council, {"First meeting"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"10 Downing Street"},
                                                      {{"Dame Hilda Whitby"}}, {{"Ben"}}, {{"Hilda Whitby"}}}));
    item = AgendaItemId::from_trusted(scene.made("item", k_secretary, led_by("Hilda Whitby (Cumbria) and Ben")));
    // Once named, and no more: the words are still kept for the audit.
    const auto other = AgendaItemId::from_trusted(scene.made("item", k_secretary, led_by("Hilda Whitby")));
    EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, other}));
    EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting}));
  }
  template <class N>
  void hear(const N& notice) {
    EXPECT_TRUE(scene.hear("directory", notice));
  }
  wire::AddAgendaItem led_by(const std::string& lead) const {
    return {meeting, {"Apologies"}, ItemKind::information, {{lead}}, {5}, {}, {}};
  }
  std::string lead() {
    return scene.world().row_as<wire::AgendaItemView>("meetings/" + meeting.str(), "public", "agenda/" + item.str())->lead;
  }

  ServiceScene scene{definition()};
  MeetingId meeting;
  AgendaItemId item;
};

TEST_F(Forgotten, names_are_kept_nowhere) {
  ASSERT_NE(all_kept(scene.world()).find("Hilda"), std::string::npos);
  hear(directory::PersonErasedNotice{k_hilda});
  EXPECT_EQ(all_kept(scene.world()).find("Hilda"), std::string::npos);
  EXPECT_EQ(lead(), "Name removed (Cumbria) and Ben") << "who else led it still does";
  const auto view = scene.world().row_as<wire::MeetingView>("meetings", "public", "meeting/" + meeting.str());
  EXPECT_EQ(view->chair, "Dame Name removed");
  EXPECT_EQ(view->co_chair, "Ben");
  EXPECT_EQ(view->secretary, "Name removed");
  EXPECT_EQ(view->item_count, 1);
}

TEST_F(Forgotten, earlier_names_are_kept_nowhere_either) {
  hear(directory::PersonRenamedNotice{k_hilda, "Hilda York", 1});
  hear(directory::PersonRenamedNotice{k_hilda, "Hilda York", 1});
  EXPECT_EQ(lead(), "Hilda Whitby (Cumbria) and Ben") << "what is on the agenda stays as it was written";
  ASSERT_TRUE(scene.send(k_secretary, led_by("Hilda York")));
  hear(directory::PersonErasedNotice{k_hilda});
  EXPECT_EQ(all_kept(scene.world()).find("Hilda"), std::string::npos);
}

TEST_F(Forgotten, a_name_that_begins_with_an_earlier_one_goes_whole) {
  hear(directory::PersonRenamedNotice{k_hilda, "Hilda Whitby York", 1});
  const auto later = AgendaItemId::from_trusted(scene.made("item", k_secretary, led_by("Hilda Whitby York and Ben")));
  hear(directory::PersonErasedNotice{k_hilda});
  EXPECT_EQ(scene.world().row_as<wire::AgendaItemView>("meetings/" + meeting.str(), "public", "agenda/" + later.str())->lead, "Name removed and Ben");
}

TEST_F(Forgotten, nobody_takes_a_name_out_of_what_was_written_before_it_was_theirs) {
  hear(directory::PersonRegisteredNotice{id_of<PersonId>("eve"), "Eve Example", ""});
  hear(directory::PersonRenamedNotice{id_of<PersonId>("eve"), "Dame Hilda", 1});
  hear(directory::PersonErasedNotice{id_of<PersonId>("eve")});
  const auto view = scene.world().row_as<wire::MeetingView>("meetings", "public", "meeting/" + meeting.str());
  EXPECT_EQ(view->chair, "Dame Hilda Whitby");
}

TEST_F(Forgotten, is_the_same_when_heard_twice) {
  hear(directory::PersonErasedNotice{k_hilda});
  const auto events = scene.world().log.size();
  hear(directory::PersonErasedNotice{k_hilda});
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Forgotten, leaves_a_namesake_their_name) {
  hear(directory::PersonRegisteredNotice{id_of<PersonId>("another"), "Hilda Whitby", ""});
  hear(directory::PersonErasedNotice{k_hilda});
  EXPECT_EQ(lead(), "Hilda Whitby (Cumbria) and Ben");
  hear(directory::PersonErasedNotice{id_of<PersonId>("another")});
  EXPECT_EQ(lead(), "Name removed (Cumbria) and Ben");
}

TEST_F(Forgotten, names_stand_as_whole_words_only) {
  EXPECT_EQ(without_name("Ann Lee and Ann Leeds", "Ann Lee"), "Name removed and Ann Leeds");
  EXPECT_EQ(without_name("Joann Lee", "Ann Lee"), "Joann Lee");
  EXPECT_EQ(without_name("Ann Lee, Ann Lee", "Ann Lee"), "Name removed, Name removed");
  EXPECT_EQ(without_name("Ann", "Ann"), "Name removed");
  EXPECT_EQ(without_name("Ann Lee", "Ann"), "Ann Lee") << "one word may be part of anybody's name";
}

}  // namespace
}  // namespace witan::meetings::test
