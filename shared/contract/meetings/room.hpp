#pragma once

#include "shared/contract/access.hpp"

/// Speakers and declarations of interest while a meeting runs.
namespace witan::contract::meetings {

/// What follows from an interest in an item: who declares it stays, or withdraws while the meeting is at the item.
BOOST_DEFINE_ENUM_CLASS(InterestEffect, stay, withdraw)

// Commands

/// For one's own seat, or by those who run the meeting for any. A point of order comes before ordinary requests. Who is waiting already, or
/// has the floor, stays where they are.
struct AskToSpeak {
  static constexpr std::string_view k_name = "meetings.ask_to_speak";
  MeetingId meeting;
  SeatId seat;
  std::optional<bool> is_point_of_order = {};
};
BOOST_DESCRIBE_STRUCT(AskToSpeak, (), (meeting, seat, is_point_of_order))

/// Takes the seat off the queue: one's own, or by those who run the meeting any.
struct WithdrawRequest {
  static constexpr std::string_view k_name = "meetings.withdraw_request";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(WithdrawRequest, (), (meeting, seat))

/// By steps within the queue (-1 is one up), among requests of its own kind.
struct MoveRequest {
  static constexpr std::string_view k_name = "meetings.move_request";
  MeetingId meeting;
  SeatId seat;
  Whole<-200, 200> by;
};
BOOST_DESCRIBE_STRUCT(MoveRequest, (), (meeting, seat, by))

/// To somebody who waits. Ends the turn of whoever has it.
struct GiveFloor {
  static constexpr std::string_view k_name = "meetings.give_floor";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(GiveFloor, (), (meeting, seat))

/// Names whose turn, so that nobody else's is ended by a page that was behind.
struct EndTurn {
  static constexpr std::string_view k_name = "meetings.end_turn";
  MeetingId meeting;
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(EndTurn, (), (meeting, seat))

/// An interest of whoever holds the seat in an item, declared or changed: by themselves, or by the secretary for them. Once the item was
/// reached, a change is the secretary's, with a reason.
struct DeclareAtItem {
  static constexpr std::string_view k_name = "meetings.declare_at_item";
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  InterestEffect effect = InterestEffect::stay;
  Text<2, 300> words;
  std::optional<Text<0, 200>> reason = {};
};
BOOST_DESCRIBE_STRUCT(DeclareAtItem, (), (meeting, item, seat, effect, words, reason))

/// As changing it.
struct WithdrawDeclaration {
  static constexpr std::string_view k_name = "meetings.withdraw_declaration";
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  std::optional<Text<0, 200>> reason = {};
};
BOOST_DESCRIBE_STRUCT(WithdrawDeclaration, (), (meeting, item, seat, reason))

using RoomCommands = boost::mp11::mp_list<AskToSpeak, WithdrawRequest, MoveRequest, GiveFloor, EndTurn, DeclareAtItem,
                                          WithdrawDeclaration>;

// What people see

/// Topic `room/<meeting>` (audiences as those of `attendance/<meeting>`), key `room`: who has the floor. While the meeting is at an item for
/// members, the public is told of nobody.
struct RoomView {
  MeetingId meeting;
  bool is_started = false;
  bool is_paused = false;
  bool is_behind_doors = false;      ///< To the public: the current item is for members.
  std::int64_t waiting = 0;          ///< How many ask to speak.
  bool has_waiting = false;
  bool has_speaker = false;
  // Of whoever has the floor; absent where nobody has.
  std::optional<SeatId> seat;
  std::optional<PersonId> by;        ///< Not to the public.
  std::optional<std::string> name;
  std::optional<std::string> title;
  std::optional<bool> is_point_of_order;
  std::optional<std::string> since;       ///< "2:20pm"
  std::optional<Timestamp> counted_from;  ///< When the turn would have begun had no pause been in it. Absent in a pause:
  std::optional<std::string> took;        ///< then how long it has taken, "1 min 20 s".
};
BOOST_DESCRIBE_STRUCT(RoomView, (),
                      (meeting, is_started, is_paused, is_behind_doors, waiting, has_waiting, has_speaker, seat, by, name, title, is_point_of_order, since, counted_from, took))

/// Topic `room/<meeting>`, key `request/<seat>`: somebody who asks to speak.
struct RequestView {
  MeetingId meeting;
  SeatId seat;
  std::string name;
  std::string title;
  std::optional<PersonId> by;        ///< Not to the public.
  std::int64_t number = 1;           ///< The place in the queue.
  bool is_point_of_order = false;
  bool is_first = false;             ///< Of its kind.
  bool is_last = false;
  std::string asked;                 ///< "2:20pm"
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(RequestView, (), (meeting, seat, name, title, by, number, is_point_of_order, is_first, is_last, asked, sort))

/// Topic `room/<meeting>`, key `spoken/<number>`: what somebody has spoken at an item.
struct SpokenView {
  AgendaItemId item;
  std::string item_number;
  std::string item_title;
  std::string name;
  std::string title;                 ///< Of the seat.
  std::int64_t turns = 1;
  bool is_once = false;
  std::string took;                  ///< "3 min 5 s", in all.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(SpokenView, (), (item, item_number, item_title, name, title, turns, is_once, took, sort))

/// Topic `room/<meeting>`, key `declaration/<number>`: an interest in an item. To the public not of an item for members.
struct DeclarationView {
  MeetingId meeting;
  AgendaItemId item;
  SeatId seat;
  std::int64_t number = 1;           ///< Of the declaration.
  std::string item_number;
  std::string item_title;
  std::string name;
  std::string title;                 ///< Of the seat.
  std::optional<PersonId> by;        ///< Whose it is. Not to the public.
  std::string words;
  InterestEffect effect = InterestEffect::stay;
  std::string effect_label;          ///< "Stays for the item", "Withdraws from the item"
  bool is_withdrawing = false;
  bool is_away = false;              ///< Has withdrawn: the meeting is at the item now.
  bool is_reached = false;           ///< Only the secretary changes it, with a reason.
  std::string declared;              ///< "2:15pm on 19 June 2018"
  std::optional<std::string> reason; ///< Why it was changed once the item was reached. Not to the public.
  std::string sort;
};
BOOST_DESCRIBE_STRUCT(DeclarationView, (),
                      (meeting, item, seat, number, item_number, item_title, name, title, by, words, effect, effect_label, is_withdrawing, is_away, is_reached, declared, reason, sort))

/// Topic `declared/<person>` (audience `self`; and `public`, as far as everybody sees the declaration at its meeting), key
/// `declared/<meeting>-<n>`: what the person declared at meetings, beside their register. The latest hundred.
struct DeclaredView {
  MeetingId meeting;
  std::string meeting_title;
  std::string when;                  ///< Of the meeting.
  std::string item_number;
  std::string item_title;
  std::string words;
  std::string effect_label;
  bool is_withdrawing = false;
  std::string declared;              ///< "2:15pm on 19 June 2018"
  std::string href;                  ///< Where it stands.
  std::string sort;                  ///< The latest first.
};
BOOST_DESCRIBE_STRUCT(DeclaredView, (), (meeting, meeting_title, when, item_number, item_title, words, effect_label, is_withdrawing, declared, href, sort))

using RoomViews = boost::mp11::mp_list<RoomView, RequestView, SpokenView, DeclarationView, DeclaredView>;

}  // namespace witan::contract::meetings
