#pragma once

#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// Several people change one item at the same time: what each of them changed is kept, and what two of them changed is shown to both.
namespace witan::meetings {

/// How far back an item knows how it was. Whoever looked at it longer ago is shown it before anything is written over.
inline constexpr std::size_t k_known_edits_max = 8;

/// Puts together what somebody sends with what others have changed since they looked, field by field.
class Merge {
 public:
  /// `has_seen`: the sender says what they saw; `knows_seen`: it is known what that was.
  Merge(bool has_seen, bool knows_seen) : has_seen_(has_seen), knows_seen_(knows_seen) {}

  /// Whether the field is to become what was given.
  template <class T>
  bool sets(const char* pointer, const T& given, const T& now, const T& seen, const std::string& now_in_words) {
    if (given == now) return false;
    const bool is_left = knows_seen_ && given == seen;
    const bool is_clash = !is_left && has_seen_ && !(knows_seen_ && now == seen);
    if (is_left || is_clash) note(is_clash ? conflicts_ : left_, pointer, now_in_words);
    else is_changed_ = true;
    return !is_left && !is_clash;
  }
  bool is_changed() const { return is_changed_; }
  /// Fields that two have changed. With them all that others have changed: the form of whoever has to look once more would put it back, as it stands.
  std::vector<FieldError> conflicts() const;

 private:
  static void note(std::vector<FieldError>& faults, const char* pointer, const std::string& now_in_words);

  bool has_seen_, knows_seen_, is_changed_ = false;
  std::vector<FieldError> conflicts_, left_;
};

struct Edit {
  AgendaItem item;                    ///< With the changes that can be made.
  bool is_changed = false;
  std::vector<FieldError> conflicts;  ///< Fields that somebody else has changed to something else since the item was seen.
};

/// What a command makes of the item. A field that the command gives as it was when its sender saw the item (`seen_changes`) was not
/// changed by them, and stays as it is by now: forms send all fields. Without `seen_changes` each field that is given counts.
Edit edit_of(const AgendaItem& item, const wire::EditAgendaItem& command, domain::Context& context);

/// Remembers how the item was and counts the change; to be called before its fields become others, whatever the event.
void note_edit(AgendaItem& item);

}  // namespace witan::meetings
