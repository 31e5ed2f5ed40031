// Papers of an agenda: who hands them in, who reads them, and from when on.
#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/app/scanner.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

namespace directory = contract::directory;

const auto k_stranger = person(id_of<PersonId>("stranger"));
const auto k_chair = holder(id_of<PersonId>("chair"), k_council.str(), Role::chair);
const auto k_auditor = holder(id_of<PersonId>("auditor"), k_everywhere, Role::auditor);

class Papers : public testing::Test {
 protected:
  Papers() {
    scene.world().now = moment("2018-06-01T09:00:00Z");
    EXPECT_TRUE(scene.hear("directory", directory::BodyEstablishedNotice{k_council, "Council of LEP Chairs", directory::BodyKind::council}));
    meeting = MeetingId::from_trusted(
        scene.made("meeting", k_secretary, wire::ScheduleMeeting{k_council, {"First meeting"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
    item = added("Productivity", Circulation::everyone);
    closed_item = added("Appointments", Circulation::members);
  }
  PaperDesk desk() {
    return {nullptr, [this](const std::string& upload, wire::PaperKind) -> Result<std::int64_t> {
              if (fault) return std::unexpected(file_refused(*fault, "It cannot be taken."));
              const auto found = scene.world().uploads.find(upload);
              return found == scene.world().uploads.end() ? 0 : found->second;
            },
            [this](const PaperFile& file) {
              EXPECT_NE(file.kind, wire::PaperKind::markdown) << "it is its own text";
              ++looks;
              return looked;
            },
            {},
            {},
            [this](const std::string& upload) -> Result<void> {
              scanned.push_back(upload);
              if (virus) return std::unexpected(*virus);
              return {};
            }};
  }
  AgendaItemId added(const std::string& title, Circulation circulation) {
    return AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {title}, ItemKind::discussion, {}, {15}, circulation, {}}));
  }
  UploadId begun(const Actor& by = k_secretary, std::int64_t bytes = 2'345'678) {
    return UploadId::from_trusted(scene.made("upload", by, wire::BeginUpload{meeting, {"Paper.pdf"}, {bytes}}));
  }
  UploadId handed_in(const Actor& by = k_secretary, std::int64_t bytes = 2'345'678) {
    const auto upload = begun(by, bytes);
    scene.world().uploads[upload.str()] = bytes;
    return upload;
  }
  wire::AddPaper add(const AgendaItemId& to) { return {meeting, to, {"Regional productivity"}, handed_in(), {}, {}, {}, {}}; }
  PaperId paper_on(const AgendaItemId& to) { return PaperId::from_trusted(scene.made("paper", k_secretary, add(to))); }
  Result<json::object> replace(const PaperId& paper, const std::string& what = "New figures") {
    return scene.send(k_secretary, wire::AddPaperVersion{meeting, paper, handed_in(), {what}});
  }
  std::string read(const PaperId& paper, const Actor& actor, std::int64_t version = 1) { return code_of(scene.send(actor, wire::ReadPaper{paper, {version}})); }
  void publish() { ASSERT_TRUE(scene.send(k_secretary, wire::PublishAgenda{meeting})); }
  /// The titles under the item, as the audience sees them.
  std::vector<std::string> titles(const AgendaItemId& of, std::string_view audience) {
    std::vector<std::string> found;
    for (const auto& view : views(of, audience)) found.push_back(view.title);
    return found;
  }
  std::vector<wire::PaperView> views(const AgendaItemId& of, std::string_view audience) {
    const auto row = scene.world().row_as<wire::AgendaItemView>("meetings/" + meeting.str(), audience, "agenda/" + of.str());
    return row && row->papers ? *row->papers : std::vector<wire::PaperView>();
  }
  std::optional<std::string> audience(const PaperId& paper, const Actor& actor) { return scene.world().audience("papers/" + paper.str(), actor); }
  std::size_t reads() const {
    const auto& log = const_cast<ServiceScene&>(scene).world().log;
    return static_cast<std::size_t>(std::ranges::count(log, "paper_read", &witan::test::Happened::type));
  }
  std::string pointer_of(const Result<json::object>& result) { return result || result.error().errors.empty() ? "" : result.error().errors.front().pointer; }

  std::optional<std::string> fault;
  LookedThrough looked{1, 12, "What the regions make", false};
  int looks = 0;
  std::optional<Rejection> virus;
  std::vector<std::string> scanned;
  ServiceScene scene{definition(desk())};
  MeetingId meeting;
  AgendaItemId item, closed_item;
  const std::vector<std::string> none, one{"Regional productivity"};
};

TEST_F(Papers, stand_under_their_item_once_the_agenda_is_published) {
  const auto paper = paper_on(item);
  EXPECT_EQ(titles(item, "staff"), one);
  EXPECT_EQ(titles(item, "public"), none);
  EXPECT_EQ(audience(paper, k_member), std::nullopt);
  publish();
  EXPECT_EQ(titles(item, "public"), one);
  EXPECT_EQ(audience(paper, visitor()), "public");
  const auto view = views(item, "public").front();
  EXPECT_EQ(view.type, "PDF");
  EXPECT_EQ(view.size, "2.3 MB");
  EXPECT_EQ(view.added, "10am on 1 June 2018");
  EXPECT_EQ(view.file_href, "/papers/" + paper.str() + "/file/1");
  EXPECT_FALSE(view.is_late);
}

TEST_F(Papers, of_an_item_for_members_are_for_members) {
  const auto paper = paper_on(closed_item);
  publish();
  EXPECT_EQ(titles(closed_item, "member"), one);
  EXPECT_EQ(titles(closed_item, "public"), none);
  EXPECT_EQ(audience(paper, k_stranger), std::nullopt);
  EXPECT_EQ(read(paper, k_member), "");
  EXPECT_EQ(read(paper, k_stranger), "not_found");
  EXPECT_EQ(read(paper, visitor()), "not_found");
  EXPECT_EQ(scene.world().all_of("public").find("Regional productivity"), std::string::npos);
}

TEST_F(Papers, are_never_for_more_people_than_their_item) {
  auto wide = add(closed_item);
  wide.circulation = Circulation::everyone;
  EXPECT_EQ(pointer_of(scene.send(k_secretary, wide)), "/circulation");
  const auto paper = paper_on(item);
  publish();
  ASSERT_EQ(read(paper, visitor()), "");
  ASSERT_TRUE(scene.send(k_secretary, wire::EditAgendaItem{meeting, item, {}, {}, {}, {}, Circulation::members}));
  EXPECT_EQ(read(paper, visitor()), "not_found");
  EXPECT_EQ(audience(paper, visitor()), std::nullopt);
  EXPECT_EQ(scene.world().keys("papers/" + paper.str(), "public"), none);
  EXPECT_EQ(read(paper, k_member), "");
}

TEST_F(Papers, may_be_for_members_under_an_item_for_everyone) {
  auto narrow = add(item);
  narrow.circulation = Circulation::members;
  const auto paper = PaperId::from_trusted(scene.made("paper", k_secretary, narrow));
  publish();
  EXPECT_EQ(titles(item, "public"), none);
  EXPECT_EQ(titles(item, "member"), one);
  EXPECT_EQ(read(paper, visitor()), "not_found");
}

TEST_F(Papers, wait_for_their_time_by_the_services_clock) {
  auto waiting = add(item);
  waiting.not_before = CalendarDate{"2018-06-20"};
  waiting.late_reason = {{"The budget is on the 20th"}};  // which is after the latest day
  waiting.not_before_time = ClockTime{"09:30"};
  const auto paper = PaperId::from_trusted(scene.made("paper", k_secretary, waiting));
  publish();
  EXPECT_EQ(titles(item, "member"), none);
  EXPECT_EQ(views(item, "staff").front().not_before, "9:30am on 20 June 2018");
  scene.world().now = moment("2018-06-20T08:29:59Z");
  EXPECT_EQ(read(paper, k_member), "not_found");
  EXPECT_EQ(read(paper, k_secretary), "") << "whoever prepares it has it already";
  scene.world().now = moment("2018-06-20T08:30:00Z");
  EXPECT_EQ(read(paper, visitor()), "") << "the clock decides, whether or not a timer has run";
  EXPECT_EQ(titles(item, "public"), none);
  scene.wait_until(moment("2018-06-20T08:30:00Z"));
  EXPECT_EQ(titles(item, "public"), one);
  scene.world().now = moment("2018-06-20T08:00:00Z");
  EXPECT_EQ(read(paper, visitor()), "") << "what was released stays so when the clock is put back";
}

TEST_F(Papers, that_are_withdrawn_before_their_time_are_never_told_of) {
  auto waiting = add(item);
  waiting.not_before = CalendarDate{"2018-06-20"};
  waiting.late_reason = {{"The budget is on the 20th"}};  // which is after the latest day
  const auto paper = PaperId::from_trusted(scene.made("paper", k_secretary, waiting));
  publish();
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Sent in error"}}));
  scene.wait_until(moment("2018-06-21T09:00:00Z"));
  EXPECT_EQ(titles(item, "member"), none);
  EXPECT_EQ(audience(paper, k_member), std::nullopt);
  EXPECT_EQ(scene.world().keys("index/embargoes", k_private_audience), none) << "nothing is to come any more";
}

TEST_F(Papers, wait_for_no_time_that_has_passed) {
  auto waiting = add(item);
  waiting.not_before = CalendarDate{"2018-06-01"};
  EXPECT_EQ(pointer_of(scene.send(k_secretary, waiting)), "/not_before");
  waiting.not_before = std::nullopt;
  waiting.not_before_time = ClockTime{"09:30"};
  EXPECT_EQ(pointer_of(scene.send(k_secretary, waiting)), "/not_before");
}

TEST_F(Papers, after_the_latest_day_are_late_and_say_why) {
  scene.world().now = moment("2018-06-12T09:00:00Z");
  auto late = add(item);
  EXPECT_EQ(pointer_of(scene.send(k_secretary, late)), "/late_reason");
  late.late_reason = Text<0, 300>{"The figures came on Monday"};
  ASSERT_TRUE(scene.send(k_secretary, late));
  EXPECT_EQ(views(item, "staff").front().late_reason, "The figures came on Monday");
}

TEST_F(Papers, keep_a_reason_that_is_not_needed_to_themselves) {
  auto early = add(item);
  early.late_reason = Text<0, 300>{"Never needed"};
  ASSERT_TRUE(scene.send(k_secretary, early));
  EXPECT_EQ(views(item, "staff").front().is_late, std::nullopt);
  EXPECT_EQ(all_kept(scene.world()).find("Never needed"), std::string::npos);
}

TEST_F(Papers, are_replaced_by_versions_that_say_what_changed) {
  const auto paper = paper_on(item);
  publish();
  ASSERT_TRUE(replace(paper));
  const auto view = views(item, "public").front();
  EXPECT_EQ(view.version, 2);
  EXPECT_EQ(view.replaces, 1);
  EXPECT_EQ(view.what_changed, "New figures");
  EXPECT_EQ(view.file_href, "/papers/" + paper.str() + "/file/2");
  EXPECT_EQ(read(paper, visitor(), 1), "") << "what was replaced can still be read";
  EXPECT_EQ(read(paper, visitor(), 2), "");
  EXPECT_EQ(read(paper, visitor(), 3), "not_found");
}

TEST_F(Papers, that_are_withdrawn_leave_title_and_reason_and_no_file) {
  const auto paper = paper_on(item);
  publish();
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Sent in error"}}));
  const auto view = views(item, "public").front();
  EXPECT_EQ(view.withdrawn_reason, "Sent in error");
  EXPECT_EQ(view.file_href, "");
  EXPECT_EQ(read(paper, k_secretary), "not_found");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Again"}})), "already_done");
  EXPECT_EQ(code_of(replace(paper)), "not_now");
}

TEST_F(Papers, keep_their_item_on_the_agenda) {
  const auto paper = paper_on(item);
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, item})), "not_now");
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Sent in error"}}));
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, item}));
}

TEST_F(Papers, of_a_closed_meeting_stay_as_they_are) {
  const auto paper = paper_on(item);
  const auto waiting = add(item);
  const auto upload = handed_in();
  publish();
  ASSERT_TRUE(scene.send(k_secretary, wire::StartMeeting{meeting}));
  ASSERT_TRUE(scene.send(k_secretary, wire::CloseMeeting{meeting}));
  EXPECT_EQ(code_of(scene.send(k_secretary, waiting)), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::AddPaperVersion{meeting, paper, upload, {"More"}})), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::BeginUpload{meeting, {"a.pdf"}, {10}})), "not_now");
}

TEST_F(Papers, are_replaced_by_who_knows_the_newest_version) {
  const auto paper = paper_on(item);
  ASSERT_TRUE(replace(paper));
  const auto upload = handed_in();
  const auto stale = scene.send(k_secretary, wire::AddPaperVersion{meeting, paper, upload, {"Other figures"}, {{1}}});
  EXPECT_EQ(code_of(stale), "stale_version");
  EXPECT_EQ(stale.error().extra.at("changes"), 2);
  EXPECT_EQ(views(item, "staff").front().version, 2) << "nothing of either is lost";
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::AddPaperVersion{meeting, paper, upload, {"Other figures"}, {{2}}})), "") << "and the file that was handed in is still there";
}

TEST_F(Papers, are_handed_in_by_staff_alone) {
  const auto paper = paper_on(item);
  const auto tries = [&](const Actor& actor) {
    for (const auto& upload : scene.world().keys("index/uploads", k_private_audience)) {
      EXPECT_TRUE(scene.send(k_secretary, wire::CancelUpload{UploadId::from_trusted(upload)}));
    }
    return std::vector<std::string>{code_of(scene.send(actor, wire::BeginUpload{meeting, {"a.pdf"}, {10}})), code_of(scene.send(actor, add(item))),
                                    code_of(scene.send(actor, wire::AddPaperVersion{meeting, paper, begun(), {"More"}})),
                                    code_of(scene.send(actor, wire::WithdrawPaper{paper, {"Sent in error"}}))};
  };
  EXPECT_EQ(tries(k_member), std::vector<std::string>(4, "not_found"));
  publish();
  EXPECT_EQ(tries(k_member), std::vector<std::string>(4, "forbidden"));
  EXPECT_EQ(tries(visitor()), std::vector<std::string>(4, "not_signed_in"));
  EXPECT_EQ(tries(k_auditor), std::vector<std::string>(4, "forbidden"));
}

TEST_F(Papers, take_the_file_of_whoever_handed_it_in) {
  auto theirs = add(item);
  theirs.upload = handed_in(k_chair);
  EXPECT_EQ(pointer_of(scene.send(k_secretary, theirs)), "/upload");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::CancelUpload{theirs.upload})), "not_found");
  EXPECT_TRUE(scene.send(k_chair, theirs));
}

TEST_F(Papers, take_a_file_once_and_only_whole) {
  auto half = add(item);
  scene.world().uploads[half.upload.str()] = 100;
  EXPECT_EQ(pointer_of(scene.send(k_secretary, half)), "/upload");
  const auto whole = add(item);
  ASSERT_TRUE(scene.send(k_secretary, whole));
  EXPECT_EQ(pointer_of(scene.send(k_secretary, whole)), "/upload");
}

TEST_F(Papers, are_refused_for_what_is_in_the_file) {
  const auto command = add(item);
  fault = "pdf_has_script";
  const auto refused = scene.send(k_secretary, command);
  ASSERT_FALSE(refused);
  EXPECT_EQ(code_of(refused), "file_refused");
  EXPECT_EQ(string_at(refused.error().extra, "fault"), "pdf_has_script");
  EXPECT_EQ(titles(item, "staff"), none);
}

TEST_F(Papers, with_a_virus_are_refused_and_leave_nothing) {
  const auto paper = paper_on(item);
  const auto command = add(item);
  const wire::AddPaperVersion version{meeting, paper, handed_in(), {"New figures"}};
  const auto before = all_kept(scene.world());
  virus = file_refused("infected", "There is something in it.");
  for (const auto& refused : {scene.send(k_secretary, command), scene.send(k_secretary, version)}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(code_of(refused), "file_refused");
    EXPECT_EQ(string_at(refused.error().extra, "fault"), "infected");
    EXPECT_EQ(pointer_of(refused), "/upload");
  }
  EXPECT_EQ(all_kept(scene.world()), before);
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelUpload{command.upload}));
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelUpload{version.upload}));
  EXPECT_TRUE(scene.world().uploads.empty());
}

TEST_F(Papers, wait_as_uploads_while_there_is_no_word_of_the_scanner) {
  const auto command = add(item);
  virus = not_scanned();
  for (int tries = 0; tries < 2; ++tries) {
    const auto refused = scene.send(k_secretary, command);
    ASSERT_FALSE(refused);
    EXPECT_EQ(code_of(refused), "unavailable");
    EXPECT_EQ(string_at(refused.error().extra, "fault"), "not_scanned");
  }
  EXPECT_EQ(titles(item, "staff"), none);
  EXPECT_EQ(scene.world().uploads.count(command.upload.str()), 1U);
  virus.reset();
  EXPECT_TRUE(scene.send(k_secretary, command));
  EXPECT_EQ(titles(item, "staff"), one);
}

TEST_F(Papers, are_looked_through_for_viruses_when_all_else_is_well) {
  const auto half = begun();
  scene.world().uploads[half.str()] = 100;
  auto command = add(item);
  const auto whole = command.upload;
  command.upload = half;
  EXPECT_FALSE(scene.send(k_secretary, command));
  command.upload = whole;
  fault = "pdf_has_script";
  EXPECT_FALSE(scene.send(k_secretary, command));
  EXPECT_FALSE(scene.send(k_member, command));
  EXPECT_EQ(scanned, none);
  fault.reset();
  ASSERT_TRUE(scene.send(k_secretary, command));
  EXPECT_EQ(scanned, std::vector<std::string>{whole.str()});
  const auto text = UploadId::from_trusted(scene.made("upload", k_secretary, wire::BeginUpload{meeting, {"Written.md"}, {100}}));
  scene.world().uploads[text.str()] = 100;
  command.upload = text;
  ASSERT_TRUE(scene.send(k_secretary, command));
  EXPECT_EQ(scanned.back(), text.str()) << "a text as well";
}

TEST_F(Papers, are_refused_before_any_byte_for_their_name_and_length) {
  const auto fault_of = [&](const std::string& name, std::int64_t bytes) {
    const auto refused = scene.send(k_secretary, wire::BeginUpload{meeting, {name}, {bytes}});
    return refused ? std::string() : std::string(string_at(refused.error().extra, "fault"));
  };
  EXPECT_EQ(fault_of("a.exe", 10), "wrong_file_type");
  EXPECT_EQ(fault_of("../a.pdf", 10), "bad_file_name");
  EXPECT_EQ(fault_of("a.pdf", 0), "empty_file");
  EXPECT_EQ(fault_of("a.pdf", 25 * 1024 * 1024 + 1), "file_too_large");
  EXPECT_EQ(fault_of("a.pdf", 25 * 1024 * 1024), "");
}

TEST_F(Papers, on_their_way_are_few_for_each_person_and_for_a_day) {
  const auto first = begun();
  for (int n = 1; n < 5; ++n) begun();
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::BeginUpload{meeting, {"a.pdf"}, {10}})), "not_now");
  EXPECT_TRUE(scene.send(k_chair, wire::BeginUpload{meeting, {"a.pdf"}, {10}})) << "each has their own";
  ASSERT_TRUE(scene.send(k_secretary, wire::CancelUpload{first}));
  scene.world().uploads[begun().str()] = 7;
  scene.wait_until(moment("2018-06-02T08:59:59Z"));
  EXPECT_EQ(scene.world().keys("index/uploads", k_private_audience).size(), 6U);
  scene.wait_until(moment("2018-06-02T09:00:00Z"));
  EXPECT_EQ(scene.world().keys("index/uploads", k_private_audience).size(), 0U);
  EXPECT_TRUE(scene.world().uploads.empty()) << "their bytes are removed";
}

TEST_F(Papers, that_not_everyone_may_read_say_who_read_them) {
  const auto open = paper_on(item), closed = paper_on(closed_item);
  ASSERT_EQ(read(open, k_secretary), "");
  EXPECT_EQ(reads(), 1U) << "of a draft";
  publish();
  for (const auto& reader : {k_member, k_secretary, k_stranger, visitor()}) EXPECT_EQ(read(open, reader), "");
  EXPECT_EQ(reads(), 1U);
  EXPECT_EQ(read(closed, k_member), "");
  EXPECT_EQ(read(closed, k_auditor), "");
  EXPECT_EQ(read(closed, k_stranger), "not_found");
  EXPECT_EQ(reads(), 3U);
  EXPECT_EQ(scene.world().log.back().when.actor, k_auditor.person);
}

TEST_F(Papers, that_are_to_follow_stand_under_their_item_until_they_come) {
  const auto id = PaperId::from_trusted(scene.made("paper", k_secretary, wire::AnnouncePaper{meeting, item, {"Skills"}, {}, CalendarDate{"2018-06-12"}}));
  const auto other = paper_on(item);
  publish();
  auto view = views(item, "public").front();
  EXPECT_EQ(view.paper, id);
  EXPECT_TRUE(view.is_to_follow);
  EXPECT_EQ(view.expected, "Tuesday 12 June 2018");
  EXPECT_EQ(view.version, 0);
  EXPECT_EQ(view.file_href, "");
  EXPECT_EQ(read(id, k_secretary), "not_found");
  const auto listed = [&](std::string_view audience) { return scene.world().row_as<wire::PlaceholderView>("meetings/" + meeting.str(), audience, "placeholder/" + id.str()); };
  ASSERT_TRUE(listed("staff"));
  EXPECT_EQ(listed("staff")->expected, "Tuesday 12 June 2018");
  EXPECT_FALSE(listed("member"));
  EXPECT_EQ(code_of(replace(id)), "not_now");

  auto come = add(item);
  come.fills = id;
  ASSERT_TRUE(scene.send(k_secretary, come));
  view = views(item, "public").front();
  EXPECT_EQ(view.paper, id) << "in the place that was kept for it";
  EXPECT_EQ(view.title, "Regional productivity");
  EXPECT_FALSE(view.is_to_follow);
  EXPECT_TRUE(view.was_to_follow);
  EXPECT_EQ(view.version, 1);
  EXPECT_EQ(views(item, "public").back().paper, other);
  EXPECT_EQ(read(id, visitor()), "");
  EXPECT_FALSE(listed("staff"));
  auto again = add(item);
  again.fills = id;
  EXPECT_EQ(code_of(scene.send(k_secretary, again)), "already_done");
  EXPECT_TRUE(replace(id));
}

TEST_F(Papers, that_are_to_follow_come_under_their_own_item_or_not_at_all) {
  const wire::AnnouncePaper announce{meeting, item, {"Skills"}, {}, {}};
  const auto id = PaperId::from_trusted(scene.made("paper", k_secretary, announce));
  auto elsewhere = add(closed_item);
  elsewhere.fills = id;
  EXPECT_EQ(code_of(scene.send(k_secretary, elsewhere)), "not_found");
  auto unknown = add(item);
  unknown.fills = id_of<PaperId>("unknown");
  EXPECT_EQ(code_of(scene.send(k_secretary, unknown)), "not_found");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, item})), "not_now");
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{id, {"Not needed"}}));
  EXPECT_TRUE(scene.world().keys("meetings/" + meeting.str(), "staff").size() == 3) << "the meeting and its items";
  auto late = add(item);
  late.fills = id;
  EXPECT_EQ(code_of(scene.send(k_secretary, late)), "not_now");
  EXPECT_TRUE(views(item, "staff").front().is_withdrawn);
  EXPECT_EQ(read(id, k_secretary), "not_found");
}

TEST_F(Papers, are_announced_by_staff_alone_for_a_day_to_come) {
  const auto announced = [&](const Actor& by, std::optional<CalendarDate> expected) {
    return code_of(scene.send(by, wire::AnnouncePaper{meeting, item, {"Skills"}, {}, std::move(expected)}));
  };
  publish();
  EXPECT_EQ(announced(k_member, {}), "forbidden");
  EXPECT_EQ(announced(visitor(), {}), "not_signed_in");
  EXPECT_EQ(pointer_of(scene.send(k_secretary, wire::AnnouncePaper{meeting, item, {"Skills"}, {}, CalendarDate{"2018-05-31"}})), "/expected");
  EXPECT_EQ(announced(k_secretary, CalendarDate{"2018-06-01"}), "");
  EXPECT_EQ(pointer_of(scene.send(k_secretary, wire::AnnouncePaper{meeting, closed_item, {"Skills"}, Circulation::everyone, {}})), "/circulation");
}

TEST_F(Papers, show_staff_who_has_opened_them_and_which_version) {
  const auto member = *k_member.person;
  ASSERT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{member, "Mary Seacole", ""}));
  const auto paper = paper_on(closed_item);
  publish();
  const auto reader = [&](std::string_view audience) { return scene.world().row_as<wire::ReaderView>("papers/" + paper.str(), audience, "reader/" + member.str()); };
  EXPECT_FALSE(reader("staff"));
  ASSERT_EQ(read(paper, k_member), "");
  ASSERT_TRUE(reader("staff"));
  EXPECT_EQ(reader("staff")->reader, "Mary Seacole");
  EXPECT_EQ(reader("staff")->opened, "10am on 1 June 2018");
  EXPECT_FALSE(reader("staff")->is_behind);
  EXPECT_FALSE(reader("member"));
  ASSERT_TRUE(replace(paper));
  EXPECT_TRUE(reader("staff")->is_behind);
  ASSERT_EQ(read(paper, k_member, 2), "");
  ASSERT_EQ(read(paper, k_member, 1), "");
  EXPECT_EQ(reader("staff")->version, 2) << "the newest they opened";
  EXPECT_FALSE(reader("staff")->is_behind);
  ASSERT_TRUE(scene.hear("directory", directory::PersonRenamedNotice{member, "Mary Grant", 2}));
  EXPECT_EQ(reader("staff")->reader, "Mary Grant");
  ASSERT_TRUE(scene.hear("directory", directory::PersonErasedNotice{member}));
  EXPECT_FALSE(reader("staff"));
  EXPECT_EQ(scene.world().all_of("staff").find("Mary"), std::string::npos);
}

TEST_F(Papers, have_no_more_rows_than_fit_with_the_agenda) {
  const std::string words(160, '\\');  // two bytes each in JSON
  const auto reason = scene.world().keep(std::string(300, '\\'));
  const auto fill = [&](int count) {
    for (int n = 0; n < count; ++n) {
      const auto id = id_of<PaperId>("paper" + std::string(1, static_cast<char>('a' + n / 26)) + std::string(1, static_cast<char>('a' + n % 26)));
      happened(scene, "paper", id.str(), PaperAdded{id, meeting, item, k_council, words, {"address", wire::PaperKind::pdf, 100}, k_now, {}, {}, reason});
    }
  };
  fill(20);
  EXPECT_EQ(code_of(scene.send(k_secretary, add(item))), "");
  fill(220);
  EXPECT_EQ(code_of(scene.send(k_secretary, add(item))), "too_large");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::AddAgendaItem{meeting, {"One more"}, ItemKind::note, {}, {5}, {}, {}})), "too_large");
}

TEST_F(Papers, name_nobody_whose_account_was_deleted) {
  const auto hilda = id_of<PersonId>("hilda");
  ASSERT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{hilda, "Hilda Whitby", ""}));
  scene.world().now = moment("2018-06-12T09:00:00Z");
  auto late = add(item);
  late.late_reason = Text<0, 300>{"Hilda Whitby was ill"};
  const auto paper = PaperId::from_trusted(scene.made("paper", k_secretary, late));
  ASSERT_TRUE(replace(paper, "Table of Hilda Whitby"));
  ASSERT_TRUE(replace(paper));
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Hilda Whitby asked for it"}}));
  ASSERT_TRUE(scene.hear("directory", directory::PersonErasedNotice{hilda}));
  EXPECT_EQ(all_kept(scene.world()).find("Hilda"), std::string::npos);
  const auto view = views(item, "staff").front();
  EXPECT_EQ(view.late_reason, "Name removed was ill");
  EXPECT_EQ(view.withdrawn_reason, "Name removed asked for it");
  EXPECT_EQ(scene.world().row_as<wire::PaperVersionView>("papers/" + paper.str(), "staff", "version/2")->what_changed, "Table of Name removed");
}

class OwnNotes : public Papers {
 protected:
  OwnNotes() : paper(paper_on(item)) {
    publish();
    for (const auto& reader : {k_member, k_stranger}) EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{*reader.person, "Name of a reader", ""}));
  }
  std::string write(const Actor& actor, const std::string& text, int seen, std::optional<PersonId> whose = {}) {
    return code_of(scene.send(actor, wire::WriteNote{paper, whose.value_or(actor.person.value_or(PersonId())), {text}, {seen}}));
  }
  std::optional<wire::NoteView> note(const Actor& of = k_member) {
    return scene.world().row_as<wire::NoteView>("notes/" + paper.str() + "/" + of.person->str(), "self", "note");
  }
  std::optional<std::string> seen_by(const Actor& actor) { return scene.world().audience("notes/" + paper.str() + "/" + k_member.person->str(), actor); }

  PaperId paper;
};

TEST_F(Papers, are_looked_through_for_their_text_and_pages) {
  const auto paper = paper_on(item);
  ASSERT_TRUE(replace(paper));
  EXPECT_FALSE(views(item, "staff").front().pages);
  scene.do_outside_work();
  const auto view = views(item, "staff").front();
  EXPECT_EQ(view.pages, 12) << "the newest version comes first";
  EXPECT_TRUE(view.has_text);
  EXPECT_EQ(view.size, "2.3 MB, 12 pages");
  scene.do_outside_work();
  const auto version = scene.world().row_as<wire::PaperVersionView>("papers/" + paper.str(), "staff", "version/1");
  EXPECT_EQ(version->read_href, "/papers/" + paper.str() + "/read/1");
  const auto read = scene.send(k_secretary, wire::ReadPaper{paper, {2}});
  EXPECT_EQ(int_at(*read, "text_bytes", 0), std::ssize(looked.text));
  scene.do_outside_work();
  EXPECT_EQ(looks, 2) << "each version once";
  EXPECT_EQ(all_kept(scene.world()).find("What the regions"), std::string::npos) << "it is a file, not part of the log";
  EXPECT_EQ(scene.world().made_files.size(), 2U);
}

TEST_F(Papers, without_text_say_nothing_of_reading_it_here) {
  looked = {1, 3, "", false};
  const auto paper = paper_on(item);
  scene.do_outside_work();
  EXPECT_EQ(views(item, "staff").front().pages, 3);
  EXPECT_FALSE(views(item, "staff").front().has_text);
  EXPECT_FALSE(scene.send(k_secretary, wire::ReadPaper{paper, {1}})->contains("text_bytes"));
}

TEST_F(Papers, that_are_withdrawn_are_not_looked_through) {
  const auto paper = paper_on(item);
  ASSERT_TRUE(scene.send(k_secretary, wire::WithdrawPaper{paper, {"Sent in error"}}));
  scene.do_outside_work();
  EXPECT_EQ(looks, 0);
}

TEST_F(Papers, of_plain_text_can_be_read_at_once_and_are_short) {
  const auto upload = UploadId::from_trusted(scene.made("upload", k_secretary, wire::BeginUpload{meeting, {"paper.md"}, {1000}}));
  scene.world().uploads[upload.str()] = 1000;
  auto command = add(item);
  command.upload = upload;
  scene.made("paper", k_secretary, command);
  const auto view = views(item, "staff").front();
  EXPECT_EQ(view.type, "Text");
  EXPECT_TRUE(view.has_text);
  scene.do_outside_work();
  EXPECT_EQ(looks, 0);
  const auto refused = scene.send(k_secretary, wire::BeginUpload{meeting, {"paper.md"}, {256 * 1024 + 1}});
  EXPECT_EQ(string_at(refused.error().extra, "fault"), "text_too_long");
}

TEST_F(OwnNotes, are_for_who_wrote_them_and_stay_through_versions_of_the_paper) {
  EXPECT_EQ(write(k_member, "Ask about page 4", 0), "");
  EXPECT_EQ(note()->text, "Ask about page 4");
  ASSERT_TRUE(replace(paper));
  EXPECT_EQ(note()->text, "Ask about page 4");
  EXPECT_EQ(note()->version, 1) << "which it was written beside";
  EXPECT_EQ(write(k_member, "Page 5 now", 1), "");
  EXPECT_EQ(note()->version, 2);
  EXPECT_EQ(seen_by(k_member), "self");
  for (const auto& other : {k_secretary, k_chair, administrator(), k_auditor, k_stranger, visitor()}) EXPECT_EQ(seen_by(other), std::nullopt);
  EXPECT_EQ(scene.world().all_events().find("Page 5"), std::string::npos);
  EXPECT_EQ(all_kept(scene.world()).find("Ask about"), std::string::npos) << "what it said before is erased";
  EXPECT_EQ(audit_lines(scene).back(), "Wrote for themselves beside the paper “Regional productivity” | A note | A note");
}

TEST_F(OwnNotes, are_written_by_nobody_else_and_only_beside_what_one_may_know_of) {
  EXPECT_EQ(write(k_secretary, "Not hers", 0, *k_member.person), "not_found");
  EXPECT_EQ(write(visitor(), "Nobody", 0, *k_member.person), "not_signed_in");
  EXPECT_EQ(write(k_stranger, "Everybody may read this paper", 0), "");
  paper = paper_on(closed_item);
  EXPECT_EQ(write(k_stranger, "This one not", 0), "not_found");
  EXPECT_EQ(write(k_member, "It is for members", 0), "");
}

TEST_F(OwnNotes, of_two_devices_are_not_written_over_unseen) {
  EXPECT_EQ(write(k_member, "From the phone", 0), "");
  EXPECT_EQ(write(k_member, "From the desk", 0), "stale_version");
  EXPECT_EQ(note()->text, "From the phone");
  EXPECT_EQ(write(k_member, "From the phone", 1), "") << "nothing new";
  EXPECT_EQ(note()->changes, 1);
  EXPECT_EQ(write(k_member, "", 1), "");
  EXPECT_EQ(note()->text, "");
  EXPECT_EQ(write(k_member, "Again", 2), "");
}

TEST_F(OwnNotes, go_with_the_account) {
  EXPECT_EQ(write(k_member, "Ask about page 4", 0), "");
  EXPECT_TRUE(scene.hear("directory", directory::PersonErasedNotice{*k_member.person}));
  EXPECT_FALSE(note());
  EXPECT_EQ(all_kept(scene.world()).find("Ask about"), std::string::npos);
  EXPECT_EQ(write(k_member, "Came too late", 0), "not_found") << "a note that was under way when the account was deleted";
}

}  // namespace
}  // namespace witan::meetings::test
