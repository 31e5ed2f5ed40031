// Papers that go out by two people: what others know of them before, who may be the second, and that no clock is the second.
#include "services/meetings/domain/papers/reading.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/seated_council.hpp"

namespace witan::meetings::test {
namespace {

const auto k_chair = holder(id_of<PersonId>("chair"), k_council.str(), Role::chair);

class TwoKeys : public SeatedCouncil {
 protected:
  UploadId handed_in(const Actor& by = k_secretary) {
    const auto upload = UploadId::from_trusted(scene.made("upload", by, wire::BeginUpload{meeting, {"Paper.pdf"}, {1000}}));
    scene.world().uploads[upload.str()] = 1000;
    return upload;
  }
  wire::AddPaper marked(const AgendaItemId& to) {
    wire::AddPaper add{meeting, to, {"Growth in the North"}, handed_in(), {}, {}, {}, {}};
    add.needs_second = true;
    return add;
  }
  PaperId add(const wire::AddPaper& command) { return PaperId::from_trusted(scene.made("paper", k_secretary, command)); }
  std::string replace(const PaperId& which, const Actor& by = k_secretary) { return why_not(scene.send(by, wire::AddPaperVersion{meeting, which, handed_in(by), {"New figures"}})); }
  std::string release(const PaperId& which, std::int64_t version = 1, const Actor& by = k_chair, const std::string& reason = "") {
    wire::ReleasePaper command{which, {version}};
    if (!reason.empty()) command.late_reason = {{reason}};
    return why_not(scene.send(by, command));
  }
  std::optional<wire::PaperView> on_agenda(const PaperId& which, const Actor& actor) {
    const auto row = seen(open, actor);
    if (!row || !row->papers) return std::nullopt;
    const auto found = std::ranges::find(*row->papers, which, &wire::PaperView::paper);
    return found == row->papers->end() ? std::nullopt : std::optional(*found);
  }
  std::optional<wire::PaperView> on_page(const PaperId& which, const Actor& actor) {
    const auto as = scene.world().audience("papers/" + which.str(), actor);
    return as ? scene.world().row_as<wire::PaperView>("papers/" + which.str(), *as, "paper") : std::nullopt;
  }
  bool knows_version(const PaperId& which, int number, const Actor& actor) {
    const auto as = scene.world().audience("papers/" + which.str(), actor);
    return as && scene.world().row("papers/" + which.str(), *as, "version/" + std::to_string(number)).has_value();
  }
  std::string read(const PaperId& which, const Actor& actor, std::int64_t version = 1) { return code_of(scene.send(actor, wire::ReadPaper{which, {version}})); }
  /// On the agenda, on its page, and the file: `agenda page file`, or `-` for what they do not have.
  std::string knows(const PaperId& which, const Actor& actor, std::int64_t version = 1) {
    return std::string(on_agenda(which, actor) ? "agenda" : "-") + (on_page(which, actor) ? " page" : " -") + (read(which, actor, version).empty() ? " file" : " -");
  }
};

constexpr const char* k_all = "agenda page file";
constexpr const char* k_none = "- - -";

TEST_F(TwoKeys, keep_a_paper_to_staff_until_somebody_else_has_released_it) {
  const auto held = add(marked(open));
  publish();
  EXPECT_EQ(knows(held, k_secretary), k_all);
  EXPECT_EQ(knows(held, k_chair), k_all);
  EXPECT_TRUE(on_agenda(held, k_chair)->waits_for_second);
  for (const auto& other : {k_ada, k_everybody}) EXPECT_EQ(knows(held, other), k_none);
  ASSERT_EQ(release(held), "");
  for (const auto& anybody : {k_ada, k_everybody, k_secretary}) EXPECT_EQ(knows(held, anybody), k_all);
  EXPECT_FALSE(on_agenda(held, k_chair)->waits_for_second);
  EXPECT_TRUE(on_agenda(held, k_chair)->needs_second);
  EXPECT_FALSE(on_agenda(held, k_ada)->needs_second) << "how it was released is the staff's business";
}

TEST_F(TwoKeys, are_of_two_people) {
  const auto held = add(marked(open));
  EXPECT_EQ(release(held, 1, k_secretary), "forbidden");
  EXPECT_EQ(release(held, 1, k_ada), "not_found") << "a member does not learn that it is there";
  EXPECT_EQ(release(held, 1, k_everybody), "not_signed_in");
  publish();
  EXPECT_EQ(knows(held, k_ada), k_none);
  EXPECT_EQ(release(held, 1, administrator()), "");
  EXPECT_EQ(release(held), "already_done");
}

TEST_F(TwoKeys, are_asked_for_by_whoever_adds_the_paper) {
  EXPECT_EQ(release(paper), "already_done") << "an ordinary paper waits for nobody";
  publish();
  EXPECT_EQ(read(paper, k_everybody), "");
}

TEST_F(TwoKeys, hold_each_version_and_leave_the_one_before_to_its_readers) {
  const auto held = add(marked(open));
  publish();
  ASSERT_EQ(release(held), "");
  ASSERT_EQ(replace(held, k_chair), "");
  EXPECT_EQ(on_agenda(held, k_ada)->version, 1);
  EXPECT_EQ(on_agenda(held, k_everybody)->what_changed, std::nullopt);
  EXPECT_EQ(on_agenda(held, k_secretary)->version, 2);
  EXPECT_TRUE(on_agenda(held, k_secretary)->waits_for_second);
  EXPECT_FALSE(knows_version(held, 2, k_ada));
  EXPECT_TRUE(knows_version(held, 2, k_secretary));
  EXPECT_EQ(read(held, k_ada, 2), "not_found");
  EXPECT_EQ(read(held, k_ada, 1), "");
  EXPECT_EQ(release(held, 2, k_chair), "forbidden") << "the chair added this one";
  EXPECT_EQ(release(held, 1, k_secretary), "stale_version") << "what is released is what was looked at";
  ASSERT_EQ(release(held, 2, k_secretary), "");
  EXPECT_EQ(on_agenda(held, k_ada)->version, 2);
  EXPECT_EQ(read(held, k_everybody, 2), "");
}

TEST_F(TwoKeys, never_let_out_a_version_that_nobody_released) {
  const auto wrong_at_first = add(marked(open));
  publish();
  ASSERT_EQ(replace(wrong_at_first), "");
  ASSERT_EQ(release(wrong_at_first, 2), "");
  EXPECT_EQ(on_agenda(wrong_at_first, k_ada)->version, 2);
  EXPECT_EQ(on_agenda(wrong_at_first, k_ada)->replaces, std::nullopt) << "for others there was none before";
  EXPECT_EQ(on_agenda(wrong_at_first, k_ada)->what_changed, std::nullopt);
  EXPECT_FALSE(knows_version(wrong_at_first, 1, k_ada));
  EXPECT_EQ(read(wrong_at_first, k_ada, 1), "not_found");
  EXPECT_EQ(read(wrong_at_first, k_everybody, 1), "not_found");
  EXPECT_EQ(read(wrong_at_first, k_everybody, 2), "");
  EXPECT_EQ(read(wrong_at_first, k_secretary, 1), "");
  ASSERT_EQ(replace(wrong_at_first, k_chair), "");
  ASSERT_EQ(replace(wrong_at_first, k_secretary), "");
  ASSERT_EQ(release(wrong_at_first, 4), "");
  EXPECT_EQ(on_agenda(wrong_at_first, k_ada)->replaces, 2) << "the third was added by who releases the fourth";
  EXPECT_EQ(read(wrong_at_first, k_ada, 3), "not_found");
}

TEST_F(TwoKeys, keep_what_was_announced_as_it_was_announced) {
  const auto announced = PaperId::from_trusted(scene.made("paper", k_secretary, wire::AnnouncePaper{meeting, open, {"A paper"}, Circulation::members, {}}));
  publish();
  auto command = marked(open);
  command.fills = announced;
  command.title = {"Closure of the Carlisle depot"};
  ASSERT_EQ(add(command), announced);
  EXPECT_EQ(on_agenda(announced, k_ada)->title, "A paper");
  EXPECT_FALSE(on_agenda(announced, k_everybody)) << "it was announced to members";
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{announced, {"Wrong file"}}));
  EXPECT_EQ(on_agenda(announced, k_ada)->title, "A paper");
}

TEST_F(TwoKeys, are_not_turned_by_who_has_withdrawn_from_the_item) {
  const auto held = add(marked(open));
  publish();
  start();
  const auto ada_chairs = holder(id_of<PersonId>("ada"), k_council.str(), Role::chair);
  EXPECT_EQ(release(held, 7, ada_chairs, "The figures came late"), "stale_version");
  ASSERT_TRUE(declare("ada", open, "My firm"));
  EXPECT_EQ(read(held, ada_chairs), "not_found");
  EXPECT_EQ(release(held, 1, ada_chairs, "The figures came late"), "not_found");
  EXPECT_EQ(release(held, 7, ada_chairs, "The figures came late"), "not_found") << "nor are they told how many versions there are";
  ASSERT_TRUE(scene.send(ada_chairs, wire::WriteNote{paper, id_of<PersonId>("ada"), {"Ask why"}, {0}}));
}

TEST_F(TwoKeys, hold_what_was_to_follow_which_goes_on_to_follow_for_others) {
  const auto announced = PaperId::from_trusted(scene.made("paper", k_secretary, wire::AnnouncePaper{meeting, open, {"Growth in the North"}, {}, {{"2018-06-20"}}}));
  publish();
  auto command = marked(open);
  command.fills = announced;
  ASSERT_EQ(add(command), announced);
  ASSERT_TRUE(on_agenda(announced, k_ada));
  EXPECT_TRUE(on_agenda(announced, k_ada)->is_to_follow);
  EXPECT_EQ(on_agenda(announced, k_ada)->expected, "Wednesday 20 June 2018");
  EXPECT_EQ(on_agenda(announced, k_ada)->file_href, "");
  EXPECT_EQ(read(announced, k_ada), "not_found");
  ASSERT_EQ(release(announced), "");
  EXPECT_FALSE(on_agenda(announced, k_ada)->is_to_follow);
  EXPECT_EQ(read(announced, k_ada), "");
}

TEST_F(TwoKeys, and_the_day_have_to_come_both) {
  auto command = marked(open);
  command.not_before = {{"2018-06-10"}};
  const auto by_day_first = add(command);
  command.upload = handed_in();
  const auto by_key_first = add(command);
  publish();
  ASSERT_EQ(release(by_key_first), "");
  EXPECT_EQ(knows(by_key_first, k_everybody), k_none) << "the second person is no clock";
  scene.wait_until(moment("2018-06-10T00:00:00Z"));
  EXPECT_EQ(knows(by_key_first, k_everybody), k_all);
  EXPECT_EQ(knows(by_day_first, k_everybody), k_none) << "and the clock is no second person";
  ASSERT_EQ(release(by_day_first), "");
  EXPECT_EQ(knows(by_day_first, k_everybody), k_all);
}

TEST_F(TwoKeys, go_out_late_when_they_are_released_late) {
  const auto held = add(marked(open));
  publish();
  scene.wait_until(moment("2018-06-22T09:00:00Z"));
  EXPECT_EQ(release(held), "missing_field");
  EXPECT_EQ(knows(held, k_everybody), k_none);
  ASSERT_EQ(release(held, 1, k_chair, "The figures came on Friday"), "");
  EXPECT_TRUE(on_agenda(held, k_everybody)->is_late);
  EXPECT_EQ(on_agenda(held, k_everybody)->late_reason, "The figures came on Friday");
}

TEST_F(TwoKeys, turn_in_vain_once_the_paper_is_withdrawn_or_the_meeting_is_over) {
  const auto withdrawn = add(marked(open)), forgotten = add(marked(open));
  publish();
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{withdrawn, {"Wrong file"}}));
  EXPECT_EQ(release(withdrawn), "not_now");
  EXPECT_EQ(knows(withdrawn, k_everybody), k_none) << "nobody ever knew of it";
  start();
  close();
  EXPECT_EQ(release(forgotten), "not_now");
}

TEST_F(TwoKeys, go_along_with_a_forwarded_item) {
  const auto held = add(marked(open)), released = add(marked(open));
  ASSERT_EQ(release(released), "");
  const auto next = MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"Next"}, {"2018-09-28"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}, {}, {}, {}}));
  ASSERT_TRUE(scene.send(k_secretary, wire::ForwardItem{meeting, open, next}));
  ASSERT_TRUE(scene.send(k_secretary, wire::PublishAgenda{next}));
  std::vector<std::string> states;
  for (const auto& copy : papers_of(next, WorldReader(scene.world()))) {
    states.push_back(std::string(copy.waits_for_second() ? "waits" : "out") + (read(copy.paper, k_everybody).empty() ? " is read" : " is closed"));
    if (copy.waits_for_second()) EXPECT_EQ(release(copy.paper, 1, k_secretary), "forbidden") << "they added it, there and here";
  }
  std::ranges::sort(states);
  EXPECT_EQ(states, (std::vector<std::string>{"out is read", "waits is closed"}));
}

TEST_F(TwoKeys, are_in_the_audit_with_who_turned_them) {
  const auto held = add(marked(open));
  ASSERT_EQ(release(held), "");
  const auto lines = audit_lines(scene);
  EXPECT_EQ(std::ranges::count_if(lines, [](const std::string& line) { return line.find("waits for a second person") != std::string::npos; }), 2) << "who reads a version is not told of another";
  EXPECT_EQ(std::ranges::count(lines, "Released version 1 of the paper “Growth in the North”, as the second person | Version 1, waits for a second person | Version 1"), 1);
}

TEST_F(TwoKeys, tell_readers_that_they_are_behind_once_it_is_out) {
  auto command = marked(open);
  command.circulation = Circulation::members;
  const auto held = add(command);
  publish();
  ASSERT_EQ(release(held), "");
  ASSERT_EQ(read(held, k_ada), "");
  const auto ada = [&] { return scene.world().row_as<wire::ReaderView>("papers/" + held.str(), "staff", "reader/" + id_of<PersonId>("ada").str()); };
  ASSERT_TRUE(ada());
  ASSERT_EQ(replace(held, k_chair), "");
  EXPECT_FALSE(ada()->is_behind) << "there is nothing newer for her yet";
  ASSERT_EQ(release(held, 2, k_secretary), "");
  EXPECT_TRUE(ada()->is_behind);
}

TEST_F(TwoKeys, tell_nobody_of_a_version_that_waits_by_their_own_note) {
  const auto held = add(marked(open));
  publish();
  ASSERT_EQ(release(held), "");
  ASSERT_EQ(replace(held), "");
  const auto ada = id_of<PersonId>("ada");
  ASSERT_TRUE(scene.send(k_ada, wire::WriteNote{held, ada, {"Ask why"}, {0}}));
  EXPECT_EQ(scene.world().row_as<wire::NoteView>("notes/" + held.str() + "/" + ada.str(), "self", "note")->version, 1);
}

TEST_F(TwoKeys, leave_from_whom_a_paper_is_and_take_out_names_that_are_gone) {
  wire::AddPaper add_from{meeting, open, {"Growth in the North"}, handed_in(), {}, {}, {}, {}};
  add_from.from = {{"Ada Lovelace, Cumbria LEP"}};
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonRenamedNotice{*k_ada.person, "Ada Lovelace", 1}));
  const auto from = add(add_from);
  publish();
  EXPECT_EQ(on_page(from, k_everybody)->from, "Ada Lovelace, Cumbria LEP");
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonErasedNotice{*k_ada.person}));
  EXPECT_EQ(on_page(from, k_everybody)->from, "Name removed, Cumbria LEP");
}

TEST_F(TwoKeys, that_come_by_a_day_after_the_latest_one_are_late) {
  wire::AddPaper late{meeting, open, {"Growth in the North"}, handed_in(), {}, {{"2018-06-27"}}, {}, {}};
  EXPECT_EQ(why_not(scene.send(k_secretary, late)), "missing_field") << "its readers get it after the latest day";
  late.late_reason = {{"The budget is on the 27th"}};
  EXPECT_EQ(why_not(scene.send(k_secretary, late)), "");
}

class OpenedPapers : public TwoKeys {
 protected:
  std::optional<wire::OpenedPaperView> opened(const std::string& who, const PaperId& which) {
    return scene.world().row_as<wire::OpenedPaperView>("reading/" + meeting.str() + "/" + id_of<PersonId>(who).str(), "self", "opened/" + which.str());
  }
  std::size_t events() { return static_cast<std::size_t>(std::ranges::count(scene.world().log, "paper_opened", &witan::test::Happened::type)); }
};

TEST_F(OpenedPapers, are_marked_for_whoever_opened_them_and_nobody_else) {
  publish();
  EXPECT_FALSE(opened("ada", paper));
  ASSERT_EQ(read(paper, k_ada), "");
  EXPECT_EQ(opened("ada", paper)->version, 1);
  EXPECT_FALSE(opened("ben", paper));
  const auto topic = "reading/" + meeting.str() + "/" + id_of<PersonId>("ada").str();
  EXPECT_EQ(scene.world().audience(topic, k_ada), "self");
  for (const auto& other : {k_ben, k_secretary, administrator(), k_everybody}) EXPECT_EQ(scene.world().audience(topic, other), std::nullopt);
}

TEST_F(OpenedPapers, are_marked_once_for_each_version) {
  publish();
  ASSERT_EQ(read(paper, k_ada), "");
  ASSERT_EQ(read(paper, k_ada), "");
  EXPECT_EQ(events(), 1U);
  ASSERT_EQ(replace(paper), "");
  ASSERT_EQ(read(paper, k_ada, 1), "");
  EXPECT_EQ(events(), 1U);
  ASSERT_EQ(read(paper, k_ada, 2), "");
  EXPECT_EQ(opened("ada", paper)->version, 2);
}

TEST_F(OpenedPapers, are_not_noted_for_those_who_have_no_part_in_the_body) {
  publish();
  ASSERT_EQ(read(paper, k_everybody), "");
  ASSERT_EQ(read(paper, holder(id_of<PersonId>("ada"), id_of<BodyId>("otherbody").str(), Role::member)), "");
  EXPECT_EQ(events(), 0U);
}

TEST_F(OpenedPapers, are_forgotten_with_the_account) {
  publish();
  ASSERT_EQ(read(paper, k_ada), "");
  ASSERT_EQ(read(paper, k_ben), "");
  ASSERT_TRUE(scene.hear("directory", contract::directory::PersonErasedNotice{id_of<PersonId>("ada")}));
  EXPECT_FALSE(opened("ada", paper));
  EXPECT_TRUE(opened("ben", paper));
  ASSERT_EQ(read(paper, k_ada), "");
  EXPECT_FALSE(opened("ada", paper)) << "whose session lives on for a moment";
}

}  // namespace
}  // namespace witan::meetings::test
