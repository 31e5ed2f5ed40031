#include "services/meetings/domain/agenda/edit.hpp"

#include <algorithm>
#include <iterator>

#include "services/meetings/domain/labels.hpp"

namespace witan::meetings {

namespace {

AgendaItemEdited as_it_is(const AgendaItem& item) {
  return {item.item, item.title, item.kind, item.lead, item.minutes, item.circulation, item.status, item.is_standing};
}

/// How the item was when it had been changed so often; nothing where that is not known any more.
std::optional<AgendaItemEdited> as_seen(const AgendaItem& item, std::int64_t changes) {
  if (changes == item.changes) return as_it_is(item);
  const auto back = static_cast<std::size_t>(item.changes - changes);
  if (changes < 0 || changes > item.changes || back > item.before.size()) return std::nullopt;
  return item.before[item.before.size() - back];
}

std::string words_of(const std::optional<Erasable>& text, const domain::Rows& rows) { return text ? rows.text(*text).value_or("") : ""; }

}  // namespace

void Merge::note(std::vector<FieldError>& faults, const char* pointer, const std::string& now_in_words) {
  faults.push_back({pointer, ErrorCode::stale_version, "Somebody else changed this meanwhile. It is now: " + (now_in_words.empty() ? "empty" : now_in_words)});
}

std::vector<FieldError> Merge::conflicts() const {
  auto all = conflicts_;
  if (!all.empty()) std::ranges::copy(left_, std::back_inserter(all));
  return all;
}

Edit edit_of(const AgendaItem& item, const wire::EditAgendaItem& command, domain::Context& context) {
  Edit edit{item, false, {}};
  const auto known = command.seen_changes ? as_seen(item, *command.seen_changes) : std::nullopt;
  const auto seen = known.value_or(AgendaItemEdited{});
  Merge merge(command.seen_changes.has_value(), known.has_value());
  const auto set = [&](const char* pointer, auto& field, const auto& given, const auto& before, const std::string& in_words) {
    if (merge.sets(pointer, given, field, before, in_words)) field = given;
  };
  auto& now = edit.item;
  if (command.title) set("/title", now.title, command.title->str(), seen.title, item.title);
  if (command.kind) set("/kind", now.kind, *command.kind, seen.kind, std::string(label(item.kind)));
  if (command.minutes) set("/minutes", now.minutes, command.minutes->value, seen.minutes, std::to_string(item.minutes));
  if (command.circulation) {
    set("/circulation", now.circulation, *command.circulation, seen.circulation, item.circulation == wire::Circulation::members ? "Members only" : "Everyone");
  }
  if (command.status) {
    const std::string in_words = item.status == wire::ItemStatus::planned ? "Planned" : std::string(label(item.status));
    set("/status", now.status, *command.status, seen.status.value_or(wire::ItemStatus::planned), in_words);
  }
  if (command.is_standing) set("/is_standing", now.is_standing, *command.is_standing, seen.is_standing.value_or(false), item.is_standing ? "Yes" : "No");
  if (command.lead) {
    const auto given = command.lead->str(), lead = words_of(item.lead, context);
    if (merge.sets("/lead", given, lead, words_of(seen.lead, context), lead)) {
      now.lead = given.empty() ? std::nullopt : std::optional(context.keep(given));
    }
  }
  edit.is_changed = merge.is_changed();
  edit.conflicts = merge.conflicts();
  return edit;
}

void note_edit(AgendaItem& item) {
  item.before.push_back(as_it_is(item));
  if (item.before.size() > k_known_edits_max) item.before.erase(item.before.begin());
  ++item.changes;
}

}  // namespace witan::meetings
