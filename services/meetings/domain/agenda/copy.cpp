#include "services/meetings/domain/agenda/copy.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/agenda/circulation.hpp"
#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

namespace {

/// Itself, or with an item above it. What was only deferred may be meant for this meeting.
bool is_withdrawn(const Agenda& items, std::size_t place) {
  for (std::optional<std::size_t> at = place; at; at = parent_of(items, *at)) {
    if (items[*at].status == wire::ItemStatus::withdrawn) return true;
  }
  return false;
}

std::int64_t items_to_copy(const Agenda& items) {
  std::int64_t count = 0;
  for (std::size_t place = 0; place < items.size(); ++place) count += is_withdrawn(items, place) ? 0 : 1;
  return count;
}

/// The latest of the body's meetings that begin before this moment, but for itself.
std::optional<std::pair<MeetingId, AgendaToCopy>> last_before(const MeetingId& meeting, const BodyId& body, Timestamp starts_at, const domain::Rows& rows) {
  std::optional<std::pair<MeetingId, AgendaToCopy>> last;
  for (const auto& [key, value] : rows.rows(k_agendas_index, k_private_audience, body.str() + "/")) {
    auto noted = codec::decode<AgendaToCopy>(value);
    auto id = MeetingId::from_trusted(key.substr(key.find('/') + 1));
    if (!noted || id == meeting || noted->starts_at >= starts_at) continue;
    if (!last || last->second.starts_at < noted->starts_at) last.emplace(std::move(id), std::move(*noted));
  }
  return last;
}

/// Of one body: each event of a meeting reads them.
constexpr std::size_t k_kept_max = 12;

/// The one that begins first goes where there are more.
void keep_latest(std::string_view index, const BodyId& body, Timestamp (*starts_at)(const json::value& row), domain::Presenter& presenter) {
  const auto all = presenter.rows(index, k_private_audience, body.str() + "/");
  if (all.size() <= k_kept_max) return;
  const auto first = std::ranges::min_element(all, {}, [&](const auto& row) { return starts_at(row.second); });
  presenter.drop(std::string(index), std::string(k_private_audience), first->first);
}

std::string offer_key(const MeetingId& meeting) { return "last_agenda/" + meeting.str(); }

void put_offer(const MeetingId& to, const MeetingId& of, const AgendaToCopy& noted, domain::Presenter& presenter) {
  presenter.put(MeetingAggregate::topic(to.str()), "staff", offer_key(to), wire::LastAgendaView{to, noted.title, uk_time::date(noted.starts_at), "/meetings/" + of.str(), noted.items});
}

/// Looks through all agendas of the body.
void find_offer(const MeetingId& to, const BodyId& body, Timestamp starts_at, domain::Presenter& presenter) {
  if (const auto last = last_before(to, body, starts_at, presenter)) put_offer(to, last->first, last->second, presenter);
  else presenter.drop(MeetingAggregate::topic(to.str()), "staff", offer_key(to));
}

/// What this meeting's agenda, which is otherwise than before, is to a later one that is still empty.
void refresh_offer(const MeetingId& to, Timestamp starts_at, const Meeting& changed, const std::optional<AgendaToCopy>& noted, domain::Presenter& presenter) {
  const auto offered = presenter.row_as<wire::LastAgendaView>(MeetingAggregate::topic(to.str()), "staff", offer_key(to));
  const auto own = "/meetings/" + changed.meeting.str();
  if (offered && offered->href == own) return find_offer(to, changed.body, starts_at, presenter);
  if (!noted || noted->starts_at >= starts_at) return;
  const auto known = offered ? presenter.row_as<AgendaToCopy>(k_agendas_index, k_private_audience, changed.body.str() + offered->href.substr(std::string_view("/meetings").size())) : std::nullopt;
  if (!known || known->starts_at < noted->starts_at) put_offer(to, changed.meeting, *noted, presenter);
}

}  // namespace

std::vector<MeetingEvent> copied_items(const Meeting& before, Copied which, domain::Context& context) {
  std::vector<MeetingEvent> added;
  std::map<AgendaItemId, AgendaItemId> new_ids;
  for (std::size_t place = 0; place < before.items.size(); ++place) {
    const auto& item = before.items[place];
    if (which == Copied::standing ? !item.is_standing : is_withdrawn(before.items, place)) continue;
    const auto above = parent_of(before.items, place);
    const auto under = above ? new_ids.find(before.items[*above].item) : new_ids.end();
    const auto id = new_ids[item.item] = context.new_id<AgendaItemId>();
    const auto lead = item.lead ? context.text(*item.lead) : std::nullopt;
    // The item above, which made it one for members, need not come along.
    const auto circulation = is_for_members(before.items, place) ? wire::Circulation::members : item.circulation;
    AgendaItemAdded event{id, static_cast<std::int64_t>(k_items_max), item.title, item.kind, lead ? std::optional(context.keep(*lead)) : std::nullopt,
                          item.minutes, circulation, under == new_ids.end() ? std::nullopt : std::optional(under->second), item.is_standing ? std::optional(true) : std::nullopt};
    const auto seats = named_seats(before.items, place);
    if (under != new_ids.end()) event.seats = item.seats;  // the rest is named above
    else if (seats) event.seats.emplace(seats->begin(), seats->end());
    added.emplace_back(std::move(event));
  }
  return added;
}

DecidedMeeting decide(const Meeting& meeting, const wire::CopyAgenda&, domain::Context& context) {
  if (auto open = open_to_changes(meeting); !open) return std::unexpected(open.error());
  if (meeting.state != wire::MeetingState::draft) return reject(ErrorCode::not_now, "The agenda is published. Add to it item by item.");
  if (!meeting.items.empty()) return reject(ErrorCode::not_now, "There are items on this agenda already. Only an empty one can begin as that of another meeting.");
  const auto last = last_before(meeting.meeting, meeting.body, meeting.starts_at, context);
  if (!last) return reject(ErrorCode::not_found, "This body has had no meeting with an agenda before this one. Add the first item.");
  auto events = copied_items(context.load<MeetingAggregate>(last->first.str()), Copied::all, context);
  const auto count = std::ssize(events);
  return domain::Decided<MeetingEvent>{std::move(events), {{"from", last->first.str()}, {"items", count}}, {}};
}

void present_agenda_to_copy(const Meeting& after, domain::Presenter& presenter) {
  const auto key = after.body.str() + "/" + after.meeting.str();
  const auto count = items_to_copy(after.items);
  const auto noted = count > 0 && !after.is_cancelled() ? std::optional(AgendaToCopy{after.starts_at, after.title, count}) : std::nullopt;
  const auto before = presenter.row(k_agendas_index, k_private_audience, key);
  const auto now = noted ? std::optional(codec::encode(*noted)) : std::nullopt;
  if (now) {
    presenter.put_private(std::string(k_agendas_index), key, *now);
    keep_latest(k_agendas_index, after.body, [](const auto& row) { return codec::decode<AgendaToCopy>(row).value().starts_at; }, presenter);
  } else {
    presenter.drop(std::string(k_agendas_index), std::string(k_private_audience), key);
  }
  const bool is_empty = after.items.empty() && after.state == wire::MeetingState::draft && !after.is_cancelled();
  if (is_empty) {
    presenter.put_private(std::string(k_empty_agendas_index), key, codec::encode(after.starts_at));
    keep_latest(k_empty_agendas_index, after.body, [](const auto& row) { return codec::decode<Timestamp>(row).value(); }, presenter);
    find_offer(after.meeting, after.body, after.starts_at, presenter);
  } else {
    presenter.drop(std::string(k_empty_agendas_index), std::string(k_private_audience), key);
    presenter.drop(MeetingAggregate::topic(after.meeting.str()), "staff", offer_key(after.meeting));
  }
  if (before == now) return;
  const auto kept = presenter.row_as<AgendaToCopy>(k_agendas_index, k_private_audience, key);  // what is not among the latest is not offered: nor would it be copied
  for (const auto& [empty, value] : presenter.rows(k_empty_agendas_index, k_private_audience, after.body.str() + "/")) {
    const auto to = MeetingId::from_trusted(empty.substr(empty.find('/') + 1));
    const auto starts_at = codec::decode<Timestamp>(value);
    if (to != after.meeting && starts_at) refresh_offer(to, *starts_at, after, kept, presenter);
  }
}

}  // namespace witan::meetings
