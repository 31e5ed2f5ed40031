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

class Merge {
 public:
  /// `seen`: as the sender saw the item; nothing for one who does not say, or saw it too long ago.
  Merge(bool has_seen, bool knows_seen, Edit& edit) : has_seen_(has_seen), knows_seen_(knows_seen), edit_(edit) {}

  /// Whether the field is to become what was given.
  template <class T>
  bool sets(const char* pointer, const T& given, const T& now, const T& seen, const std::string& now_in_words) {
    if (given == now) return false;
    FieldError fault{pointer, ErrorCode::stale_version, "Somebody else changed this meanwhile. It is now: " + (now_in_words.empty() ? "empty" : now_in_words)};
    if (knows_seen_ && given == seen) {
      left_.push_back(std::move(fault));
      return false;
    }
    if (has_seen_ && !(knows_seen_ && now == seen)) {
      edit_.conflicts.push_back(std::move(fault));
      return false;
    }
    edit_.is_changed = true;
    return true;
  }
  /// Whoever has to look once more sees all that is otherwise: their form, as it stands, would put back what somebody else changed.
  void finish() {
    if (!edit_.conflicts.empty()) std::ranges::move(left_, std::back_inserter(edit_.conflicts));
  }

 private:
  bool has_seen_, knows_seen_;
  Edit& edit_;
  std::vector<FieldError> left_;  ///< Fields that only somebody else has changed.
};

}  // namespace

Edit edit_of(const AgendaItem& item, const wire::EditAgendaItem& command, domain::Context& context) {
  Edit edit{item, false, {}};
  const auto known = command.seen_changes ? as_seen(item, *command.seen_changes) : std::nullopt;
  const auto seen = known.value_or(AgendaItemEdited{});
  Merge merge(command.seen_changes.has_value(), known.has_value(), edit);
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
  merge.finish();
  return edit;
}

void note_edit(AgendaItem& item) {
  item.before.push_back(as_it_is(item));
  if (item.before.size() > k_known_edits_max) item.before.erase(item.before.begin());
  ++item.changes;
}

}  // namespace witan::meetings
