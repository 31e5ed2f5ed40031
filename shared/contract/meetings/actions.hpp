#pragma once

#include "shared/contract/access.hpp"

/// What becomes of the actions in minutes, from when those are circulated: the minutes stay as they are, and this goes on.
namespace witan::contract::meetings {

BOOST_DEFINE_ENUM_CLASS(ActionStatus, open, done, dropped)

// Commands

/// By its owner while they hold a seat of the body, or by who prepares its meetings. `already_done` when it is done or dropped.
struct FinishAction {
  static constexpr std::string_view k_name = "meetings.finish_action";
  ActionId action;
  std::optional<Prose<0, 1000>> note = {};  ///< What came of it.
};
BOOST_DESCRIBE_STRUCT(FinishAction, (), (action, note))

/// Nobody does it any more. By who prepares the meetings of the body, with a reason.
struct DropAction {
  static constexpr std::string_view k_name = "meetings.drop_action";
  ActionId action;
  std::optional<Text<0, 300>> reason = {};
};
BOOST_DESCRIBE_STRUCT(DropAction, (), (action, reason))

/// It is to be done after all, or was not done: by whoever may finish it; one that was dropped only by who prepares the meetings.
struct ReopenAction {
  static constexpr std::string_view k_name = "meetings.reopen_action";
  ActionId action;
  std::optional<Text<0, 300>> reason = {};
};
BOOST_DESCRIBE_STRUCT(ReopenAction, (), (action, reason))

/// Another day, today or later, with a reason. By who prepares the meetings of the body. `stale_version` with `due` and `changes` as they
/// stand when the action was changed since it was `seen_changes` times changed.
struct ChangeActionDue {
  static constexpr std::string_view k_name = "meetings.change_action_due";
  ActionId action;
  CalendarDate due;
  std::optional<Text<0, 300>> reason = {};
  std::optional<std::int64_t> seen_changes = {};  ///< As the action's row counted them. Absent: whatever it is by now.
};
BOOST_DESCRIBE_STRUCT(ChangeActionDue, (), (action, due, reason, seen_changes))

/// To somebody else, by who prepares the meetings of the body: to whoever holds the seat of that name, as in `write_action`, or to any
/// other name. `stale_version` with `owner` and `changes`.
struct HandOverAction {
  static constexpr std::string_view k_name = "meetings.hand_over_action";
  ActionId action;
  Text<2, 200> owner;
  std::optional<std::int64_t> seen_changes = {};
};
BOOST_DESCRIBE_STRUCT(HandOverAction, (), (action, owner, seen_changes))

/// By its owner or by who prepares the meetings of the body, also once it is done or dropped. The members of the body read it.
struct NoteOnAction {
  static constexpr std::string_view k_name = "meetings.note_on_action";
  ActionId action;
  Prose<2, 1000> text;
};
BOOST_DESCRIBE_STRUCT(NoteOnAction, (), (action, text))

/// By whoever wrote it. That there was a note stays, with who wrote it and when. `already_done` when it was removed before.
struct RemoveActionNote {
  static constexpr std::string_view k_name = "meetings.remove_action_note";
  ActionId action;
  Whole<1, 1000> entry;        ///< Which of the action's entries, as its key says.
};
BOOST_DESCRIBE_STRUCT(RemoveActionNote, (), (action, entry))

using ActionsCommands = boost::mp11::mp_list<FinishAction, DropAction, ReopenAction, ChangeActionDue, HandOverAction, NoteOnAction, RemoveActionNote>;

// What people see

/// Topic `actions/<action>` (audiences `staff` and `member`, from circulation of the minutes), key `action`. Topics
/// `body-actions/<body>` (audience `member`: open ones) and `closed-actions/<body>` (audience `member`: done and dropped ones) with their
/// pages, `own-actions/<person>` (audience `self`: open ones of theirs, of every body in which they hold a seat) and
/// `open-actions/<meeting>` (audience `member`: what the next meeting of the body has before it): key `action/<action>`.
struct ActionView {
  ActionId action;
  MeetingId meeting;            ///< In whose minutes it stands.
  BodyId body;
  std::string body_name;
  std::string todo;             ///< The words, as minuted.
  std::string owner;            ///< "Ada Lovelace, Chair, Cumbria LEP"; "Former member" once their account is deleted.
  std::string due;              ///< "Tuesday 3 July 2018"
  std::string due_day;          ///< "2018-07-03"
  ActionStatus status = ActionStatus::open;
  std::string status_label;     ///< "Open", "Overdue", "Done", "Dropped"
  std::int64_t action_changes = 0;
  std::string meeting_title;
  std::string when;             ///< The meeting's day: "Tuesday 19 June 2018"
  std::string item_title;
  std::string minutes_href;     ///< Where it stands in the minutes.
  std::string href;             ///< `/bodies/<body>/actions/<action>`
  std::string sort;             ///< Without an owner first, then overdue, then by the day; closed ones the latest first.
  // Absent where it is not so.
  std::optional<PersonId> by;               ///< The owner, while they hold a seat of the body.
  std::optional<bool> is_open;
  std::optional<bool> is_overdue;
  std::optional<bool> is_done;
  std::optional<bool> is_dropped;
  std::optional<bool> is_without_owner;     ///< Open, and its owner holds no seat of the body any more.
  std::optional<bool> is_members_only;      ///< Of an item for members.
  std::optional<std::string> closed_on;     ///< Done or dropped: "3 July 2018"
  std::optional<std::string> latest;        ///< The latest note or reason.
  std::optional<std::string> minuted_due;   ///< Another day stands in the minutes,
  std::optional<std::string> minuted_owner; ///< or somebody else.
};
BOOST_DESCRIBE_STRUCT(ActionView, (),
                      (action, meeting, body, body_name, todo, owner, due, due_day, status, status_label, action_changes, meeting_title, when, item_title, minutes_href,
                       href, sort, by, is_open, is_overdue, is_done, is_dropped, is_without_owner, is_members_only, closed_on, latest, minuted_due, minuted_owner))

/// Topic `actions/<action>`, key `entry/<n>`: what was done or noted, the latest first.
struct ActionEntryView {
  std::string what;             ///< "Note", "Marked as done", "Due day changed from 3 July 2018 to 10 July 2018"
  std::string text;             ///< The note or the reason; empty where there is none.
  std::string by_name;          ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::string noted;            ///< "2:15pm on 3 July 2018"
  std::string sort;
  std::optional<ActionId> action = {};     ///< Of a note: so it can be removed,
  std::optional<std::int64_t> entry = {};  ///< by this number,
  std::optional<PersonId> by = {};         ///< and only by whoever wrote it.
};
BOOST_DESCRIBE_STRUCT(ActionEntryView, (), (what, text, by_name, noted, sort, action, entry, by))

/// Topics `own-actions/<person>` and `open-actions/<meeting>`, key `summary`.
struct ActionsSummaryView {
  std::int64_t count = 0;                  ///< Of open ones.
  std::string count_words;                 ///< "3 open actions, 1 of them overdue"
  std::optional<std::int64_t> more;        ///< How many are not shown here, where that is so.
  std::optional<BodyId> body;              ///< Whose actions they are, in `open-actions/<meeting>`.
};
BOOST_DESCRIBE_STRUCT(ActionsSummaryView, (), (count, count_words, more, body))

using ActionsViews = boost::mp11::mp_list<ActionView, ActionEntryView, ActionsSummaryView>;

}  // namespace witan::contract::meetings
