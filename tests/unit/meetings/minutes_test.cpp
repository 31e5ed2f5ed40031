// What is minuted, how it comes to be approved and locked, and what each audience reads of it.
#include <random>

#include "services/meetings/domain/agenda/working_days.hpp"
#include "services/meetings/domain/minutes/minutes.hpp"
#include "tests/unit/meetings/minutes_scene.hpp"

namespace witan::meetings::test {
namespace {

using wire::CorrectionAnswer;
using wire::MinutesState;

class MinutesOf : public MinutesScene {
 protected:
  std::vector<std::string> log(const std::string& topic, std::string_view audience) {
    std::vector<std::string> numbers;
    for (const auto& [place, value] : scene.world().rows) {
      if (std::get<0>(place) == topic && std::get<1>(place) == audience && std::get<2>(place).starts_with("decision/")) {
        numbers.push_back(std::string(value.at("decision_number").as_string()));
      }
    }
    std::ranges::sort(numbers);
    return numbers;
  }
};

TEST_F(MinutesOf, are_there_from_the_start_of_the_meeting_for_staff_alone) {
  EXPECT_FALSE(minutes());
  EXPECT_EQ(write(open, "Too early."), "not_now");
  start();
  ASSERT_TRUE(minutes());
  EXPECT_EQ(minutes()->state_label, "Being written");
  EXPECT_EQ(item_row(open)->title, "Skills");
  EXPECT_EQ(item_row(open)->is_empty, true);
  EXPECT_FALSE(minutes("member"));
  EXPECT_FALSE(minutes("public"));
}

TEST_F(MinutesOf, are_written_by_staff_while_the_meeting_runs_and_after_it) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  EXPECT_EQ(item_row(open)->text, "Ada spoke.");
  EXPECT_EQ(item_row(open)->changes, 1);
  EXPECT_EQ(write(open, "Ada.", 1, holder(person("chair"), k_council.str(), Role::chair)), "");
  EXPECT_EQ(write(open, "Mine.", 2, sitter("ada")), "forbidden");
  EXPECT_EQ(write(open, "Mine.", 2, visitor()), "not_signed_in");
  EXPECT_EQ(write(open, "Mine.", 2, holder(person("other"), id_of<BodyId>("otherbody").str(), Role::secretary)), "forbidden");
  close();
  EXPECT_EQ(write(open, "Ada spoke at length.", 2), "");
  EXPECT_EQ(write(open, "", 3), "");
  EXPECT_EQ(item_row(open)->text, "");
  EXPECT_EQ(item_row(open)->is_empty, true);
  EXPECT_EQ(write(id_of<AgendaItemId>("noitem"), "Nothing."), "not_found");
}

TEST_F(MinutesOf, are_hidden_with_the_draft_of_an_agenda) {
  meeting = schedule();
  EXPECT_EQ(write(open, "Mine.", 0, sitter("ada")), "not_found");
  EXPECT_EQ(code_of(scene.send(sitter("ada"), wire::ProposeCorrection{meeting, open, {"Mine"}})), "not_found");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::CirculateMinutes{id_of<MeetingId>("nomeeting")})), "not_found");
}

TEST_F(MinutesOf, refuse_a_stale_write_and_tell_what_stands_there) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  const auto answer = scene.send(k_secretary, wire::WriteMinutes{meeting, open, {{"Ben spoke."}}, {0}});
  ASSERT_FALSE(answer);
  EXPECT_EQ(info(answer.error().code).name, "stale_version");
  EXPECT_EQ(answer.error().extra.at("text").as_string(), "Ada spoke.");
  EXPECT_EQ(answer.error().extra.at("changes").as_int64(), 1);
  EXPECT_EQ(item_row(open)->text, "Ada spoke.");
  const auto events = scene.world().log.size();
  EXPECT_EQ(write(open, "Ada spoke.", 0), "") << "what changes nothing is no clash";
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(MinutesOf, number_the_decisions_of_the_body_and_give_no_number_twice) {
  start();
  const auto first = decide_on(open, "To wait"), second = decide_on(open, "To go ahead");
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", first)->decision_number, "2018/1");
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", second)->decision_number, "2018/2");
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveDecision{meeting, DecisionId::from_trusted(second)}));
  EXPECT_FALSE(entry<wire::MinutesDecisionView>(open, "decision", second));
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveDecision{meeting, DecisionId::from_trusted(second)})), "not_found");
  const auto third = decide_on(open, "To go ahead at once");
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", third)->decision_number, "2018/3");
  close();
  meeting = next_meeting();
  open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"More"}, ItemKind::decision, {}, {5}, {}, {}}));
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", decide_on(open, "To stop"))->decision_number, "2018/4");
}

TEST_F(MinutesOf, change_the_words_of_a_decision_but_not_a_stale_one) {
  start();
  const auto id = DecisionId::from_trusted(decide_on(open, "To wait"));
  const auto change = [&](const std::string& text, std::optional<std::int64_t> seen) { return code_of(scene.send(k_secretary, wire::WriteDecision{meeting, open, {text}, id, seen})); };
  EXPECT_EQ(change("To go ahead", 0), "");
  EXPECT_EQ(change("To stop", 0), "stale_version");
  EXPECT_EQ(change("To stop", std::nullopt), "stale_version");
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", id.str())->decided, "To go ahead");
  EXPECT_EQ(entry<wire::MinutesDecisionView>(open, "decision", id.str())->decision_number, "2018/1");
}

TEST_F(MinutesOf, know_the_owner_of_an_action_by_the_name_of_a_holder_or_take_any_name) {
  start();
  const auto by_name = act(open, "Write to the Treasury", "Name of ada"), by_seat = act(open, "Call", "Name of ben, Seat of ben"), other = act(open, "Print", "The clerk");
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", by_name)->owner, "Name of ada, Seat of ada");
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", by_seat)->owner, "Name of ben, Seat of ben");
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", other)->owner, "The clerk");
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", other)->due, "Tuesday 3 July 2018");
  const auto id = ActionId::from_trusted(other);
  const auto change = [&](std::int64_t seen) { return code_of(scene.send(k_secretary, wire::WriteAction{meeting, open, {"Print it"}, {"Name of cleo"}, {"2018-07-04"}, id, seen})); };
  EXPECT_EQ(change(1), "stale_version");
  EXPECT_EQ(change(0), "");
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", other)->owner, "Name of cleo, Seat of cleo");
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAction{meeting, id}));
  EXPECT_FALSE(entry<wire::MinutesActionView>(open, "action", other));
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAction{meeting, id})), "not_found");
}

TEST_F(MinutesOf, follow_the_agenda_and_keep_an_item_of_which_something_is_written) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  EXPECT_TRUE(scene.send(k_secretary, wire::EditAgendaItem{meeting, open, {{"Skills and places"}}, {}, {}, {}, {}}));
  EXPECT_EQ(item_row(open)->title, "Skills and places");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, open})), "not_now");
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, closed_doors}));
  EXPECT_FALSE(item_row(closed_doors));
  EXPECT_EQ(write(open, "", 1), "");
  EXPECT_TRUE(scene.send(k_secretary, wire::RemoveAgendaItem{meeting, open}));
}

TEST_F(MinutesOf, are_circulated_once_the_meeting_is_closed_and_something_is_written) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  EXPECT_EQ(circulate(), "not_now");
  EXPECT_EQ(minutes()->circulate_by, std::nullopt);
  close();
  EXPECT_EQ(minutes()->circulate_by, "Friday 15 June 2018") << "ten working days after 1 June";
  EXPECT_TRUE(minutes()->may_circulate);
  EXPECT_EQ(write(open, "", 1), "");
  EXPECT_FALSE(minutes()->may_circulate);
  EXPECT_EQ(circulate(), "not_now");
  EXPECT_EQ(write(open, "Ada spoke.", 2), "");
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(circulate(), "already_done");
  EXPECT_EQ(minutes("member")->state, MinutesState::circulated);
  EXPECT_EQ(minutes("member")->is_late, std::nullopt);
  EXPECT_EQ(item_row(open, "member")->text, "Ada spoke.");
  EXPECT_FALSE(minutes("public"));
  EXPECT_EQ(write(open, "Ben spoke.", 3), "not_now") << "nothing is rewritten any more";
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WriteDecision{meeting, open, {"To wait"}, {}, {}})), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WriteAction{meeting, open, {"Wait"}, {"Ada"}, {"2018-07-03"}, {}, {}})), "not_now");
}

TEST_F(MinutesOf, are_late_after_the_last_of_ten_working_days) {
  EXPECT_EQ(text_of(working_day_after(*day_from("2018-08-22"), 3)), "2018-08-28") << "a weekend and a bank holiday lie between";
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  close();
  scene.wait_until(moment("2018-06-15T22:59:59Z"));  // 11:59pm in the UK
  const auto before = scene.world().now;
  EXPECT_EQ(uk_time::calendar_day(before), "2018-06-15");
  scene.wait_until(moment("2018-06-15T23:00:00Z"));
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(minutes("member")->is_late, true);
}

TEST_F(MinutesOf, are_not_late_on_the_last_day) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  close();
  scene.wait_until(moment("2018-06-15T22:59:59Z"));
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(minutes("member")->is_late, std::nullopt);
}

TEST_F(MinutesOf, leave_room_for_an_answer_to_each_correction_and_let_nobody_propose_without_end) {
  start();
  std::string code;
  for (int n = 0; n < 200 && code.empty(); ++n) code = code_of(scene.send(k_secretary, wire::WriteDecision{meeting, open, {std::string(1000, '"')}, {}, {}}));
  EXPECT_EQ(code, "too_large");
  for (int n = 0; n < 5; ++n) scene.send(k_secretary, wire::RemoveDecision{meeting, DecisionId::from_trusted(minutes_in(WorldReader(scene.world()), meeting).decisions.back().decision.str())});
  close();
  EXPECT_EQ(circulate(), "");
  std::vector<std::string> proposed;
  const auto also = [&](const Actor& by) {
    const auto made = scene.send(by, wire::ProposeCorrection{meeting, open, {std::string(200, 'b')}});
    if (made) proposed.emplace_back(string_at(*made, "correction"));
    return code_of(made);
  };
  EXPECT_EQ(also(sitter("ada")), "") << "five decisions made room for this one and its answer,";
  EXPECT_EQ(also(sitter("ada")), "");
  EXPECT_EQ(also(sitter("ben")), "too_large") << "but not for ever more";
  const std::string longest(1000, '"');
  EXPECT_EQ(answer(proposed[0], CorrectionAnswer::accept, longest, ""), "");
  EXPECT_EQ(answer(proposed[1], CorrectionAnswer::decline, "", "No"), "");
  EXPECT_EQ(approve(next_meeting()), "");
}

TEST_F(MinutesOf, take_five_corrections_at_a_time_from_one_member) {
  write_and_circulate();
  for (int n = 0; n < 5; ++n) propose(sitter("ada"), open, "Not so");
  EXPECT_EQ(code_of(scene.send(sitter("ada"), wire::ProposeCorrection{meeting, open, {"Nor this"}})), "too_large");
  EXPECT_EQ(code_of(scene.send(sitter("ben"), wire::ProposeCorrection{meeting, open, {"Nor this"}})), "");
}

TEST_F(MinutesOf, take_corrections_of_members_from_circulation_and_answer_each_once) {
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  close();
  EXPECT_EQ(code_of(scene.send(sitter("ada"), wire::ProposeCorrection{meeting, open, {"I did not"}})), "not_now");
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ProposeCorrection{meeting, open, {"I did not"}})), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(holder(person("other"), id_of<BodyId>("otherbody").str(), Role::member), wire::ProposeCorrection{meeting, open, {"I did not"}})), "forbidden");
  const auto one = propose(sitter("ada"), open, "I did not"), two = propose(sitter("ben"), open, "Nor did I");
  const auto row = entry<wire::CorrectionView>(open, "correction", one, "member");
  EXPECT_EQ(row->by_name, "Name of ada, Seat of ada");
  EXPECT_EQ(row->is_open, true);
  EXPECT_EQ(minutes()->open_corrections, 2);
  EXPECT_EQ(answer(one, CorrectionAnswer::accept, "Ada listened.", "", sitter("ada")), "forbidden");
  EXPECT_EQ(answer(one, CorrectionAnswer::accept, "", ""), "invalid_arguments");
  EXPECT_EQ(answer(two, CorrectionAnswer::decline, "Ben.", ""), "invalid_arguments");
  EXPECT_EQ(answer(one, CorrectionAnswer::accept, "Ada listened.", ""), "");
  EXPECT_EQ(answer(one, CorrectionAnswer::decline, "", "No"), "already_done");
  EXPECT_EQ(answer(two, CorrectionAnswer::decline, "", "The recording says otherwise"), "");
  EXPECT_EQ(answer(id_of<CorrectionId>("none").str(), CorrectionAnswer::decline, "", "No"), "not_found");
  EXPECT_EQ(entry<wire::CorrectionView>(open, "correction", one, "member")->wording, "Ada listened.");
  EXPECT_EQ(entry<wire::CorrectionView>(open, "correction", two, "member")->declined_reason, "The recording says otherwise");
  EXPECT_EQ(item_row(open, "member")->text, "Ada spoke.") << "corrections stand beside what was written, and change nothing silently";
  EXPECT_EQ(minutes()->open_corrections, std::nullopt);
}

TEST_F(MinutesOf, are_approved_at_a_later_meeting_of_the_same_body_once_all_corrections_are_answered) {
  write_and_circulate();
  EXPECT_EQ(approve(meeting), "invalid_arguments") << "not at itself";
  const auto planned = next_meeting(false);
  EXPECT_EQ(approve(planned), "invalid_arguments") << "it has not begun";
  EXPECT_EQ(approve(id_of<MeetingId>("nomeeting")), "invalid_arguments");
  const auto correction = propose(sitter("ada"), open, "I did not");
  EXPECT_EQ(minutes()->choices, std::nullopt);
  EXPECT_TRUE(scene.send(k_secretary, wire::StartMeeting{planned}));
  ASSERT_TRUE(minutes()->choices);
  EXPECT_EQ(minutes()->choices->front().meeting, planned);
  EXPECT_EQ(minutes("member")->choices, std::nullopt);
  EXPECT_EQ(approve(planned), "not_now");
  EXPECT_EQ(answer(correction, CorrectionAnswer::accept, "Ada listened.", ""), "");
  EXPECT_EQ(minutes()->may_approve, true);
  EXPECT_EQ(approve(planned), "");
  EXPECT_EQ(minutes("public")->approved_href, "/meetings/" + planned.str());
  EXPECT_EQ(approve(planned), "already_done");
}

TEST_F(MinutesOf, are_not_approved_before_they_are_circulated_or_at_a_meeting_of_before_or_of_another_body) {
  const auto earlier = next_meeting();
  start();
  EXPECT_EQ(write(open, "Ada spoke."), "");
  scene.world().now += std::chrono::hours(1);
  close();
  const auto later = next_meeting();
  EXPECT_EQ(approve(later), "not_now");
  EXPECT_EQ(circulate(), "");
  EXPECT_EQ(approve(earlier), "invalid_arguments") << "it began before this one was over";
  const auto elsewhere = id_of<BodyId>("otherbody");
  hear(directory::BodyEstablishedNotice{elsewhere, "Another body", directory::BodyKind::council});
  const auto foreign = holder(person("other"), elsewhere.str(), Role::secretary);
  const auto theirs = MeetingId::from_trusted(
      scene.made("meeting", foreign, wire::ScheduleMeeting{elsewhere, {"Theirs"}, {"2018-06-19"}, {"14:00"}, {"16:00"}, {"Here"}, {}, {}}));
  EXPECT_TRUE(scene.send(foreign, wire::AddAgendaItem{theirs, {"Minutes"}, ItemKind::approval, {}, {5}, {}, {}}));
  EXPECT_TRUE(scene.send(foreign, wire::PublishAgenda{theirs}));
  EXPECT_TRUE(scene.send(foreign, wire::StartMeeting{theirs}));
  EXPECT_EQ(approve(theirs), "invalid_arguments");
  EXPECT_EQ(approve(later), "");
}

TEST_F(MinutesOf, are_locked_once_approved) {
  write_and_circulate();
  const auto at = next_meeting();
  const auto correction = propose(sitter("ada"), open, "I did not");
  EXPECT_EQ(answer(correction, CorrectionAnswer::accept, "Ada listened.", ""), "");
  EXPECT_EQ(approve(at), "");
  const auto events = scene.world().log.size();
  EXPECT_EQ(write(open, "Ben spoke.", 1), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WriteDecision{meeting, open, {"To wait"}, {}, {}})), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveDecision{meeting, id_of<DecisionId>("any")})), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::WriteAction{meeting, open, {"Wait"}, {"Ada"}, {"2018-07-03"}, {}, {}})), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, wire::RemoveAction{meeting, id_of<ActionId>("any")})), "not_now");
  EXPECT_EQ(circulate(), "not_now");
  EXPECT_EQ(code_of(scene.send(sitter("ada"), wire::ProposeCorrection{meeting, open, {"Once more"}})), "not_now");
  EXPECT_EQ(answer(correction, CorrectionAnswer::decline, "", "No"), "not_now");
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(MinutesOf, show_the_public_what_is_approved_but_for_items_for_members) {
  write_and_circulate();
  const auto at = next_meeting();
  const auto accepted = propose(sitter("ada"), open, "canary of ada"), declined = propose(sitter("ben"), open, "canary of ben"), within = propose(sitter("ben"), closed_doors, "canary");
  EXPECT_EQ(answer(accepted, CorrectionAnswer::accept, "Ada listened.", ""), "");
  EXPECT_EQ(answer(declined, CorrectionAnswer::decline, "", "canary reason"), "");
  EXPECT_EQ(answer(within, CorrectionAnswer::accept, "canary wording", ""), "");
  EXPECT_EQ(log("decisions/" + k_council.str(), "public"), std::vector<std::string>{});
  EXPECT_EQ(log("body-decisions/" + k_council.str(), "member"), (std::vector<std::string>{"2018/1", "2018/2"}));
  EXPECT_EQ(approve(at), "");
  EXPECT_EQ(item_row(open, "public")->text, "Ada spoke.");
  EXPECT_EQ(item_row(closed_doors, "public")->is_restricted, true);
  EXPECT_EQ(entry<wire::CorrectionView>(open, "correction", accepted, "public")->wording, "Ada listened.");
  EXPECT_FALSE(entry<wire::CorrectionView>(open, "correction", declined, "public"));
  EXPECT_EQ(log("decisions/" + k_council.str(), "public"), std::vector<std::string>{"2018/1"});
  for (const auto& [place, value] : scene.world().rows) {
    if (std::get<1>(place) != "public") continue;
    const auto text = json::serialize(value);
    for (const auto* word : {"canary", "Ben was appointed", "To appoint Ben", "Staffing"}) EXPECT_EQ(text.find(word), std::string::npos) << std::get<0>(place) << " " << text;
  }
}

TEST_F(MinutesOf, keep_nothing_of_whom_is_deleted) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", ""});
  start();
  EXPECT_EQ(write(open, "Thanks to Name of ada for the cake."), "");
  decide_on(open, "To make Name of ada the host");
  const auto action = act(open, "Write to Name of ada", "Name of ada");
  close();
  EXPECT_EQ(circulate(), "");
  const auto one = propose(sitter("ada"), open, "I, Name of ada, said more");
  EXPECT_EQ(answer(one, CorrectionAnswer::accept, "Name of ada said more.", ""), "");
  EXPECT_EQ(approve(next_meeting()), "");
  ASSERT_NE(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  EXPECT_EQ(item_row(open, "public")->text, "Thanks to Name removed for the cake.") << "also in minutes that are locked";
  EXPECT_EQ(entry<wire::MinutesActionView>(open, "action", action, "public")->owner, "Name removed, Seat of ada");
  EXPECT_EQ(entry<wire::CorrectionView>(open, "correction", one, "member")->proposed, "This text has been removed.");
  EXPECT_EQ(entry<wire::CorrectionView>(open, "correction", one, "public")->wording, "Name removed said more.");
}

TEST_F(MinutesOf, never_outgrow_their_topic) {
  start();
  std::string code;
  for (int n = 0; n < 60 && code.empty(); ++n) code = code_of(scene.send(k_secretary, wire::WriteDecision{meeting, open, {std::string(900, 'a')}, {}, {}}));
  EXPECT_EQ(code, "");
  for (int n = 0; n < 4; ++n) write(n % 2 == 0 ? open : closed_doors, std::string(7900, '"') + std::to_string(n), n / 2);
  std::size_t bytes = 0;
  for (const auto& [place, value] : scene.world().rows) {
    if (std::get<0>(place) == minutes_topic() && std::get<1>(place) == "staff") bytes += std::get<2>(place).size() + json::serialize(value).size() + 4;
  }
  EXPECT_LE(bytes, minutes_bytes(minutes_in(WorldReader(scene.world()), meeting), std::any_cast<Meeting>(scene.world().state("meeting", meeting.str())).items, WorldReader(scene.world())) + 2048);
  EXPECT_LE(bytes, 256U * 1024U);
}

// Whatever several people do in whatever order: what was seen in circulated minutes stays, numbers are given once, and the public
// reads nothing before approval.
TEST_F(MinutesOf, keep_their_promises_after_any_interleaving) {
  std::mt19937 random(5);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  std::set<std::string> numbers;  // of all meetings: the scene's are in one year
  for (int round = 0; round < 6; ++round) {
    MinutesState before = MinutesState::writing;
    start();
    std::string text;
    for (int step = 0; step < 14; ++step) {
      const auto item = pick(2) == 0 ? open : closed_doors;
      const auto row = item_row(item);
      if (step == 5) close();
      switch (pick(5)) {
        case 0:
          write(item, "Text " + std::to_string(step), pick(3) == 0 ? 99 : (row ? row->changes : 0));
          break;
        case 1: {
          const auto made = scene.send(k_secretary, wire::WriteDecision{meeting, item, {"Decision " + std::to_string(step)}, {}, {}});
          if (made) EXPECT_TRUE(numbers.insert(std::string(string_at(*made, "number"))).second) << "a number was given twice";
          break;
        }
        case 2:
          scene.send(sitter("ada"), wire::ProposeCorrection{meeting, item, {"Not so"}});
          break;
        case 3:
          circulate();
          break;
        default:
          write(item, "", row ? row->changes : 0);
      }
      const auto now = minutes()->state;
      EXPECT_GE(static_cast<int>(now), static_cast<int>(before)) << "never back";
      if (before == MinutesState::circulated) EXPECT_EQ(item_row(open)->text, text);
      before = now;
      text = item_row(open)->text;
      EXPECT_EQ(minutes("member").has_value(), now != MinutesState::writing);
      EXPECT_FALSE(minutes("public"));
    }
    if (minutes()->state == MinutesState::writing && std::any_cast<Meeting>(scene.world().state("meeting", meeting.str())).is_closed()) circulate();
    meeting = next_meeting(false);
    open = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"Skills"}, ItemKind::decision, {}, {5}, {}, {}}));
    closed_doors = AgendaItemId::from_trusted(scene.made("item", k_secretary, wire::AddAgendaItem{meeting, {"Staffing"}, ItemKind::decision, {}, {5}, {{Circulation::members}}, {}}));
  }
}

}  // namespace
}  // namespace witan::meetings::test
