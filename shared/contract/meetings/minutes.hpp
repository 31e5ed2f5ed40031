#pragma once

#include "shared/contract/access.hpp"

/// Minutes of a meeting: texts, decisions and actions, corrections, and the decision log of a body.
namespace witan::contract::meetings {

/// Being written; read by members, who may propose corrections; approved, and locked.
BOOST_DEFINE_ENUM_CLASS(MinutesState, writing, circulated, approved)
BOOST_DEFINE_ENUM_CLASS(CorrectionAnswer, accept, decline)

// Commands

/// What is minuted of an agenda item, from the start of the meeting until the minutes are circulated; an empty text takes it away.
/// `stale_version` with `text` and `changes` as they stand when it was changed since it was `seen_changes` times changed.
struct WriteMinutes {
  static constexpr std::string_view k_name = "meetings.write_minutes";
  MeetingId meeting;
  AgendaItemId item;
  std::optional<Prose<0, 8000>> text = {};
  Whole<0, 1'000'000> seen_changes;  ///< As the item's row counted them.
};
BOOST_DESCRIBE_STRUCT(WriteMinutes, (), (meeting, item, text, seen_changes))

/// Records a decision under an item, or changes the words of one. Result `{decision, number}`: the number, "2018/14", is the
/// service's to give, and stays. `stale_version` as with `write_minutes`.
struct WriteDecision {
  static constexpr std::string_view k_name = "meetings.write_decision";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 1000> text;
  std::optional<DecisionId> decision = {};           ///< Absent: a new one.
  std::optional<std::int64_t> seen_changes = {};     ///< Needed for one that is there.
};
BOOST_DESCRIBE_STRUCT(WriteDecision, (), (meeting, item, text, decision, seen_changes))

/// Its number is not given again. `stale_version` as with `write_minutes`, where `seen_changes` is given.
struct RemoveDecision {
  static constexpr std::string_view k_name = "meetings.remove_decision";
  MeetingId meeting;
  DecisionId decision;
  std::optional<std::int64_t> seen_changes = {};     ///< As its row counted them.
};
BOOST_DESCRIBE_STRUCT(RemoveDecision, (), (meeting, decision, seen_changes))

/// Records an action under an item, or changes one. Result `{action}`. Where `owner` is the name of somebody who holds a seat of the
/// body, alone or with a comma and the seat's title, the action is theirs; else it is a name. `stale_version` as with
/// `write_minutes`.
struct WriteAction {
  static constexpr std::string_view k_name = "meetings.write_action";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 500> text;
  Text<2, 200> owner;
  CalendarDate due;
  std::optional<ActionId> action = {};               ///< Absent: a new one.
  std::optional<std::int64_t> seen_changes = {};     ///< Needed for one that is there.
};
BOOST_DESCRIBE_STRUCT(WriteAction, (), (meeting, item, text, owner, due, action, seen_changes))

/// `stale_version` as with `write_minutes`, where `seen_changes` is given.
struct RemoveAction {
  static constexpr std::string_view k_name = "meetings.remove_action";
  MeetingId meeting;
  ActionId action;
  std::optional<std::int64_t> seen_changes = {};     ///< As its row counted them.
};
BOOST_DESCRIBE_STRUCT(RemoveAction, (), (meeting, action, seen_changes))

/// The members of the body read the minutes from here on, and nothing in them is rewritten. When it happened, and so whether it was
/// late, is the service's to say.
struct CirculateMinutes {
  static constexpr std::string_view k_name = "meetings.circulate_minutes";
  MeetingId meeting;
};
BOOST_DESCRIBE_STRUCT(CirculateMinutes, (), (meeting))

/// By a member, of minutes that are circulated. Result `{correction}`.
struct ProposeCorrection {
  static constexpr std::string_view k_name = "meetings.propose_correction";
  MeetingId meeting;
  AgendaItemId item;
  Prose<2, 1000> text;
};
BOOST_DESCRIBE_STRUCT(ProposeCorrection, (), (meeting, item, text))

/// Accepted with the wording that is to stand in the record, or declined with a reason.
struct AnswerCorrection {
  static constexpr std::string_view k_name = "meetings.answer_correction";
  MeetingId meeting;
  CorrectionId correction;
  CorrectionAnswer answer = CorrectionAnswer::accept;
  std::optional<Prose<0, 1000>> wording = {};
  std::optional<Text<0, 300>> reason = {};
};
BOOST_DESCRIBE_STRUCT(AnswerCorrection, (), (meeting, correction, answer, wording, reason))

/// A later meeting of the same body, begun or over, has approved them with the corrections that were accepted. They are locked, and
/// public but for what concerns items for members.
struct ApproveMinutes {
  static constexpr std::string_view k_name = "meetings.approve_minutes";
  MeetingId meeting;
  MeetingId at;
};
BOOST_DESCRIBE_STRUCT(ApproveMinutes, (), (meeting, at))

using MinutesCommands = boost::mp11::mp_list<WriteMinutes, WriteDecision, RemoveDecision, WriteAction, RemoveAction,
                                             CirculateMinutes, ProposeCorrection, AnswerCorrection, ApproveMinutes>;

// What people see

/// A meeting at which minutes can be approved.
struct ApprovalChoice {
  MeetingId meeting;
  std::string title;
  std::string when;
};
BOOST_DESCRIBE_STRUCT(ApprovalChoice, (), (meeting, title, when))

/// Topic `minutes/<meeting>` (audiences `staff` from the start of the meeting, `member` from circulation, `public` from approval), key
/// `minutes`.
struct MinutesView {
  MeetingId meeting;
  BodyId body;
  std::string body_name;
  std::string title;           ///< Of the meeting.
  std::string when;
  MinutesState state = MinutesState::writing;
  std::string state_label;     ///< "Being written", "Circulated", "Approved"
  bool is_writing = false;
  bool is_circulated = false;
  bool is_approved = false;
  bool may_circulate = false;  ///< The meeting is over, and something is written.
  std::string href;            ///< `/meetings/<id>/minutes`
  // Absent where it is not so.
  std::optional<std::string> circulate_by;      ///< Once the meeting is over, until they are circulated: "Tuesday 3 July 2018".
  std::optional<std::string> circulated;        ///< "2:15pm on 3 July 2018"
  std::optional<bool> is_late;                  ///< Circulated after the latest day.
  std::optional<std::int64_t> open_corrections; ///< Proposed, and not answered yet. To staff.
  std::optional<bool> may_approve;              ///< All are answered, and there is a meeting that can approve them. To staff.
  std::optional<std::vector<ApprovalChoice>> choices;
  std::optional<std::string> approved;          ///< "2:15pm on 3 July 2018"
  std::optional<std::string> approved_at;       ///< The title of the meeting that approved them,
  std::optional<std::string> approved_when;     ///< when it was, and where it is shown.
  std::optional<std::string> approved_href;
  std::optional<bool> has_corrections;          ///< Some were accepted.
  std::optional<bool> has_no_interests;         ///< No interest was declared that the minutes have to say.
};
BOOST_DESCRIBE_STRUCT(MinutesView, (),
                      (meeting, body, body_name, title, when, state, state_label, is_writing, is_circulated, is_approved, may_circulate, href,
                       circulate_by, circulated, is_late, open_corrections, may_approve, choices, approved, approved_at, approved_when,
                       approved_href, has_corrections, has_no_interests))

/// Topic `minutes/<meeting>`, key `item/<item>`: each item of the agenda.
struct MinutesItemView {
  MeetingId meeting;
  AgendaItemId item;
  std::string number;
  std::string title;           ///< Empty when `is_restricted`, as is the text.
  std::string text;
  std::int64_t changes = 0;    ///< How often the text was changed.
  std::string sort;
  // Absent where it is not so.
  std::optional<std::int64_t> depth;
  std::optional<bool> is_members_only;
  std::optional<bool> is_restricted;   ///< For an audience that may know only that the item is there.
  std::optional<bool> is_empty;        ///< Nothing is written of it.
};
BOOST_DESCRIBE_STRUCT(MinutesItemView, (), (meeting, item, number, title, text, changes, sort, depth, is_members_only, is_restricted, is_empty))

/// Topic `minutes/<meeting>`, key `item/<item>/interest/<n>`: what was declared in the item, once the meeting came to it or is over.
struct MinutesInterestView {
  std::int64_t interest_number = 1;   ///< Of the declaration.
  std::string declared_by;            ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::string interest;               ///< The words.
  std::string effect_label;           ///< "Stays for the item", "Withdraws from the item"
  bool is_withdrawing = false;
  std::string sort;
  std::optional<std::string> changed_because;   ///< Why it was changed once the item was reached. Not to the public.
};
BOOST_DESCRIBE_STRUCT(MinutesInterestView, (), (interest_number, declared_by, interest, effect_label, is_withdrawing, sort, changed_because))

/// Topic `minutes/<meeting>`, key `item/<item>/decision/<id>`.
struct MinutesDecisionView {
  DecisionId decision;
  std::string decision_number;   ///< "2018/14"
  std::string decided;           ///< The words.
  std::int64_t decision_changes = 0;
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(MinutesDecisionView, (), (decision, decision_number, decided, decision_changes, sort))

/// Topic `minutes/<meeting>`, key `item/<item>/action/<id>`.
struct MinutesActionView {
  ActionId action;
  std::string todo;              ///< The words.
  std::string owner;             ///< "Ada Lovelace, Chair, Cumbria LEP"
  std::string due;               ///< "Tuesday 3 July 2018"
  std::string due_day;           ///< "2018-07-03"
  std::int64_t action_changes = 0;
  std::string sort;
  // What has become of it, to those who follow it up, from circulation. Absent before, and to the public.
  std::optional<std::string> status_label;   ///< "Open", "Overdue", "Done", "Dropped"
  std::optional<bool> is_overdue;
  std::optional<bool> is_done;
  std::optional<bool> is_dropped;
  std::optional<std::string> followed_href;  ///< `/bodies/<body>/actions/<action>`
};
BOOST_DESCRIBE_STRUCT(MinutesActionView, (),
                      (action, todo, owner, due, due_day, action_changes, sort, status_label, is_overdue, is_done, is_dropped, followed_href))

/// Topic `minutes/<meeting>`, key `item/<item>/correction/<id>`. To the public only those that were accepted, and of those the wording.
struct CorrectionView {
  CorrectionId correction;
  std::string proposed;          ///< What the member wrote. Empty to the public.
  std::string by_name;           ///< "Ada Lovelace, Chair, Cumbria LEP". Empty to the public.
  std::string proposed_on;       ///< "2:15pm on 3 July 2018". Empty to the public.
  std::string sort;
  // Absent where it is not so.
  std::optional<PersonId> by;                ///< Not to the public.
  std::optional<bool> is_open;
  std::optional<bool> is_accepted;
  std::optional<std::string> wording;        ///< As it is to stand in the record.
  std::optional<bool> is_declined;
  std::optional<std::string> declined_reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionView, (),
                      (correction, proposed, by_name, proposed_on, sort, by, is_open, is_accepted, wording, is_declined, declined_reason))

/// Topics `decisions/<body>` (audience `public`: from approval, but for items for members) and `body-decisions/<body>` (audience
/// `member`: from circulation) and their pages, key `decision/<id>`.
struct DecisionView {
  DecisionId decision;
  MeetingId meeting;
  std::string decision_number;
  std::string decided;
  std::string meeting_title;
  std::string when;              ///< The meeting's day: "Tuesday 19 June 2018"
  std::string item_title;
  std::string href;              ///< Where it stands in the minutes.
  std::string sort;              ///< The latest first.
  std::optional<bool> is_members_only;
  std::optional<bool> is_unapproved;   ///< The minutes are not approved yet.
};
BOOST_DESCRIBE_STRUCT(DecisionView, (),
                      (decision, meeting, decision_number, decided, meeting_title, when, item_title, href, sort, is_members_only, is_unapproved))

using MinutesViews = boost::mp11::mp_list<MinutesView, MinutesItemView, MinutesInterestView, MinutesDecisionView, MinutesActionView, CorrectionView,
                                          DecisionView>;

}  // namespace witan::contract::meetings
