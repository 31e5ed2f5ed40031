// What becomes of actions once the minutes are circulated: who may do what, when they are overdue, and where they are shown.
#include "services/meetings/domain/actions/actions.hpp"
#include "shared/contract/untold.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/minutes_scene.hpp"

namespace witan::meetings::test {
namespace {

using wire::ActionStatus;

/// Circulated minutes with an action of Ada's, due on 3 July 2018, at each item.
class ActionsOf : public MinutesScene {
 protected:
  ActionsOf() {
    for (const auto* name : {"ada", "ben"}) hear(directory::PersonRegisteredNotice{person(name), std::string("Name of ") + name, ""});
    start();
    action = ActionId::from_trusted(act(open, "Write to the Treasury", "Name of ada"));
    within = ActionId::from_trusted(act(closed_doors, "Appoint Ben", "Name of ada"));
    close();
    EXPECT_EQ(circulate(), "");
  }
  static std::string topic_of(const ActionId& id) { return "actions/" + id.str(); }
  std::optional<wire::ActionView> row_at(const std::string& topic, std::string_view audience, const ActionId& id) {
    return scene.world().row_as<wire::ActionView>(topic, audience, "action/" + id.str());
  }
  std::optional<wire::ActionView> page(std::string_view audience = "member") { return scene.world().row_as<wire::ActionView>(topic_of(action), audience, "action"); }
  std::optional<wire::ActionView> in_list() { return row_at("body-actions/" + k_council.str(), "member", action); }
  std::optional<wire::ActionView> in_closed_list() { return row_at("closed-actions/" + k_council.str(), "member", action); }
  std::optional<wire::ActionView> own(const std::string& name) { return row_at("own-actions/" + person(name).str(), "self", action); }
  std::optional<wire::ActionView> before(const MeetingId& at) { return row_at("open-actions/" + at.str(), "member", action); }
  std::optional<wire::ActionsSummaryView> summary(const std::string& topic, std::string_view audience) { return scene.world().row_as<wire::ActionsSummaryView>(topic, audience, "summary"); }
  std::optional<wire::MinutesActionView> minuted(std::string_view audience = "member") { return entry<wire::MinutesActionView>(open, "action", action.str(), audience); }
  std::vector<wire::ActionEntryView> entries() {
    std::vector<wire::ActionEntryView> all;
    for (const auto& key : scene.world().keys(topic_of(action), "member")) {
      if (key.starts_with("entry/")) all.push_back(*scene.world().row_as<wire::ActionEntryView>(topic_of(action), "member", key));
    }
    std::ranges::sort(all, {}, &wire::ActionEntryView::sort);
    return all;
  }
  std::string finish(const Actor& actor, const std::string& note = "") { return code_of(scene.send(actor, wire::FinishAction{action, {{note}}})); }
  std::string drop(const Actor& actor, const std::string& reason) { return code_of(scene.send(actor, wire::DropAction{action, {{reason}}})); }
  std::string reopen(const Actor& actor) { return code_of(scene.send(actor, wire::ReopenAction{action, {}})); }
  std::string put_off(const std::string& due, const std::string& reason = "They are away", std::optional<std::int64_t> seen = {}, const Actor& actor = k_secretary) {
    return code_of(scene.send(actor, wire::ChangeActionDue{action, {due}, {{reason}}, seen}));
  }
  std::string hand_to(const std::string& owner, std::optional<std::int64_t> seen = {}, const Actor& actor = k_secretary) {
    return code_of(scene.send(actor, wire::HandOverAction{action, {owner}, seen}));
  }
  std::string note(const Actor& actor, const std::string& text) { return code_of(scene.send(actor, wire::NoteOnAction{action, {text}})); }
  void vacate(const std::string& name) { hear(directory::SeatVacatedNotice{k_council, seat(name)}); }

  ActionId action, within;
};

TEST_F(ActionsOf, are_followed_up_by_the_members_of_the_body_from_circulation_on) {
  const auto elsewhere = holder(person("other"), id_of<BodyId>("otherbody").str(), Role::member);
  EXPECT_EQ(scene.world().audience(topic_of(action), sitter("ben")), "member");
  EXPECT_EQ(scene.world().audience(topic_of(action), k_secretary), "staff");
  EXPECT_EQ(scene.world().audience(topic_of(action), elsewhere), std::nullopt);
  EXPECT_EQ(scene.world().audience(topic_of(action), visitor()), std::nullopt);
  EXPECT_EQ(page()->todo, "Write to the Treasury");
  EXPECT_EQ(page()->owner, "Name of ada, Seat of ada");
  EXPECT_EQ(page()->status_label, "Open");
  EXPECT_EQ(page()->minutes_href, "/meetings/" + meeting.str() + "/minutes#item-" + open.str() + "-action-" + action.str());
  EXPECT_EQ(in_list()->item_title, "Skills");
  EXPECT_EQ(row_at("body-actions/" + k_council.str(), "member", within)->is_members_only, true);
  EXPECT_TRUE(own("ada"));
  EXPECT_FALSE(own("ben"));
  EXPECT_EQ(summary("own-actions/" + person("ada").str(), "self")->count_words, "2 open actions");
  EXPECT_EQ(scene.world().audience("own-actions/" + person("ada").str(), sitter("ben")), std::nullopt);
  EXPECT_EQ(scene.world().audience("own-actions/" + person("ada").str(), sitter("ada")), "self");
}

TEST_F(ActionsOf, of_a_draft_are_shown_nowhere_and_nothing_is_done_about_them) {
  meeting = next_meeting();
  open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"More"}, ItemKind::decision, {}, {5}, {}, {}}));
  action = ActionId::from_trusted(act(open, "Wait", "Name of ada"));
  EXPECT_FALSE(page("staff"));
  EXPECT_FALSE(in_list());
  EXPECT_FALSE(own("ada"));
  EXPECT_EQ(finish(k_secretary), "not_found");
  EXPECT_EQ(note(sitter("ada"), "What is it?"), "not_found");
  EXPECT_EQ(minuted("staff")->status_label, std::nullopt);
}

TEST_F(ActionsOf, are_finished_by_their_owner_or_staff_and_by_nobody_else) {
  const auto elsewhere = holder(person("other"), id_of<BodyId>("otherbody").str(), Role::secretary);
  EXPECT_EQ(finish(sitter("ben")), "forbidden");
  EXPECT_EQ(finish(elsewhere), "not_found") << "to them it is not there";
  EXPECT_EQ(finish(visitor()), "not_signed_in");
  EXPECT_EQ(finish(witan::test::person(person("ada"))), "not_found") << "who holds no seat any more";
  EXPECT_EQ(finish(sitter("ada"), "They have answered"), "");
  EXPECT_EQ(page()->status, ActionStatus::done);
  EXPECT_EQ(page()->closed_on, "1 June 2018");
  EXPECT_EQ(entries().front().what, "Marked as done");
  EXPECT_EQ(entries().front().text, "They have answered");
  EXPECT_EQ(entries().front().by_name, "Name of ada, Seat of ada");
  EXPECT_EQ(finish(k_secretary), "already_done");
  EXPECT_FALSE(in_list());
  EXPECT_EQ(in_closed_list()->latest, "They have answered");
  EXPECT_FALSE(own("ada"));
  EXPECT_EQ(summary("own-actions/" + person("ada").str(), "self")->count, 1);
  EXPECT_EQ(minuted()->is_done, true);
  EXPECT_EQ(reopen(sitter("ben")), "forbidden");
  EXPECT_EQ(reopen(sitter("ada")), "");
  EXPECT_EQ(reopen(sitter("ada")), "already_done");
  EXPECT_TRUE(in_list());
  EXPECT_FALSE(in_closed_list());
  EXPECT_TRUE(own("ada"));
  EXPECT_EQ(minuted()->status_label, "Open");
}

TEST_F(ActionsOf, are_dropped_by_staff_with_a_reason_and_opened_again_by_staff) {
  EXPECT_EQ(drop(sitter("ada"), "No time"), "forbidden");
  EXPECT_EQ(drop(k_secretary, ""), "invalid_arguments");
  EXPECT_EQ(drop(k_secretary, "Overtaken by events"), "");
  EXPECT_EQ(drop(k_secretary, "Again"), "already_done");
  EXPECT_EQ(in_closed_list()->is_dropped, true);
  EXPECT_EQ(in_closed_list()->latest, "Overtaken by events");
  EXPECT_EQ(reopen(sitter("ada")), "forbidden");
  EXPECT_EQ(put_off("2018-07-10"), "not_now");
  EXPECT_EQ(hand_to("Name of ben"), "not_now");
  EXPECT_EQ(reopen(holder(person("chair"), k_council.str(), Role::chair)), "");
  EXPECT_TRUE(in_list());
}

TEST_F(ActionsOf, get_another_day_from_staff_with_a_reason_and_keep_that_of_the_minutes) {
  EXPECT_EQ(put_off("2018-07-10", "They are away", {}, sitter("ada")), "forbidden");
  EXPECT_EQ(put_off("2018-07-10", ""), "invalid_arguments");
  EXPECT_EQ(put_off("2018-05-31"), "invalid_arguments") << "that day is over";
  EXPECT_EQ(put_off("2018-07-10"), "");
  EXPECT_EQ(page()->due, "Tuesday 10 July 2018");
  EXPECT_EQ(page()->minuted_due, "Tuesday 3 July 2018");
  EXPECT_EQ(minuted()->due, "Tuesday 3 July 2018") << "the minutes are the record";
  EXPECT_EQ(entries().front().what, "Due day changed from 3 July 2018 to 10 July 2018");
  const auto events = scene.world().log.size();
  EXPECT_EQ(put_off("2018-07-10"), "");
  EXPECT_EQ(scene.world().log.size(), events);
  EXPECT_EQ(put_off("2018-07-12", "Later still", 0), "stale_version");
  EXPECT_EQ(put_off("2018-07-12", "Later still", 1), "");
}

TEST_F(ActionsOf, are_handed_over_to_another_holder_or_to_a_name) {
  EXPECT_EQ(hand_to("Name of ben", {}, sitter("ada")), "forbidden");
  EXPECT_EQ(hand_to("Name of ada"), "") << "it is theirs already";
  EXPECT_EQ(page()->action_changes, 0);
  EXPECT_EQ(hand_to("Name of ben", 0), "");
  EXPECT_EQ(hand_to("Name of cleo", 0), "stale_version");
  EXPECT_EQ(page()->owner, "Name of ben, Seat of ben");
  EXPECT_EQ(page()->minuted_owner, "Name of ada, Seat of ada");
  EXPECT_EQ(entries().front().what, "Handed over from Name of ada, Seat of ada to Name of ben, Seat of ben");
  EXPECT_FALSE(own("ada"));
  EXPECT_TRUE(own("ben"));
  EXPECT_EQ(finish(sitter("ada")), "forbidden");
  EXPECT_EQ(hand_to("The clerk"), "");
  EXPECT_FALSE(own("ben"));
  EXPECT_EQ(page()->by, std::nullopt);
  EXPECT_EQ(page()->is_without_owner, std::nullopt) << "a name does it";
  EXPECT_EQ(finish(sitter("ben")), "forbidden");
}

TEST_F(ActionsOf, take_notes_of_owner_and_staff_which_the_members_read_and_the_public_does_not) {
  EXPECT_EQ(note(sitter("ben"), "canary of ben"), "forbidden");
  EXPECT_EQ(note(sitter("ada"), "canary: wrote to them"), "");
  EXPECT_EQ(note(k_secretary, "canary: so did I"), "");
  ASSERT_EQ(entries().size(), 2U);
  EXPECT_EQ(entries()[0].text, "canary: so did I") << "the latest first";
  EXPECT_EQ(entries()[1].by_name, "Name of ada, Seat of ada");
  EXPECT_EQ(entries()[1].noted, "10am on 1 June 2018");
  EXPECT_EQ(in_list()->latest, "canary: so did I");
  EXPECT_EQ(approve(next_meeting()), "");
  EXPECT_EQ(minuted("public")->todo, "Write to the Treasury");
  EXPECT_EQ(minuted("public")->status_label, std::nullopt);
  EXPECT_EQ(note(sitter("ada"), "canary: and again"), "") << "approved minutes are locked, what comes of them is not";
  EXPECT_EQ(scene.world().all_of("public").find("canary"), std::string::npos);
  for (int n = 0; n < 37; ++n) EXPECT_EQ(note(k_secretary, "One more"), "");
  EXPECT_EQ(note(k_secretary, "One too many"), "too_large");
}

TEST_F(ActionsOf, are_overdue_when_their_day_is_over_in_the_uk) {
  scene.wait_until(moment("2018-07-03T22:59:59Z"));  // 11:59pm
  EXPECT_EQ(page()->is_overdue, std::nullopt);
  scene.wait_until(moment("2018-07-03T23:00:00Z"));
  EXPECT_EQ(page()->is_overdue, true);
  EXPECT_EQ(in_list()->status_label, "Overdue");
  EXPECT_EQ(own("ada")->status_label, "Overdue");
  EXPECT_EQ(minuted()->is_overdue, true);
  EXPECT_EQ(summary("own-actions/" + person("ada").str(), "self")->count_words, "2 open actions, 2 of them overdue");
  const auto events = scene.world().log.size();
  scene.wait_until(moment("2018-07-04T23:00:00Z"));
  EXPECT_EQ(scene.world().log.size(), events) << "it is told once";
  EXPECT_EQ(put_off("2018-07-05"), "");
  EXPECT_EQ(page()->status_label, "Open") << "there is time again";
  scene.wait_until(moment("2018-07-05T23:00:00Z"));
  EXPECT_EQ(page()->status_label, "Overdue");
  EXPECT_EQ(finish(sitter("ada")), "");
  EXPECT_EQ(page()->status_label, "Done");
  EXPECT_EQ(reopen(k_secretary), "");
  EXPECT_EQ(page()->status_label, "Overdue");
}

TEST_F(ActionsOf, stand_at_the_top_when_they_need_an_owner_then_when_they_are_overdue_then_by_day) {
  EXPECT_EQ(put_off("2018-06-05"), "");
  const auto later = row_at("body-actions/" + k_council.str(), "member", within);
  EXPECT_LT(in_list()->sort, later->sort) << "by the day";
  scene.wait_until(moment("2018-06-06T12:00:00Z"));
  EXPECT_EQ(put_off("2018-07-09"), "");
  EXPECT_GT(in_list()->sort, later->sort);
  scene.wait_until(moment("2018-07-10T12:00:00Z"));
  EXPECT_EQ(hand_to("Name of ben"), "");
  vacate("ben");
  EXPECT_LT(in_list()->sort, row_at("body-actions/" + k_council.str(), "member", within)->sort);
  EXPECT_EQ(in_list()->is_without_owner, true);
}

TEST_F(ActionsOf, are_nobodys_once_their_owner_holds_no_seat_and_theirs_again_when_they_do) {
  vacate("ada");
  EXPECT_FALSE(own("ada")) << "what the body does is not theirs to read any more";
  EXPECT_EQ(page()->is_without_owner, true);
  EXPECT_EQ(page()->by, std::nullopt);
  EXPECT_EQ(page()->owner, "Name of ada, Seat of ada");
  EXPECT_EQ(finish(witan::test::person(person("ada"))), "not_found");
  fill("other", Role::member, "ada");
  EXPECT_TRUE(own("ada"));
  EXPECT_EQ(page()->is_without_owner, std::nullopt);
  fill("other", Role::member, "cleo");
  EXPECT_FALSE(own("ada")) << "somebody else took the seat";
  EXPECT_EQ(page()->is_without_owner, true) << "and the action did not go with it";
}

TEST_F(ActionsOf, are_before_the_next_meeting_of_the_body_and_ticked_off_there) {
  const auto next = next_meeting(false);
  ASSERT_TRUE(before(next));
  EXPECT_EQ(summary("open-actions/" + next.str(), "member")->count_words, "2 open actions");
  EXPECT_EQ(scene.world().audience("open-actions/" + next.str(), sitter("ben")), "member");
  EXPECT_EQ(scene.world().audience("open-actions/" + next.str(), visitor()), std::nullopt);
  const auto draft = schedule();
  EXPECT_FALSE(before(draft));
  EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{next}));
  EXPECT_EQ(finish(sitter("ada")), "");
  EXPECT_EQ(before(next)->is_done, true) << "ticked for all who look at the agenda";
  EXPECT_EQ(summary("open-actions/" + next.str(), "member")->count_words, "1 open action");
  EXPECT_EQ(reopen(k_secretary), "");
  EXPECT_EQ(before(next)->is_open, true);
  const auto after = next_meeting(false);
  EXPECT_FALSE(before(after)) << "before one meeting at a time";
  EXPECT_TRUE(scene.send(k_secretary, wire::CloseMeeting{next}));
  EXPECT_FALSE(before(next));
  EXPECT_EQ(scene.world().keys("open-actions/" + next.str(), "member"), std::vector<std::string>{});
  EXPECT_TRUE(before(after)) << "what is still open is carried over";
}

TEST_F(ActionsOf, go_to_the_meeting_after_when_the_next_one_is_cancelled) {
  const auto next = next_meeting(false);
  ASSERT_TRUE(before(next));
  const auto after = next_meeting(false);
  EXPECT_TRUE(scene.send(k_secretary, wire::CancelMeeting{next, {"Snow"}}));
  EXPECT_FALSE(before(next));
  EXPECT_TRUE(before(after));
}

TEST_F(ActionsOf, are_not_filled_by_their_owner_so_that_staff_can_end_them) {
  std::string answer;
  for (int n = 0; n < 120 && answer.empty(); ++n) answer = n % 2 == 0 ? finish(sitter("ada")) : reopen(sitter("ada"));
  EXPECT_EQ(answer, "too_large");
  EXPECT_EQ(page()->is_open, true);
  EXPECT_EQ(finish(k_secretary), "");
  EXPECT_EQ(reopen(k_secretary), "");
}

TEST_F(ActionsOf, are_due_on_no_day_whose_end_cannot_be_written) {
  EXPECT_FALSE(codec::decode<CalendarDate>(json::string("9999-12-31")));
  EXPECT_TRUE(codec::decode<CalendarDate>(json::string("2999-12-31")));
}

TEST_F(ActionsOf, keep_nothing_of_whom_is_deleted) {
  EXPECT_EQ(note(sitter("ada"), "I, Name of ada, wrote"), "");
  EXPECT_EQ(note(k_secretary, "Name of ada rang"), "");
  EXPECT_EQ(hand_to("Name of ben"), "");
  EXPECT_EQ(hand_to("Name of ada"), "");
  ASSERT_NE(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  vacate("ada");
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  EXPECT_EQ(page()->owner, "Former member");
  EXPECT_EQ(page()->is_without_owner, true);
  const auto all = entries();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].what, "Handed over from Name of ben, Seat of ben to Former member");
  EXPECT_EQ(all[2].text, "Name removed rang");
  EXPECT_EQ(all[3].text, "This text has been removed.");
  EXPECT_EQ(all[3].by_name, "Name removed, Seat of ada");
  EXPECT_EQ(scene.world().audience("own-actions/" + person("ada").str(), sitter("ada")), std::nullopt);
}

// A log of before this was there has minutes that were circulated and approved, and nothing about what came of their actions.
TEST_F(ActionsOf, of_a_log_of_before_are_there_and_fall_due) {
  for (const auto& event : scene.world().log) EXPECT_NE(event.kind, "action") << "nothing is written for what is as it was minuted";
  EXPECT_EQ(approve(next_meeting()), "");
  scene.world().rebuild();
  EXPECT_EQ(page()->status_label, "Open");
  EXPECT_TRUE(own("ada"));
  scene.wait_until(moment("2026-11-26T12:00:00Z"));
  EXPECT_EQ(page()->status_label, "Overdue");
  EXPECT_EQ(finish(sitter("ada")), "");
  EXPECT_EQ(minuted()->is_done, true);
}

TEST_F(ActionsOf, are_removed_from_a_draft_only_as_they_were_seen) {
  meeting = next_meeting();
  open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"More"}, ItemKind::decision, {}, {5}, {}, {}}));
  action = ActionId::from_trusted(act(open, "Wait", "Name of ada"));
  const auto decision = DecisionId::from_trusted(decide_on(open, "To wait"));
  EXPECT_TRUE(scene.send(k_secretary, wire::WriteAction{meeting, open, {"Wait a bit"}, {"Name of ada"}, {"2018-07-03"}, action, 0}));
  EXPECT_TRUE(scene.send(k_secretary, wire::WriteDecision{meeting, open, {"To wait a bit"}, decision, 0}));
  const auto stale = scene.send(k_secretary, wire::RemoveAction{meeting, action, 0});
  ASSERT_FALSE(stale);
  EXPECT_EQ(info(stale.error().code).name, "stale_version");
  EXPECT_EQ(stale.error().extra.at("text").as_string(), "Wait a bit");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveDecision{meeting, decision, 0})), "stale_version");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAction{meeting, action, 1})), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveDecision{meeting, decision, {}})), "") << "as programs of before send it";
}

TEST_F(ActionsOf, of_a_draft_are_not_told_to_whom_they_name) {
  const auto held_back = [&] {
    std::vector<std::string> types;
    for (const auto& event : scene.world().log) {
      if (domain::is_held_back(event.when.seq, WorldReader(scene.world()))) types.push_back(event.type + " " + std::string(event.data.at("action").as_string()));
    }
    return types;
  };
  EXPECT_EQ(held_back(), std::vector<std::string>{}) << "circulated";
  meeting = next_meeting();
  open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"More"}, ItemKind::decision, {}, {5}, {}, {}}));
  const auto kept = act(open, "Wait", "Name of ada"), moved = act(open, "Go", "Name of ada"), removed = act(open, "Stop", "Name of ada");
  act(open, "Print", "The clerk");
  EXPECT_TRUE(scene.send(k_secretary, wire::WriteAction{meeting, open, {"Go"}, {"Name of ben"}, {"2018-07-03"}, ActionId::from_trusted(moved), 0}));
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAction{meeting, ActionId::from_trusted(removed), 0}));
  EXPECT_EQ(held_back(), (std::vector<std::string>{"action_recorded " + kept, "action_recorded " + moved, "action_recorded " + removed, "action_changed " + moved}));
  close();
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(held_back(), (std::vector<std::string>{"action_recorded " + moved, "action_recorded " + removed})) << "what no minutes say of them stays untold";
}

TEST_F(ActionsOf, are_told_in_the_audit) {
  EXPECT_EQ(note(sitter("ada"), "Wrote"), "");
  EXPECT_EQ(put_off("2018-07-10"), "");
  EXPECT_EQ(hand_to("Name of ben"), "");
  EXPECT_EQ(finish(sitter("ben")), "");
  EXPECT_EQ(reopen(k_secretary), "");
  scene.wait_until(moment("2018-07-11T12:00:00Z"));
  EXPECT_EQ(drop(k_secretary, "No need"), "");
  std::vector<std::string> lines;
  for (const auto& [kind, line] : described(scene)) {
    if (line.what.find("an action") == std::string::npos || line.what.starts_with("Recorded")) continue;
    if (line.what.find("of item 2 ") != std::string::npos) lines.push_back(line.what + " | " + line.from + " | " + line.to);
    EXPECT_EQ(line.body, k_council);
  }
  const std::string at = " of item 2 in the minutes of “First meeting” | ";
  EXPECT_EQ(lines, (std::vector<std::string>{"Began to follow up an action" + at + " | Open", "Wrote a note on an action" + at + "Open | Open",
                                             "Changed the due day of an action" + at + "2018-07-03 | 2018-07-10", "Handed over an action" + at + "Open | Open",
                                             "Marked as done an action" + at + "Open | Done", "Opened again an action" + at + "Done | Open",
                                             "The day 2018-07-10 is over for an action" + at + "Open | Overdue", "Dropped an action" + at + "Open | Dropped"}));
}

TEST_F(ActionsOf, lose_a_note_by_the_hand_that_wrote_it) {
  EXPECT_EQ(note(sitter("ada"), "The Treasury does not answer"), "");
  EXPECT_EQ(note(k_secretary, "Ring them"), "");
  const auto entry = *entries().back().entry;  // the first one
  EXPECT_EQ(entries().back().by, person("ada"));
  const auto remove = [&](const Actor& by, std::int64_t which) { return code_of(scene.send(by, wire::RemoveActionNote{action, {which}})); };
  EXPECT_EQ(remove(k_secretary, entry), "forbidden");
  EXPECT_EQ(remove(visitor(), entry), "not_signed_in");
  EXPECT_EQ(remove(holder(person("dora"), "another", Role::member), entry), "not_found");
  EXPECT_EQ(remove(sitter("ada"), entry), "");
  EXPECT_EQ(entries().back().what, "Note, removed by whoever wrote it");
  EXPECT_EQ(entries().back().text, "");
  EXPECT_FALSE(entries().back().entry);
  EXPECT_EQ(all_kept(scene.world()).find("does not answer"), std::string::npos);
  EXPECT_EQ(page()->latest, "Ring them");
  EXPECT_EQ(remove(sitter("ada"), entry), "already_done");
  EXPECT_EQ(remove(k_secretary, entry + 1), "");
  EXPECT_FALSE(page()->latest);
  EXPECT_EQ(finish(sitter("ada")), "");
  EXPECT_EQ(remove(sitter("ada"), 3), "invalid_arguments") << "what was done stays said";
  EXPECT_EQ(remove(sitter("ada"), 9), "invalid_arguments");
}

TEST_F(ActionsOf, are_shown_up_to_a_hundred_at_once_and_the_rest_counted) {
  meeting = next_meeting();
  open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"More"}, ItemKind::decision, {}, {5}, {}, {}}));
  act(open, "The first of many", "Name of ada");
  for (int n = 0; n < 100; ++n) {
    const auto id = id_of<ActionId>(std::string("many") + static_cast<char>('a' + n / 26) + static_cast<char>('a' + n % 26));
    const ActionOwner ada{scene.world().keep("Name of ada"), person("ada"), seat("ada"), "Seat of ada"};
    happened(scene, "minutes", meeting.str(), ActionRecorded{id, open, scene.world().keep("One of many"), ada, "2018-07-03"});
  }
  close();
  EXPECT_EQ(circulate(), "");
  const auto own_topic = "own-actions/" + person("ada").str();
  EXPECT_EQ(summary(own_topic, "self")->count, 103);
  EXPECT_EQ(summary(own_topic, "self")->more, 3);
  EXPECT_EQ(scene.world().keys(own_topic, "self").size(), 101U) << "with the summary";
}

}  // namespace
}  // namespace witan::meetings::test
