// Polls for dates: which times are proposed, who answers until when, what people see of it, and the meeting that comes of it.
#include "services/meetings/domain/dates/dates.hpp"

#include <map>
#include <random>
#include <set>

#include "tests/support/audit_lines.hpp"
#include "tests/unit/meetings/seated_council.hpp"

namespace witan::meetings::test {
namespace {

namespace directory = contract::directory;
using wire::DateAnswer;
using wire::DatePollId;
using wire::DatePollView;
using wire::DateVoiceView;
using wire::ProposedTimeId;
using wire::ProposedTimeView;

const auto k_topic = "dates/" + k_council.str();

class DatesOf : public SeatedCouncil {
 protected:
  static wire::OpenDatePoll asking(const std::string& day, std::optional<CalendarDate> answer_by = {}) {
    return {k_council, {"Council, June"}, {"Manchester"}, std::move(answer_by), {day}, {"14:00"}, {"16:00"}};
  }
  DatePollId opened(const std::string& day = "2018-06-19", std::optional<CalendarDate> answer_by = CalendarDate{"2018-06-12"}) {
    return DatePollId::from_trusted(scene.made("poll", k_secretary, asking(day, std::move(answer_by))));
  }
  static wire::AddTime more(const DatePollId& poll, const std::string& day, const std::string& starts = "14:00", const std::string& ends = "16:00") {
    return {k_council, poll, {day}, {starts}, {ends}};
  }
  ProposedTimeId added_time(const DatePollId& poll, const std::string& day, const std::string& starts = "14:00", const std::string& ends = "16:00") {
    return ProposedTimeId::from_trusted(scene.made("time", k_secretary, more(poll, day, starts, ends)));
  }
  std::string removed(const DatePollId& poll, const ProposedTimeId& time) { return why_not(scene.send(k_secretary, wire::RemoveTime{k_council, poll, time})); }
  std::string answered(const Actor& who, const DatePollId& poll, const ProposedTimeId& time, DateAnswer answer = DateAnswer::yes) {
    return why_not(scene.send(who, wire::AnswerTime{k_council, poll, time, answer}));
  }
  std::string ended(const DatePollId& poll, const std::string& reason = "No day suits") { return why_not(scene.send(k_secretary, wire::EndDatePoll{k_council, poll, {reason}})); }
  MeetingId settled(const DatePollId& poll, const ProposedTimeId& time) {
    return MeetingId::from_trusted(scene.made("meeting", k_secretary, wire::SettleDate{k_council, poll, time}));
  }
  std::string settling(const DatePollId& poll, const ProposedTimeId& time) { return why_not(scene.send(k_secretary, wire::SettleDate{k_council, poll, time})); }

  const Dates& dates() { return *std::any_cast<Dates>(&scene.world().state("dates", k_council.str())); }
  const Meeting& meeting_of(const MeetingId& id) { return *std::any_cast<Meeting>(&scene.world().state("meeting", id.str())); }
  ProposedTimeId first_of(const DatePollId& poll) {
    const auto& polls = dates().polls;
    return std::ranges::find_if(polls, [&](const DatePoll& one) { return one.opened.poll == poll; })->times.front().proposed.time;
  }
  std::optional<DatePollView> open_row(const DatePollId& poll) { return scene.world().row_as<DatePollView>(k_topic, "member", "poll/" + poll.str()); }
  std::optional<DatePollView> past_row(const DatePollId& poll, std::string_view audience = "member") { return scene.world().row_as<DatePollView>(k_topic, audience, "past/" + poll.str()); }
  static std::string key_of(const DatePollId& poll, const ProposedTimeId& time) { return "poll/" + poll.str() + "/time/" + time.str(); }
  std::optional<ProposedTimeView> time_row(const DatePollId& poll, const ProposedTimeId& time) { return scene.world().row_as<ProposedTimeView>(k_topic, "member", key_of(poll, time)); }
  std::optional<DateVoiceView> voice_row(const DatePollId& poll, const ProposedTimeId& time, std::string_view who) {
    return scene.world().row_as<DateVoiceView>(k_topic, "member", key_of(poll, time) + "/voice/" + id_of<PersonId>(who).str());
  }
  /// "2 1 0": how many can come, come if needed, and cannot.
  std::string counts(const DatePollId& poll, const ProposedTimeId& time) {
    const auto row = time_row(poll, time);
    return row ? std::to_string(row->yes) + " " + std::to_string(row->if_needed) + " " + std::to_string(row->no) : "gone";
  }
  bool is_best(const DatePollId& poll, const ProposedTimeId& time) { return time_row(poll, time)->is_best.value_or(false); }
  std::size_t happened_so_often(std::string_view type) {
    return static_cast<std::size_t>(std::ranges::count_if(scene.world().log, [&](const Happened& event) { return event.type == type; }));
  }
  std::size_t bytes_of_topic(std::string_view audience) {
    std::size_t bytes = 0;
    for (const auto& key : scene.world().keys(k_topic, audience)) bytes += key.size() + json::serialize(*scene.world().row(k_topic, audience, key)).size();
    return bytes;
  }
};

TEST_F(DatesOf, are_there_for_the_members_of_every_body_from_the_start) {
  for (const auto* audience : {"staff", "member"}) EXPECT_EQ(scene.world().keys(k_topic, audience), std::vector<std::string>{"dates"});
  EXPECT_EQ(scene.world().audience(k_topic, k_secretary), "staff");
  EXPECT_EQ(scene.world().audience(k_topic, administrator()), "staff");
  EXPECT_EQ(scene.world().audience(k_topic, k_ada), "member");
  EXPECT_FALSE(scene.world().audience(k_topic, visitor()));
  EXPECT_FALSE(scene.world().audience(k_topic, holder(id_of<PersonId>("other"), id_of<BodyId>("otherbody").str(), Role::secretary)));
}

TEST_F(DatesOf, are_asked_for_with_a_time_and_a_last_day_for_answers) {
  const auto poll = opened();
  const auto view = open_row(poll);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->title, "Council, June");
  EXPECT_EQ(view->place, "Manchester");
  EXPECT_EQ(view->state_label, "Open");
  EXPECT_EQ(view->opened, "10am on 1 June 2018");
  EXPECT_EQ(view->answer_by, "Tuesday 12 June 2018");
  EXPECT_EQ(view->takes_answers, true);
  EXPECT_EQ(view->answered, 0);
  EXPECT_EQ(view->asked, 3);
  const auto time = time_row(poll, first_of(poll));
  ASSERT_TRUE(time);
  EXPECT_EQ(time->when, "2pm to 4pm, Tuesday 19 June 2018");
  EXPECT_EQ(time->is_open, true);
  EXPECT_FALSE(time->is_best) << "nobody has answered";
  EXPECT_FALSE(time->is_past);
  EXPECT_EQ(scene.world().all_of("public").find("Manchester"), std::string::npos);
}

TEST_F(DatesOf, are_of_a_body_that_is_known) {
  auto nowhere = asking("2018-06-19");
  nowhere.body = id_of<BodyId>("nowhere");
  EXPECT_EQ(code_of(scene.send(administrator(), nowhere)), "not_found");
}

TEST_F(DatesOf, are_asked_for_and_settled_by_staff_alone) {
  const auto poll = opened();
  const auto time = added_time(poll, "2018-06-20");
  const auto tries = [&](const Actor& actor) {
    return std::vector<std::string>{why_not(scene.send(actor, asking("2018-06-19"))), why_not(scene.send(actor, more(poll, "2018-06-21"))),
                                    why_not(scene.send(actor, wire::RemoveTime{k_council, poll, time})), why_not(scene.send(actor, wire::SettleDate{k_council, poll, time})),
                                    why_not(scene.send(actor, wire::EndDatePoll{k_council, poll, {"No day suits"}}))};
  };
  EXPECT_EQ(tries(k_ada), std::vector<std::string>(5, "forbidden"));
  EXPECT_EQ(tries(holder(id_of<PersonId>("other"), id_of<BodyId>("otherbody").str(), Role::secretary)), std::vector<std::string>(5, "forbidden"));
  EXPECT_EQ(tries(visitor()), std::vector<std::string>(5, "not_signed_in"));
  for (const auto role : {Role::chair, Role::co_chair}) {
    const auto staff = holder(id_of<PersonId>("staff"), k_council.str(), role);
    EXPECT_EQ(code_of(scene.send(staff, more(poll, role == Role::chair ? "2018-06-21" : "2018-06-22"))), "");
  }
  EXPECT_EQ(code_of(scene.send(administrator(), wire::SettleDate{k_council, poll, time})), "");
}

TEST_F(DatesOf, are_answered_by_whoever_holds_a_seat_for_themselves) {
  const auto poll = opened();
  const auto time = first_of(poll);
  EXPECT_EQ(answered(visitor(), poll, time), "not_signed_in");
  EXPECT_EQ(answered(administrator(), poll, time), "forbidden");
  EXPECT_EQ(answered(k_secretary, poll, time), "forbidden") << "this one has the rights of a seat and holds none";
  EXPECT_EQ(answered(k_ada, poll, time), "");
  const auto voice = voice_row(poll, time, "ada");
  ASSERT_TRUE(voice);
  EXPECT_EQ(voice->name, "ada");
  EXPECT_EQ(voice->answer_label, "Can come");
  EXPECT_EQ(voice->sort, "0ada");
  EXPECT_EQ(scene.world().log.back().type, "time_answered");
  EXPECT_EQ(scene.world().all_events().find("\"ada\""), std::string::npos) << "no event has the name";
}

TEST_F(DatesOf, take_the_latest_answer_and_write_down_no_answer_twice) {
  const auto poll = opened();
  const auto time = first_of(poll);
  ASSERT_EQ(answered(k_ada, poll, time), "");
  const auto before = scene.world().log.size();
  EXPECT_EQ(answered(k_ada, poll, time), "");
  EXPECT_EQ(scene.world().log.size(), before);
  EXPECT_EQ(counts(poll, time), "1 0 0");
  EXPECT_EQ(answered(k_ada, poll, time, DateAnswer::if_needed), "");
  EXPECT_EQ(voice_row(poll, time, "ada")->answer_label, "Only if needed");
  EXPECT_EQ(answered(k_ada, poll, time, DateAnswer::no), "");
  EXPECT_EQ(voice_row(poll, time, "ada")->answer_label, "Cannot come");
  EXPECT_EQ(counts(poll, time), "0 0 1");
  EXPECT_EQ(open_row(poll)->answered, 1);
}

TEST_F(DatesOf, are_times_that_are_still_to_come_and_each_once) {
  EXPECT_EQ(why_not(scene.send(k_secretary, asking("2018-05-31"))), "out_of_range");
  EXPECT_EQ(scene.send(k_secretary, asking("2018-05-31")).error().errors.front().pointer, "/date");
  const auto poll = opened();
  const auto fault = [&](const wire::AddTime& command) {
    const auto done = scene.send(k_secretary, command);
    return done ? "" : why_not(done) + " " + (done.error().errors.empty() ? "" : done.error().errors.front().pointer);
  };
  EXPECT_EQ(fault(more(poll, "2018-06-01", "10:00", "12:00")), "out_of_range /date") << "it begins at this moment";
  EXPECT_EQ(fault(more(poll, "2018-06-01", "10:01", "12:00")), "");
  EXPECT_EQ(fault(more(poll, "2018-06-19")), "already_done /date");
  EXPECT_EQ(fault(more(poll, "2018-06-19", "14:00", "17:00")), "") << "a longer one is another";
  EXPECT_EQ(fault(more(poll, "2018-06-20", "14:00", "14:00")), "invalid_value /ends");
  EXPECT_EQ(fault(more(poll, "2019-03-31", "01:30", "03:00")), "invalid_value /starts") << "the clocks skip it";
  EXPECT_EQ(fault(more(id_of<DatePollId>("none"), "2018-06-20")), "not_found /poll");
}

TEST_F(DatesOf, have_a_last_day_for_answers_that_has_not_passed) {
  const auto done = scene.send(k_secretary, asking("2018-06-19", CalendarDate{"2018-05-31"}));
  EXPECT_EQ(why_not(done), "out_of_range");
  EXPECT_EQ(done.error().errors.front().pointer, "/answer_by");
  EXPECT_EQ(code_of(scene.send(k_secretary, asking("2018-06-19", CalendarDate{"2018-06-01"}))), "") << "today";
}

TEST_F(DatesOf, are_asked_for_by_two_polls_at_once_of_eight_times_each) {
  const auto poll = opened("2018-06-10"), other = opened();
  EXPECT_EQ(code_of(scene.send(k_secretary, asking("2018-06-19"))), "too_large");
  for (int day = 11; day < 18; ++day) added_time(poll, "2018-06-" + std::to_string(day));
  EXPECT_EQ(code_of(scene.send(k_secretary, more(poll, "2018-06-18"))), "too_large");
  EXPECT_EQ(removed(poll, first_of(poll)), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, more(poll, "2018-06-18"))), "");
  EXPECT_EQ(ended(other), "");
  EXPECT_EQ(code_of(scene.send(k_secretary, asking("2018-06-19"))), "");
}

TEST_F(DatesOf, lose_a_time_with_the_answers_to_it_but_not_the_last_one) {
  const auto poll = opened();
  const auto first = first_of(poll), second = added_time(poll, "2018-06-20");
  ASSERT_EQ(answered(k_ada, poll, second), "");
  EXPECT_EQ(scene.world().keys(k_date_voices_index, k_private_audience).size(), 1U);
  EXPECT_EQ(removed(poll, second), "");
  EXPECT_EQ(counts(poll, second), "gone");
  EXPECT_FALSE(voice_row(poll, second, "ada"));
  EXPECT_EQ(open_row(poll)->answered, 0);
  EXPECT_TRUE(scene.world().keys(k_date_voices_index, k_private_audience).empty()) << "no answer of hers is kept";
  EXPECT_EQ(removed(poll, second), "not_found");
  EXPECT_EQ(answered(k_ada, poll, second), "not_found");
  EXPECT_EQ(removed(poll, first), "not_now");
}

TEST_F(DatesOf, suit_best_when_most_can_come_and_of_these_most_with_ease) {
  const auto poll = opened("2018-06-19", {});
  const auto first = first_of(poll), second = added_time(poll, "2018-06-20"), third = added_time(poll, "2018-06-21");
  ASSERT_EQ(answered(k_ada, poll, third, DateAnswer::no), "");
  EXPECT_FALSE(is_best(poll, first) || is_best(poll, second) || is_best(poll, third)) << "nobody can come to any";
  ASSERT_EQ(answered(k_cleo, poll, third), "");
  EXPECT_TRUE(is_best(poll, third));
  ASSERT_EQ(answered(k_ada, poll, first), "");
  ASSERT_EQ(answered(k_ben, poll, first, DateAnswer::if_needed), "");
  EXPECT_TRUE(is_best(poll, first));
  EXPECT_FALSE(is_best(poll, third)) << "fewer can come";
  ASSERT_EQ(answered(k_ada, poll, second), "");
  ASSERT_EQ(answered(k_ben, poll, second), "");
  EXPECT_TRUE(is_best(poll, second));
  EXPECT_FALSE(is_best(poll, first)) << "as many, but not as many with ease";
  ASSERT_EQ(answered(k_ben, poll, second, DateAnswer::if_needed), "");
  EXPECT_TRUE(is_best(poll, first) && is_best(poll, second)) << "the same";
  scene.wait_until(moment("2018-06-19T13:00:00Z"));
  EXPECT_FALSE(is_best(poll, first)) << "it has begun";
  EXPECT_TRUE(is_best(poll, second));
}

// The last day ends in the UK, which is an hour earlier in summer.
TEST_F(DatesOf, take_answers_until_the_last_day_is_over) {
  const auto poll = opened();
  const auto time = first_of(poll);
  scene.wait_until(moment("2018-06-12T22:59:59Z"));
  EXPECT_EQ(answered(k_ada, poll, time), "");
  EXPECT_EQ(happened_so_often("dates_passed"), 0U);
  EXPECT_EQ(open_row(poll)->takes_answers, true);
  scene.wait_until(moment("2018-06-12T23:00:00Z"));
  EXPECT_EQ(happened_so_often("dates_passed"), 1U);
  EXPECT_FALSE(open_row(poll)->takes_answers);
  EXPECT_FALSE(time_row(poll, time)->is_open);
  EXPECT_FALSE(time_row(poll, time)->is_past);
  EXPECT_TRUE(is_best(poll, time));
  const auto late = scene.send(k_ben, wire::AnswerTime{k_council, poll, time, DateAnswer::yes});
  EXPECT_EQ(code_of(late), "not_now");
  EXPECT_EQ(late.error().detail, "Answers were taken until Tuesday 12 June 2018.");
  EXPECT_EQ(answered(k_ada, poll, time), "not_now") << "also what was answered before";
  EXPECT_EQ(settling(poll, time), "");
}

TEST_F(DatesOf, take_answers_until_the_time_begins) {
  const auto poll = opened("2018-06-19", {});
  const auto first = first_of(poll), second = added_time(poll, "2018-06-20");
  scene.wait_until(moment("2018-06-19T12:59:59Z"));
  EXPECT_EQ(answered(k_ada, poll, first), "");
  scene.wait_until(moment("2018-06-19T13:00:00Z"));
  EXPECT_EQ(answered(k_ben, poll, first), "not_now");
  EXPECT_EQ(time_row(poll, first)->is_past, true);
  EXPECT_FALSE(time_row(poll, first)->is_open);
  EXPECT_EQ(time_row(poll, second)->is_open, true);
  EXPECT_EQ(open_row(poll)->takes_answers, true);
  EXPECT_EQ(answered(k_ben, poll, second), "");
  EXPECT_EQ(settling(poll, first), "not_now") << "no meeting is scheduled in the past";
  EXPECT_EQ(settling(poll, second), "");
}

TEST_F(DatesOf, pass_by_themselves_each_moment_once) {
  const auto poll = opened();
  added_time(poll, "2018-06-20");
  const auto next = [&] { return scene.world().row_as<Timestamp>(k_dates_due_index, k_private_audience, k_council.str()); };
  EXPECT_EQ(next(), moment("2018-06-12T23:00:00Z"));
  scene.wait_until(moment("2018-06-12T23:00:00.400Z"));
  EXPECT_EQ(next(), moment("2018-06-19T13:00:00Z"));
  scene.wait_until(moment("2018-06-12T23:00:01Z"));
  EXPECT_EQ(happened_so_often("dates_passed"), 1U);
  scene.wait_until(moment("2018-07-01T09:00:00Z"));
  EXPECT_EQ(happened_so_often("dates_passed"), 2U) << "both times while nobody looked";
  EXPECT_FALSE(next());
  EXPECT_EQ(open_row(poll)->state_label, "Open") << "to settle with another time, or to end, is for staff to say";
}

TEST_F(DatesOf, pass_no_more_once_a_poll_is_over) {
  const auto poll = opened();
  ASSERT_EQ(ended(poll), "");
  EXPECT_TRUE(scene.world().keys(k_dates_due_index, k_private_audience).empty());
}

TEST_F(DatesOf, become_a_meeting_with_all_that_the_body_has_set) {
  happened(scene, "body", k_council.str(), BodyQuorumSet{k_council, 2});
  happened(scene, "body", k_council.str(), BodyClearDaysSet{k_council, 7});
  const auto poll = opened();
  const auto time = added_time(poll, "2018-06-20", "15:00", "17:30");
  ASSERT_EQ(answered(k_ada, poll, time), "");
  const auto found = settled(poll, time);
  const auto made = meeting_of(found);
  EXPECT_EQ(made.meeting, found);
  EXPECT_EQ(made.body, k_council);
  EXPECT_EQ(made.title, "Council, June");
  EXPECT_EQ(made.place, "Manchester");
  EXPECT_EQ(made.starts_at, moment("2018-06-20T14:00:00Z"));
  EXPECT_EQ(made.ends_at, moment("2018-06-20T16:30:00Z"));
  EXPECT_EQ(made.attendance.size(), 3U);
  EXPECT_EQ(made.quorum, 2);
  EXPECT_EQ(made.clear_days, 7);
  EXPECT_TRUE(scene.world().row("body-meetings/" + k_council.str(), "member", "meeting/" + found.str()));
  EXPECT_FALSE(scene.world().audience("meetings/" + found.str(), k_ada)) << "a draft";
}

TEST_F(DatesOf, are_over_when_one_is_found_and_say_which) {
  const auto poll = opened();
  const auto time = first_of(poll), other = added_time(poll, "2018-06-20");
  ASSERT_EQ(answered(k_ada, poll, time), "");
  ASSERT_EQ(answered(k_ben, poll, other), "");
  const auto found = settled(poll, time);
  EXPECT_TRUE(scene.world().keys(k_topic, "member", "poll/").empty());
  EXPECT_TRUE(scene.world().keys(k_topic, "staff", "poll/").empty());
  EXPECT_TRUE(scene.world().keys(k_date_voices_index, k_private_audience).empty()) << "who answered what is over with it";
  for (const auto* audience : {"staff", "member"}) {
    const auto row = past_row(poll, audience);
    ASSERT_TRUE(row);
    EXPECT_EQ(row->state_label, "Date found");
    EXPECT_EQ(row->when, "2pm to 4pm, Tuesday 19 June 2018");
    EXPECT_EQ(row->answered, 2);
    EXPECT_EQ(row->asked, 3);
    EXPECT_FALSE(row->takes_answers);
    EXPECT_EQ(row->calendar_href, "/bodies/" + k_council.str() + "/dates/" + found.str() + ".ics");
  }
  EXPECT_EQ(past_row(poll, "staff")->meeting_href, "/meetings/" + found.str());
  EXPECT_FALSE(past_row(poll, "member")->meeting_href) << "there is no page for them";
  EXPECT_EQ(settling(poll, time), "already_done");
  EXPECT_EQ(settling(poll, other), "already_done");
  EXPECT_EQ(ended(poll), "already_done");
  EXPECT_EQ(answered(k_cleo, poll, time), "not_now");
  EXPECT_EQ(removed(poll, other), "not_now");
  EXPECT_EQ(code_of(scene.send(k_secretary, more(poll, "2018-06-21"))), "not_now");
  EXPECT_EQ(happened_so_often("meeting_scheduled"), 2U) << "that of the council before, and this one";
}

TEST_F(DatesOf, follow_the_meeting_that_came_of_them) {
  const auto poll = opened();
  const auto found = settled(poll, first_of(poll));
  const auto page = "/meetings/" + found.str();
  EXPECT_TRUE(scene.send(k_secretary, wire::AddAgendaItem{found, {"Skills"}, ItemKind::decision, {}, {10}, Circulation::everyone, {}}));
  EXPECT_TRUE(scene.send(k_secretary, wire::PublishAgenda{found}));
  EXPECT_EQ(past_row(poll)->meeting_href, page);
  EXPECT_EQ(past_row(poll)->calendar_href, page + ".ics");
  EXPECT_TRUE(scene.send(k_secretary, wire::RescheduleMeeting{found, {"2018-06-20"}, {"15:00"}, {"17:00"}, {"Leeds"}, {}, {{"The room is taken"}}}));
  EXPECT_EQ(past_row(poll)->when, "3pm to 5pm, Wednesday 20 June 2018");
  EXPECT_TRUE(scene.send(k_secretary, wire::CancelMeeting{found, {"Snow"}}));
  EXPECT_EQ(past_row(poll)->when, "3pm to 5pm, Wednesday 20 June 2018, cancelled");
  EXPECT_EQ(past_row(poll)->state_label, "Date found");
  EXPECT_EQ(past_row(poll)->meeting_href, page);
  EXPECT_FALSE(past_row(poll)->calendar_href);
  EXPECT_TRUE(scene.world().is_as_rebuilt(true));
}

TEST_F(DatesOf, are_found_with_the_place_and_title_of_the_poll_also_over_midnight_and_when_clocks_change) {
  const auto becomes = [&](const std::string& day, const std::string& starts, const std::string& ends) {
    const auto poll = opened();
    const auto time = added_time(poll, day, starts, ends);
    const auto when = time_row(poll, time)->when;
    const auto proposed = dates().polls.back().times.back().proposed;
    const auto made = meeting_of(settled(poll, time));
    EXPECT_EQ(made.starts_at, proposed.starts_at) << when;
    EXPECT_EQ(made.ends_at, proposed.ends_at) << when;
    EXPECT_EQ(past_row(poll)->when, when);
    return when;
  };
  EXPECT_EQ(becomes("2018-06-21", "22:00", "01:00"), "10pm, Thursday 21 June 2018 to 1am, Friday 22 June 2018");
  EXPECT_EQ(becomes("2018-10-28", "00:30", "02:30"), "12:30am to 2:30am, Sunday 28 October 2018");
  EXPECT_EQ(becomes("2018-10-28", "01:30", "03:00"), "1:30am to 3am, Sunday 28 October 2018");
  EXPECT_EQ(becomes("2019-03-31", "00:30", "03:00"), "12:30am to 3am, Sunday 31 March 2019");
}

TEST_F(DatesOf, take_answers_for_all_the_hours_of_a_day_on_which_clocks_change) {
  const auto poll = opened("2018-11-02", CalendarDate{"2018-10-28"});
  const auto time = first_of(poll);
  scene.wait_until(moment("2018-10-28T23:59:59Z"));
  EXPECT_EQ(answered(k_ada, poll, time), "") << "it has 25 hours, and the last are those of winter";
  scene.wait_until(moment("2018-10-29T00:00:00Z"));
  EXPECT_EQ(answered(k_ben, poll, time), "not_now");
  EXPECT_FALSE(open_row(poll)->takes_answers);
}

TEST_F(DatesOf, end_without_a_meeting_for_a_reason_that_is_told) {
  const auto poll = opened();
  const auto time = first_of(poll);
  ASSERT_EQ(answered(k_ada, poll, time, DateAnswer::no), "");
  EXPECT_EQ(ended(poll, "Nobody can come"), "");
  EXPECT_EQ(past_row(poll)->reason, "Nobody can come");
  EXPECT_EQ(past_row(poll)->state_label, "Ended");
  EXPECT_FALSE(past_row(poll)->when);
  EXPECT_EQ(scene.world().all_events().find("Nobody can come"), std::string::npos);
  leaves("ben");
  EXPECT_EQ(past_row(poll)->answered, 1);
  EXPECT_EQ(past_row(poll)->asked, 3) << "as it was then";
  EXPECT_EQ(ended(poll), "already_done");
  EXPECT_EQ(settling(poll, time), "already_done");
  EXPECT_EQ(answered(k_ada, poll, time), "not_now");
}

TEST_F(DatesOf, are_kept_of_the_latest_five_polls_that_are_over) {
  std::vector<DatePollId> polls;
  for (std::size_t n = 0; n < k_past_polls_kept_max + 2; ++n) {
    polls.push_back(opened());
    if (n % 2 == 0) EXPECT_EQ(ended(polls.back()), "");
    else settled(polls.back(), first_of(polls.back()));
  }
  EXPECT_EQ(scene.world().keys(k_topic, "member", "past/").size(), k_past_polls_kept_max);
  EXPECT_FALSE(past_row(polls[0]));
  EXPECT_FALSE(past_row(polls[1]));
  EXPECT_LT(past_row(polls[6])->sort, past_row(polls[5])->sort) << "the latest first";
  EXPECT_EQ(ended(polls[0]), "not_found");
}

TEST_F(DatesOf, count_who_holds_a_seat_and_each_person_once) {
  const auto poll = opened();
  const auto time = first_of(poll);
  sits("ada", "second");
  EXPECT_EQ(open_row(poll)->asked, 3) << "on two seats, but one person";
  ASSERT_EQ(answered(k_ada, poll, time), "");
  leaves("second");
  EXPECT_EQ(counts(poll, time), "1 0 0");
  leaves("ada");
  EXPECT_EQ(open_row(poll)->asked, 2);
  EXPECT_EQ(open_row(poll)->answered, 0) << "more than are asked have not answered";
  EXPECT_EQ(counts(poll, time), "0 0 0");
  EXPECT_FALSE(voice_row(poll, time, "ada"));
  EXPECT_EQ(answered(k_ada, poll, time, DateAnswer::no), "forbidden") << "with rights of before";
  sits("ada", "ada");
  EXPECT_EQ(counts(poll, time), "1 0 0") << "what she answered is there again";
  sits("dora", "dora");
  EXPECT_EQ(open_row(poll)->asked, 4);
}

TEST_F(DatesOf, show_the_name_that_somebody_has_now) {
  const auto poll = opened();
  const auto time = first_of(poll);
  ASSERT_EQ(answered(k_ada, poll, time), "");
  EXPECT_TRUE(scene.hear("directory", directory::PersonRenamedNotice{id_of<PersonId>("ada"), "Ada King", 1}));
  EXPECT_EQ(voice_row(poll, time, "ada")->name, "Ada King");
  EXPECT_EQ(voice_row(poll, time, "ada")->sort, "0Ada King");
}

TEST_F(DatesOf, keep_nothing_of_somebody_whose_account_is_deleted) {
  const auto dora = id_of<PersonId>("dora");
  EXPECT_TRUE(scene.hear("directory", directory::PersonRegisteredNotice{dora, "Dora Marsh", ""}));
  EXPECT_TRUE(scene.hear("directory", directory::SeatFilledNotice{k_council, id_of<SeatId>("dora"), "Chair", Role::member, dora, "Dora Marsh", ""}));
  const auto over = opened();
  ASSERT_EQ(answered(holder(dora, k_council.str(), Role::member), over, first_of(over)), "");
  ASSERT_EQ(ended(over, "Dora Marsh cannot come"), "");
  const auto poll = opened();
  const auto time = first_of(poll);
  ASSERT_EQ(answered(holder(dora, k_council.str(), Role::member), poll, time), "");
  ASSERT_EQ(answered(k_ada, poll, time), "");
  ASSERT_NE(all_kept(scene.world()).find("Dora Marsh"), std::string::npos);
  EXPECT_TRUE(scene.hear("directory", directory::SeatVacatedNotice{k_council, id_of<SeatId>("dora")}));
  EXPECT_TRUE(scene.hear("directory", directory::PersonErasedNotice{dora}));
  EXPECT_EQ(all_kept(scene.world()).find("Dora Marsh"), std::string::npos);
  EXPECT_EQ(past_row(over)->reason, "Name removed cannot come");
  EXPECT_EQ(past_row(over)->answered, 1) << "that somebody answered is no longer about anybody";
  EXPECT_EQ(counts(poll, time), "1 0 0");
  EXPECT_EQ(happened_so_often("voices_forgotten"), 1U);
  EXPECT_EQ(dates().polls.back().times.front().voices.size(), 1U);
  EXPECT_TRUE(scene.world().keys(k_date_voices_index, k_private_audience, dora.str()).empty());
}

/// Counted anew, from nothing but the events: who holds a seat, which times are proposed, and what was answered last.
class Recount {
 public:
  explicit Recount(const World& world) {
    for (const auto& event : world.log) {
      read<SeatTaken>(event, [&](const SeatTaken& e) { holders_[e.held.seat] = e.held.person; });
      read<SeatLeft>(event, [&](const SeatLeft& e) { holders_.erase(e.seat); });
      read<DatePollOpened>(event, [&](const DatePollOpened& e) { times_[e.first.time].poll = e.poll; });
      read<TimeAdded>(event, [&](const TimeAdded& e) { times_[e.proposed.time].poll = e.poll; });
      read<TimeRemoved>(event, [&](const TimeRemoved& e) { times_.erase(e.time); });
      read<TimeAnswered>(event, [&](const TimeAnswered& e) { times_[e.time].answers[e.person] = e.answer; });
      read<DateSettled>(event, [&](const DateSettled& e) { over(e.poll); });
      read<DatePollEnded>(event, [&](const DatePollEnded& e) { over(e.poll); });
    }
    for (const auto& [seat, person] : holders_) people_.insert(person);
  }
  std::int64_t asked() const { return std::ssize(people_); }
  std::int64_t answered(const DatePollId& poll) const {
    std::set<PersonId> some;
    for (const auto& [id, time] : times_) {
      for (const auto& [person, answer] : time.answers) {
        if (time.poll == poll && people_.contains(person)) some.insert(person);
      }
    }
    return std::ssize(some);
  }
  std::vector<ProposedTimeId> times() const {
    std::vector<ProposedTimeId> all;
    for (const auto& [id, time] : times_) all.push_back(id);
    return all;
  }
  const DatePollId& poll_of(const ProposedTimeId& id) const { return times_.at(id).poll; }
  /// "2 1 0"
  std::string counts(const ProposedTimeId& id) const { return std::to_string(count(id, DateAnswer::yes)) + " " + std::to_string(count(id, DateAnswer::if_needed)) + " " + std::to_string(count(id, DateAnswer::no)); }
  bool is_best(const ProposedTimeId& id) const {
    const auto own = suits(id);
    return own.first > 0 && std::ranges::none_of(times_, [&](const auto& other) { return other.second.poll == poll_of(id) && suits(other.first) > own; });
  }
  std::int64_t voices(const ProposedTimeId& id) const { return count(id, DateAnswer::yes) + count(id, DateAnswer::if_needed) + count(id, DateAnswer::no); }

 private:
  struct Time {
    DatePollId poll;
    std::map<PersonId, DateAnswer> answers;
  };
  template <class E, class F>
  static void read(const Happened& event, F then) {
    if (event.type == E::k_type) then(codec::decode<E>(event.data).value());
  }
  void over(const DatePollId& poll) {
    std::erase_if(times_, [&](const auto& one) { return one.second.poll == poll; });
  }
  std::int64_t count(const ProposedTimeId& id, DateAnswer answer) const {
    return std::ranges::count_if(times_.at(id).answers, [&](const auto& one) { return one.second == answer && people_.contains(one.first); });
  }
  std::pair<std::int64_t, std::int64_t> suits(const ProposedTimeId& id) const { return {count(id, DateAnswer::yes) + count(id, DateAnswer::if_needed), count(id, DateAnswer::yes)}; }

  std::map<SeatId, PersonId> holders_;
  std::set<PersonId> people_;
  std::map<ProposedTimeId, Time> times_;
};

class DatesInAnyOrder : public DatesOf {
 protected:
  /// One of a few things that may happen next; what is refused changes nothing.
  void something_happens(std::mt19937& random) {
    const auto pick = [&](std::size_t of) { return static_cast<std::size_t>(random() % of); };
    const std::string who = names[pick(names.size())];
    const auto times = Recount(scene.world()).times();
    const auto time = times[pick(times.size())];
    const auto poll = Recount(scene.world()).poll_of(time);
    switch (pick(10)) {
      case 0: {
        const auto day = pick(28);
        answered_or_refused(scene.send(k_secretary, more(poll, "2018-07-" + std::string(day < 9 ? "0" : "") + std::to_string(day + 1))));
        return;
      }
      case 1: answered_or_refused(scene.send(k_secretary, wire::RemoveTime{k_council, poll, time})); return;
      case 2: leaves(who); return;
      case 3: sits(who, who); return;
      default: {
        const auto answer = static_cast<DateAnswer>(pick(3));
        answered_or_refused(scene.send(holder(id_of<PersonId>(who), k_council.str(), Role::member), wire::AnswerTime{k_council, poll, time, answer}));
      }
    }
  }
  void answered_or_refused(const Result<json::object>& done) { ++(done ? done_ : refused_); }

  /// Whether the rows of both audiences say what a recount says.
  void expect_rows_as_recounted() {
    const Recount recount(scene.world());
    std::map<std::string, std::int64_t> rows;  // how many there have to be
    for (const auto& time : recount.times()) {
      const auto& poll = recount.poll_of(time);
      rows["poll"] += rows.contains(poll.str()) ? 0 : 1;
      rows[poll.str()] = 1;
      rows["time"] += 1;
      rows["voice"] += recount.voices(time);
      EXPECT_EQ(counts(poll, time), recount.counts(time));
      EXPECT_EQ(is_best(poll, time), recount.is_best(time));
      EXPECT_EQ(open_row(poll)->answered, recount.answered(poll));
      EXPECT_EQ(open_row(poll)->asked, recount.asked());
    }
    const auto all = rows["poll"] + rows["time"] + rows["voice"];
    EXPECT_EQ(std::ssize(scene.world().keys(k_topic, "member", "poll/")), all);
    for (const auto& key : scene.world().keys(k_topic, "member", "poll/")) EXPECT_EQ(scene.world().row(k_topic, "staff", key), scene.world().row(k_topic, "member", key));
    EXPECT_EQ(std::ssize(scene.world().keys(k_topic, "staff", "poll/")), all);
  }

  const std::vector<std::string> names{"ada", "ben", "cleo", "dora", "emil"};
  int done_ = 0, refused_ = 0;
};

TEST_F(DatesInAnyOrder, are_counted_as_they_were_answered) {
  sits("dora", "dora");
  sits("emil", "emil");
  for (unsigned seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto first = opened("2018-06-19", {}), second = opened("2018-06-20", {});
    for (int n = 0; n < 50; ++n) {
      something_happens(random);
      expect_rows_as_recounted();
      ASSERT_FALSE(HasFailure()) << "after " << n << " steps";
    }
    const Recount before(scene.world());
    const auto time = first_of(first);
    ASSERT_EQ(settling(first, time), "");
    ASSERT_EQ(ended(second), "");
    EXPECT_EQ(past_row(first)->answered, before.answered(first));
    EXPECT_EQ(past_row(second)->answered, before.answered(second));
    EXPECT_EQ(past_row(first)->asked, before.asked());
    EXPECT_TRUE(scene.world().keys(k_topic, "member", "poll/").empty());
  }
  EXPECT_GT(done_, 50) << "most was not refused";
  EXPECT_GT(refused_, 0);
  EXPECT_TRUE(scene.world().is_as_rebuilt(true));
}

/// A council of which everybody has a name of a hundred characters that take most room.
class WideCouncil : public DatesOf {
 protected:
  WideCouncil() {
    for (const auto* name : {"ada", "ben", "cleo"}) leaves(name);
  }
  static std::string wide(int characters) {
    std::string text;
    for (int n = 0; n < characters; ++n) text += "\U0001f600";
    return text;
  }
  static PersonId person_of(int n) { return id_of<PersonId>("wide" + std::string(1, static_cast<char>('a' + n))); }
  void takes_a_seat(int n) {
    const auto person = person_of(n);
    happened(scene, "person", person.str(), PersonNamed{person, scene.world().keep(wide(100))});
    happened(scene, "body", k_council.str(), SeatTaken{k_council, {id_of<SeatId>(person.str()), "Chair", Role::member, person, scene.world().keep(wide(100)), ""}});
  }
  DatePollId wide_poll() {
    auto command = asking("2018-06-19", CalendarDate{"2018-06-12"});
    command.title = {wide(160)}, command.place = {wide(200)};
    return DatePollId::from_trusted(scene.made("poll", k_secretary, command));
  }
};

TEST_F(WideCouncil, has_as_many_times_as_there_is_room_for_all_answers) {
  for (int n = 0; n < 13; ++n) takes_a_seat(n);
  for (const auto& poll : {wide_poll(), wide_poll()}) {
    for (int day = 20; day < 27; ++day) {
      const bool is_last = dates().polls.size() == 2 && day == 26 && poll == dates().polls.back().opened.poll;
      EXPECT_EQ(code_of(scene.send(k_secretary, more(poll, "2018-06-" + std::to_string(day)))), is_last ? "too_large" : "") << day;
    }
  }
}

TEST_F(WideCouncil, stays_within_its_topic_whatever_is_written_and_answered) {
  for (int n = 0; n < 12; ++n) takes_a_seat(n);
  for (std::size_t n = 0; n < k_past_polls_kept_max; ++n) ASSERT_EQ(ended(wide_poll(), wide(300)), "");
  std::vector<DatePollId> polls{wide_poll(), wide_poll()};
  for (const auto& poll : polls) {
    for (int day = 20; day < 27; ++day) added_time(poll, "2018-06-" + std::to_string(day));
  }
  std::vector<std::pair<DatePollId, ProposedTimeId>> times;
  for (const auto& poll : dates().polls) {
    for (const auto& time : poll.times) times.emplace_back(poll.opened.poll, time.proposed.time);
  }
  ASSERT_EQ(times.size(), 16U);
  for (int n = 0; n < 12; ++n) {
    for (const auto& [poll, time] : times) happened(scene, "dates", k_council.str(), TimeAnswered{poll, time, person_of(n), DateAnswer::if_needed});
  }
  EXPECT_LT(bytes_of_topic("staff"), 256'000U);
  EXPECT_GT(bytes_of_topic("staff"), 200'000U) << "it was filled";
  takes_a_seat(12);
  int refused = 0;
  for (const auto& [poll, time] : times) {
    const auto why = answered(holder(person_of(12), k_council.str(), Role::member), poll, time, DateAnswer::if_needed);
    EXPECT_TRUE(why.empty() || why == "too_large") << why;
    refused += why.empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 0) << "for so many it was not opened";
  EXPECT_LT(refused, 16);
  EXPECT_LT(bytes_of_topic("staff"), 256'000U);
  EXPECT_LT(bytes_of_topic("member"), 256'000U);
}

}  // namespace
}  // namespace witan::meetings::test
