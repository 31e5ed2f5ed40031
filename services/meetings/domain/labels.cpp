#include "services/meetings/domain/labels.hpp"

namespace witan::meetings {

using contract::meetings::ActionStatus;
using contract::meetings::ItemKind;
using contract::meetings::ItemStatus;
using contract::meetings::MeetingState;
using contract::meetings::MinutesState;

std::string label(MeetingState state) {
  switch (state) {
    case MeetingState::draft:
      return "Draft";
    case MeetingState::published:
      return "Agenda published";
    case MeetingState::started:
      return "In progress";
    case MeetingState::closed:
      return "Closed";
  }
  return {};
}

std::string label(ItemKind kind) {
  switch (kind) {
    case ItemKind::decision:
      return "For decision";
    case ItemKind::discussion:
      return "For discussion";
    case ItemKind::information:
      return "For information";
    case ItemKind::approval:
      return "For approval";
    case ItemKind::note:
      return "To note";
  }
  return {};
}

std::string label(ItemStatus status) {
  switch (status) {
    case ItemStatus::planned:
      return "Planned";
    case ItemStatus::deferred:
      return "Deferred";
    case ItemStatus::withdrawn:
      return "Withdrawn";
  }
  return {};
}

std::string label(ActionStatus status) {
  switch (status) {
    case ActionStatus::open:
      return "Open";
    case ActionStatus::done:
      return "Done";
    case ActionStatus::dropped:
      return "Dropped";
  }
  return {};
}

std::string label(MinutesState state) {
  switch (state) {
    case MinutesState::writing:
      return "Being written";
    case MinutesState::circulated:
      return "Circulated";
    case MinutesState::approved:
      return "Approved";
  }
  return {};
}

}  // namespace witan::meetings
