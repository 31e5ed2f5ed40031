// An item that goes on to another meeting: what comes along, who may see that it did, and who may not read its papers at either.
#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/notes/notes.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

namespace directory = contract::directory;

const auto k_ada = holder(id_of<PersonId>("ada"), k_council.str(), Role::member);
const auto k_stranger = person(id_of<PersonId>("stranger"));
const auto k_panel = id_of<BodyId>("panel");

class ForwardedItem : public testing::Test {
 protected:
  ForwardedItem() {
    scene.world().now = k_now;
    establish(k_council, "Council of LEP Chairs");
    EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{*k_ada.person, "Ada Lovelace", ""}));
    happened(scene, "body", k_council.str(), SeatTaken{k_council, {id_of<SeatId>("ada"), "Chair, Cumbria LEP", Role::member, *k_ada.person, scene.world().keep("Ada Lovelace"), ""}});
    from = scheduled("June", "2018-06-29", k_council);
    to = scheduled("December", "2018-12-04", k_council);
    item = added(from, "Skills", Circulation::everyone);
    paper = add_paper("Regional productivity");
  }
  PaperDesk desk() {
    return {nullptr,
            [this](const std::string& upload, wire::PaperKind) -> Result<std::int64_t> { return scene.world().uploads[upload]; },
            [this](const PaperFile&) { return LookedThrough{1, 12, text, false}; }};
  }
  void establish(const BodyId& body, const std::string& name) {
    EXPECT_TRUE(scene.hear("directory", directory::BodyEstablishedNotice{body, name, directory::BodyKind::council}));
  }
  MeetingId scheduled(const std::string& title, const std::string& day, const BodyId& body, const Actor& by = k_secretary) {
    return MeetingId::from_trusted(scene.made("meeting", by, wire::ScheduleMeeting{body, {title}, {day}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
  }
  AgendaItemId added(const MeetingId& meeting, const std::string& title, Circulation circulation, std::optional<AgendaItemId> under = {}) {
    return AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {title}, ItemKind::decision, {{"Ada Lovelace"}}, {25}, circulation, {}, under}));
  }
  UploadId handed_in() {
    const auto upload = UploadId::from_trusted(scene.made("upload", k_secretary, wire::BeginUpload{from, {"Paper.pdf"}, {1000}}));
    scene.world().uploads[upload.str()] = 1000;
    return upload;
  }
  PaperId add_paper(const std::string& title, std::optional<Circulation> circulation = {}, std::optional<CalendarDate> not_before = {}) {
    return PaperId::from_trusted(scene.made("paper", k_secretary, wire::AddPaper{from, item, {title}, handed_in(), circulation, not_before, {}, {}}));
  }
  Result<json::object> forward(const std::string& late_reason = "", const Actor& by = k_secretary) {
    wire::ForwardItem command{from, item, to};
    if (!late_reason.empty()) command.late_reason = {{late_reason}};
    auto done = scene.send(by, command);
    if (done) there = AgendaItemId::from_trusted(std::string(string_at(*done, "item")));
    return done;
  }
  std::string refused(const Actor& by = k_secretary) {
    const auto before = scene.world().log.size();
    const auto done = forward("", by);
    EXPECT_EQ(scene.world().log.size(), before) << "nothing was changed";
    return done ? "" : code_of(done) + (done.error().errors.empty() ? "" : " " + done.error().errors.front().pointer);
  }
  void publish(const MeetingId& meeting) { EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting})); }
  std::optional<wire::AgendaItemView> row(const MeetingId& meeting, const AgendaItemId& of, std::string_view audience = "staff") {
    return scene.world().row_as<wire::AgendaItemView>("meetings/" + meeting.str(), audience, "agenda/" + of.str());
  }
  /// The paper that came along, by its place.
  wire::PaperView copy(std::size_t n = 0, std::string_view audience = "staff") { return row(to, there, audience)->papers->at(n); }
  std::string read(const PaperId& which, const Actor& actor) { return code_of(scene.send(actor, wire::ReadPaper{which, {1}})); }
  std::optional<std::string> audience(const PaperId& which, const Actor& actor) { return scene.world().audience("papers/" + which.str(), actor); }
  void begin(const MeetingId& meeting, const std::string& at) {
    scene.wait_until(moment(at));
    EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{meeting}));
  }

  std::string text = "What the regions make";
  ServiceScene scene{definition(desk())};
  MeetingId from, to;
  AgendaItemId item, there;
  PaperId paper;
};

TEST_F(ForwardedItem, is_the_last_of_the_other_meeting_as_it_is_now_and_stays_where_it_was) {
  added(to, "Welcome", Circulation::everyone);
  ASSERT_TRUE(forward());
  const auto view = *row(to, there);
  EXPECT_EQ(view.number, "2");
  EXPECT_EQ(view.title, "Skills");
  EXPECT_EQ(view.kind, ItemKind::decision);
  EXPECT_EQ(view.lead, "Ada Lovelace");
  EXPECT_EQ(view.minutes, 25);
  EXPECT_EQ(view.forwarded_from->title, "June");
  EXPECT_EQ(view.forwarded_from->href, "/meetings/" + from.str() + "#agenda-" + item.str());
  EXPECT_EQ(row(from, item)->forwarded_to->title, "December");
  EXPECT_EQ(row(from, item)->papers->size(), 1U);
}

TEST_F(ForwardedItem, takes_its_papers_along_as_they_are_now) {
  ASSERT_TRUE(scene.send(k_secretary, wire::AddPaperVersion{from, paper, handed_in(), {"New figures"}}));
  const auto gone = add_paper("Sent in error");
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{gone, {"Sent in error"}}));
  scene.made("paper", k_secretary, wire::AnnouncePaper{from, item, {"To follow"}, {}, {}});
  add_paper("For members", Circulation::members, CalendarDate{"2018-06-20"});
  ASSERT_TRUE(forward());
  ASSERT_EQ(row(to, there)->papers->size(), 2U);
  EXPECT_EQ(copy(0).title, "Regional productivity");
  EXPECT_EQ(copy(0).version, 1) << "its versions of before stay where they are";
  EXPECT_EQ(copy(1).title, "For members");
  EXPECT_TRUE(copy(1).is_members_only);
  EXPECT_EQ(copy(1).not_before, "midnight on 20 June 2018");
  const auto first = scene.world().row_as<Paper>(k_paper_index, k_private_audience, from.str() + "/" + paper.str());
  const auto second = scene.world().row_as<Paper>(k_paper_index, k_private_audience, to.str() + "/" + copy(0).paper.str());
  EXPECT_EQ(first->versions.back().file.address, second->versions.back().file.address) << "the bytes are kept once";
}

TEST_F(ForwardedItem, keeps_what_is_known_of_its_papers) {
  scene.do_outside_work();
  EXPECT_EQ(row(from, item)->papers->front().pages, 12);
  ASSERT_TRUE(forward());
  EXPECT_EQ(copy().pages, 12);
  EXPECT_TRUE(copy().has_text);
  EXPECT_TRUE(scene.world().keys(std::string(k_unread_index), k_private_audience).empty());
}

TEST_F(ForwardedItem, takes_along_what_readers_wrote_for_themselves) {
  publish(from);
  const auto written = [&](const PaperId& which) {
    const auto row = scene.world().row_as<wire::NoteView>("notes/" + which.str() + "/" + k_ada.person->str(), "self", "note");
    return row ? row->text : std::string("none");
  };
  ASSERT_TRUE(scene.send(k_ada, wire::WriteNote{paper, *k_ada.person, {"Ask about page 4"}, {0}}));
  ASSERT_TRUE(forward());
  const auto other = copy().paper;
  EXPECT_EQ(written(other), "Ask about page 4");
  EXPECT_EQ(scene.world().audience("notes/" + other.str() + "/" + k_ada.person->str(), k_ada), "self");
  EXPECT_EQ(scene.world().audience("notes/" + other.str() + "/" + k_ada.person->str(), k_secretary), std::nullopt);
  for (const auto& line : audit_lines(scene)) EXPECT_FALSE(line.starts_with("Wrote for themselves") && line.ends_with("A note | A note")) << "nobody is told how many wrote something";
  publish(to);
  EXPECT_EQ(code_of(scene.send(k_ada, wire::WriteNote{other, *k_ada.person, {"Page 5 now"}, {0}})), "stale_version") << "it is one note";
  ASSERT_TRUE(scene.send(k_ada, wire::WriteNote{other, *k_ada.person, {"Page 5 now"}, {1}}));
  for (const auto& which : {paper, other}) EXPECT_EQ(written(which), "Page 5 now");
  EXPECT_EQ(code_of(scene.send(k_stranger, wire::WriteNote{other, *k_ada.person, {"Not hers"}, {2}})), "not_found");
  EXPECT_TRUE(scene.hear("directory", directory::PersonErasedNotice{*k_ada.person}));
  for (const auto& which : {paper, other}) EXPECT_EQ(written(which), "none");
  for (const auto* words : {"Ask about", "Page 5"}) EXPECT_EQ(all_kept(scene.world()).find(words), std::string::npos) << words;
}

TEST_F(ForwardedItem, is_for_members_where_one_above_it_was) {
  const auto above = added(from, "Appointments", Circulation::members);
  item = added(from, "Ben", Circulation::everyone, above);
  ASSERT_TRUE(forward());
  EXPECT_TRUE(row(to, there)->is_members_only);
  publish(from), publish(to);
  EXPECT_TRUE(row(to, there, "public")->is_restricted);
  EXPECT_FALSE(row(to, there, "public")->forwarded_from);
}

// An agenda without papers writes the same row for everybody.
TEST_F(ForwardedItem, from_a_published_agenda_tells_nobody_of_a_draft) {
  from = scheduled("September", "2018-09-28", k_council);
  item = added(from, "Rail", Circulation::everyone);
  const auto other = added(from, "Buses", Circulation::everyone);
  publish(from);
  ASSERT_TRUE(forward());
  begin(from, "2018-09-28T13:00:00Z");
  ASSERT_TRUE(scene.send(k_secretary, wire::GoToItem{from, other}));
  for (const auto* reader : {"member", "public"}) {
    EXPECT_FALSE(row(from, item, reader)->forwarded_to) << reader;
    EXPECT_FALSE(row(to, there, reader)) << reader;
  }
  EXPECT_EQ(scene.world().all_of("public").find("December"), std::string::npos);
  EXPECT_TRUE(row(from, item)->forwarded_to);
}

TEST_F(ForwardedItem, says_where_it_went_last_and_knows_all_that_came_of_it) {
  const auto first = to;
  ASSERT_TRUE(forward());
  const auto there_first = there;
  to = scheduled("January", "2019-01-15", k_council);
  ASSERT_TRUE(forward());
  EXPECT_EQ(row(from, item)->forwarded_to->title, "January");
  publish(first);
  EXPECT_EQ(row(from, item)->forwarded_to->title, "January") << "what happens at the first is not where it went last";
  EXPECT_EQ(row(first, there_first)->forwarded_from->title, "June");
  to = first;
  EXPECT_EQ(refused(), "already_done");
  ASSERT_TRUE(scene.send(k_secretary, wire::RescheduleMeeting{from, {"2018-06-30"}, {"14:00"}, {"16:00"}, {"Here"}, {{"Summer"}}, {{"Heat"}}}));
  EXPECT_EQ(row(to, there_first)->forwarded_from->title, "Summer") << "the earlier one too";
}

TEST_F(ForwardedItem, says_of_a_meeting_that_it_was_cancelled) {
  ASSERT_TRUE(forward());
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelMeeting{to, {"Snow"}}));
  EXPECT_EQ(row(from, item)->forwarded_to->title, "December (cancelled)");
}

TEST_F(ForwardedItem, has_at_most_fifty_papers) {
  for (int n = 0; n < 50; ++n) add_paper("Paper");
  EXPECT_EQ(refused(), "too_large");
}

TEST_F(ForwardedItem, tells_nobody_of_a_draft_who_did_not_know_of_it) {
  ASSERT_TRUE(forward());
  publish(from);
  for (const auto* reader : {"member", "public"}) EXPECT_FALSE(row(from, item, reader)->forwarded_to) << reader;
  EXPECT_TRUE(row(from, item)->forwarded_to);
  publish(to);
  for (const auto* reader : {"member", "public"}) EXPECT_EQ(row(from, item, reader)->forwarded_to->title, "December") << reader;
  for (const auto* reader : {"member", "public"}) EXPECT_EQ(row(to, there, reader)->forwarded_from->title, "June") << reader;
  ASSERT_TRUE(scene.send(k_secretary, wire::RescheduleMeeting{to, {"2018-12-05"}, {"14:00"}, {"16:00"}, {"Here"}, {{"Winter council"}}, {{"Snow"}}}));
  EXPECT_EQ(row(from, item, "public")->forwarded_to->title, "Winter council");
}

TEST_F(ForwardedItem, that_is_removed_there_can_be_forwarded_again) {
  ASSERT_TRUE(forward());
  EXPECT_EQ(refused(), "already_done");
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{copy().paper, {"Not yet"}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{to, there}));
  EXPECT_FALSE(row(from, item)->forwarded_to);
  ASSERT_TRUE(forward());
  EXPECT_EQ(row(from, item)->forwarded_to->href, "/meetings/" + to.str() + "#agenda-" + there.str());
}

TEST_F(ForwardedItem, comes_from_nowhere_once_the_first_one_is_removed) {
  item = added(from, "Rail", Circulation::everyone);
  ASSERT_TRUE(forward());
  ASSERT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{from, item}));
  EXPECT_FALSE(row(to, there)->forwarded_from);
}

TEST_F(ForwardedItem, goes_on_from_a_meeting_that_is_over) {
  publish(from);
  begin(from, "2018-06-29T13:00:00Z");
  ASSERT_TRUE(scene.send(k_secretary, wire::CloseMeeting{from}));
  ASSERT_TRUE(forward());
  EXPECT_EQ(row(from, item, "staff")->forwarded_to->title, "December");
}

TEST_F(ForwardedItem, goes_to_no_meeting_that_takes_no_more) {
  to = from;
  EXPECT_EQ(refused(), "invalid_arguments /to");
  to = scheduled("Cancelled", "2018-12-11", k_council);
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelMeeting{to, {"Snow"}}));
  EXPECT_EQ(refused(), "invalid_arguments /to");
  to = scheduled("Over", "2018-06-20", k_council);
  added(to, "Welcome", Circulation::everyone);
  publish(to);
  begin(to, "2018-06-20T13:00:00Z");
  ASSERT_TRUE(scene.send(k_secretary, wire::CloseMeeting{to}));
  EXPECT_EQ(refused(), "invalid_arguments /to");
  item = id_of<AgendaItemId>("none");
  EXPECT_EQ(refused(), "invalid_arguments /item");
}

TEST_F(ForwardedItem, goes_without_those_under_it_or_not_at_all) {
  added(from, "Apprenticeships", Circulation::everyone, item);
  EXPECT_EQ(refused(), "not_now");
}

TEST_F(ForwardedItem, says_why_its_papers_are_late_there) {
  added(to, "Welcome", Circulation::everyone);
  publish(to);
  scene.wait_until(moment("2018-12-03T12:00:00Z"));
  EXPECT_EQ(refused(), "invalid_arguments /late_reason");
  ASSERT_TRUE(forward("It was left over in June"));
  EXPECT_EQ(copy().late_reason, "It was left over in June");
}

TEST_F(ForwardedItem, is_forwarded_by_who_prepares_both_meetings) {
  establish(k_panel, "Panel");
  const auto both = [] {
    auto actor = k_secretary;
    actor.roles[k_panel.str()] = {Role::secretary};
    return actor;
  }();
  to = scheduled("Panel in June", "2018-06-28", k_panel, both);
  EXPECT_EQ(refused(k_ada), "not_found") << "nor is this one for them";
  EXPECT_EQ(refused(visitor()), "not_signed_in");
  EXPECT_EQ(refused(k_secretary), "invalid_arguments /to") << "a draft of others is not there";
  ASSERT_TRUE(forward("", both));
  EXPECT_EQ(row(to, there)->title, "Skills");
  EXPECT_FALSE(row(to, there)->forwarded_from) << "the council's draft is not the panel's business";
  publish(from);
  EXPECT_EQ(row(to, there)->forwarded_from->title, "June");
  for (const auto& other : {k_ada, k_stranger}) EXPECT_EQ(refused(other), "forbidden");
}

// The case for which it is closed at both: somebody who withdraws at one meeting opens the same file at the other.
TEST_F(ForwardedItem, has_papers_that_are_closed_at_both_to_who_withdraws_at_one) {
  paper = add_paper("For members", Circulation::members);
  ASSERT_TRUE(forward());
  const auto other = copy(1).paper;
  publish(from), publish(to);
  ASSERT_EQ(read(paper, k_ada), "");
  ASSERT_EQ(read(other, k_ada), "");
  ASSERT_TRUE(scene.send(k_ada, wire::DeclareAtItem{to, there, id_of<SeatId>("ada"), wire::InterestEffect::withdraw, {"I own the college"}, {}}));
  EXPECT_EQ(read(paper, k_ada), "") << "the meeting is not at the item";
  begin(to, "2018-12-04T14:00:00Z");
  for (const auto& which : {paper, other}) {
    EXPECT_EQ(read(which, k_ada), "not_found");
    EXPECT_EQ(audience(which, k_ada), std::nullopt);
    EXPECT_EQ(read(which, k_member), "");
  }
  EXPECT_EQ(read(row(from, item)->papers->front().paper, k_ada), "") << "what everybody may read stays open";
  ASSERT_TRUE(scene.send(k_secretary, wire::CloseMeeting{to}));
  for (const auto& which : {paper, other}) EXPECT_EQ(read(which, k_ada), "");
  EXPECT_EQ(audience(paper, k_ada), "member");
}

TEST_F(ForwardedItem, is_told_in_the_audit_of_both) {
  ASSERT_TRUE(forward());
  const auto lines = audit_lines(scene);
  EXPECT_EQ(std::ranges::count(lines, "Forwarded item 1, “Skills” of “June” to “December” |  | "), 1) << lines.back();
}

}  // namespace
}  // namespace witan::meetings::test
