// An agenda that begins as that of the meeting before, what is next on it, and from when the time of its current item counts.
#include "services/meetings/domain/agenda/agenda.hpp"
#include "tests/unit/meetings/seated_council.hpp"

namespace witan::meetings::test {
namespace {

class CopiedAgendas : public SeatedCouncil {
 protected:
  MeetingId another(const std::string& date, const BodyId& body = k_council) {
    return MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{body, {"Another"}, {date}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}, {}, {}, {}}));
  }
  std::string copy(const MeetingId& to, const Actor& by = k_secretary) { return why_not(scene.send(by, wire::CopyAgenda{to})); }
  std::vector<wire::AgendaItemView> agenda_of(const MeetingId& of) {
    std::vector<wire::AgendaItemView> items;
    for (const auto& [key, value] : WorldReader(scene.world()).rows("meetings/" + of.str(), "staff", "agenda/")) items.push_back(codec::decode<wire::AgendaItemView>(value).value());
    std::ranges::sort(items, {}, &wire::AgendaItemView::sort);
    return items;
  }
  std::string titles(const MeetingId& of) {
    std::string text;
    for (const auto& one : agenda_of(of)) text += one.number + " " + one.title + "; ";
    return text;
  }
  std::optional<wire::LastAgendaView> offered(const MeetingId& to) { return scene.world().row_as<wire::LastAgendaView>("meetings/" + to.str(), "staff", "last_agenda/" + to.str()); }
  std::string off(const AgendaItemId& one, wire::ItemStatus status) {
    wire::EditAgendaItem edit{meeting, one, {}, {}, {}, {}, {}};
    edit.status = status;
    return why_not(scene.send(k_secretary, edit));
  }
};

TEST_F(CopiedAgendas, have_the_items_of_the_latest_meeting_before_and_none_of_its_papers) {
  added("Rail", item);
  const auto next = another("2018-09-28");
  ASSERT_TRUE(offered(next));
  EXPECT_EQ(offered(next)->title, "June");
  EXPECT_EQ(offered(next)->when, "Friday 29 June 2018");
  EXPECT_EQ(offered(next)->items, 3);
  ASSERT_EQ(copy(next), "");
  EXPECT_EQ(titles(next), "1 Skills; 2 Pay of the chief executive; 2.1 Rail; ");
  EXPECT_FALSE(offered(next)) << "it is no longer empty";
  for (const auto& one : agenda_of(next)) {
    EXPECT_FALSE(one.papers);
    EXPECT_NE(one.item, item);
  }
  EXPECT_EQ(titles(meeting), "1 Skills; 2 Pay of the chief executive; 2.1 Rail; ") << "the other one stays as it is";
}

TEST_F(CopiedAgendas, come_from_no_later_meeting_no_other_body_and_none_that_was_cancelled) {
  const auto before = another("2018-05-31"), after = another("2018-12-14");
  EXPECT_FALSE(offered(before));
  EXPECT_EQ(copy(before), "not_found");
  const auto cancelled = another("2018-10-31");
  ASSERT_TRUE(scene.send(k_secretary, wire::AddAgendaItem{cancelled, {"Never held"}, ItemKind::note, {}, {5}, {}, {}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelMeeting{cancelled, {"Nobody can come"}}));
  ASSERT_EQ(copy(after), "");
  EXPECT_EQ(titles(after), "1 Skills; 2 Pay of the chief executive; ");
}

TEST_F(CopiedAgendas, leave_out_what_was_withdrawn_and_take_what_was_deferred) {
  added("Rail", item);
  ASSERT_EQ(off(item, wire::ItemStatus::withdrawn), "");
  ASSERT_EQ(off(open, wire::ItemStatus::deferred), "");
  const auto next = another("2018-09-28");
  EXPECT_EQ(offered(next)->items, 1);
  ASSERT_EQ(copy(next), "");
  EXPECT_EQ(titles(next), "1 Skills; ");
  EXPECT_FALSE(agenda_of(next).front().is_off) << "it is planned there";
}

TEST_F(CopiedAgendas, begin_empty_agendas_of_drafts_alone_and_by_staff) {
  const auto next = another("2018-09-28");
  EXPECT_EQ(copy(next, k_ada), "not_found") << "a member knows of no draft";
  EXPECT_EQ(copy(meeting), "not_now") << "it has items";
  ASSERT_EQ(copy(next), "");
  EXPECT_EQ(copy(next), "not_now") << "twice would double it";
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelMeeting{next, {"Nobody can come"}}));
  EXPECT_EQ(copy(next), "not_now");
}

TEST_F(CopiedAgendas, are_offered_once_more_when_the_last_item_is_removed) {
  const auto next = another("2018-09-28");
  const auto only = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{next, {"One"}, ItemKind::note, {}, {5}, {}, {}}));
  EXPECT_FALSE(offered(next));
  ASSERT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{next, only}));
  EXPECT_TRUE(offered(next));
}

TEST_F(CopiedAgendas, are_offered_as_the_other_meeting_stands_now) {
  const auto first = another("2018-09-28"), second = another("2018-12-14");
  EXPECT_EQ(offered(second)->title, "June");
  ASSERT_EQ(copy(first), "");
  EXPECT_EQ(offered(second)->title, "Another") << "the one between has an agenda by now";
  EXPECT_EQ(offered(second)->items, 2);
  ASSERT_TRUE(scene.send(k_secretary, wire::RescheduleMeeting{first, {"2018-10-01"}, {"14:00"}, {"16:00"}, {"Here"}, {{"Autumn"}}}));
  EXPECT_EQ(offered(second)->title + ", " + offered(second)->when, "Autumn, Monday 1 October 2018");
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelMeeting{first, {"Nobody can come"}}));
  EXPECT_EQ(offered(second)->title, "June");
}

TEST_F(CopiedAgendas, are_those_of_the_latest_meetings_alone) {
  for (int month = 1; month <= 12; ++month) {
    ASSERT_EQ(copy(another("2019-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-15")), "");
    another("2020-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-15");
  }
  const auto last = another("2021-01-15");
  EXPECT_EQ(scene.world().keys("index/agendas", k_private_audience).size(), 12U) << "each event of a meeting reads them";
  EXPECT_EQ(scene.world().keys("index/empty-agendas", k_private_audience).size(), 12U);
  EXPECT_EQ(offered(last)->when, "Sunday 15 December 2019");
  // An early draft, for which the latest are all too late: what it is offered it can have.
  const auto early = another("2018-07-31");
  added("One more");
  EXPECT_EQ(offered(early).has_value(), copy(early).empty());
}

TEST_F(CopiedAgendas, keep_to_members_what_was_for_members) {
  const auto closed = added("Appointments", {}, {}, Circulation::members);
  added("Names", closed);
  const auto next = another("2018-09-28");
  ASSERT_EQ(copy(next), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::PublishAgenda{next}));
  std::string shown;
  for (const auto& [key, value] : WorldReader(scene.world()).rows("meetings/" + next.str(), "public", "agenda/")) shown += codec::decode<wire::AgendaItemView>(value)->title;
  EXPECT_EQ(shown.find("Appointments"), std::string::npos);
  EXPECT_EQ(shown.find("Names"), std::string::npos);
  EXPECT_NE(shown.find("Skills"), std::string::npos);
}

class NowAndNext : public SeatedCouncil {
 protected:
  wire::MeetingView row(const std::string& audience = "public") { return scene.world().row_as<wire::MeetingView>(topic(), audience, "meeting").value(); }
};

TEST_F(NowAndNext, pass_over_what_was_deferred_and_end_at_the_last) {
  const auto last = added("Any other business");
  wire::EditAgendaItem edit{meeting, item, {}, {}, {}, {}, {}};
  edit.status = wire::ItemStatus::deferred;
  publish();
  EXPECT_FALSE(row().next_item) << "it is at none yet";
  start();
  EXPECT_EQ(row().next_item, item.str());
  ASSERT_TRUE(scene.send(k_secretary, edit));
  EXPECT_EQ(row().next_item, last.str());
  go_to(last);
  EXPECT_FALSE(row().next_item);
}

TEST_F(NowAndNext, count_the_time_of_the_item_without_pauses) {
  publish();
  start();
  EXPECT_EQ(row().now_counted_from, moment("2018-06-29T13:00:00Z"));
  scene.wait_until(moment("2018-06-29T13:05:00Z"));
  ASSERT_TRUE(scene.send(k_secretary, wire::PauseMeeting{meeting}));
  EXPECT_FALSE(row().now_counted_from) << "its clock stands";
  scene.wait_until(moment("2018-06-29T13:25:00Z"));
  ASSERT_TRUE(scene.send(k_secretary, wire::ResumeMeeting{meeting}));
  EXPECT_EQ(row().now_counted_from, moment("2018-06-29T13:20:00Z"));
  close();
  EXPECT_FALSE(row().now_counted_from);
}

}  // namespace
}  // namespace witan::meetings::test
