// Every event of meetings as the audit has it.
#include <gtest/gtest.h>

#include "services/meetings/app/meetings_service.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

TEST(MeetingsAudit, says_of_every_event_what_was_done_from_which_state_to_which) {
  ServiceScene scene(definition());
  const auto meeting = [&](const auto& event) { happened(scene, "meeting", k_meeting.str(), event); };
  happened(scene, "body", k_council.str(), council_named());
  meeting(scheduled());
  meeting(added(0));
  auto second = added(1, Circulation::members);
  second.lead = scene.world().keep("Ada Lovelace");
  meeting(second);
  meeting(AgendaItemEdited{item(0), "Welcome", ItemKind::decision, {}, 20, Circulation::everyone});
  meeting(AgendaItemMoved{item(1), 1});
  meeting(AgendaItemNested{item(0), item(1), 1});
  meeting(AgendaItemNested{item(0), std::nullopt, 2});
  meeting(AgendaPublished{});
  meeting(MeetingStarted{item(1)});
  meeting(WentToItem{item(0)});
  meeting(ItemOverran{item(0), 5});
  meeting(MeetingPaused{k_now});
  meeting(MeetingResumed{k_now});
  meeting(AgendaItemRemoved{item(1)});
  meeting(MeetingClosed{});
  meeting(NameRemoved{});
  const HeldSeat held{id_of<SeatId>("seat"), "Chair, Cumbria LEP", Role::member, id_of<PersonId>("ada"), scene.world().keep("Ada Lovelace"), ""};
  happened(scene, "body", k_council.str(), SeatTaken{k_council, held});
  happened(scene, "body", k_council.str(), SeatLeft{k_council, held.seat});
  happened(scene, "body", k_council.str(), BodyQuorumSet{k_council, 13});
  meeting(SeatsListed{{held}});
  meeting(AttendanceRecorded{held.seat, wire::Presence::remote, {}, k_now, {}});
  meeting(QuorumSet{13});
  meeting(SeatUnlisted{held.seat});
  meeting(AttendeeForgotten{held.person});
  const auto upload = id_of<UploadId>("upload");
  const auto on_its_way = [&](const auto& event) { happened(scene, "upload", upload.str(), event); };
  on_its_way(UploadBegun{upload, k_meeting, k_council, id_of<PersonId>("secretary"), wire::PaperKind::pdf, 2'345'678, k_now});
  on_its_way(UploadUsed{});
  on_its_way(UploadCancelled{});
  on_its_way(UploadExpired{});
  const auto paper = id_of<PaperId>("paper");
  const auto on_paper = [&](const auto& event) { happened(scene, "paper", paper.str(), event); };
  const PaperFile file{"address", wire::PaperKind::pdf, 2'345'678};
  on_paper(PaperAdded{paper, k_meeting, item(0), k_council, "Regional productivity", file, k_now, Circulation::members, moment("2018-06-20T08:30:00Z"), {}});
  on_paper(PaperReleased{});
  on_paper(PaperVersionAdded{file, scene.world().keep("New figures"), k_now});
  on_paper(PaperRead{2});
  on_paper(PaperWithdrawn{scene.world().keep("Sent in error")});
  on_paper(NameRemovedFromPaper{});
  const auto ada = id_of<PersonId>("ada");
  happened(scene, "person", ada.str(), PersonNamed{ada, scene.world().keep("Ada Lovelace")});
  happened(scene, "person", ada.str(), PersonForgotten{ada});
  EXPECT_EQ(kinds_not_shown(scene), std::set<std::string>());
  EXPECT_EQ(audit_lines(scene),
            (std::vector<std::string>{
                "Meetings took note of the body “Council of LEP Chairs” |  | Known",
                "Scheduled the meeting “First meeting” for 2pm to 4pm, Tuesday 19 June 2018 |  | Draft",
                "Added item 1, “Item A” to the agenda of “First meeting” |  | “Item A”, For discussion, 15 min, for everyone",
                "Added item 2, “Item B” to the agenda of “First meeting” |  | “Item B”, For discussion, 15 min, lead Ada Lovelace, for members",
                "Changed item 1, “Welcome” on the agenda of “First meeting” | “Item A”, For discussion, 15 min, for everyone | “Welcome”, For decision, 20 min, for everyone",
                "Moved item 2, “Item B” on the agenda of “First meeting” | Item 2 | Item 1",
                "Put item 2, “Welcome” under item 1, “Item B” on the agenda of “First meeting” | Item 2 | Item 1.1",
                "Put item 1.1, “Welcome” to the first level on the agenda of “First meeting” | Item 1.1 | Item 2",
                "Published the agenda of “First meeting” | Draft | Agenda published",
                "Started the meeting “First meeting” | Agenda published | In progress: item 1, “Item B”",
                "Went to item 2, “Welcome” in the meeting “First meeting” | In progress: item 1, “Item B” | In progress: item 2, “Welcome”",
                "Item 2, “Welcome” was 5 min over its time in the meeting “First meeting” | In progress: item 2, “Welcome” | In progress: item 2, “Welcome”",
                "Paused the meeting “First meeting” | In progress: item 2, “Welcome” | Paused: item 2, “Welcome”",
                "Resumed the meeting “First meeting” | Paused: item 2, “Welcome” | In progress: item 2, “Welcome”",
                "Removed item 1, “Item B” from the agenda of “First meeting” | “Item B”, For discussion, 15 min, lead Ada Lovelace, for members | Removed",
                "Closed the meeting “First meeting” | In progress: item 1, “Welcome” | Closed",
                "Removed the name of a deleted account from “First meeting” | Closed | Closed",
                "Meetings took note of who holds the seat Chair, Cumbria LEP in “Council of LEP Chairs” |  | Held",
                "Meetings took note that the seat Chair, Cumbria LEP is vacant in “Council of LEP Chairs” | Held | Vacant",
                "Set the quorum of later meetings of “Council of LEP Chairs” | No quorum | Quorum 13",
                "Put Ada Lovelace, Chair, Cumbria LEP on the attendance list of “First meeting” |  | On the list",
                "Recorded the attendance of Ada Lovelace, Chair, Cumbria LEP in “First meeting” | Not recorded | Remote",
                "Set the quorum of “First meeting” | No quorum | Quorum 13",
                "Took Ada Lovelace, Chair, Cumbria LEP off the attendance list of “First meeting” | On the list | Seat vacated",
                "Erased the name of a deleted account on the attendance list of “First meeting” | Closed | Closed",
                "Began to hand in a PDF of 2.3 MB |  | On its way",
                "Finished handing in a PDF of 2.3 MB | On its way | A paper's file",
                "Cancelled handing in a PDF of 2.3 MB | On its way | Removed",
                "Nobody went on handing in a PDF of 2.3 MB | On its way | Removed",
                "Added the paper “Regional productivity” |  | Version 1, for members, not before 9:30am on 20 June 2018",
                "Released the paper “Regional productivity” | Version 1, for members, not before 9:30am on 20 June 2018 | Version 1, for members",
                "Replaced the paper “Regional productivity” | Version 1, for members | Version 2, for members",
                "Read version 2 of the paper “Regional productivity” | Version 2, for members | Version 2, for members",
                "Withdrew the paper “Regional productivity” | Version 2, for members | Withdrawn",
                "Removed the name of a deleted account from the paper “Regional productivity” | Withdrawn | Withdrawn",
                "Meetings took note of Ada Lovelace |  | Known",
                "Erased the name of a deleted account in meetings | Known | Forgotten",
            }));
  for (const auto& [kind, line] : described(scene)) {
    EXPECT_EQ(line.body, kind.starts_with("person_") ? std::nullopt : std::optional(k_council)) << kind;
  }
  scene.world().texts.clear();
  EXPECT_EQ(audit_lines(scene)[3],
            "Added item 2, “Item B” to the agenda of “First meeting” |  | “Item B”, For discussion, 15 min, lead Name removed, for members");
}

}  // namespace
}  // namespace witan::meetings::test
