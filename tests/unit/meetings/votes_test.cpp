// Motions and votes: who may, what is counted, and what of a secret ballot is kept where.
#include <map>
#include <random>

#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/votes_scene.hpp"

namespace witan::meetings::test {
namespace {

using enum wire::VoteChoice;
using enum wire::VoteKind;

using Votes = VotesScene;

TEST_F(Votes, are_held_only_while_the_meeting_is_in_progress_and_not_paused) {
  const wire::OpenVote open_it{meeting, first, named, {}, {{"Shall we?"}}};
  const wire::ProposeMotion motion{meeting, first, seat("ada"), {"That we publish"}};
  EXPECT_EQ(send(k_secretary, open_it), "not_now");
  EXPECT_EQ(send(sitter("ada"), motion), "not_now");
  begin();
  EXPECT_EQ(send(k_secretary, wire::PauseMeeting{meeting}), "");
  EXPECT_EQ(send(k_secretary, open_it), "not_now");
  EXPECT_EQ(send(sitter("ada"), motion), "not_now");
  EXPECT_EQ(send(k_secretary, wire::ResumeMeeting{meeting}), "");
  const auto vote = open(named);
  EXPECT_EQ(send(k_secretary, wire::PauseMeeting{meeting}), "");
  EXPECT_EQ(casts("ada", vote, approve), "not_now");
  EXPECT_TRUE(ballot("ada").why_not);
  EXPECT_EQ(send(k_secretary, wire::ResumeMeeting{meeting}), "");
  EXPECT_FALSE(ballot("ada").why_not);
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(close_vote(vote), "");
  close();
  EXPECT_EQ(send(k_secretary, open_it), "not_now");
  EXPECT_EQ(send(sitter("ada"), motion), "not_now");
}

TEST_F(Votes, are_on_a_motion_only_once_somebody_else_has_seconded_it) {
  begin();
  const auto motion = moved("ada");
  EXPECT_EQ(row_of(motion)->state_label, "Waits for a seconder");
  EXPECT_EQ(row_of(motion)->moved_by, "Name of ada, Seat of ada");
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, first, named, motion, {}}), "not_now");
  EXPECT_EQ(field(sitter("ada"), wire::SecondMotion{meeting, motion, seat("ada")}), "/seat");
  EXPECT_EQ(seconds("ben", motion), "");
  EXPECT_EQ(seconds("ben", motion), "");
  EXPECT_EQ(seconds("cleo", motion), "already_done");
  EXPECT_EQ(row_of(motion)->seconded_by, "Name of ben, Seat of ben");
  EXPECT_TRUE(row_of(motion)->may_be_put);
  EXPECT_EQ(field(k_secretary, wire::OpenVote{meeting, first, named, motion, {{"And a question?"}}}), "/question");
  EXPECT_EQ(field(k_secretary, wire::OpenVote{meeting, first, named, {}, {}}), "/question");
  const auto vote = open(named, motion);
  EXPECT_EQ(row_of(motion)->state_label, "Being voted on");
  EXPECT_EQ(row_of(vote)->question, "That we publish the report");
  EXPECT_EQ(send(k_secretary, wire::WithdrawMotion{meeting, motion}), "not_now");
  EXPECT_EQ(casts("cleo", vote, against), "");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(row_of(motion)->state_label, "Not carried");
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, first, named, motion, {}}), "not_now");
  EXPECT_EQ(field(k_secretary, wire::OpenVote{meeting, first, named, id_of<MotionId>("nomotion"), {}}), "/motion");
}

TEST_F(Votes, take_motions_of_who_is_there_and_has_a_vote_by_themselves_or_staff) {
  begin();
  const auto move_it = [&](const Actor& actor, const std::string& name) { return send(actor, wire::ProposeMotion{meeting, first, seat(name), {"That we publish"}}); };
  EXPECT_EQ(move_it(sitter("ada"), "ben"), "forbidden");
  EXPECT_EQ(move_it(k_secretary, "secretary"), "forbidden") << "a secretary has no vote";
  EXPECT_EQ(move_it(k_secretary, "ben"), "");
  EXPECT_EQ(move_it(visitor(), "ada"), "not_signed_in");
  EXPECT_EQ(move_it(holder(person("other"), id_of<BodyId>("otherbody").str(), Role::chair), "ada"), "forbidden");
  EXPECT_EQ(record(k_secretary, "ben", Presence::absent), "");
  EXPECT_EQ(move_it(sitter("ben"), "ben"), "not_now");
  EXPECT_EQ(record(k_secretary, "ben", Presence::substitute, "Dora Dean"), "");
  EXPECT_EQ(move_it(k_secretary, "ben"), "");
  EXPECT_EQ(declare("cleo", first), "");
  EXPECT_EQ(move_it(sitter("cleo"), "cleo"), "not_now");
  const auto motion = moved("ada");
  EXPECT_EQ(seconds("cleo", motion), "not_now");
  EXPECT_EQ(send(sitter("cleo"), wire::WithdrawMotion{meeting, motion}), "forbidden");
  EXPECT_EQ(send(sitter("ada"), wire::WithdrawMotion{meeting, motion}), "");
  EXPECT_EQ(send(sitter("ada"), wire::WithdrawMotion{meeting, motion}), "");
  EXPECT_EQ(row_of(motion)->state_label, "Withdrawn");
  EXPECT_EQ(send(k_secretary, wire::SecondMotion{meeting, motion, seat("ben")}), "not_now");
}

TEST_F(Votes, are_about_the_item_where_the_meeting_is) {
  begin();
  const auto motion = seconded();
  EXPECT_EQ(send(sitter("ada"), wire::ProposeMotion{meeting, second, seat("ada"), {"That we publish"}}), "not_now");
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, second, named, {}, {{"Shall we?"}}}), "not_now");
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, second, named, motion, {}}), "not_now");
  EXPECT_FALSE(row_of(motion)->may_be_put);
  EXPECT_EQ(go(first), "");
  open(named, motion);
}

TEST_F(Votes, come_one_at_a_time_and_keep_the_meeting_at_its_item) {
  begin();
  const auto vote = open(named);
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, first, secret, {}, {{"Another?"}}}), "not_now");
  EXPECT_EQ(go(second), "not_now");
  EXPECT_EQ(send(k_secretary, wire::CloseMeeting{meeting}), "not_now");
  EXPECT_EQ(cancel(vote), "");
  EXPECT_EQ(words(vote), "Cancelled. Nothing was counted.");
  EXPECT_EQ(row_of(vote)->reason, "The question was not clear");
  EXPECT_FALSE(row_of(vote, "public")->reason);
  EXPECT_EQ(go(second), "");
  EXPECT_EQ(send(k_secretary, wire::RemoveAgendaItem{meeting, first}), "not_now") << "it stays on record";
}

TEST_F(Votes, are_opened_closed_and_cancelled_by_those_who_run_the_meeting) {
  begin();
  EXPECT_EQ(send(sitter("ada"), wire::OpenVote{meeting, first, named, {}, {{"Shall we?"}}}), "forbidden");
  const auto vote = open(named);
  EXPECT_EQ(send(sitter("ada"), wire::CloseVote{meeting, vote}), "forbidden");
  EXPECT_EQ(send(sitter("ada"), wire::CancelVote{meeting, vote, {"No"}}), "forbidden");
  EXPECT_EQ(send(visitor(), wire::CloseVote{meeting, vote}), "not_signed_in");
  EXPECT_EQ(send(chair(), wire::CloseVote{meeting, vote}), "");
  EXPECT_EQ(send(chair(), wire::CloseVote{meeting, vote}), "already_done");
  EXPECT_EQ(cancel(vote), "not_now");
  EXPECT_EQ(field(chair(), wire::CloseVote{meeting, id_of<VoteId>("novote")}), "/vote");
}

TEST_F(Votes, need_a_quorum_where_one_is_set_and_somebody_who_may_vote) {
  start();
  EXPECT_EQ(go(first), "");
  const wire::OpenVote open_it{meeting, first, named, {}, {{"Shall we?"}}};
  EXPECT_EQ(send(k_secretary, open_it), "not_now") << "nobody is there";
  EXPECT_EQ(record(k_secretary, "ada", Presence::substitute, "Dora Dean"), "");
  EXPECT_EQ(send(k_secretary, wire::OpenVote{meeting, first, secret, {}, {{"Shall we?"}}}), "not_now") << "a substitute has no secret vote";
  EXPECT_EQ(send(k_secretary, wire::SetQuorum{meeting, Whole<1, 400>{2}, {}}), "");
  EXPECT_EQ(send(k_secretary, open_it), "not_now");
  EXPECT_EQ(whole_of().no_quorum, "1 of 4 members present; quorum is 2: not quorate.");
  EXPECT_FALSE(whole_of("member").no_quorum);
  EXPECT_EQ(record(k_secretary, "ben", Presence::present), "");
  EXPECT_FALSE(whole_of().no_quorum);
  EXPECT_EQ(send(k_secretary, open_it), "");
}

TEST_F(Votes, are_cast_once_by_who_is_there_for_themselves) {
  begin();
  fill("officer", Role::officer);
  EXPECT_EQ(record(k_secretary, "cleo", Presence::apologies), "");
  const auto vote = open(secret);
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(casts("ada", vote, against), "already_done");
  EXPECT_EQ(cast(sitter("ada"), vote, "ben", against), "forbidden");
  EXPECT_EQ(cast(k_secretary, vote, "ben", against), "forbidden") << "nobody votes for others in a secret ballot";
  EXPECT_EQ(casts("cleo", vote, against), "not_now") << "is not here";
  EXPECT_EQ(cast(holder(person("officer"), k_council.str(), Role::officer), vote, "officer", against), "forbidden") << "has no vote";
  EXPECT_EQ(cast(k_secretary, vote, "secretary", against), "forbidden") << "has no vote";
  EXPECT_EQ(cast(visitor(), vote, "ben", against), "not_signed_in");
  EXPECT_EQ(cast(Actor{person("stranger"), {}, {}}, vote, "ben", against), "forbidden");
  EXPECT_EQ(field(sitter("ben"), wire::CastVote{meeting, vote, seat("nobody"), against}), "/seat");
  EXPECT_EQ(field(sitter("ben"), wire::CastVote{meeting, id_of<VoteId>("novote"), seat("ben"), against}), "/vote");
  EXPECT_EQ(record(k_secretary, "cleo", Presence::remote), "");
  EXPECT_EQ(casts("cleo", vote, abstain), "");
  EXPECT_EQ(words(vote), "2 of 4 who are here have voted.");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(casts("ben", vote, approve), "not_now") << "it is closed";
  EXPECT_EQ(words(vote), "Carried: 1 for, 0 against, 1 abstained. 4 entitled to vote, 4 present, 2 voted.");
}

TEST_F(Votes, are_lost_by_who_withdraws_unless_they_have_voted) {
  begin();
  EXPECT_EQ(declare("ada", first), "");
  const auto vote = open(named);
  EXPECT_EQ(casts("ada", vote, approve), "not_now") << "has withdrawn";
  EXPECT_FALSE(ballot("ada").is_open);
  EXPECT_EQ(casts("ben", vote, against), "");
  EXPECT_EQ(declare("ben", first), "");
  EXPECT_EQ(declare("cleo", first), "");
  EXPECT_EQ(casts("cleo", vote, approve), "not_now");
  EXPECT_EQ(words(vote), "1 of 2 who are here have voted.");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(words(vote), "Not carried: 0 for, 1 against, 0 abstained. 2 entitled to vote, 2 present, 1 voted.");
  EXPECT_EQ(said(vote), "ben Against, chair Did not vote");
}

TEST_F(Votes, are_of_those_who_sat_there_when_it_was_opened) {
  begin();
  EXPECT_EQ(record(k_secretary, "cleo", Presence::absent), "");
  const auto vote = open(named);
  fill("dora", Role::member);
  EXPECT_EQ(record(k_secretary, "dora", Presence::present), "");
  EXPECT_EQ(casts("dora", vote, approve), "not_now") << "took a seat afterwards";
  hear(directory::SeatVacatedNotice{k_council, seat("ben")});
  EXPECT_EQ(words(vote), "0 of 2 who are here have voted.");
  EXPECT_EQ(record(k_secretary, "ada", Presence::absent), "");
  EXPECT_EQ(words(vote), "0 of 2 who are here have voted.") << "was there";
  EXPECT_EQ(casts("ada", vote, approve), "not_now");
  EXPECT_EQ(cast(chair(), vote, "chair", approve), "");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(words(vote), "Carried: 1 for, 0 against, 0 abstained. 3 entitled to vote, 2 present, 1 voted.");
}

TEST_F(Votes, are_one_for_each_person_whatever_they_hold) {
  begin();
  fill("second", Role::champion, "ada");
  EXPECT_EQ(record(k_secretary, "second", Presence::present), "");
  const auto vote = open(named);
  EXPECT_EQ(cast(sitter("ada"), vote, "second", approve), "");
  EXPECT_EQ(casts("ada", vote, approve), "already_done");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(row_of(vote)->entitled, 4);
}

TEST_F(Votes, by_show_of_hands_are_told_once_it_is_closed_and_staff_record_hands) {
  begin();
  EXPECT_EQ(record(k_secretary, "cleo", Presence::substitute, "Dora Dean"), "");
  const auto vote = open(named);
  EXPECT_EQ(hands(), "ada ben chair cleo*");
  EXPECT_EQ(hands("member"), "");
  EXPECT_EQ(casts("cleo", vote, approve), "not_now") << "a substitute sits for her";
  EXPECT_EQ(cast(k_secretary, vote, "cleo", against), "");
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(cast(chair(), vote, "chair", approve), "");
  EXPECT_EQ(hands(), "ben");
  EXPECT_EQ(said(vote), "");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(hands(), "");
  EXPECT_EQ(words(vote), "Carried: 2 for, 1 against, 0 abstained. 4 entitled to vote, 4 present, 3 voted.");
  for (const auto* audience : {"staff", "member", "public"}) EXPECT_EQ(said(vote, audience), "ada For, chair For, cleo Against*, ben Did not vote");
  EXPECT_EQ(row_of(vote)->href, "/meetings/" + meeting.str() + "/votes/" + vote.str());
}

TEST_F(Votes, on_an_item_for_members_show_the_public_nothing) {
  begin();
  EXPECT_EQ(go(behind), "");
  const auto vote = open(named, {}, "Shall we pay more?", behind);
  EXPECT_EQ(words(vote, "public"), "nothing");
  EXPECT_TRUE(whole_of("public").is_behind_doors);
  EXPECT_FALSE(whole_of("public").has_open);
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(words(vote, "public"), "nothing");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(words(vote, "public"), "nothing");
  EXPECT_EQ(said(vote, "public"), "");
  EXPECT_EQ(said(vote), "ada For, ben Did not vote, chair Did not vote, cleo Did not vote");
  EXPECT_FALSE(scene.world().audience(voices(vote), visitor()));
  EXPECT_EQ(send(k_secretary, wire::EditAgendaItem{meeting, behind, {}, {}, {}, {}, Circulation::everyone, {}, {}}), "");
  EXPECT_NE(words(vote, "public"), "nothing");
  EXPECT_EQ(scene.world().audience(voices(vote), visitor()), "public");
  EXPECT_EQ(send(k_secretary, wire::EditAgendaItem{meeting, behind, {}, {}, {}, {}, Circulation::members, {}, {}}), "");
  EXPECT_EQ(words(vote, "public"), "nothing");
  EXPECT_EQ(said(vote, "public"), "");
  EXPECT_FALSE(scene.world().audience(voices(vote), visitor()));
}

TEST_F(Votes, tell_each_person_of_their_own_ballot_that_it_is_cast) {
  begin();
  EXPECT_EQ(scene.world().audience(ballot_topic("ada"), sitter("ada")), "self");
  EXPECT_FALSE(scene.world().audience(ballot_topic("ada"), sitter("ben")));
  EXPECT_FALSE(scene.world().audience(ballot_topic("ada"), k_secretary));
  EXPECT_FALSE(ballot("ada").is_open);
  const auto vote = open(secret);
  EXPECT_EQ(ballot("ada").question, "Shall we meet in July?");
  EXPECT_EQ(ballot("ada").seat, seat("ada"));
  EXPECT_TRUE(ballot("ada").is_secret);
  EXPECT_EQ(record(k_secretary, "ben", Presence::absent), "");
  EXPECT_TRUE(ballot("ben").why_not);
  EXPECT_EQ(casts("ada", vote, against), "");
  EXPECT_TRUE(ballot("ada").has_voted);
  EXPECT_EQ(cancel(vote), "");
  EXPECT_FALSE(ballot("ada").is_open);
}

/// Everything that is kept after a secret ballot, for every pattern of choices with the same counts, is the same but for what is random.
TEST_F(Votes, of_a_secret_ballot_leave_nothing_that_says_who_voted_what) {
  const std::vector<std::pair<const char*, VoteChoice>> one{{"ada", approve}, {"ben", against}, {"cleo", abstain}};
  const std::vector<std::pair<const char*, VoteChoice>> other{{"ada", abstain}, {"ben", approve}, {"cleo", against}};
  begin();
  std::vector<std::string> kept;
  for (const auto& choices : {one, other}) {
    const auto texts_before = scene.world().texts.size();
    const auto events_before = scene.world().log.size();
    const auto vote = open(secret, {}, "Who shall lead?");
    for (const auto& [name, choice] : choices) {
      EXPECT_EQ(casts(name, vote, choice), "");
      EXPECT_EQ(hands(), std::string(name) == "ada" ? "ben? chair? cleo?" : std::string(name) == "ben" ? "chair? cleo?" : "chair?");
    }
    for (auto n = events_before; n < scene.world().log.size(); ++n) {
      const auto& event = scene.world().log[n];
      if (event.type == "vote_cast") EXPECT_FALSE(event.data.as_object().contains("choice") && !event.data.at("choice").is_null()) << json::serialize(event.data);
    }
    EXPECT_EQ(close_vote(vote), "");
    EXPECT_EQ(words(vote), "Tied: 1 for, 1 against, 1 abstained. 4 entitled to vote, 4 present, 3 voted.");
    EXPECT_EQ(scene.world().texts.size(), texts_before + 1) << "the question alone is left";
    EXPECT_FALSE(row_of(vote)->href);
    EXPECT_EQ(said(vote), "");
    EXPECT_EQ(all_kept(scene.world()).find("box:"), std::string::npos);
    EXPECT_FALSE(vote_of(state(), vote)->box);
    for (const auto& voter : vote_of(state(), vote)->roll) EXPECT_FALSE(voter.choice);
  }
}

TEST_F(Votes, of_a_secret_ballot_are_in_one_box_that_looks_alike_whatever_is_in_it) {
  const auto empty = box_text({}, std::string(26, 'a')), full = box_text({400, 12, 7}, std::string(26, 'a'));
  EXPECT_EQ(empty.size(), full.size());
  EXPECT_GT(full.find("box:"), 4096U) << "it must lie in pages of its own";
  EXPECT_EQ(counts_in(full)->in_favour, 400);
  EXPECT_EQ(counts_in(full)->against, 12);
  EXPECT_EQ(counts_in(full)->abstained, 7);
  EXPECT_FALSE(counts_in("box:0001 000x 0000"));
  EXPECT_FALSE(counts_in("box:0001"));
  EXPECT_FALSE(counts_in(""));
  begin();
  const auto vote = open(secret);
  const auto before = vote_of(state(), vote)->box->text_id;
  EXPECT_EQ(casts("ada", vote, abstain), "");
  EXPECT_NE(vote_of(state(), vote)->box->text_id, before);
  std::size_t boxes = 0;
  for (const auto& [id, text] : scene.world().texts) boxes += text.contains("box:") ? 1U : 0U;
  EXPECT_EQ(boxes, 1U) << "the one before is erased";
  scene.world().texts.erase(vote_of(state(), vote)->box->text_id);
  EXPECT_EQ(close_vote(vote), "not_now") << "nothing is counted that cannot be read";
  EXPECT_EQ(casts("ben", vote, abstain), "not_now");
  EXPECT_EQ(cancel(vote), "");
}

TEST_F(Votes, that_are_closed_stand_in_the_minutes_by_themselves) {
  begin();
  const auto vote = open(named, seconded());
  EXPECT_EQ(casts("cleo", vote, approve), "");
  const auto key = "item/" + first.str() + "/vote/" + vote.str();
  const auto topic = "minutes/" + meeting.str();
  EXPECT_FALSE(scene.world().row(topic, "staff", key));
  EXPECT_EQ(close_vote(vote), "");
  const auto line = scene.world().row_as<wire::MinutesVoteView>(topic, "staff", key).value();
  EXPECT_EQ(line.counted, words(vote));
  EXPECT_EQ(line.question, "That we publish the report");
  EXPECT_EQ(line.moved_by, "Name of ada, Seat of ada");
  EXPECT_EQ(line.seconded_by, "Name of ben, Seat of ben");
  EXPECT_EQ(line.voices_href, row_of(vote)->href);
  const auto cancelled = open(named);
  EXPECT_EQ(cancel(cancelled), "");
  EXPECT_FALSE(scene.world().row(topic, "staff", "item/" + first.str() + "/vote/" + cancelled.str()));
}

TEST_F(Votes, lose_the_name_of_a_deleted_account_and_keep_their_words) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", "ada@example.org"});
  begin();
  const auto motion = seconded("That Name of ada leads the work");
  const auto vote = open(named, motion);
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(close_vote(vote), "");
  const auto free = open(named, {}, "Does Name of ada chair?");
  EXPECT_EQ(send(k_secretary, wire::CancelVote{meeting, free, {"Name of ada asked for it"}}), "");
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(row_of(motion)->words, "That Name removed leads the work");
  EXPECT_EQ(row_of(motion)->moved_by, "Name removed, Seat of ada");
  EXPECT_EQ(row_of(free)->question, "Does Name removed chair?");
  EXPECT_EQ(row_of(free)->reason, "Name removed asked for it");
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
}

TEST_F(Votes, are_not_taken_from_anybody_by_what_others_declare_for_them) {
  begin();
  const auto vote = open(secret);
  const wire::DeclareAtItem declare{meeting, first, seat("ada"), wire::InterestEffect::withdraw, {"A field"}, {}};
  EXPECT_EQ(send(k_secretary, declare), "not_now");
  EXPECT_EQ(casts("ada", vote, approve), "");
}

TEST_F(Votes, go_on_by_the_other_seat_of_who_loses_one) {
  begin();
  fill("second", Role::champion, "ada");
  EXPECT_EQ(record(k_secretary, "second", Presence::present), "");
  const auto vote = open(secret);
  hear(directory::SeatVacatedNotice{k_council, seat("ada")});
  EXPECT_EQ(ballot("ada").seat, seat("second"));
  EXPECT_EQ(cast(sitter("ada"), vote, "second", approve), "");
}

TEST_F(Votes, leave_room_for_the_motions_of_others) {
  begin();
  const auto move = [&](const Actor& by, const std::string& name) { return send(by, wire::ProposeMotion{meeting, first, seat(name), {"That we meet"}}); };
  for (int n = 0; n < 8; ++n) EXPECT_EQ(move(sitter("ada"), "ada"), "");
  EXPECT_EQ(move(sitter("ada"), "ada"), "too_large");
  EXPECT_EQ(move(sitter("ben"), "ben"), "");
  EXPECT_EQ(move(k_secretary, "ada"), "");
}

TEST_F(Votes, in_the_minutes_lose_the_name_of_a_deleted_account_that_no_words_have) {
  hear(directory::PersonRegisteredNotice{person("ada"), "Name of ada", "ada@example.org"});
  begin();
  const auto vote = open(named, seconded("That we meet"));
  EXPECT_EQ(casts("ada", vote, approve), "");
  EXPECT_EQ(close_vote(vote), "");
  ASSERT_NE(all_kept(scene.world()).find("Name of ada"), std::string::npos);
  hear(directory::PersonErasedNotice{person("ada")});
  EXPECT_EQ(all_kept(scene.world()).find("Name of ada"), std::string::npos);
}

/// Whatever comes in whatever order: what is shown is what a count of our own says, and the numbers add up.
TEST_F(Votes, add_up_whatever_happens) {
  begin();
  const std::vector<std::string> names{"chair", "ada", "ben", "cleo", "dan", "eve", "fay", "gus"};
  for (const auto* name : {"dan", "eve", "fay", "gus"}) fill(name, Role::member);
  std::mt19937 random(20180619);
  const auto any = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  int votes_held = 0, cast_in_all = 0;
  for (int round = 0; round < 10; ++round) {
    for (const auto& name : names) EXPECT_EQ(record(k_secretary, name, any(5) == 0 ? Presence::absent : any(6) == 0 ? Presence::remote : Presence::present), "");
    if (record(k_secretary, "ada", Presence::present) != "") continue;
    const auto kind = any(2) == 0 ? named : secret;
    const auto vote = open(kind);
    std::map<VoteChoice, std::int64_t> ours;
    std::map<std::string, VoteChoice> by;
    for (int step = 0; step < 16; ++step) {
      const auto& name = names[static_cast<std::size_t>(any(static_cast<int>(names.size())))];
      const auto choice = static_cast<VoteChoice>(any(3));
      if (any(6) == 0) record(k_secretary, name, any(2) == 0 ? Presence::absent : Presence::present);
      const auto actor = name == "chair" ? chair() : sitter(name);
      const auto answer = cast(any(4) == 0 ? k_secretary : actor, vote, name, choice);
      if (!answer.empty()) continue;
      EXPECT_TRUE(by.emplace(name, choice).second) << name << " voted twice";
      ++ours[choice];
    }
    EXPECT_EQ(row_of(vote)->cast, std::ssize(by));
    EXPECT_EQ(close_vote(vote), "");
    const auto row = row_of(vote).value();
    EXPECT_EQ(row.in_favour, ours[approve]);
    EXPECT_EQ(row.against, ours[against]);
    EXPECT_EQ(row.abstained, ours[abstain]);
    EXPECT_EQ(row.cast, std::ssize(by));
    EXPECT_EQ(*row.in_favour + *row.against + *row.abstained, row.cast);
    EXPECT_GE(row.present, row.cast);
    EXPECT_GE(*row.entitled, row.present);
    EXPECT_EQ(row.state_label, ours[approve] > ours[against] ? "Carried" : ours[approve] < ours[against] ? "Not carried" : "Tied");
    for (const auto* audience : {"staff", "public"}) EXPECT_EQ(words(vote, audience), row.words);
    std::string all;
    for (const auto& name : names) {
      if (kind == named && by.contains(name)) EXPECT_NE(said(vote).find(name + " " + label(by[name])), std::string::npos) << said(vote);
    }
    ++votes_held, cast_in_all += static_cast<int>(by.size());
  }
  EXPECT_GT(votes_held, 5);
  EXPECT_GT(cast_in_all, 30);
}

TEST_F(Votes, let_those_who_run_the_meeting_take_back_a_hand_they_recorded) {
  begin();
  const auto vote = open(VoteKind::named);
  EXPECT_EQ(cast(k_secretary, vote, "ben", VoteChoice::against), "");
  EXPECT_EQ(casts("ada", vote, VoteChoice::approve), "");
  const auto back = [&](const Actor& by, const std::string& name) { return send(by, wire::TakeBackHand{meeting, vote, seat(name)}); };
  const auto recorded = [&](std::string_view audience) { return scene.world().row_as<wire::HandView>(votes(), audience, "recorded/" + seat("ben").str()).has_value(); };
  EXPECT_TRUE(recorded("staff"));
  EXPECT_FALSE(recorded("member"));
  EXPECT_EQ(row_of(vote)->cast, 2);
  EXPECT_EQ(back(k_secretary, "ada"), "not_now") << "what somebody cast for themselves is final";
  EXPECT_EQ(back(sitter("ben"), "ben"), "forbidden");
  EXPECT_EQ(back(k_secretary, "ben"), "");
  EXPECT_FALSE(recorded("staff"));
  EXPECT_EQ(row_of(vote)->cast, 1);
  EXPECT_NE(hands().find("ben"), std::string::npos) << "they can vote again";
  EXPECT_EQ(back(k_secretary, "ben"), "") << "there is nothing to take back";
  EXPECT_EQ(cast(k_secretary, vote, "ben", VoteChoice::approve), "");
  EXPECT_EQ(close_vote(vote), "");
  EXPECT_EQ(state().votes.votes.front().counts.in_favour, 2);
  EXPECT_EQ(back(k_secretary, "ben"), "not_now");
}

TEST_F(Votes, by_secret_ballot_have_no_hand_to_take_back) {
  begin();
  const auto vote = open(VoteKind::secret);
  EXPECT_EQ(casts("ada", vote, VoteChoice::approve), "");
  EXPECT_EQ(send(k_secretary, wire::TakeBackHand{meeting, vote, seat("ada")}), "not_now");
  EXPECT_EQ(row_of(vote)->cast, 1);
}

}  // namespace
}  // namespace witan::meetings::test
