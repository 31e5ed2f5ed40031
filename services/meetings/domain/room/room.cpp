#include "services/meetings/domain/room/room.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"

namespace witan::meetings {

namespace {

auto request_of(Room& room, const SeatId& seat) { return std::ranges::find(room.waiting, seat, &SpeakRequest::seat); }

/// The place behind the last request that comes before one of this kind.
auto end_of_kind(Room& room, bool is_point_of_order) {
  return is_point_of_order ? std::ranges::find(room.waiting, false, &SpeakRequest::is_point_of_order) : room.waiting.end();
}

auto declaration_in(auto& room, const AgendaItemId& item, const SeatId& seat, const PersonId& person) {
  return std::ranges::find_if(room.declarations,
                              [&](const Declaration& one) { return one.item == item && one.sitter.seat == seat && one.sitter.person == person; });
}

/// The item itself, or one above it.
bool is_at_or_under(const Agenda& items, std::size_t place, const AgendaItemId& item) {
  if (items[place].item == item) return true;
  const auto above = parent_of(items, place);
  return above && is_at_or_under(items, *above, item);
}

}  // namespace

std::optional<Sitter> sitter_of(const Meeting& meeting, const SeatId& seat) {
  const auto found = meeting.attendance.find(seat);
  if (found == meeting.attendance.end() || found->second.is_vacant) return std::nullopt;
  const auto& held = found->second.seat;
  return Sitter{seat, held.person, held.name, held.title};
}

void take_note(Meeting& meeting, const SpeakerAsked& e) {
  auto& room = meeting.room;
  const auto sitter = sitter_of(meeting, e.seat);
  if (!sitter) return;
  // Nobody stands there twice, on whichever of their seats.
  std::erase_if(room.waiting, [&](const SpeakRequest& request) {
    const auto other = sitter_of(meeting, request.seat);
    return other && other->person == sitter->person;
  });
  const bool is_point = e.is_point_of_order.value_or(false);
  room.waiting.insert(end_of_kind(room, is_point), {e.seat, is_point, e.at});
}

void take_note(Meeting& meeting, const RequestWithdrawn& e) {
  std::erase_if(meeting.room.waiting, [&](const SpeakRequest& request) { return request.seat == e.seat; });
}

void take_note(Meeting& meeting, const RequestMoved& e) {
  auto& waiting = meeting.room.waiting;
  const auto found = request_of(meeting.room, e.seat);
  if (found == waiting.end()) return;
  const auto request = *found;
  waiting.erase(found);
  const auto points = std::ranges::count(waiting, true, &SpeakRequest::is_point_of_order);
  const auto to = request.is_point_of_order ? std::clamp<std::int64_t>(e.to - 1, 0, points) : std::clamp<std::int64_t>(e.to - 1, points, std::ssize(waiting));
  waiting.insert(waiting.begin() + to, request);
}

void take_note(Meeting& meeting, const FloorGiven& e) {
  auto& room = meeting.room;
  const auto found = request_of(room, e.seat);
  const auto sitter = sitter_of(meeting, e.seat);
  if (!sitter) return;
  room.turn = Turn{*sitter, found != room.waiting.end() && found->is_point_of_order, e.at};
  if (found != room.waiting.end()) room.waiting.erase(found);
}

void take_note(Meeting& meeting, const TurnEnded& e) {
  auto& room = meeting.room;
  if (!room.turn) return;
  const auto& sitter = room.turn->sitter;
  auto found = std::ranges::find_if(room.spoken, [&](const Spoken& one) {
    return one.item == e.item && one.sitter.seat == sitter.seat && one.sitter.person == sitter.person;
  });
  if (found == room.spoken.end()) found = room.spoken.insert(found, Spoken{e.item, sitter, 0, {}});
  ++found->turns;
  found->took += std::chrono::seconds(e.seconds);
  room.turn.reset();
}

void take_note(Meeting& meeting, const QueueEmptied&) { meeting.room.waiting.clear(); }

void take_note(Meeting& meeting, const InterestDeclared& e) {
  auto& room = meeting.room;
  const auto sitter = sitter_of(meeting, e.seat);
  const auto found = declaration_in(room, e.item, e.seat, e.person);
  const auto number = found == room.declarations.end() ? ++room.declared : found->number;
  const auto who = sitter && sitter->person == e.person ? *sitter : found != room.declarations.end() ? found->sitter : Sitter{e.seat, e.person, {}, {}};
  Declaration declaration{e.item, who, number, e.effect, e.words, e.at, e.reason};
  if (found == room.declarations.end()) room.declarations.push_back(std::move(declaration));
  else *found = std::move(declaration);
}

void take_note(Meeting& meeting, const DeclarationWithdrawn& e) {
  auto& room = meeting.room;
  const auto found = declaration_in(room, e.item, e.seat, e.person);
  if (found != room.declarations.end()) room.declarations.erase(found);
}

void take_note(Meeting& meeting, const TextsOfDeclaration& e) {
  const auto found = declaration_in(meeting.room, e.item, e.seat, e.person);
  if (found == meeting.room.declarations.end()) return;
  if (e.words) found->words = *e.words;
  if (e.reason) found->reason = e.reason;
}

std::chrono::seconds length_of(const Turn& turn, const Meeting& meeting, Timestamp at) {
  const auto until = meeting.paused_at.value_or(at);
  return std::max(std::chrono::seconds(0), std::chrono::floor<std::chrono::seconds>(until - turn.began - turn.paused));
}

const Declaration* declaration_by(const Meeting& meeting, const AgendaItemId& item, const SeatId& seat, const PersonId& person) {
  const auto found = declaration_in(meeting.room, item, seat, person);
  return found == meeting.room.declarations.end() ? nullptr : &*found;
}

bool was_reached(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  if (!place) return false;
  const auto& items = meeting.items;
  for (auto under = *place; under < end_of(items, *place); ++under) {
    if (items[under].reached_at || meeting.now == items[under].item) return true;
  }
  return false;
}

bool is_declared_at(const Meeting& meeting, const AgendaItemId& item) {
  const auto place = place_of(meeting, item);
  return place && std::ranges::any_of(meeting.room.declarations, [&](const Declaration& one) { return is_at_or_under(meeting.items, *place, one.item); });
}

std::vector<Declaration> recusals_now(const Meeting& meeting) {
  std::vector<Declaration> recusals;
  const auto now = meeting.is_started() ? place_of(meeting, meeting.now) : std::nullopt;
  if (!now) return recusals;
  const auto is_there = [&](const Declaration& one) {
    return std::ranges::any_of(recusals, [&](const Declaration& other) { return other.item == one.item && other.sitter.person == one.sitter.person; });
  };
  for (const auto& one : meeting.room.declarations) {
    const bool is_about_now = one.effect == contract::meetings::InterestEffect::withdraw && is_at_or_under(meeting.items, *now, one.item);
    if (is_about_now && !is_there(one)) recusals.push_back(one);
  }
  return recusals;
}

std::set<PersonId> recused_now(const Meeting& meeting) {
  std::set<PersonId> people;
  for (const auto& one : recusals_now(meeting)) people.insert(one.sitter.person);
  return people;
}

std::string length_in_words(std::chrono::seconds length) {
  const auto minutes = length.count() / 60, seconds = length.count() % 60;
  if (minutes == 0) return fmt::format("{} s", seconds);
  return seconds == 0 ? fmt::format("{} min", minutes) : fmt::format("{} min {} s", minutes, seconds);
}

std::string label(contract::meetings::InterestEffect effect) {
  return effect == contract::meetings::InterestEffect::withdraw ? "Withdraws from the item" : "Stays for the item";
}

}  // namespace witan::meetings
