// Every event of meetings as the audit has it.
#include <gtest/gtest.h>

#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/notes/notes.hpp"
#include "services/meetings/domain/papers/reading.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

/// What becomes of an action that was minuted of the first item.
void after_the_meeting(ServiceScene& scene, const ActionId& action) {
  const auto of_action = [&](const auto& event) { happened(scene, "action", action.str(), event); };
  const auto words = scene.world().keep("Words");
  const DoneBy by{k_now, id_of<PersonId>("ada"), {}, "Secretary"};
  const ActionOwner clerk{words, {}, {}, ""};
  of_action(ActionFollowed{action, k_meeting, k_council});
  of_action(ActionNoted{by, words});
  of_action(ActionNoteRemoved{1});
  of_action(ActionDueChanged{by, "2018-07-04", "2018-07-11", words});
  of_action(ActionFellDue{"2018-07-11"});
  of_action(ActionHandedOver{by, clerk, clerk});
  of_action(ActionFinished{by, {}});
  of_action(ActionReopened{by, {}});
  of_action(ActionDropped{by, words});
  of_action(NameRemovedFromAction{});
  of_action(ActionPersonForgotten{id_of<PersonId>("ada")});
}

/// Something that was planned, and something that was proposed.
void planned_ahead(ServiceScene& scene) {
  const auto plan = [&](const auto& event) { happened(scene, "plan", k_council.str(), event); };
  const auto words = scene.world().keep("Words");
  const PlanEntry entry{id_of<wire::PlanEntryId>("entry"), words, ItemKind::note, {}, {}, "2019-06", Circulation::members};
  const ItemProposed proposed{k_council, id_of<wire::ProposalId>("first"), {k_now, id_of<PersonId>("ada"), {}, "Member"}, words, words, ItemKind::note, ""};
  auto second = proposed, third = proposed;
  second.proposal = id_of<wire::ProposalId>("second"), third.proposal = id_of<wire::ProposalId>("third");
  auto accepted = entry;
  accepted.entry = id_of<wire::PlanEntryId>("accepted");
  plan(PlanEntryAdded{k_council, entry});
  plan(PlanEntryEdited{entry});
  plan(PlanEntryTaken{entry.entry, k_meeting, item(0)});
  plan(PlannedAgain{entry.entry});
  plan(PlanEntryRemoved{entry.entry});
  plan(proposed), plan(second), plan(third);
  plan(ProposalAccepted{proposed.proposal, accepted});
  plan(ProposalDeclined{second.proposal, words});
  plan(ProposalWithdrawn{third.proposal});
  plan(NameRemovedFromPlan{});
  plan(ProposerForgotten{id_of<PersonId>("ada")});
}

/// A day that was asked for and found, and one that was not.
void asked_for_a_day(ServiceScene& scene) {
  const auto dates = [&](const auto& event) { happened(scene, "dates", k_council.str(), event); };
  const auto poll = id_of<wire::DatePollId>("poll"), other = id_of<wire::DatePollId>("otherpoll");
  const auto ada = id_of<PersonId>("ada");
  const ProposedTime first{id_of<wire::ProposedTimeId>("first"), moment("2018-06-26T13:00:00Z"), moment("2018-06-26T15:00:00Z")};
  auto second = first;
  second.time = id_of<wire::ProposedTimeId>("second");
  dates(DatePollOpened{k_council, poll, "June", "Here", "2018-06-12", first, k_now});
  dates(TimeAdded{poll, second});
  dates(TimeAnswered{poll, first.time, ada, wire::DateAnswer::if_needed});
  dates(TimeRemoved{poll, second.time});
  dates(DatesPassed{});
  dates(VoicesForgotten{ada});
  dates(DateSettled{poll, first.time, k_meeting, 0, 2});
  dates(DatePollOpened{k_council, other, "July", "Here", {}, first, k_now});
  dates(DatePollEnded{other, scene.world().keep("No day suits"), 0, 2});
  dates(NameRemovedFromDates{});
}

/// Two who sit there, and everything that there is in the room.
void in_the_room(ServiceScene& scene) {
  const auto meeting = [&](const auto& event) { happened(scene, "meeting", k_meeting.str(), event); };
  const HeldSeat ben{id_of<SeatId>("benseat"), "Member", Role::member, id_of<PersonId>("ben"), scene.world().keep("Ben Bell"), ""};
  const HeldSeat cleo{id_of<SeatId>("cleoseat"), "Observer", Role::member, id_of<PersonId>("cleo"), scene.world().keep("Cleo Carr"), ""};
  meeting(SeatsListed{{ben, cleo}});
  meeting(SpeakerAsked{ben.seat, k_now, {}});
  meeting(SpeakerAsked{cleo.seat, k_now, {}});
  meeting(RequestMoved{cleo.seat, 1});
  meeting(FloorGiven{ben.seat, item(0), k_now});
  meeting(TurnEnded{ben.seat, item(0), k_now, 65});
  meeting(SpeakerAsked{ben.seat, k_now, true});
  meeting(RequestWithdrawn{ben.seat});
  meeting(QueueEmptied{item(0), k_now});
  meeting(InterestDeclared{item(0), ben.seat, ben.person, wire::InterestEffect::stay, scene.world().keep("Land"), k_now, {}});
  meeting(InterestDeclared{item(0), ben.seat, ben.person, wire::InterestEffect::withdraw, scene.world().keep("Land"), k_now, {}});
  meeting(RecusalBegan{item(0), ben.seat, ben.person, k_now});
  meeting(RecusalEnded{item(0), ben.seat, ben.person, k_now});
  meeting(DeclarationWithdrawn{item(0), ben.seat, ben.person, {}});
  const auto motion = id_of<MotionId>("motion");
  const auto vote = id_of<VoteId>("vote"), ballot = id_of<VoteId>("ballot");
  meeting(MotionMoved{motion, item(0), ben.seat, ben.person, scene.world().keep("That we publish"), k_now});
  meeting(MotionSeconded{motion, cleo.seat, cleo.person, k_now});
  meeting(VoteOpened{vote, item(0), wire::VoteKind::named, motion, {}, k_now, {ben.seat, cleo.seat}, {}});
  meeting(VoteCast{vote, ben.seat, ben.person, k_now, wire::VoteChoice::approve, {}, {}});
  const VoteCast recorded{vote, cleo.seat, cleo.person, k_now, wire::VoteChoice::abstain, {}, true};
  meeting(recorded);
  meeting(HandTakenBack{vote, cleo.seat, cleo.person});
  meeting(recorded);
  meeting(VoteClosed{vote, k_now, 2, 2, 2, 1, 0, 1});
  meeting(MotionWithdrawn{motion});
  meeting(VoteOpened{ballot, item(0), wire::VoteKind::secret, {}, scene.world().keep("Shall we?"), k_now, {ben.seat}, scene.world().keep(box_text({}, "x"))});
  meeting(VoteCast{ballot, ben.seat, ben.person, k_now, {}, scene.world().keep(box_text({1, 0, 0}, "y")), {}});
  meeting(VoteCancelled{ballot, k_now, scene.world().keep("Not clear")});
}

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
  meeting(AgendaChanged{item(0), {ItemPart::title}, k_now});
  meeting(AgendaChanged{{}, {}, k_now});
  meeting(MeetingRescheduled{"First meeting", scheduled().starts_at + std::chrono::hours(24), scheduled().ends_at + std::chrono::hours(24), "Cumbria House", k_now, scene.world().keep("Snow")});
  meeting(MeetingStarted{item(1)});
  meeting(WentToItem{item(0)});
  meeting(ItemOverran{item(0), 5});
  meeting(MeetingPaused{k_now});
  meeting(MeetingResumed{k_now});
  meeting(SeatsNamed{item(0), std::vector<SeatId>{id_of<SeatId>("none")}});
  meeting(SeatsNamed{item(0), {}});
  meeting(ChairsSet{scene.world().keep("The Prime Minister"), {}, {}});
  meeting(ItemForwarded{item(1), {k_meeting, item(0)}});
  meeting(AgendaItemRemoved{item(1)});
  in_the_room(scene);
  meeting(MeetingClosed{});
  meeting(NameRemoved{});
  const HeldSeat held{id_of<SeatId>("seat"), "Chair, Cumbria LEP", Role::member, id_of<PersonId>("ada"), scene.world().keep("Ada Lovelace"), ""};
  happened(scene, "body", k_council.str(), SeatTaken{k_council, held});
  happened(scene, "body", k_council.str(), SeatLeft{k_council, held.seat});
  happened(scene, "body", k_council.str(), BodyQuorumSet{k_council, 13});
  happened(scene, "body", k_council.str(), BodyClearDaysSet{k_council, 7});
  meeting(SeatsListed{{held}});
  meeting(AttendanceRecorded{held.seat, wire::Presence::remote, {}, k_now, {}});
  meeting(QuorumSet{13});
  meeting(ClearDaysSet{1});
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
  on_paper(PaperAnnounced{paper, k_meeting, item(0), k_council, "Regional productivity", k_now, Circulation::members, "2018-06-12"});
  on_paper(PaperAdded{paper, k_meeting, item(0), k_council, "Regional productivity", file, k_now, Circulation::members, moment("2018-06-20T08:30:00Z"), {}});
  on_paper(PaperReleased{});
  on_paper(PaperVersionAdded{file, scene.world().keep("New figures"), k_now});
  on_paper(PaperVersionReleased{2, {}});
  on_paper(PaperLookedThrough{2, 12, file, {}});
  on_paper(PaperRead{2});
  on_paper(PaperWithdrawn{scene.world().keep("Sent in error")});
  on_paper(NameRemovedFromPaper{});
  const auto reader = id_of<PersonId>("reader");
  happened(scene, "note", note_id(paper, reader), NoteWritten{paper, reader, k_council, 2, scene.world().keep("Ask about page 4")});
  happened(scene, "reading", k_meeting.str() + "-" + reader.str(), PaperOpened{k_meeting, reader, k_council, paper, 2});
  const auto in_minutes = [&](const auto& event) { happened(scene, "minutes", k_meeting.str(), event); };
  const auto decision = id_of<DecisionId>("decision");
  const auto action = id_of<ActionId>("action");
  const auto first = id_of<CorrectionId>("first"), second_one = id_of<CorrectionId>("second");
  const auto words = scene.world().keep("Words");
  in_minutes(MinutesBegun{k_meeting, k_council});
  in_minutes(ItemMinuted{item(0), words});
  in_minutes(ItemMinuted{item(0), {}});
  in_minutes(DecisionRecorded{decision, item(0), 2018, 14, words});
  in_minutes(DecisionChanged{decision, words});
  in_minutes(DecisionRemoved{decision});
  in_minutes(ActionRecorded{action, item(0), words, {words, {}, {}, ""}, "2018-07-03"});
  in_minutes(ActionChanged{action, words, {words, {}, {}, ""}, "2018-07-04"});
  in_minutes(ActionRemoved{action});
  in_minutes(MinutesCirculated{k_now, true});
  in_minutes(CorrectionProposed{first, item(0), words, id_of<PersonId>("ada"), {}, "", k_now});
  in_minutes(CorrectionAccepted{first, words});
  in_minutes(CorrectionProposed{second_one, item(0), words, id_of<PersonId>("ada"), {}, "", k_now});
  in_minutes(CorrectionDeclined{second_one, words});
  in_minutes(MinutesApproved{id_of<MeetingId>("later"), k_now});
  in_minutes(NameRemovedFromMinutes{});
  in_minutes(MinutesPersonForgotten{id_of<PersonId>("ada")});
  after_the_meeting(scene, action);
  planned_ahead(scene);
  asked_for_a_day(scene);
  const auto ada = id_of<PersonId>("ada");
  happened(scene, "person", ada.str(), PersonNamed{ada, scene.world().keep("Ada Lovelace")});
  happened(scene, "person", ada.str(), PersonForgotten{ada});
  auto other = scheduled();
  other.meeting = id_of<MeetingId>("other");
  happened(scene, "meeting", other.meeting.str(), other);
  happened(scene, "meeting", other.meeting.str(), MeetingCancelled{k_now, scene.world().keep("Snow")});
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
                "Marked item 2, “Welcome” of the agenda of “First meeting” as changed after publication | Agenda published | Agenda published",
                "Marked the removal of an item from the agenda of “First meeting” as changed after publication | Agenda published | Agenda published",
                "Changed day, time or place of the meeting “First meeting” | “First meeting”, 2pm to 4pm, Tuesday 19 June 2018, 10 Downing Street | “First meeting”, 2pm to 4pm, Wednesday 20 June 2018, Cumbria House",
                "Started the meeting “First meeting” | Agenda published | In progress: item 1, “Item B”",
                "Went to item 2, “Welcome” in the meeting “First meeting” | In progress: item 1, “Item B” | In progress: item 2, “Welcome”",
                "Item 2, “Welcome” was 5 min over its time in the meeting “First meeting” | In progress: item 2, “Welcome” | In progress: item 2, “Welcome”",
                "Paused the meeting “First meeting” | In progress: item 2, “Welcome” | Paused: item 2, “Welcome”",
                "Resumed the meeting “First meeting” | Paused: item 2, “Welcome” | In progress: item 2, “Welcome”",
                "Changed to whom the papers of item 2, “Welcome” go in “First meeting” | All members | Seats named: a seat",
                "Changed to whom the papers of item 2, “Welcome” go in “First meeting” | Seats named: a seat | All members",
                "Changed who chairs, or is the secretary of, the meeting “First meeting” | Nobody is named | chair: The Prime Minister",
                "Forwarded item 1, “Item B” of “First meeting” to “First meeting” |  | ",
                "Removed item 1, “Item B” from the agenda of “First meeting” | “Item B”, For discussion, 15 min, lead Ada Lovelace, for members | Removed",
                "Put 2 seats on the attendance list of “First meeting” |  | On the list",
                "Ben Bell, Member asked to speak in “First meeting” | Not in the queue | To speak, place 1",
                "Cleo Carr, Observer asked to speak in “First meeting” | Not in the queue | To speak, place 2",
                "Moved Cleo Carr, Observer in the queue of speakers in “First meeting” | To speak, place 2 | To speak, place 1",
                "Gave the floor to Ben Bell, Member at item 1, “Welcome” in “First meeting” | To speak, place 2 | Has the floor",
                "Ben Bell, Member spoke for 1 min 5 s at item 1, “Welcome” in “First meeting” | Has the floor | Spoke",
                "Ben Bell, Member asked for a point of order in “First meeting” | Not in the queue | Point of order, place 1",
                "Took Ben Bell, Member off the queue of speakers in “First meeting” | Point of order, place 1 | Not in the queue",
                "Emptied the queue of speakers on leaving item 1, “Welcome” in “First meeting” | 1 waiting | Empty",
                "Declared an interest of Ben Bell, Member in item 1, “Welcome” of “First meeting” |  | Stays for the item",
                "Changed the interest of Ben Bell, Member in item 1, “Welcome” of “First meeting” | Stays for the item | Withdraws from the item",
                "Ben Bell, Member withdrew from item 1, “Welcome” in “First meeting” | Takes part | Withdrawn from the item",
                "Ben Bell, Member came back after item 1, “Welcome” in “First meeting” | Withdrawn from the item | Takes part",
                "Withdrew the declared interest of Ben Bell, Member in item 1, “Welcome” of “First meeting” | Withdraws from the item | Withdrawn",
                "Ben Bell, Member moved a motion at item 1, “Welcome” in “First meeting” |  | Moved",
                "Cleo Carr, Observer seconded a motion at item 1, “Welcome” in “First meeting” | Moved | Seconded",
                "Opened a vote at item 1, “Welcome” in “First meeting”: Show of hands, 2 entitled |  | Open",
                "Ben Bell, Member voted at item 1, “Welcome” (Show of hands) in “First meeting” | Not voted | Voted",
                "Recorded the hand of Cleo Carr, Observer at item 1, “Welcome” (Show of hands) in “First meeting” | Not voted | Voted",
                "Took back the recorded hand of Cleo Carr, Observer at item 1, “Welcome” (Show of hands) in “First meeting” | Voted | Not voted",
                "Recorded the hand of Cleo Carr, Observer at item 1, “Welcome” (Show of hands) in “First meeting” | Not voted | Voted",
                "Closed the vote at item 1, “Welcome” (Show of hands) in “First meeting” | Open | Carried: 1 for, 0 against, 1 abstained. 2 entitled to vote, 2 present, 2 voted.",
                "Withdrew a motion at item 1, “Welcome” in “First meeting” | Seconded | Withdrawn",
                "Opened a vote at item 1, “Welcome” in “First meeting”: Secret ballot, 1 entitled |  | Open",
                "Ben Bell, Member voted at item 1, “Welcome” (Secret ballot) in “First meeting” | Not voted | Voted",
                "Cancelled the vote at item 1, “Welcome” (Secret ballot) in “First meeting” | Open | Cancelled",
                "Closed the meeting “First meeting” | In progress: item 1, “Welcome” | Closed",
                "Removed the name of a deleted account from “First meeting” | Closed | Closed",
                "Meetings took note of who holds the seat Chair, Cumbria LEP in “Council of LEP Chairs” |  | Held",
                "Meetings took note that the seat Chair, Cumbria LEP is vacant in “Council of LEP Chairs” | Held | Vacant",
                "Set the quorum of later meetings of “Council of LEP Chairs” | No quorum | Quorum 13",
                "Set when agendas are due of later meetings of “Council of LEP Chairs” | 5 clear working days before | 7 clear working days before",
                "Put Ada Lovelace, Chair, Cumbria LEP on the attendance list of “First meeting” |  | On the list",
                "Recorded the attendance of Ada Lovelace, Chair, Cumbria LEP in “First meeting” | Not recorded | Remote",
                "Set the quorum of “First meeting” | No quorum | Quorum 13",
                "Set when the agenda is due of “First meeting” | 5 clear working days before | 1 clear working day before",
                "Took Ada Lovelace, Chair, Cumbria LEP off the attendance list of “First meeting” | On the list | Seat vacated",
                "Erased the name of a deleted account on the attendance list of “First meeting” | Closed | Closed",
                "Began to hand in a PDF of 2.3 MB |  | On its way",
                "Finished handing in a PDF of 2.3 MB | On its way | A paper's file",
                "Cancelled handing in a PDF of 2.3 MB | On its way | Removed",
                "Nobody went on handing in a PDF of 2.3 MB | On its way | Removed",
                "Announced that this paper is to follow: “Regional productivity” |  | To follow",
                "Added the paper “Regional productivity” | To follow | Version 1, for members, not before 9:30am on 20 June 2018",
                "Released the paper “Regional productivity” | Version 1, for members, not before 9:30am on 20 June 2018 | Version 1, for members",
                "Replaced the paper “Regional productivity” | Version 1, for members | Version 2, for members",
                "Released version 2 of the paper “Regional productivity”, as the second person | Version 2, for members | Version 2, for members",
                "Looked through version 2 of the paper “Regional productivity” | Version 2, for members | Version 2, for members",
                "Read version 2 of the paper “Regional productivity”, 2.3 MB |  | ",
                "Withdrew the paper “Regional productivity” | Version 2, for members | Withdrawn",
                "Removed the name of a deleted account from the paper “Regional productivity” | Withdrawn | Withdrawn",
                "Wrote for themselves beside the paper “Regional productivity” | No note | A note",
                "Opened version 2 of the paper “Regional productivity” for the first time | Not opened | Opened version 2",
                "Began to write in the minutes of “First meeting” |  | Being written",
                "Wrote the text of item 1 in the minutes of “First meeting” | Being written | Being written",
                "Took away the text of item 1 in the minutes of “First meeting” | Being written | Being written",
                "Recorded decision 2018/14 of item 1 in the minutes of “First meeting” | Being written | Being written",
                "Changed decision 2018/14 in the minutes of “First meeting” | Being written | Being written",
                "Removed decision 2018/14 in the minutes of “First meeting” | Being written | Being written",
                "Recorded an action due on 2018-07-03 of item 1 in the minutes of “First meeting” | Being written | Being written",
                "Changed an action due on 2018-07-04 in the minutes of “First meeting” | Being written | Being written",
                "Removed an action due on 2018-07-04 in the minutes of “First meeting” | Being written | Being written",
                "Circulated late what is written in the minutes of “First meeting” | Being written | Circulated",
                "Proposed a correction of item 1 in the minutes of “First meeting” |  | Proposed",
                "Accepted a correction of item 1 in the minutes of “First meeting” | Proposed | Accepted",
                "Proposed a correction of item 1 in the minutes of “First meeting” |  | Proposed",
                "Declined a correction of item 1 in the minutes of “First meeting” | Proposed | Declined",
                "Approved and locked what is written in the minutes of “First meeting” | Circulated | Approved",
                "Removed the name of a deleted account in the minutes of “First meeting” | Approved | Approved",
                "Erased what somebody wrote whose account was deleted in the minutes of “First meeting” | Approved | Approved",
                "Began to follow up an action in the minutes of “First meeting” |  | Open",
                "Wrote a note on an action in the minutes of “First meeting” | Open | Open",
                "Removed their own note on an action in the minutes of “First meeting” | Open | Open",
                "Changed the due day of an action in the minutes of “First meeting” | 2018-07-04 | 2018-07-11",
                "The day 2018-07-11 is over for an action in the minutes of “First meeting” | Open | Overdue",
                "Handed over an action in the minutes of “First meeting” | Open | Open",
                "Marked as done an action in the minutes of “First meeting” | Open | Done",
                "Opened again an action in the minutes of “First meeting” | Done | Open",
                "Dropped an action in the minutes of “First meeting” | Open | Dropped",
                "Removed the name of a deleted account from an action in the minutes of “First meeting” | Dropped | Dropped",
                "Erased what somebody wrote whose account was deleted on an action in the minutes of “First meeting” | Dropped | Dropped",
                "Added an item to the forward plan |  | Planned",
                "Changed an item of the forward plan | Planned | Planned",
                "Took an item of the forward plan onto an agenda | Planned | On an agenda",
                "Put an item back into the forward plan | On an agenda | Planned",
                "Removed an item from the forward plan | Planned | Removed",
                "Proposed an item for the forward plan |  | Proposed",
                "Proposed an item for the forward plan |  | Proposed",
                "Proposed an item for the forward plan |  | Proposed",
                "Accepted an item proposed for the forward plan | Proposed | Accepted",
                "Declined an item proposed for the forward plan | Proposed | Declined",
                "Withdrew an item proposed for the forward plan | Proposed | Withdrawn",
                "Removed the name of a deleted account from the forward plan |  | ",
                "Removed what a deleted account had proposed for the forward plan |  | ",
                "Asked which times suit for a meeting |  | Open",
                "Proposed one more time for a meeting | Open | Open",
                "Answered a time that was proposed for a meeting | Open | Open",
                "Took away a time that was proposed for a meeting | Open | Open",
                "A time that was proposed for a meeting began, or the last day for answers was over |  | ",
                "Removed what a deleted account had answered to polls for dates |  | ",
                "Chose one of the times that were proposed for a meeting | Open | Date found",
                "Asked which times suit for a meeting |  | Open",
                "Ended asking which times suit for a meeting, without a meeting | Open | Ended",
                "Removed the name of a deleted account from polls for dates |  | ",
                "Meetings took note of Ada Lovelace |  | Known",
                "Erased the name of a deleted account in meetings | Known | Forgotten",
                "Scheduled the meeting “First meeting” for 2pm to 4pm, Tuesday 19 June 2018 |  | Draft",
                "Cancelled the meeting “First meeting” | Draft | Cancelled",
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
