#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/minutes/minutes.hpp"
#include "shared/contract/meetings/dates.hpp"

/// Finding a day for a meeting: times are put to whoever holds a seat of the body, and one of them becomes the meeting. One aggregate for each body, so that
/// a poll is settled once, and the meeting is scheduled with that or not at all.
namespace witan::meetings {

struct ProposedTime {
  wire::ProposedTimeId time;
  Timestamp starts_at;
  Timestamp ends_at;
};
BOOST_DESCRIBE_STRUCT(ProposedTime, (), (time, starts_at, ends_at))

struct DatePollOpened {
  static constexpr std::string_view k_type = "date_poll_opened";
  BodyId body;
  wire::DatePollId poll;
  std::string title;
  std::string place;
  std::optional<std::string> answer_by;  ///< A day: "2018-06-12".
  ProposedTime first;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(DatePollOpened, (), (body, poll, title, place, answer_by, first, at))

struct TimeAdded {
  static constexpr std::string_view k_type = "time_added";
  wire::DatePollId poll;
  ProposedTime proposed;
};
BOOST_DESCRIBE_STRUCT(TimeAdded, (), (poll, proposed))

/// With the answers to it.
struct TimeRemoved {
  static constexpr std::string_view k_type = "time_removed";
  wire::DatePollId poll;
  wire::ProposedTimeId time;
};
BOOST_DESCRIBE_STRUCT(TimeRemoved, (), (poll, time))

/// In the place of what the person answered before. Their name is not here: it is looked up where the answer is shown.
struct TimeAnswered {
  static constexpr std::string_view k_type = "time_answered";
  wire::DatePollId poll;
  wire::ProposedTimeId time;
  PersonId person;
  wire::DateAnswer answer = wire::DateAnswer::yes;
};
BOOST_DESCRIBE_STRUCT(TimeAnswered, (), (poll, time, person, answer))

/// Who answered what goes with the end of a poll; that so many did, of so many who held a seat then, stays.
struct DateSettled {
  static constexpr std::string_view k_type = "date_settled";
  wire::DatePollId poll;
  wire::ProposedTimeId time;
  MeetingId meeting;  ///< What it became.
  std::int64_t answered = 0;
  std::int64_t asked = 0;
};
BOOST_DESCRIBE_STRUCT(DateSettled, (), (poll, time, meeting, answered, asked))

/// Without a meeting.
struct DatePollEnded {
  static constexpr std::string_view k_type = "date_poll_ended";
  wire::DatePollId poll;
  Erasable reason;
  std::int64_t answered = 0;
  std::int64_t asked = 0;
};
BOOST_DESCRIBE_STRUCT(DatePollEnded, (), (poll, reason, answered, asked))

/// A time has begun, or the day until which answers are taken is over: what people see is otherwise. Comes by itself.
struct DatesPassed {
  static constexpr std::string_view k_type = "dates_passed";
};
BOOST_DESCRIBE_STRUCT(DatesPassed, (), ())

struct NameRemovedFromDates {
  static constexpr std::string_view k_type = "name_removed_from_dates";
  std::vector<TextReplaced> texts;
};
BOOST_DESCRIBE_STRUCT(NameRemovedFromDates, (), (texts))

/// The account of somebody who answered was deleted, and their answers with it.
struct VoicesForgotten {
  static constexpr std::string_view k_type = "voices_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(VoicesForgotten, (), (person))

using DatesEvent = std::variant<DatePollOpened, TimeAdded, TimeRemoved, TimeAnswered, DateSettled, DatePollEnded, DatesPassed, NameRemovedFromDates, VoicesForgotten>;

struct DateVoice {
  PersonId by;
  wire::DateAnswer answer = wire::DateAnswer::yes;
};
BOOST_DESCRIBE_STRUCT(DateVoice, (), (by, answer))

struct TimeInPoll {
  ProposedTime proposed;
  std::vector<DateVoice> voices = {};  ///< One of each person.
};
BOOST_DESCRIBE_STRUCT(TimeInPoll, (), (proposed, voices))

struct DatePoll {
  DatePollOpened opened;
  std::vector<TimeInPoll> times = {};             ///< None once it is over.
  std::int64_t number = 0;                        ///< In the order in which they were opened, or were over.
  wire::DatePollState state = wire::DatePollState::open;
  std::optional<ProposedTime> found = {};         ///< The time that was chosen,
  std::optional<MeetingId> meeting = {};          ///< and what it became.
  std::optional<Erasable> reason = {};            ///< Why it ended.
  std::int64_t answered = 0;                      ///< Once it is over: how many had answered,
  std::int64_t asked = 0;                         ///< of so many.
  bool is_open() const { return state == wire::DatePollState::open; }
};
BOOST_DESCRIBE_STRUCT(DatePoll, (), (opened, times, number, state, found, meeting, reason, answered, asked))

struct Dates {
  BodyId body;
  std::vector<DatePoll> polls;  ///< Open ones, and the latest of those that are over.
  std::int64_t numbers = 0;
};
BOOST_DESCRIBE_STRUCT(Dates, (), (body, polls, numbers))

inline constexpr std::ptrdiff_t k_open_polls_max = 2;
inline constexpr std::size_t k_times_max = 8;
inline constexpr std::size_t k_past_polls_kept_max = 5;
/// As long as an answer is in the topic, its key included, without the name, which stands there twice. With so many bytes for all of them, those that everybody
/// may still give included, the topic stays within 256 kB: the polls and the times have the rest.
inline constexpr std::size_t k_voice_bytes = 206;
inline constexpr std::size_t k_voices_bytes_max = 200'000;

/// Private: key `<body>`, value Dates: polls as they are, for whatever else makes their rows otherwise.
inline constexpr std::string_view k_dates_index = "index/dates";
/// Private: key `<body>`, value when rows of its open polls are next otherwise by themselves.
inline constexpr std::string_view k_dates_due_index = "index/dates-due";
/// Private: `<body>/<text>` → a text that may name somebody (NamedRow).
inline constexpr std::string_view k_dates_names_index = "index/dates-names";
/// Private: `<person>/<body>`, of those whose answers are kept.
inline constexpr std::string_view k_date_voices_index = "index/date-voices";

/// A time may have begun, or the last day for answers be over. Asked by itself.
struct DatesMayHavePassed {};

struct DatesAggregate {
  static constexpr std::string_view k_kind = "dates";
  using State = Dates;
  using Event = DatesEvent;

  static Dates evolve(Dates dates, const DatesEvent& event);
  static bool exists(const Dates& dates) { return !dates.body.empty(); }
  static std::string topic(std::string_view id) { return "dates/" + std::string(id); }
  static void present(const DatesEvent& event, const domain::EventInfo& when, const Dates& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const DatesEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const DatesEvent& event, const Dates& before, const Dates& after, const domain::Rows& rows);
};

using DecidedDates = Result<domain::Decided<DatesEvent>>;
DecidedDates decide(const Dates& dates, const wire::OpenDatePoll& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const wire::AddTime& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const wire::RemoveTime& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const wire::AnswerTime& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const wire::SettleDate& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const wire::EndDatePoll& command, domain::Context& context);
DecidedDates decide(const Dates& dates, const DatesMayHavePassed& passed, domain::Context& context);

/// "Open", "Date found", "Ended"
std::string state_in_words(wire::DatePollState state);
/// The last day for answers is over. Never where none is set.
bool is_last_day_over(const DatePoll& poll, Timestamp at);
bool has_begun(const ProposedTime& time, Timestamp at);
/// Whoever holds a seat of the body now, on however many, each with their name as meetings knows it.
using Sitters = std::map<PersonId, std::optional<std::string>>;
Sitters sitters_of(const BodyId& body, const domain::Rows& rows);
/// What somebody answered is shown and counted while they hold a seat, and once their name is known.
bool is_heard(const DateVoice& voice, const Sitters& sitters);
/// How many of them answered at least one time.
std::int64_t answered_in(const DatePoll& poll, const Sitters& sitters);
/// Every text that is kept of the polls, for finding those that name somebody.
std::vector<Erasable> texts_of(const Dates& dates);

/// The polls of a body in which nothing was asked yet.
void open_dates(const BodyId& body, domain::Presenter& presenter);
/// What the rows of the body's polls are made of beside the polls themselves may be otherwise: who holds a seat, or as whom they are known.
void present_dates(const BodyId& body, Timestamp at, domain::Presenter& presenter);
void present_dates_answered_by(const PersonId& person, Timestamp at, domain::Presenter& presenter);
/// The meeting's agenda was published, or its day or whether it takes place is otherwise: the poll by which its day was found says so.
void present_date_found(const BodyId& body, const MeetingId& meeting, Timestamp at, domain::Presenter& presenter);

}  // namespace witan::meetings
