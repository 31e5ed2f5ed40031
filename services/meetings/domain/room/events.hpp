#pragma once

#include <optional>

#include "shared/contract/meetings.hpp"

/// What can have happened in the room: who asks to speak, who speaks, and who has withdrawn.
namespace witan::meetings {

/// Behind those who have asked before; a point of order behind other points of order, and before all else.
struct SpeakerAsked {
  static constexpr std::string_view k_type = "speaker_asked";
  SeatId seat;
  Timestamp at;
  std::optional<bool> is_point_of_order = {};
};
BOOST_DESCRIBE_STRUCT(SpeakerAsked, (), (seat, at, is_point_of_order))

/// By whoever asked, by those who run the meeting, or because the person has withdrawn from the item.
struct RequestWithdrawn {
  static constexpr std::string_view k_type = "request_withdrawn";
  SeatId seat;
};
BOOST_DESCRIBE_STRUCT(RequestWithdrawn, (), (seat))

struct RequestMoved {
  static constexpr std::string_view k_type = "request_moved";
  SeatId seat;
  std::int64_t to = 1;  ///< The place in the queue, counted from 1.
};
BOOST_DESCRIBE_STRUCT(RequestMoved, (), (seat, to))

struct FloorGiven {
  static constexpr std::string_view k_type = "floor_given";
  SeatId seat;
  AgendaItemId item;  ///< At which they speak.
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(FloorGiven, (), (seat, item, at))

struct TurnEnded {
  static constexpr std::string_view k_type = "turn_ended";
  SeatId seat;
  AgendaItemId item;
  Timestamp at;
  std::int64_t seconds = 0;  ///< How long they had the floor, without pauses.
};
BOOST_DESCRIBE_STRUCT(TurnEnded, (), (seat, item, at, seconds))

/// The meeting left the item at which these had asked to speak.
struct QueueEmptied {
  static constexpr std::string_view k_type = "queue_emptied";
  AgendaItemId item;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(QueueEmptied, (), (item, at))

/// Whoever holds the seat has an interest in the item, or says otherwise of it than before.
struct InterestDeclared {
  static constexpr std::string_view k_type = "interest_declared";
  AgendaItemId item;
  SeatId seat;
  PersonId person;
  contract::meetings::InterestEffect effect = contract::meetings::InterestEffect::stay;
  Erasable words;
  Timestamp at;
  std::optional<Erasable> reason = {};  ///< Of a change once the item was reached.
};
BOOST_DESCRIBE_STRUCT(InterestDeclared, (), (item, seat, person, effect, words, at, reason))

struct DeclarationWithdrawn {
  static constexpr std::string_view k_type = "declaration_withdrawn";
  AgendaItemId item;
  SeatId seat;
  PersonId person;
  std::optional<Erasable> reason = {};  ///< As there.
};
BOOST_DESCRIBE_STRUCT(DeclarationWithdrawn, (), (item, seat, person, reason))

/// The meeting came to the item, or the interest was declared there: from here on the person takes no part.
struct RecusalBegan {
  static constexpr std::string_view k_type = "recusal_began";
  AgendaItemId item;  ///< In which the interest is.
  SeatId seat;
  PersonId person;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(RecusalBegan, (), (item, seat, person, at))

struct RecusalEnded {
  static constexpr std::string_view k_type = "recusal_ended";
  AgendaItemId item;
  SeatId seat;
  PersonId person;
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(RecusalEnded, (), (item, seat, person, at))

/// What is left of a declaration's texts once a name was taken out of them. Absent: as it was.
struct TextsOfDeclaration {
  AgendaItemId item;
  SeatId seat;
  PersonId person;
  std::optional<Erasable> words;
  std::optional<Erasable> reason;
};
BOOST_DESCRIBE_STRUCT(TextsOfDeclaration, (), (item, seat, person, words, reason))

}  // namespace witan::meetings
