#pragma once

#include "shared/contract/meetings/agenda.hpp"

/// Finding a day for a meeting: times are put to whoever holds a seat of the body, each says which suit, and one becomes the meeting.
namespace witan::contract::meetings {

using DatePollId = Id<struct DatePollTag>;
using ProposedTimeId = Id<struct ProposedTimeTag>;

BOOST_DEFINE_ENUM_CLASS(DateAnswer, yes, if_needed, no)
/// Ended: without a meeting.
BOOST_DEFINE_ENUM_CLASS(DatePollState, open, settled, ended)

// Commands

/// By who prepares the meetings of the body. Result `{poll}`. Times as with `schedule_meeting`; further ones come by `add_time`.
struct OpenDatePoll {
  static constexpr std::string_view k_name = "meetings.open_date_poll";
  BodyId body;
  Text<2, 160> title;                            ///< Of the meeting that is to be.
  Text<1, 200> place;
  std::optional<CalendarDate> answer_by = {};    ///< Until the end of this day, on a UK clock, answers are taken; absent: until one time is chosen.
  CalendarDate date;
  ClockTime starts;
  ClockTime ends;
};
BOOST_DESCRIBE_STRUCT(OpenDatePoll, (), (body, title, place, answer_by, date, starts, ends))

/// Result `{time}`. At most eight.
struct AddTime {
  static constexpr std::string_view k_name = "meetings.add_time";
  BodyId body;
  DatePollId poll;
  CalendarDate date;
  ClockTime starts;
  ClockTime ends;
};
BOOST_DESCRIBE_STRUCT(AddTime, (), (body, poll, date, starts, ends))

/// With the answers to it. Not the last one.
struct RemoveTime {
  static constexpr std::string_view k_name = "meetings.remove_time";
  BodyId body;
  DatePollId poll;
  ProposedTimeId time;
};
BOOST_DESCRIBE_STRUCT(RemoveTime, (), (body, poll, time))

/// By whoever holds a seat of the body, for themselves; a later answer takes the place of the one before.
struct AnswerTime {
  static constexpr std::string_view k_name = "meetings.answer_time";
  BodyId body;
  DatePollId poll;
  ProposedTimeId time;
  DateAnswer answer = DateAnswer::yes;
};
BOOST_DESCRIBE_STRUCT(AnswerTime, (), (body, poll, time, answer))

/// Result `{meeting}`: the meeting is scheduled for this time, and the poll is over. As many answers as there are at this moment count, whatever
/// the sender saw; people change their minds.
struct SettleDate {
  static constexpr std::string_view k_name = "meetings.settle_date";
  BodyId body;
  DatePollId poll;
  ProposedTimeId time;
};
BOOST_DESCRIBE_STRUCT(SettleDate, (), (body, poll, time))

struct EndDatePoll {
  static constexpr std::string_view k_name = "meetings.end_date_poll";
  BodyId body;
  DatePollId poll;
  Text<2, 300> reason;
};
BOOST_DESCRIBE_STRUCT(EndDatePoll, (), (body, poll, reason))

using DatesCommands = boost::mp11::mp_list<OpenDatePoll, AddTime, RemoveTime, AnswerTime, SettleDate, EndDatePoll>;

// What people see

/// Topic `dates/<body>` (audiences `staff`, `member`), key `dates`: there also where nothing is asked.
struct DatesView {
  BodyId body;
};
BOOST_DESCRIBE_STRUCT(DatesView, (), (body))

/// Topic `dates/<body>`, key `poll/<poll>`; `past/<poll>` once it is over, the latest five.
struct DatePollView {
  DatePollId poll;
  BodyId body;
  std::string title;
  std::string place;
  DatePollState state = DatePollState::open;
  std::string state_label;                  ///< "Open", "Date found", "Ended"
  std::string opened;                       ///< "2:15pm on 11 June 2018"
  std::int64_t answered = 0;                ///< How many have answered at least one time,
  std::int64_t asked = 0;                   ///< of so many who hold a seat now; both as they were then once it is over.
  std::string sort;
  std::optional<std::string> answer_by;     ///< "Tuesday 12 June 2018"
  std::optional<bool> takes_answers;        ///< It is open, and that day is not over.
  std::optional<std::string> reason;        ///< Why it ended.
  std::optional<std::string> when;          ///< What was found: "2pm to 4pm, Tuesday 19 June 2018", as the meeting is now,
  std::optional<std::string> meeting_href;  ///< its page, to an audience that may see it,
  std::optional<std::string> calendar_href; ///< and the file for a calendar.
};
BOOST_DESCRIBE_STRUCT(DatePollView, (),
                      (poll, body, title, place, state, state_label, opened, answered, asked, sort, answer_by, takes_answers, reason, when, meeting_href, calendar_href))

/// Topic `dates/<body>`, key `poll/<poll>/time/<time>`.
struct ProposedTimeView {
  DatePollId poll;
  ProposedTimeId time;
  BodyId body;
  std::string when;            ///< "2pm to 4pm, Tuesday 19 June 2018"
  std::int64_t yes = 0;
  std::int64_t if_needed = 0;
  std::int64_t no = 0;
  std::string sort;            ///< The earliest first.
  std::optional<bool> is_best;     ///< Suits most: no other has more who can come, and of these none has more who can come with ease.
  std::optional<bool> is_past;     ///< It has begun.
  std::optional<bool> is_open;     ///< Answers to it are taken.
};
BOOST_DESCRIBE_STRUCT(ProposedTimeView, (), (poll, time, body, when, yes, if_needed, no, sort, is_best, is_past, is_open))

/// Topic `dates/<body>`, key `poll/<poll>/time/<time>/voice/<person>`.
struct DateVoiceView {
  PersonId by;
  std::string name;
  DateAnswer answer = DateAnswer::yes;
  std::string answer_label;    ///< "Can come", "Only if needed", "Cannot come"
  std::string sort;            ///< By answer, then by name.
};
BOOST_DESCRIBE_STRUCT(DateVoiceView, (), (by, name, answer, answer_label, sort))

using DatesViews = boost::mp11::mp_list<DatesView, DatePollView, ProposedTimeView, DateVoiceView>;

}  // namespace witan::contract::meetings
