#include "services/meetings/domain/agenda/circulation.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/changes.hpp"
#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/papers/readership.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

namespace {

using Decided = domain::Decided<MeetingEvent>;

/// In each row of the topic, which stays within its snapshot; those that are named come in any case.
constexpr std::size_t k_choices_max = 100;

std::string topic_of(const Meeting& meeting) { return "circulation/" + meeting.meeting.str(); }

std::unexpected<Rejection> stale(const AgendaItem& item, std::string why = "Somebody else changed this item meanwhile. Look at it as it stands now, then send yours again if it is right.") {
  return std::unexpected(Rejection{ErrorCode::stale_version, std::move(why), {}, {{"changes", item.changes}}});
}

/// Those that are named are on the meeting's list, and somebody sits on them; one that is named already may be vacant by now.
Result<std::vector<SeatId>> chosen(const Meeting& meeting, const AgendaItem& item, const wire::NameSeats& command) {
  const std::set<SeatId> seats(command.seats.begin(), command.seats.end());
  if (seats.empty()) return reject_field("/seats", ErrorCode::missing_field, "Choose at least one seat, or open the papers to all members.");
  for (const auto& seat : seats) {
    const auto found = meeting.attendance.find(seat);
    const bool is_held = found != meeting.attendance.end() && !found->second.is_vacant;
    const bool is_named = item.seats && std::ranges::count(*item.seats, seat) > 0;
    if (!is_held && !is_named) return reject_field("/seats", ErrorCode::not_found, "Nobody holds one of these seats any more. Choose again.");
  }
  return std::vector<SeatId>(seats.begin(), seats.end());
}

struct Named {
  std::size_t items = 0;
  std::set<SeatId> seats;
};
Named named_on(const Agenda& items) {
  Named named;
  for (const auto& item : items) {
    if (!item.seats) continue;
    ++named.items;
    named.seats.insert(item.seats->begin(), item.seats->end());
  }
  return named;
}

/// The seats of the list that somebody holds, in the order of the list of attendance, and those that are named and vacant.
std::vector<wire::SeatChoice> choices(const Meeting& meeting, const std::vector<SeatId>& named, const domain::Rows& rows) {
  std::vector<const Attendee*> held;
  for (const auto& [seat, attendee] : meeting.attendance) {
    if (!attendee.is_vacant) held.push_back(&attendee);
  }
  std::ranges::sort(held, {}, [](const Attendee* one) { return std::tie(one->seat.role, one->seat.title, one->seat.seat); });
  std::vector<wire::SeatChoice> all;
  std::set<SeatId> vacant(named.begin(), named.end());
  for (const auto* one : held) {
    const bool is_named = vacant.erase(one->seat.seat) > 0;
    if (!is_named && all.size() >= k_choices_max) continue;
    all.push_back({one->seat.seat, one->seat.title, rows.text(one->seat.name).value_or(domain::k_name_removed), is_named ? std::optional(true) : std::nullopt});
  }
  for (const auto& seat : vacant) {
    const auto listed = meeting.attendance.find(seat);
    all.push_back({seat, listed == meeting.attendance.end() ? "A seat" : listed->second.seat.title, "vacant", true});
  }
  return all;
}

std::string in_words(const std::vector<wire::SeatChoice>& seats) {
  std::string words;
  for (const auto& seat : seats) {
    if (seat.is_named) words += fmt::format("{}{} ({})", words.empty() ? "" : "; ", seat.title, seat.name);
  }
  return words;
}

bool may_change_circulation(const MeetingEvent& event) {
  return std::visit(domain::overloaded{
                        [](const MeetingScheduled&) { return true; }, [](const MeetingRescheduled&) { return true; }, [](const AgendaItemAdded&) { return true; },
                        [](const AgendaItemEdited&) { return true; }, [](const AgendaItemMoved&) { return true; }, [](const AgendaItemNested&) { return true; },
                        [](const AgendaItemRemoved&) { return true; }, [](const SeatsNamed&) { return true; }, [](const SeatsListed&) { return true; },
                        [](const SeatUnlisted&) { return true; }, [](const AttendeeForgotten&) { return true; }, [](const auto&) { return false; }},
                    event);
}

}  // namespace

std::optional<std::set<SeatId>> named_seats(const Agenda& items, std::size_t place) {
  const auto above = parent_of(items, place);
  auto named = above ? named_seats(items, *above) : std::nullopt;
  const auto& own = items[place].seats;
  if (!own) return named;
  std::set<SeatId> seats(own->begin(), own->end());
  if (named) std::erase_if(seats, [&](const SeatId& seat) { return !named->contains(seat); });
  return seats;
}

Result<void> names_no_more_than_it_may(const Agenda& before, const Agenda& after) {
  const auto was = named_on(before), is = named_on(after);
  if (is.items > k_named_items_max && is.items > was.items) {
    return reject(ErrorCode::too_large, fmt::format("The papers of at most {} items of an agenda go to named seats. Put such items under one, and name the seats there.", k_named_items_max));
  }
  if (is.seats.size() > k_named_seats_max && is.seats.size() > was.seats.size()) {
    return reject_field("/seats", ErrorCode::too_large, fmt::format("At most {} seats are named on one agenda. Open the item to all members, or name fewer.", k_named_seats_max));
  }
  return {};
}

DecidedMeeting decide(const Meeting& meeting, const wire::NameSeats& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return reject_field("/item", ErrorCode::not_found, "This item is no longer on the agenda.");
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  auto items = meeting.items;
  auto& item = items[*place];
  if (item.from || item.to) {
    return reject(ErrorCode::not_now, "This item was forwarded from or to another meeting, where its papers would stay open. Withdraw them there and here, and add it anew.");
  }
  auto seats = chosen(meeting, item, command);
  if (!seats) return std::unexpected(seats.error());
  if (item.seats == *seats) return Decided{};
  if (command.seen_changes && *command.seen_changes != item.changes) return stale(item);
  // Whoever does not say how the item stood did not see which seats are named there.
  if (!command.seen_changes && item.seats) return stale(item, "Seats are named at this item already, and they stay. Change them where they are listed.");
  item.seats = *seats;
  if (auto fine = names_no_more_than_it_may(meeting.items, items); !fine) return std::unexpected(fine.error());
  return with_changes(meeting, Decided{{SeatsNamed{command.item, std::move(*seats)}}, {}, {}}, context);
}

DecidedMeeting decide(const Meeting& meeting, const wire::OpenToMembers& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return reject_field("/item", ErrorCode::not_found, "This item is no longer on the agenda.");
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  const auto& item = meeting.items[*place];
  if (!item.seats) return reject(ErrorCode::already_done, "No seats are named at this item.");
  if (command.seen_changes && *command.seen_changes != item.changes) return stale(item);
  return with_changes(meeting, Decided{{SeatsNamed{command.item, {}}}, {}, {}}, context);
}

bool note_named(const Meeting& meeting, domain::Presenter& presenter) {
  std::vector<NamedReaders> all;
  for (std::size_t place = 0; place < meeting.items.size(); ++place) {
    const auto seats = named_seats(meeting.items, place);
    if (!seats) continue;
    std::set<PersonId> people;
    for (const auto& seat : *seats) {
      const auto found = meeting.attendance.find(seat);
      if (found != meeting.attendance.end() && !found->second.is_vacant) people.insert(found->second.seat.person);
    }
    all.push_back({meeting.items[place].item, {people.begin(), people.end()}});
  }
  const auto key = meeting.meeting.str();
  const auto before = presenter.row(k_named_index, k_private_audience, key);
  if (all.empty()) {
    if (before) presenter.drop(std::string(k_named_index), std::string(k_private_audience), key);
    return before.has_value();
  }
  const auto value = codec::encode(all);
  presenter.put_private(std::string(k_named_index), key, value);
  return !before || *before != value;
}

void present_circulation(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter) {
  if (!may_change_circulation(event)) return;
  const auto own = topic_of(meeting);
  presenter.access(own, {{"staff", Who::roles, {}, meeting.body.str(), staff_roles()}, {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}});
  presenter.put(own, "staff", "circulation", wire::CirculationView{meeting.meeting, meeting.title, choices(meeting, {}, presenter)});
  const auto numbers = numbers_of(meeting.items);
  std::set<std::string> written;
  for (std::size_t place = 0; place < meeting.items.size(); ++place) {
    const auto& item = meeting.items[place];
    if (!item.seats) continue;
    auto seats = choices(meeting, *item.seats, presenter);
    const auto words = in_words(seats);
    const auto key = "named/" + item.item.str();
    presenter.put(own, "staff", key, wire::NamedItemView{meeting.meeting, item.item, numbers[place], item.title, item.changes, std::move(seats), words, fmt::format("{:03}", place + 1)});
    written.insert(key);
  }
  for (const auto& [key, row] : presenter.rows(own, "staff", "named/")) {
    if (!written.contains(key)) presenter.drop(own, "staff", key);
  }
}

}  // namespace witan::meetings
