// The forward plan of a body: what is planned for when, what becomes of what members propose, and who reads what.
#include "services/meetings/domain/plan/plan.hpp"

#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/domain/known_person.hpp"
#include "shared/contract/personal.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/scene.hpp"

namespace witan::meetings::test {
namespace {

using wire::PlanEntryId;
using wire::ProposalId;
using wire::ProposalState;

class PlanOf : public ::testing::Test {
 protected:
  PlanOf() {
    scene.at("2018-06-01T09:00:00Z").and_also<KnownBodyAggregate>(k_council.str(), council_named());
    for (const auto* name : {"member", "other"}) {
      scene.and_also<KnownBodyAggregate>(k_council.str(), SeatTaken{k_council, {id_of<SeatId>(name), "Chair, Cumbria LEP", Role::member, id_of<PersonId>(name), scene.world().keep("Ada Lovelace"), ""}});
    }
    scene.and_also<MeetingAggregate>(k_meeting.str(), scheduled());
  }
  ProposalId propose(const Actor& actor = k_member) {
    scene.by(actor).when(wire::ProposeItem{k_council, {"Rail in the North"}, {"It is late"}, ItemKind::discussion, {{"2018-11"}}});
    return ProposalId::from_trusted(std::string(scene.result().at("proposal").as_string()));
  }
  PlanEntryId plan(Circulation circulation = Circulation::members) {
    scene.by(k_secretary).when(wire::AddPlanEntry{k_council, {"Skills"}, ItemKind::decision, {{"Ben Bell"}}, {}, {{"2018-11"}}, circulation});
    return PlanEntryId::from_trusted(std::string(scene.result().at("entry").as_string()));
  }
  wire::EditPlanEntry edited(const PlanEntryId& entry) { return {k_council, entry, {"Skills, again"}, ItemKind::decision, {{"Ben Bell"}}, {}, {{"2018-11"}}}; }
  wire::TakeOntoAgenda taken(const PlanEntryId& entry) { return {k_council, entry, k_meeting, {20}}; }
  std::string text(const Erasable& of) { return WorldReader(scene.world()).text(of).value_or(""); }
  std::optional<wire::PlanEntryView> row(std::string_view audience, const std::string& key) { return scene.world().row_as<wire::PlanEntryView>("plan/" + k_council.str(), audience, key); }
  ProposalState state() { return scene.state().proposals.front().state; }

  const Actor other = holder(id_of<PersonId>("other"), k_council.str(), Role::member);
  Given<PlanAggregate, KnownBodyAggregate, KnownPersonAggregate, MeetingAggregate> scene{k_council.str()};
};

TEST_F(PlanOf, has_items_for_a_month_or_not_scheduled_yet) {
  const auto entry = plan();
  EXPECT_EQ(scene.state().entries.front().what.circulation, Circulation::members);
  scene.when(wire::AddPlanEntry{k_council, {"Some day"}, ItemKind::note});
  EXPECT_EQ(scene.state().entries.back().what.circulation, Circulation::members) << "nobody makes it public by forgetting a field";
  EXPECT_EQ(row("staff", "entry/" + entry.str())->month_label, "November 2018");
  EXPECT_EQ(row("staff", "entry/" + scene.state().entries.back().what.entry.str())->month_label, "Not scheduled yet");
  for (const auto* month : {"2018-13", "2018-05", "2018-1", "November", "2018-111", "2018-6-"}) {
    scene.when(wire::AddPlanEntry{k_council, {"More"}, ItemKind::note, {}, {}, {{month}}}).rejected(ErrorCode::invalid_arguments, "/month");
  }
  scene.when(wire::AddPlanEntry{k_council, {"This month"}, ItemKind::note, {}, {}, {{"2018-06"}}});
  EXPECT_EQ(scene.state().entries.size(), 3U);
}

TEST_F(PlanOf, is_of_a_body_that_is_known) {
  Given<PlanAggregate, KnownBodyAggregate> nowhere{id_of<BodyId>("nowhere").str()};
  nowhere.by(administrator()).when(wire::AddPlanEntry{id_of<BodyId>("nowhere"), {"Skills"}, ItemKind::note}).rejected(ErrorCode::not_found);
}

TEST_F(PlanOf, shows_the_public_what_is_for_everyone_and_no_proposals) {
  const auto hidden = plan(), open = plan(Circulation::everyone);
  propose();
  EXPECT_TRUE(row("member", "entry/" + hidden.str()));
  EXPECT_FALSE(row("public", "entry/" + hidden.str()));
  EXPECT_TRUE(row("public", "entry/" + open.str()));
  EXPECT_EQ(scene.world().keys("plan/" + k_council.str(), "public").size(), 2U) << "that one and the summary";
  EXPECT_EQ(scene.world().all_of("public").find("Rail"), std::string::npos);
  auto change = edited(open);
  change.circulation = Circulation::members;
  scene.by(k_secretary).when(change);
  EXPECT_FALSE(row("public", "entry/" + open.str()));
}

TEST_F(PlanOf, is_changed_item_by_item) {
  const auto entry = plan();
  auto change = edited(entry);
  scene.when(change);
  EXPECT_EQ(text(scene.state().entries.front().what.title), "Skills, again");
  scene.when(change).then_nothing();
  scene.when(wire::RemovePlanEntry{k_council, entry}).then(PlanEntryRemoved{entry});
  EXPECT_FALSE(row("staff", "entry/" + entry.str()));
  scene.when(wire::RemovePlanEntry{k_council, entry}).rejected(ErrorCode::invalid_arguments, "/entry");
}

TEST_F(PlanOf, is_not_written_over_by_who_saw_it_as_it_was) {
  const auto entry = plan();
  scene.when(edited(entry));
  auto late = edited(entry);
  late.title = {"Skills, late"};
  late.seen_changes = 0;
  scene.when(late).rejected(ErrorCode::stale_version);
  EXPECT_EQ(text(scene.state().entries.front().what.title), "Skills, again");
  late.seen_changes = 1;
  scene.when(late);
  EXPECT_EQ(text(scene.state().entries.front().what.title), "Skills, late");
}

TEST_F(PlanOf, stays_open_to_edits_of_an_item_whose_month_has_gone_by) {
  const auto entry = plan();
  scene.at("2019-02-01T09:00:00Z").when(edited(entry));
  EXPECT_EQ(text(scene.state().entries.front().what.title), "Skills, again");
}

TEST_F(PlanOf, has_as_many_items_as_it_can_have_and_no_more) {
  for (std::size_t n = 0; n < k_plan_entries_max; ++n) scene.by(k_secretary).when(wire::AddPlanEntry{k_council, {"Skills"}, ItemKind::note});
  scene.when(wire::AddPlanEntry{k_council, {"One more"}, ItemKind::note}).rejected(ErrorCode::too_large);
  const auto taken_one = scene.state().entries.front().what.entry;
  scene.when(taken(taken_one)).when(wire::AddPlanEntry{k_council, {"One more"}, ItemKind::note}).rejected(ErrorCode::too_large);
  scene.when(wire::PlanAgain{k_council, taken_one}).when(wire::RemovePlanEntry{k_council, taken_one}).when(wire::AddPlanEntry{k_council, {"One more"}, ItemKind::note});
  EXPECT_EQ(scene.state().entries.size(), k_plan_entries_max);
}

// Text that takes most room in JSON: each line break is two bytes there, each of the other letters three.
TEST_F(PlanOf, is_not_acted_on_by_who_has_not_seen_what_changed) {
  const auto entry = plan();
  scene.by(k_secretary).when(edited(entry));
  auto take = taken(entry);
  take.seen_changes = 0;
  scene.when(take).rejected(ErrorCode::stale_version);
  scene.when(wire::RemovePlanEntry{k_council, entry, 0}).rejected(ErrorCode::stale_version);
  take.seen_changes = 1;
  scene.when(take);
  EXPECT_TRUE(scene.state().entries.front().taken_to);
}

TEST_F(PlanOf, says_of_an_item_that_it_is_no_longer_on_the_agenda) {
  const auto entry = plan();
  scene.by(k_secretary).when(taken(entry));
  const auto off = [&] { return row("member", "taken/" + entry.str())->is_off_agenda.value_or(false); };
  EXPECT_FALSE(off());
  const auto at = scene.state().entries.front().taken_to->item;
  scene.and_also<MeetingAggregate>(k_meeting.str(), AgendaItemRemoved{at});
  EXPECT_TRUE(off());
}

TEST_F(PlanOf, stays_within_its_topic_whatever_is_written) {
  std::string wide_title, wide_text;
  for (int n = 0; n < 200; ++n) wide_title += "\u20ac";
  for (int n = 0; n < 250; ++n) wide_text += "\u20ac\n";
  wide_text.back() = '.';
  const auto fill = [&](const auto& command) {
    while (scene.state().entries.size() + scene.state().proposals.size() < 400) {
      const auto before = scene.world().log.size();
      scene.when(command);
      if (scene.world().log.size() == before) return;
    }
  };
  scene.by(k_secretary);
  fill(wire::AddPlanEntry{k_council, {wide_title}, ItemKind::note, {}, {{wide_text}}});
  fill(wire::AddPlanEntry{k_council, {"ab"}, ItemKind::note});
  for (int n = 0; n < 60; ++n) {
    const auto name = "sitter" + std::string(1, static_cast<char>('a' + n / 26)) + std::string(1, static_cast<char>('a' + n % 26));
    scene.and_also<KnownBodyAggregate>(k_council.str(), SeatTaken{k_council, {id_of<SeatId>(name), wide_title.substr(0, 480), Role::member, id_of<PersonId>(name), scene.world().keep(wide_title.substr(0, 360)), ""}});
    scene.by(holder(id_of<PersonId>(name), k_council.str(), Role::member));
    fill(wire::ProposeItem{k_council, {n % 2 == 0 ? wide_title : "ab"}, {n % 2 == 0 ? wide_text : "ab"}});
  }
  std::size_t bytes = 0;
  for (const auto& key : scene.world().keys("plan/" + k_council.str(), "staff")) bytes += key.size() + json::serialize(*scene.world().row("plan/" + k_council.str(), "staff", key)).size();
  EXPECT_LT(bytes, 256'000U);
  EXPECT_GT(bytes, 120'000U) << "it was filled";
}

TEST_F(PlanOf, puts_an_item_onto_an_agenda_with_all_that_is_known_of_it) {
  const auto entry = plan();
  scene.when(taken(entry));
  const auto& meeting = *std::any_cast<Meeting>(&scene.world().state("meeting", k_meeting.str()));
  ASSERT_EQ(meeting.items.size(), 1U);
  EXPECT_EQ(meeting.items.front().title, "Skills");
  EXPECT_EQ(meeting.items.front().kind, ItemKind::decision);
  EXPECT_EQ(meeting.items.front().minutes, 20);
  EXPECT_EQ(meeting.items.front().circulation, Circulation::members);
  EXPECT_EQ(text(*meeting.items.front().lead), "Ben Bell");
  EXPECT_EQ(scene.result().at("item").as_string(), meeting.items.front().item.str());
  scene.when(taken(entry)).rejected(ErrorCode::already_done);
  scene.when(edited(entry)).rejected(ErrorCode::already_done);
  EXPECT_EQ(std::any_cast<Meeting>(&scene.world().state("meeting", k_meeting.str()))->items.size(), 1U);
}

TEST_F(PlanOf, tells_the_public_nothing_of_agendas_and_the_members_which_meeting_it_is) {
  const auto entry = plan(Circulation::everyone);
  const auto key = "taken/" + entry.str();
  scene.when(taken(entry));
  EXPECT_EQ(row("staff", key)->meeting_title, "First meeting");
  EXPECT_EQ(row("member", key)->meeting_title, "First meeting");
  EXPECT_FALSE(row("member", key)->meeting_href) << "there is no page for them";
  EXPECT_FALSE(row("public", key)) << "it reads the agenda, which may hide the item later";
  EXPECT_EQ(scene.world().all_of("public").find("Skills"), std::string::npos);
  scene.and_also<MeetingAggregate>(k_meeting.str(), AgendaPublished{});
  EXPECT_FALSE(row("public", key));
  EXPECT_TRUE(row("member", key)->meeting_href);
  EXPECT_EQ(row("member", key)->when, "Tuesday 19 June 2018");
  scene.and_also<MeetingAggregate>(k_meeting.str(), MeetingCancelled{k_now, scene.world().keep("Snow")});
  EXPECT_TRUE(row("member", key)->is_cancelled);
  EXPECT_TRUE(scene.world().is_as_rebuilt(true));
  scene.when(wire::PlanAgain{k_council, entry});
  EXPECT_FALSE(row("public", key));
  EXPECT_TRUE(row("public", "entry/" + entry.str()));
  scene.when(wire::PlanAgain{k_council, entry}).rejected(ErrorCode::already_done);
}

TEST_F(PlanOf, follows_the_meeting_onto_whose_agenda_an_item_was_put_last) {
  const auto entry = plan(Circulation::everyone);
  auto later = scheduled();
  later.meeting = id_of<MeetingId>("later"), later.title = "Second meeting";
  scene.and_also<MeetingAggregate>(later.meeting.str(), later, AgendaPublished{});
  scene.when(taken(entry)).when(wire::PlanAgain{k_council, entry});
  auto again = taken(entry);
  again.meeting = later.meeting;
  scene.when(again);
  scene.and_also<MeetingAggregate>(k_meeting.str(), AgendaPublished{});
  EXPECT_EQ(row("member", "taken/" + entry.str())->meeting_title, "Second meeting") << "that the first is published is not about it";
}

TEST_F(PlanOf, puts_nothing_onto_the_agenda_of_a_meeting_that_is_over_or_of_another_body) {
  const auto entry = plan();
  auto elsewhere = taken(entry);
  elsewhere.meeting = id_of<MeetingId>("elsewhere");
  scene.when(elsewhere).rejected(ErrorCode::invalid_arguments, "/meeting");
  auto theirs = scheduled();
  theirs.meeting = elsewhere.meeting, theirs.body = id_of<BodyId>("others");
  scene.and_also<MeetingAggregate>(theirs.meeting.str(), theirs).when(elsewhere).rejected(ErrorCode::invalid_arguments, "/meeting");
  scene.and_also<MeetingAggregate>(k_meeting.str(), MeetingCancelled{k_now, scene.world().keep("Snow")});
  scene.when(taken(entry)).rejected(ErrorCode::invalid_arguments, "/meeting");
  EXPECT_FALSE(scene.state().entries.front().taken_to);
}

TEST_F(PlanOf, takes_in_what_is_accepted_once) {
  const auto proposal = propose();
  scene.by(k_secretary).when(wire::AcceptProposal{k_council, proposal});
  EXPECT_EQ(state(), ProposalState::accepted);
  EXPECT_EQ(scene.state().entries.front().what.month, "2018-11");
  EXPECT_EQ(text(*scene.state().entries.front().what.purpose), "It is late");
  scene.when(wire::AcceptProposal{k_council, proposal}).rejected(ErrorCode::already_done);
  scene.when(wire::DeclineProposal{k_council, proposal, {{"No"}}}).rejected(ErrorCode::already_done);
  EXPECT_EQ(scene.state().entries.size(), 1U);
}

TEST_F(PlanOf, says_why_a_proposal_is_declined) {
  const auto proposal = propose();
  scene.by(k_secretary).when(wire::DeclineProposal{k_council, proposal, {{""}}}).rejected(ErrorCode::invalid_arguments, "/reason");
  EXPECT_EQ(state(), ProposalState::proposed);
  scene.when(wire::DeclineProposal{k_council, proposal, {{"Not ours to decide"}}});
  EXPECT_EQ(state(), ProposalState::declined);
  const auto view = scene.world().row_as<wire::ProposalView>("plan/" + k_council.str(), "member", "answered/" + proposal.str());
  EXPECT_EQ(view->reason, "Not ours to decide");
  EXPECT_EQ(view->by_name, "Ada Lovelace, Chair, Cumbria LEP");
}

TEST_F(PlanOf, lets_only_the_proposer_withdraw_and_only_until_it_is_answered) {
  const auto proposal = propose();
  scene.by(other).when(wire::WithdrawProposal{k_council, proposal}).rejected(ErrorCode::forbidden);
  scene.by(k_member).when(wire::WithdrawProposal{k_council, proposal});
  EXPECT_TRUE(scene.state().proposals.empty());
  EXPECT_EQ(all_kept(scene.world()).find("Rail"), std::string::npos) << "what was taken back is kept nowhere";
  scene.by(k_secretary).when(wire::AcceptProposal{k_council, proposal}).rejected(ErrorCode::invalid_arguments, "/proposal");
}

TEST_F(PlanOf, is_not_closed_to_others_by_one_who_proposes_and_withdraws) {
  std::string wide;
  for (int n = 0; n < 500; ++n) wide += "\U0001f600";
  for (int n = 0; n < 40; ++n) {
    scene.by(k_member).when(wire::ProposeItem{k_council, {"Rail"}, {wide}});
    scene.when(wire::WithdrawProposal{k_council, scene.state().proposals.back().made.proposal});
  }
  propose(other);
  EXPECT_EQ(scene.state().proposals.size(), 1U);
}

TEST_F(PlanOf, hears_only_who_holds_a_seat_and_five_at_a_time) {
  const wire::ProposeItem command{k_council, {"Rail"}, {"It is late"}};
  scene.by(holder(id_of<PersonId>("stranger"), k_council.str(), Role::member)).when(command).rejected(ErrorCode::forbidden);
  const auto first = propose();
  for (int n = 1; n < 5; ++n) propose();
  scene.when(command).rejected(ErrorCode::too_large);
  propose(other);
  scene.by(k_member).when(wire::WithdrawProposal{k_council, first});
  propose();
}

TEST_F(PlanOf, keeps_the_latest_answered_proposals) {
  for (std::size_t n = 0; n < k_answered_kept_max + 2; ++n) {
    const auto proposal = propose();
    scene.by(k_secretary).when(wire::DeclineProposal{k_council, proposal, {{"No"}}});
  }
  EXPECT_EQ(scene.state().proposals.size(), k_answered_kept_max);
}

TEST_F(PlanOf, forgets_what_was_proposed_with_its_proposer_and_keeps_what_was_accepted) {
  const auto accepted = propose();
  scene.by(k_secretary).when(wire::AcceptProposal{k_council, accepted});
  propose();
  EXPECT_EQ(domain::personal_texts(id_of<PersonId>("member"), WorldReader(scene.world())).size(), 7U) << "their name at the seat, and of each proposal name, title and reason";
  scene.and_also<PlanAggregate>(k_council.str(), ProposerForgotten{id_of<PersonId>("member")});
  EXPECT_TRUE(scene.state().proposals.empty());
  EXPECT_EQ(text(scene.state().entries.front().what.title), "Rail in the North");
  EXPECT_EQ(scene.world().all_of("member").find("Ada"), std::string::npos);
}

TEST_F(PlanOf, has_no_name_of_whom_is_forgotten_and_takes_none_back_from_a_form_of_before) {
  const auto entry = plan(Circulation::everyone);
  const auto lead = *scene.state().entries.front().what.lead;
  scene.and_also<PlanAggregate>(k_council.str(), NameRemovedFromPlan{{{lead.text_id, scene.world().keep("Name removed")}}});
  EXPECT_EQ(row("public", "entry/" + entry.str())->lead, "Name removed");
  auto before = edited(entry);
  before.seen_changes = 0;
  scene.by(k_secretary).when(before).rejected(ErrorCode::stale_version);
}

// What directory tells of a deleted account reaches the plan.
TEST(PlanOfDeleted, keeps_nothing_of_them) {
  namespace directory = contract::directory;
  ServiceScene scene(definition(PaperDesk{}));
  scene.world().now = k_now;
  const auto ada = id_of<PersonId>("ada");
  happened(scene, "body", k_council.str(), council_named());
  EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{ada, "Ada Lovelace", ""}));
  happened(scene, "body", k_council.str(), SeatTaken{k_council, {id_of<SeatId>("ada"), "Chair", Role::member, ada, scene.world().keep("Ada Lovelace"), ""}});
  scene.made("entry", k_secretary, wire::AddPlanEntry{k_council, {"Lecture of Ada Lovelace"}, ItemKind::note, {{"Ada Lovelace"}}, {{"Thanks to Ada Lovelace"}}});
  const auto actor = holder(ada, k_council.str(), Role::member);
  const auto declined = scene.made("proposal", actor, wire::ProposeItem{k_council, {"Engines"}, {"I, Ada Lovelace, wish it"}});
  EXPECT_TRUE(scene.send(k_secretary, wire::DeclineProposal{k_council, wire::ProposalId::from_trusted(declined), {{"Ada Lovelace knows why"}}}));
  scene.made("proposal", actor, wire::ProposeItem{k_council, {"Looms"}, {"They are wonderful"}});
  ASSERT_NE(all_kept(scene.world()).find("Ada Lovelace"), std::string::npos);
  happened(scene, "body", k_council.str(), SeatLeft{k_council, id_of<SeatId>("ada")});
  EXPECT_TRUE(scene.hear("directory", directory::PersonErasedNotice{ada}));
  for (const auto* words : {"Ada Lovelace", "Engines", "Looms", "wonderful"}) EXPECT_EQ(all_kept(scene.world()).find(words), std::string::npos) << words;
  EXPECT_NE(scene.world().all_of("member").find("Lecture of Name removed"), std::string::npos);
}

}  // namespace
}  // namespace witan::meetings::test
