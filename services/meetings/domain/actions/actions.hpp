#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/meetings/domain/minutes/minutes.hpp"

/// What becomes of an action once the minutes in which it stands are circulated. The minutes are not rewritten, so this is an aggregate of
/// its own, under the action's id: what was decided stands in the minutes, what came of it here. It begins with the first thing that is
/// done about the action; until then the action is as it was minuted.
namespace witan::meetings {

/// Who did it, as they sat in the body then.
struct DoneBy {
  Timestamp at;
  std::optional<PersonId> by;
  std::optional<Erasable> name;  ///< Absent for an administrator who has no seat in the body.
  std::string title;             ///< Of their seat.
};
BOOST_DESCRIBE_STRUCT(DoneBy, (), (at, by, name, title))

/// Comes with the first thing that is done about it.
struct ActionFollowed {
  static constexpr std::string_view k_type = "action_followed";
  ActionId action;
  MeetingId meeting;  ///< In whose minutes it stands.
  BodyId body;
};
BOOST_DESCRIBE_STRUCT(ActionFollowed, (), (action, meeting, body))

struct ActionFinished {
  static constexpr std::string_view k_type = "action_finished";
  DoneBy done;
  std::optional<Erasable> text;
};
BOOST_DESCRIBE_STRUCT(ActionFinished, (), (done, text))

struct ActionDropped {
  static constexpr std::string_view k_type = "action_dropped";
  DoneBy done;
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(ActionDropped, (), (done, text))

struct ActionReopened {
  static constexpr std::string_view k_type = "action_reopened";
  DoneBy done;
  std::optional<Erasable> text;
};
BOOST_DESCRIBE_STRUCT(ActionReopened, (), (done, text))

struct ActionDueChanged {
  static constexpr std::string_view k_type = "action_due_changed";
  DoneBy done;
  std::string from;
  std::string due;
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(ActionDueChanged, (), (done, from, due, text))

struct ActionHandedOver {
  static constexpr std::string_view k_type = "action_handed_over";
  DoneBy done;
  ActionOwner from;
  ActionOwner owner;
};
BOOST_DESCRIBE_STRUCT(ActionHandedOver, (), (done, from, owner))

struct ActionNoted {
  static constexpr std::string_view k_type = "action_noted";
  DoneBy done;
  Erasable text;
};
BOOST_DESCRIBE_STRUCT(ActionNoted, (), (done, text))

/// Whoever wrote a note took its words back, which were erased.
struct ActionNoteRemoved {
  static constexpr std::string_view k_type = "action_note_removed";
  std::int64_t entry = 1;  ///< Counted from 1, as all entries.
};
BOOST_DESCRIBE_STRUCT(ActionNoteRemoved, (), (entry))

/// The day by which it was to be done is over, and it is open.
struct ActionFellDue {
  static constexpr std::string_view k_type = "action_fell_due";
  std::string due;
};
BOOST_DESCRIBE_STRUCT(ActionFellDue, (), (due))

struct NameRemovedFromAction {
  static constexpr std::string_view k_type = "name_removed_from_action";
  std::vector<TextReplaced> texts;
};
BOOST_DESCRIBE_STRUCT(NameRemovedFromAction, (), (texts))

/// The account of somebody who owned the action or wrote about it was deleted, and what they wrote with it.
struct ActionPersonForgotten {
  static constexpr std::string_view k_type = "action_person_forgotten";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(ActionPersonForgotten, (), (person))

using ActionEvent = std::variant<ActionFollowed, ActionFinished, ActionDropped, ActionReopened, ActionDueChanged, ActionHandedOver, ActionNoted, ActionNoteRemoved, ActionFellDue,
                                 NameRemovedFromAction, ActionPersonForgotten>;

BOOST_DEFINE_ENUM_CLASS(EntryKind, note, finished, dropped, reopened, due_changed, handed_over)

/// One thing that was done or noted.
struct ActionEntry {
  EntryKind kind = EntryKind::note;
  DoneBy done;
  std::optional<Erasable> text;
  std::string from_day;                  ///< Of `due_changed`,
  std::string to_day;
  std::optional<ActionOwner> from;       ///< and of `handed_over`.
  std::optional<ActionOwner> to;
};
BOOST_DESCRIBE_STRUCT(ActionEntry, (), (kind, done, text, from_day, to_day, from, to))

/// Also the row of the index from which the action is shown.
struct ActionLife {
  ActionId action;
  MeetingId meeting;
  BodyId body;
  wire::ActionStatus status = wire::ActionStatus::open;
  std::optional<std::string> due;     ///< Where it is another than in the minutes,
  std::optional<ActionOwner> owner;   ///< as with whose it is.
  std::string told_due;               ///< The day of which was told that it is over.
  std::optional<Timestamp> closed_at; ///< Done or dropped.
  std::int64_t changes = 0;           ///< Of the day, the owner and the status.
  std::vector<ActionEntry> entries;   ///< In the order in which they came.
  bool is_open() const { return status == wire::ActionStatus::open; }
};
BOOST_DESCRIBE_STRUCT(ActionLife, (), (action, meeting, body, status, due, owner, told_due, closed_at, changes, entries))

/// Where an action stands.
struct ActionPlace {
  MeetingId meeting;
  BodyId body;
};
BOOST_DESCRIBE_STRUCT(ActionPlace, (), (meeting, body))

/// An action with what is minuted of it and what came of it.
struct Action {
  ActionPlace place;
  MinutedAction minuted;
  ActionLife life;
  const ActionOwner& owner() const { return life.owner ? *life.owner : minuted.owner; }
  const std::string& due() const { return life.due ? *life.due : minuted.due; }
  bool is_overdue() const { return life.is_open() && life.told_due == due(); }
};

/// An open action as it stands in the lists.
struct OpenAction {
  wire::ActionView view;
  std::optional<PersonId> owner;  ///< Also while they hold no seat.
};
BOOST_DESCRIBE_STRUCT(OpenAction, (), (view, owner))

/// Private: `<action>` → ActionPlace, from circulation.
inline constexpr std::string_view k_action_index = "index/actions";
/// Private: `<action>` → ActionLife, once something was done about it.
inline constexpr std::string_view k_action_life_index = "index/action-lives";
/// Private: `<body>/<action>` → OpenAction.
inline constexpr std::string_view k_open_action_index = "index/open-actions";
/// Private: `<person>/<action>` → ActionView, of the open ones that they own while they hold a seat of the body.
inline constexpr std::string_view k_own_action_index = "index/own-actions";
/// Private: `<action>` → on whose page it is.
inline constexpr std::string_view k_action_owner_index = "index/action-owners";
/// Private: `<action>` → when its day is over, of open ones of which that was not told.
inline constexpr std::string_view k_action_day_index = "index/action-days";
/// Private: `<body>` → the meeting that has its open actions before it.
inline constexpr std::string_view k_matters_index = "index/matters";
/// Private: `<action>/<text>` → a text that may name somebody (NamedRow).
inline constexpr std::string_view k_action_names_index = "index/action-names";
/// Private: `<person>/<action>`, of those who owned it or wrote about it.
inline constexpr std::string_view k_action_people_index = "index/action-people";
/// As many notes as leave the topic of an action within 256 kB.
inline constexpr std::size_t k_notes_max = 40;
/// As many open actions as a person's page and a meeting's show.
inline constexpr std::size_t k_actions_shown_max = 100;

struct ActionAggregate {
  static constexpr std::string_view k_kind = "action";
  using State = ActionLife;
  using Event = ActionEvent;

  static ActionLife evolve(ActionLife life, const ActionEvent& event);
  static bool exists(const ActionLife& life) { return !life.action.empty(); }
  static std::string topic(std::string_view id) { return "actions/" + std::string(id); }
  static void present(const ActionEvent& event, const domain::EventInfo& when, const ActionLife& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const ActionEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const ActionEvent& event, const ActionLife& before, const ActionLife& after, const domain::Rows& rows);
};

/// The day by which an action is to be done is over.
struct DayOfActionIsOver {};

using DecidedAction = Result<domain::Decided<ActionEvent>>;
DecidedAction decide(const ActionLife& life, const wire::FinishAction& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::DropAction& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::ReopenAction& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::ChangeActionDue& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::HandOverAction& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::NoteOnAction& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const wire::RemoveActionNote& command, domain::Context& context);
DecidedAction decide(const ActionLife& life, const DayOfActionIsOver&, domain::Context& context);

/// As it stands in the indexes; nothing before the minutes are circulated.
std::optional<Action> action_in(const domain::Rows& rows, const std::string& action);
/// Every text that is kept of what came of it, for finding those that name somebody.
std::vector<Erasable> texts_of(const ActionLife& life);
/// What has become of it, for a row of its minutes; nothing before they are circulated.
void add_what_became(wire::MinutesActionView& view, const Minutes& minutes, const MinutedAction& minuted, const domain::Rows& rows);

/// All actions of minutes that are circulated.
void present_actions_of(const Minutes& minutes, domain::Presenter& presenter);
/// Who holds the body's seats is otherwise: whose actions they are may be as well.
void present_owners_of_actions(const BodyId& body, domain::Presenter& presenter);
/// The body's open actions are before its next meeting, once the agenda is published and until it is closed.
void present_open_actions(const BodyId& body, domain::Presenter& presenter);
/// The same, where another meeting is the next one now; else they stand as they stood.
void present_next_meeting(const BodyId& body, domain::Presenter& presenter);
/// The page of somebody's own actions, from when they have an account until it is deleted.
void open_own_actions(const PersonId& person, domain::Presenter& presenter);
void close_own_actions(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::meetings
