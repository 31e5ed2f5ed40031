#pragma once

#include <set>
#include <vector>

#include "services/meetings/domain/room/events.hpp"
#include "shared/contract/domain.hpp"

/// In the room of a meeting in progress: the queue of those who ask to speak, and who has withdrawn from an item.
namespace witan::meetings {

struct Meeting;

struct SpeakRequest {
  SeatId seat;
  bool is_point_of_order = false;
  Timestamp asked;
};

/// Who a seat stood for at a moment, whoever holds it since.
struct Sitter {
  SeatId seat;
  PersonId person;
  Erasable name;
  std::string title;
};

/// Of whoever has the floor.
struct Turn {
  Sitter sitter;
  bool is_point_of_order = false;
  Timestamp began;
  std::chrono::milliseconds paused{0};  ///< For how long the meeting was paused meanwhile, before now.
};

/// What somebody has spoken at an item, in all.
struct Spoken {
  AgendaItemId item;
  Sitter sitter;
  std::int64_t turns = 0;
  std::chrono::seconds took{0};
};

struct Declaration {
  AgendaItemId item;
  Sitter sitter;
  std::int64_t number = 1;  ///< By which its row is called.
  contract::meetings::InterestEffect effect = contract::meetings::InterestEffect::stay;
  Erasable words;
  Timestamp at;
  std::optional<Erasable> reason;
};

struct Room {
  std::vector<SpeakRequest> waiting;  ///< In their order: points of order first.
  std::optional<Turn> turn;
  std::vector<Spoken> spoken;         ///< In the order in which they spoke first.
  std::vector<Declaration> declarations;
  std::int64_t declared = 0;          ///< How many numbers of declarations were given.
};

void take_note(Meeting& meeting, const SpeakerAsked& e);
void take_note(Meeting& meeting, const RequestWithdrawn& e);
void take_note(Meeting& meeting, const RequestMoved& e);
void take_note(Meeting& meeting, const FloorGiven& e);
void take_note(Meeting& meeting, const TurnEnded& e);
void take_note(Meeting& meeting, const QueueEmptied& e);
void take_note(Meeting& meeting, const InterestDeclared& e);
void take_note(Meeting& meeting, const DeclarationWithdrawn& e);
void take_note(Meeting& meeting, const TextsOfDeclaration& e);

/// Whoever holds the seat; nothing for one that nobody holds.
std::optional<Sitter> sitter_of(const Meeting& meeting, const SeatId& seat);
/// How long the turn has taken at that moment, without pauses.
std::chrono::seconds length_of(const Turn& turn, const Meeting& meeting, Timestamp at);

/// What that person declared on that seat. Whoever takes the seat later has declared nothing yet.
const Declaration* declaration_by(const Meeting& meeting, const AgendaItemId& item, const SeatId& seat, const PersonId& person);
/// Whether the meeting has been at the item, or at one under it.
bool was_reached(const Meeting& meeting, const AgendaItemId& item);
/// Who withdraws from the current item, or from one that it is under.
std::vector<Declaration> recusals_now(const Meeting& meeting);
std::set<PersonId> recused_now(const Meeting& meeting);

/// While somebody has withdrawn: who, and the items whose papers are closed to them. Two who have withdrawn, one from an item and one from an
/// item under it, are shown the same.
struct RecusalsRow {
  std::vector<PersonId> people;
  std::vector<AgendaItemId> items;
};
BOOST_DESCRIBE_STRUCT(RecusalsRow, (), (people, items))
/// Private: key `<meeting>`, value RecusalsRow, of meetings from whose current item somebody has withdrawn.
inline constexpr std::string_view k_recusal_index = "index/recusals";
/// What they see of the meeting: as members do, but for the papers of the item.
inline constexpr std::string_view k_recused = "recused";

/// Writes the index. Whether anything is otherwise than before.
bool note_recusals(const Meeting& meeting, domain::Presenter& presenter);
/// Who has withdrawn from the item, or from one above it, where the meeting is now.
std::vector<PersonId> withdrawn_from(const MeetingId& meeting, const AgendaItemId& item, const domain::Rows& rows);

/// "3 min 5 s"
std::string length_in_words(std::chrono::seconds length);
std::string label(contract::meetings::InterestEffect effect);

/// Topic `room/<meeting>`.
void present_room(const Meeting& meeting, domain::Presenter& presenter);
/// Whether somebody declared an interest in the item, or in one above it.
bool is_declared_at(const Meeting& meeting, const AgendaItemId& item);
/// Their words are erased with their account.
void note_declaration(const InterestDeclared& e, domain::Presenter& presenter);

}  // namespace witan::meetings
