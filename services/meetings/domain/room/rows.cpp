#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

/// With more, the topic would outgrow its snapshot. The log has all of them.
constexpr std::size_t k_spoken_shown = 200;

std::string topic_of(const Meeting& meeting) { return "room/" + meeting.meeting.str(); }

std::string name_of(const Erasable& name, const domain::Rows& rows) { return rows.text(name).value_or(domain::k_name_removed); }

/// Puts rows, and drops those of before that were not put again.
class RoomRows {
 public:
  RoomRows(const Meeting& meeting, std::string audience, domain::Presenter& presenter)
      : meeting_(meeting), audience_(std::move(audience)), presenter_(presenter), numbers_(numbers_of(meeting.items)) {}

  void write() {
    put("room", room());
    for (std::size_t n = 0; n < meeting_.room.waiting.size() && !is_behind_doors(); ++n) add_request(n);
    const auto& spoken = meeting_.room.spoken;
    for (auto n = spoken.size() > k_spoken_shown ? spoken.size() - k_spoken_shown : 0; n < spoken.size(); ++n) add_spoken(spoken[n], n);
    const auto away = recused_now(meeting_);
    for (const auto& one : meeting_.room.declarations) add_declaration(one, away);
    for (const auto& [key, row] : presenter_.rows(topic_of(meeting_), audience_, "")) {
      if (!written_.contains(key)) presenter_.drop(topic_of(meeting_), audience_, key);
    }
  }

 private:
  template <class View>
  void put(const std::string& key, const View& view) {
    presenter_.put(topic_of(meeting_), audience_, key, view);
    written_.insert(key);
  }

  bool is_public() const { return audience_ == "public"; }
  /// Where the item stands, for an audience that may know what it is about.
  std::optional<std::size_t> shown_place(const AgendaItemId& item) const {
    const auto place = place_of(meeting_, item);
    return place && is_public() && is_for_members(meeting_.items, *place) ? std::nullopt : place;
  }
  bool is_behind_doors() const { return meeting_.is_started() && is_public() && !shown_place(meeting_.now); }

  std::string clock(Timestamp moment) const { return uk_time::time_of_day(on_its_clock(meeting_, moment)); }

  wire::RoomView room() const {
    wire::RoomView view;
    view.meeting = meeting_.meeting;
    view.is_started = meeting_.is_started();
    view.is_paused = meeting_.is_paused();
    view.is_behind_doors = is_behind_doors();
    if (view.is_behind_doors) return view;
    view.waiting = std::ssize(meeting_.room.waiting);
    view.has_waiting = view.waiting > 0;
    if (meeting_.room.turn) add_turn(view, *meeting_.room.turn);
    return view;
  }

  void add_turn(wire::RoomView& view, const Turn& turn) const {
    view.has_speaker = true;
    view.seat = turn.sitter.seat;
    if (!is_public()) view.by = turn.sitter.person;
    view.name = name_of(turn.sitter.name, presenter_);
    view.title = turn.sitter.title;
    if (turn.is_point_of_order) view.is_point_of_order = true;
    view.since = clock(turn.began);
    if (meeting_.paused_at) view.took = length_in_words(length_of(turn, meeting_, *meeting_.paused_at));
    else view.counted_from = turn.began + turn.paused;
  }

  void add_request(std::size_t n) {
    const auto& waiting = meeting_.room.waiting;
    const auto& request = waiting[n];
    const auto sitter = sitter_of(meeting_, request.seat);
    if (!sitter) return;
    const auto is_other_kind = [&](std::size_t other) { return other >= waiting.size() || waiting[other].is_point_of_order != request.is_point_of_order; };
    wire::RequestView view;
    view.meeting = meeting_.meeting;
    view.seat = request.seat;
    view.name = name_of(sitter->name, presenter_);
    view.title = sitter->title;
    if (!is_public()) view.by = sitter->person;
    view.number = static_cast<std::int64_t>(n) + 1;
    view.is_point_of_order = request.is_point_of_order;
    view.is_first = n == 0 || is_other_kind(n - 1);
    view.is_last = is_other_kind(n + 1);
    view.asked = clock(request.asked);
    view.sort = fmt::format("{:03}", n + 1);
    put("request/" + request.seat.str(), view);
  }

  void add_spoken(const Spoken& spoken, std::size_t n) {
    const auto place = shown_place(spoken.item);
    if (!place) return;
    wire::SpokenView view;
    view.item = spoken.item;
    view.item_number = numbers_[*place];
    view.item_title = meeting_.items[*place].title;
    view.name = name_of(spoken.sitter.name, presenter_);
    view.title = spoken.sitter.title;
    view.turns = spoken.turns;
    view.is_once = spoken.turns == 1;
    view.took = length_in_words(spoken.took);
    view.sort = fmt::format("{:03} {:05}", *place + 1, n);
    put(fmt::format("spoken/{}", n + 1), view);
  }

  void add_declaration(const Declaration& declaration, const std::set<PersonId>& away) {
    const auto place = shown_place(declaration.item);
    if (!place) return;
    const auto text = [&](const Erasable& words) { return presenter_.text(words).value_or(domain::k_text_removed); };
    const auto now = meeting_.is_started() ? place_of(meeting_, meeting_.now) : std::nullopt;
    wire::DeclarationView view;
    view.meeting = meeting_.meeting;
    view.item = declaration.item;
    view.seat = declaration.sitter.seat;
    view.number = declaration.number;
    view.item_number = numbers_[*place];
    view.item_title = meeting_.items[*place].title;
    view.name = name_of(declaration.sitter.name, presenter_);
    view.title = declaration.sitter.title;
    if (!is_public()) view.by = declaration.sitter.person;
    view.words = text(declaration.words);
    view.effect = declaration.effect;
    view.effect_label = label(declaration.effect);
    view.is_withdrawing = declaration.effect == wire::InterestEffect::withdraw;
    view.is_away = view.is_withdrawing && now && away.contains(declaration.sitter.person) && *now >= *place && *now < end_of(meeting_.items, *place);
    view.is_reached = meeting_.is_closed() || was_reached(meeting_, declaration.item);
    view.declared = uk_time::date_and_time(declaration.at);
    if (!is_public() && declaration.reason) view.reason = text(*declaration.reason);
    view.sort = fmt::format("{:03} {:05}", *place + 1, declaration.number);
    put(fmt::format("declaration/{}", declaration.number), view);
  }

  const Meeting& meeting_;
  std::string audience_;
  domain::Presenter& presenter_;
  std::vector<std::string> numbers_;
  std::set<std::string> written_;
};

}  // namespace

void present_room(const Meeting& meeting, domain::Presenter& presenter) {
  presenter.access(topic_of(meeting), access_to_list(meeting));
  for (const auto& audience : audiences_of_list(meeting)) RoomRows(meeting, audience, presenter).write();
}

void note_declaration(const InterestDeclared& e, domain::Presenter& presenter) {
  domain::note_personal(e.person, e.words, presenter);
}

bool note_recusals(const Meeting& meeting, domain::Presenter& presenter) {
  RecusalsRow row;
  std::set<PersonId> people;
  std::set<AgendaItemId> closed;
  for (const auto& one : recusals_now(meeting)) {
    people.insert(one.sitter.person);
    const auto place = *place_of(meeting, one.item);
    for (auto under = place; under < end_of(meeting.items, place); ++under) closed.insert(meeting.items[under].item);
  }
  row.people.assign(people.begin(), people.end());
  row.items.assign(closed.begin(), closed.end());
  const auto key = meeting.meeting.str();
  const auto before = presenter.row(k_recusal_index, k_private_audience, key);
  if (people.empty()) {
    if (before) presenter.drop(std::string(k_recusal_index), std::string(k_private_audience), key);
    return before.has_value();
  }
  const auto value = codec::encode(row);
  presenter.put_private(std::string(k_recusal_index), key, value);
  return !before || *before != value;
}

std::vector<PersonId> withdrawn_from(const MeetingId& meeting, const AgendaItemId& item, const domain::Rows& rows) {
  const auto row = rows.row_as<RecusalsRow>(k_recusal_index, k_private_audience, meeting.str());
  return row && std::ranges::count(row->items, item) > 0 ? row->people : std::vector<PersonId>();
}

}  // namespace witan::meetings
