#include "services/meetings/domain/agenda/forward.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "services/meetings/domain/agenda/agenda.hpp"
#include "services/meetings/domain/agenda/circulation.hpp"
#include "services/meetings/domain/decide.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/papers/readership.hpp"
#include "shared/base/uk_time.hpp"

namespace witan::meetings {

namespace {

std::string key_of(const MeetingId& meeting, const AgendaItemId& item) { return meeting.str() + "/" + item.str(); }

Result<void> can_take(const Meeting& target, const MeetingId& meeting, const AgendaItemId& item) {
  if (target.is_closed()) return reject_field("/to", ErrorCode::invalid_value, "This meeting is over. Choose a later one.");
  if (target.is_cancelled()) return reject_field("/to", ErrorCode::invalid_value, "This meeting was cancelled. Choose another.");
  const bool is_there = std::ranges::any_of(target.items, [&](const AgendaItem& one) { return one.from && one.from->meeting == meeting && one.from->item == item; });
  return is_there ? reject(ErrorCode::already_done, "This item was forwarded to that meeting already.") : Result<void>();
}

/// As the item is now, for the end of the other agenda.
wire::AddAgendaItem as_new(const Meeting& meeting, std::size_t place, const MeetingId& to, const domain::Context& context) {
  const auto& item = meeting.items[place];
  // An item above, which made it one for members, does not come along.
  const auto circulation = is_for_members(meeting.items, place) ? wire::Circulation::members : item.circulation;
  wire::AddAgendaItem add{to, {item.title}, item.kind, {}, {item.minutes}, circulation, {}};
  const auto lead = item.lead ? context.text(*item.lead) : std::nullopt;
  if (lead) add.lead = {{*lead}};
  return add;
}

std::optional<ItemElsewhere> noted(const std::string& key, const domain::Rows& rows) { return rows.row_as<ItemElsewhere>(k_forwarded_index, k_private_audience, key); }

/// An item may have gone to several meetings, and says where it went last.
bool went_last_to(const ItemElsewhere& item, const ItemElsewhere& there, const domain::Rows& rows) {
  const auto last = noted("to/" + key_of(item.meeting, item.item), rows);
  return last && last->meeting == there.meeting && last->item == there.item;
}

/// What the row at the other end says of this one.
void put_link(const ItemElsewhere& at, const std::optional<ItemElsewhere>& of, std::optional<wire::OtherItem> wire::AgendaItemView::* end, domain::Presenter& presenter) {
  const auto topic = MeetingAggregate::topic(at.meeting.str());
  const auto key = "agenda/" + at.item.str();
  const auto meeting = presenter.row_as<wire::MeetingView>(topic, "staff", "meeting");
  if (!meeting) return;
  for (const auto& audience : Readership(at.meeting, presenter).audiences()) {
    auto row = presenter.row_as<wire::AgendaItemView>(topic, audience, key);
    if (!row || row->is_restricted) continue;
    (*row).*end = other_end(of, audience, meeting->body, presenter);
    presenter.put(topic, audience, key, *row);
  }
}

/// All items of other meetings that came from this one.
std::vector<ItemElsewhere> went_to(const ItemElsewhere& item, const domain::Rows& rows) {
  std::vector<ItemElsewhere> all;
  for (const auto& [key, value] : rows.rows(k_forwarded_index, k_private_audience, "from/")) {
    const auto source = codec::decode<ItemElsewhere>(value);
    if (!source || source->meeting != item.meeting || source->item != item.item) continue;
    const auto ids = key.substr(std::string_view("from/").size());
    const auto slash = ids.find('/');
    all.push_back({MeetingId::from_trusted(ids.substr(0, slash)), AgendaItemId::from_trusted(ids.substr(slash + 1))});
  }
  return all;
}

void drop_link(const MeetingId& meeting, const AgendaItemId& removed, domain::Presenter& presenter) {
  const ItemElsewhere gone{meeting, removed};
  const auto from = noted("from/" + key_of(meeting, removed), presenter);
  if (from && went_last_to(*from, gone, presenter)) put_link(*from, std::nullopt, &wire::AgendaItemView::forwarded_to, presenter);
  for (const auto& there : went_to(gone, presenter)) put_link(there, std::nullopt, &wire::AgendaItemView::forwarded_from, presenter);
  for (const auto* end : {"from/", "to/"}) presenter.drop(std::string(k_forwarded_index), std::string(k_private_audience), end + key_of(meeting, removed));
}

/// How the meeting is called, when it is, or who may know of it is otherwise after the event.
bool may_change_links(const MeetingEvent& event) {
  return std::visit(domain::overloaded{[](const AgendaPublished&) { return true; }, [](const MeetingRescheduled&) { return true; }, [](const MeetingCancelled&) { return true; }, [](const ItemForwarded&) { return true; },
                                       [](const AgendaItemEdited&) { return true; },
                                       [](const AgendaItemAdded& e) { return e.from.has_value(); }, [](const auto&) { return false; }},
                    event);
}

}  // namespace

DecidedMeeting decide(const Meeting& meeting, const wire::ForwardItem& command, domain::Context& context) {
  const auto place = place_of(meeting, command.item);
  if (!place) return reject_field("/item", ErrorCode::not_found, "This item is no longer on the agenda.");
  if (command.to == meeting.meeting) return reject_field("/to", ErrorCode::invalid_value, "The item is on this agenda already. Choose another meeting.");
  if (has_items_under(meeting.items, *place)) return reject(ErrorCode::not_now, "There are items under this one. Forward those one by one.");
  if (named_seats(meeting.items, *place)) {
    return reject(ErrorCode::not_now, "The papers of this item go to named seats, which are those of this meeting. Open them to all members first, or add them there yourself.");
  }
  const auto target = context.load<MeetingAggregate>(command.to.str());
  if (auto can = can_take(target, meeting.meeting, command.item); !can) return std::unexpected(can.error());
  if (agenda_bytes(meeting.items) + papers_bytes(meeting.meeting, context) + k_link_bytes_max > k_agenda_bytes_max) {
    return reject(ErrorCode::too_large, "The agenda that you forward it from has grown so long that it cannot say where the item went. Shorten some titles there first.");
  }
  auto added = decide(target, as_new(meeting, *place, command.to, context), context);
  if (!added) return std::unexpected(added.error());
  const auto id = AgendaItemId::from_trusted(std::string(string_at(added->result, "item")));
  domain::Decided<MeetingEvent> decided{{ItemForwarded{command.item, {command.to, id}}}, {{"to", command.to.str()}, {"item", id.str()}}, {}, std::move(added->further)};
  for (auto& event : added->events) {
    if (auto* one = std::get_if<AgendaItemAdded>(&event)) one->from = ItemElsewhere{meeting.meeting, command.item};
    std::visit([&](const auto& e) { decided.further.push_back(domain::further<MeetingAggregate>(command.to.str(), e)); }, event);
  }
  auto papers = forwarded_papers(meeting, command, target, id, context);
  if (!papers) return std::unexpected(papers.error());
  for (auto& event : *papers) decided.further.push_back(std::move(event));
  return decided;
}

std::optional<wire::OtherItem> other_end(const std::optional<ItemElsewhere>& other, std::string_view audience, const BodyId& body, const domain::Rows& rows) {
  if (!other) return std::nullopt;
  const auto topic = MeetingAggregate::topic(other->meeting.str());
  const auto meeting = rows.row_as<wire::MeetingView>(topic, "staff", "meeting");
  // A draft is known to those alone who prepare it.
  const auto as = meeting && audience == "staff" && meeting->body == body ? "staff" : "public";
  const auto item = rows.row_as<wire::AgendaItemView>(topic, as, "agenda/" + other->item.str());
  if (!meeting || !item || !rows.row_text(topic, as, "meeting")) return std::nullopt;
  const auto off = item->is_off ? fmt::format(" ({} there)", item->status == wire::ItemStatus::deferred ? "deferred" : "withdrawn") : std::string();
  return wire::OtherItem{meeting->title + (meeting->cancellation ? " (cancelled)" : off), uk_time::date(meeting->starts_at), meeting->href + "#agenda-" + other->item.str()};
}

void present_other_ends(const Meeting& after, const MeetingEvent& event, domain::Presenter& presenter) {
  if (const auto* removed = std::get_if<AgendaItemRemoved>(&event)) return drop_link(after.meeting, removed->item, presenter);
  if (!may_change_links(event)) return;
  for (const auto& item : after.items) {
    const ItemElsewhere here{after.meeting, item.item};
    if (item.from) {
      presenter.put_private(std::string(k_forwarded_index), "from/" + key_of(here.meeting, here.item), codec::encode(*item.from));
      if (went_last_to(*item.from, here, presenter)) put_link(*item.from, here, &wire::AgendaItemView::forwarded_to, presenter);
    }
    if (!item.to) continue;
    presenter.put_private(std::string(k_forwarded_index), "to/" + key_of(here.meeting, here.item), codec::encode(*item.to));
    for (const auto& there : went_to(here, presenter)) put_link(there, here, &wire::AgendaItemView::forwarded_from, presenter);
  }
}

}  // namespace witan::meetings
