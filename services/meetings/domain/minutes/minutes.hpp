#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/events.hpp"
#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// The minutes of a meeting: what is written of each item, with decisions and actions as entries of their own, the corrections that
/// members propose, and how they come to be approved. An aggregate of their own, under the meeting's id: the meeting's history is
/// about the meeting.
namespace witan::meetings {

/// Comes with the first thing that is written.
struct MinutesBegun {
  static constexpr std::string_view k_type = "minutes_begun";
  MeetingId meeting;
  BodyId body;
};
BOOST_DESCRIBE_STRUCT(MinutesBegun, (), (meeting, body))

struct ItemMinuted {
  static constexpr std::string_view k_type = "item_minuted";
  AgendaItemId item;
  std::optional<Erasable> text;  ///< Absent: what was there was taken away.
};
BOOST_DESCRIBE_STRUCT(ItemMinuted, (), (item, text))

struct DecisionRecorded {
  static constexpr std::string_view k_type = "decision_recorded";
  DecisionId decision;
  AgendaItemId item;
  std::int64_t year = 0;    ///< Of the meeting,
  std::int64_t number = 0;  ///< and which of the body's decisions of that year it is.
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(DecisionRecorded, (), (decision, item, year, number, text))

struct DecisionChanged {
  static constexpr std::string_view k_type = "decision_changed";
  DecisionId decision;
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(DecisionChanged, (), (decision, text))

struct DecisionRemoved {
  static constexpr std::string_view k_type = "decision_removed";
  DecisionId decision;
};
BOOST_DESCRIBE_STRUCT(DecisionRemoved, (), (decision))

/// Whoever is to do something, as they stand in the minutes.
struct ActionOwner {
  Erasable name;
  std::optional<PersonId> person;  ///< Who holds the seat, where it is somebody's who has one,
  std::optional<SeatId> seat;      ///< and which.
  std::string title;               ///< Of the seat; empty where there is none.
};
BOOST_DESCRIBE_STRUCT(ActionOwner, (), (name, person, seat, title))

struct ActionRecorded {
  static constexpr std::string_view k_type = "action_recorded";
  ActionId action;
  AgendaItemId item;
  Erasable text;
  ActionOwner owner;
  std::string due;  ///< A day: "2018-07-03".
};
BOOST_DESCRIBE_STRUCT(ActionRecorded, (), (action, item, text, owner, due))

struct ActionChanged {
  static constexpr std::string_view k_type = "action_changed";
  ActionId action;
  Erasable text;
  ActionOwner owner;
  std::string due;
};
BOOST_DESCRIBE_STRUCT(ActionChanged, (), (action, text, owner, due))

struct ActionRemoved {
  static constexpr std::string_view k_type = "action_removed";
  ActionId action;
};
BOOST_DESCRIBE_STRUCT(ActionRemoved, (), (action))

struct MinutesCirculated {
  static constexpr std::string_view k_type = "minutes_circulated";
  Timestamp at;          ///< By the service's clock, as all moments here.
  bool is_late = false;  ///< After the latest day.
};
BOOST_DESCRIBE_STRUCT(MinutesCirculated, (), (at, is_late))

struct CorrectionProposed {
  static constexpr std::string_view k_type = "correction_proposed";
  CorrectionId correction;
  AgendaItemId item;
  Erasable text;
  PersonId by;
  std::optional<Erasable> name;  ///< Absent for an administrator who has no seat in the body.
  std::string title;             ///< Of their seat.
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(CorrectionProposed, (), (correction, item, text, by, name, title, at))

struct CorrectionAccepted {
  static constexpr std::string_view k_type = "correction_accepted";
  CorrectionId correction;
  Erasable wording;
};
BOOST_DESCRIBE_STRUCT(CorrectionAccepted, (), (correction, wording))

struct CorrectionDeclined {
  static constexpr std::string_view k_type = "correction_declined";
  CorrectionId correction;
  Erasable reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionDeclined, (), (correction, reason))

struct MinutesApproved {
  static constexpr std::string_view k_type = "minutes_approved";
  MeetingId at_meeting;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(MinutesApproved, (), (at_meeting, at))

struct TextReplaced {
  std::string text_id;  ///< Of the text that named somebody,
  Erasable by;          ///< and what is left of it.
};
BOOST_DESCRIBE_STRUCT(TextReplaced, (), (text_id, by))

/// Somebody's account was deleted: the texts that named them, as they are without the name.
struct NameRemovedFromMinutes {
  static constexpr std::string_view k_type = "name_removed_from_minutes";
  std::vector<TextReplaced> texts;
};
BOOST_DESCRIBE_STRUCT(NameRemovedFromMinutes, (), (texts))

/// The account of somebody who proposed a correction or owns an action was deleted, and what they wrote with it.
struct MinutesPersonForgotten {
  static constexpr std::string_view k_type = "minutes_person_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(MinutesPersonForgotten, (), (person))

using MinutesEvent = std::variant<MinutesBegun, ItemMinuted, DecisionRecorded, DecisionChanged, DecisionRemoved, ActionRecorded, ActionChanged, ActionRemoved,
                                  MinutesCirculated, CorrectionProposed, CorrectionAccepted, CorrectionDeclined, MinutesApproved, NameRemovedFromMinutes,
                                  MinutesPersonForgotten>;

struct MinutedItem {
  AgendaItemId item;
  std::optional<Erasable> text;
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(MinutedItem, (), (item, text, changes))

struct MinutedDecision {
  DecisionId decision;
  AgendaItemId item;
  std::int64_t year = 0;
  std::int64_t number = 0;
  Erasable text;
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(MinutedDecision, (), (decision, item, year, number, text, changes))

struct MinutedAction {
  ActionId action;
  AgendaItemId item;
  Erasable text;
  ActionOwner owner;
  std::string due;
  std::int64_t changes = 0;
};
BOOST_DESCRIBE_STRUCT(MinutedAction, (), (action, item, text, owner, due, changes))

struct Correction {
  CorrectionProposed proposed;
  std::optional<Erasable> wording;  ///< There when it was accepted,
  std::optional<Erasable> reason;   ///< and this when it was declined.
  bool is_open() const { return !wording && !reason; }
};
BOOST_DESCRIBE_STRUCT(Correction, (), (proposed, wording, reason))

/// Also the row of the index from which the agenda's changes are shown in the minutes.
struct Minutes {
  MeetingId meeting;
  BodyId body;
  wire::MinutesState state = wire::MinutesState::writing;
  std::vector<MinutedItem> items;  ///< Those of which something was written once.
  std::vector<MinutedDecision> decisions;
  std::vector<MinutedAction> actions;
  std::vector<Correction> corrections;
  std::optional<Timestamp> circulated_at;
  bool is_late = false;
  std::optional<MeetingId> approved_by;
  std::optional<Timestamp> approved_at;
};
BOOST_DESCRIBE_STRUCT(Minutes, (), (meeting, body, state, items, decisions, actions, corrections, circulated_at, is_late, approved_by, approved_at))

/// A meeting that has begun, as it stands in the index.
struct HeldMeeting {
  MeetingId meeting;
  std::string title;
  Timestamp starts_at;
  Timestamp ends_at;
  Timestamp begun_at;
  std::optional<Timestamp> closed_at;
};
BOOST_DESCRIBE_STRUCT(HeldMeeting, (), (meeting, title, starts_at, ends_at, begun_at, closed_at))

/// Working days after the meeting within which its minutes are to be circulated.
inline constexpr int k_circulation_days = 10;
/// The latest day, as `2018-07-03`, for a meeting that ended at this moment.
std::string circulation_day(Timestamp closed_at);
std::string day_in_words(const std::string& day);
/// "2018/14"
std::string number_in_words(std::int64_t year, std::int64_t number);
/// "Ada Lovelace, Chair, Cumbria LEP"; the name alone where there is no seat.
std::string with_title(const std::string& name, const std::string& title);

/// Private: key `<meeting>`, value Minutes.
inline constexpr std::string_view k_minutes_index = "index/minutes";
/// Private: `<meeting>/<text>` → a text that may name somebody (NamedRow).
inline constexpr std::string_view k_minutes_names_index = "index/minutes-names";
/// Private: `<person>/<meeting>`, of those who proposed corrections or own actions.
inline constexpr std::string_view k_minutes_people_index = "index/minutes-people";
/// Private: `<body>/<meeting>` of minutes that are circulated and not approved.
inline constexpr std::string_view k_circulated_index = "index/circulated-minutes";
/// Private: `<body>/<meeting>` → HeldMeeting.
inline constexpr std::string_view k_held_index = "index/held-meetings";
/// Private: `<body>/<year>/<decision>` → its number. Those that were removed are here as well.
inline constexpr std::string_view k_decision_index = "index/decisions";
/// Private: `<meeting>/<number of the event>` of an event of minutes that are being written which says whose an action is → DraftOwner.
inline constexpr std::string_view k_drafts_index = "index/draft-owners";
struct DraftOwner {
  ActionId action;
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(DraftOwner, (), (action, person))
/// The snapshot stays within 256 kB; the minutes' own row has the rest.
inline constexpr std::size_t k_minutes_bytes_max = 240 * 1024;

struct MinutesAggregate {
  static constexpr std::string_view k_kind = "minutes";
  using State = Minutes;
  using Event = MinutesEvent;

  static Minutes evolve(Minutes minutes, const MinutesEvent& event);
  static bool exists(const Minutes& minutes) { return !minutes.meeting.empty(); }
  static std::string topic(std::string_view id) { return "minutes/" + std::string(id); }
  static void present(const MinutesEvent& event, const domain::EventInfo& when, const Minutes& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const MinutesEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const MinutesEvent& event, const Minutes& before, const Minutes& after, const domain::Rows& rows);
};

using DecidedMinutes = Result<domain::Decided<MinutesEvent>>;
DecidedMinutes decide(const Minutes& minutes, const wire::WriteMinutes& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::WriteDecision& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::RemoveDecision& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::WriteAction& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::RemoveAction& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::CirculateMinutes& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::ProposeCorrection& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::AnswerCorrection& command, domain::Context& context);
DecidedMinutes decide(const Minutes& minutes, const wire::ApproveMinutes& command, domain::Context& context);

/// The seat whose holder is named so, alone or with the seat's title, if there is just one.
const HeldSeat* seat_named(const KnownBody& body, const std::string& owner, const domain::Rows& rows);
/// Whoever holds that seat; else the name.
ActionOwner owner_from(const std::string& owner, const BodyId& body, domain::Context& context);
/// Where the person sits, as a member of the body; null where they do not.
const HeldSeat* seat_of(const KnownBody& body, const PersonId& person);
/// Whether anything is written of the item, an entry included.
bool is_minuted(const Minutes& minutes, const AgendaItemId& item);
/// As they stand in the index; a fresh state where nothing was written.
Minutes minutes_in(const domain::Rows& rows, const MeetingId& meeting);
/// How many bytes the rows of the minutes come to at most, with this agenda.
std::size_t minutes_bytes(const Minutes& minutes, const Agenda& items, const domain::Rows& rows);
/// Every text that the minutes keep, for finding those that name somebody.
std::vector<Erasable> texts_of(const Minutes& minutes);

/// A meeting that has begun has minutes, which show its agenda. Called once the meeting's own rows are put.
void present_minutes_of(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter);
/// In the logs of the body's decisions.
void put_in_log(const Minutes& minutes, domain::Presenter& presenter);

}  // namespace witan::meetings
