#pragma once

#include "services/meetings/domain/decide.hpp"

namespace witan::meetings {

/// The rules of a meeting, as shared/contract/domain.hpp wants them.
struct MeetingAggregate {
  static constexpr std::string_view k_kind = "meeting";
  using State = Meeting;
  using Event = MeetingEvent;

  static Meeting evolve(Meeting meeting, const MeetingEvent& event);
  static bool exists(const Meeting& meeting) { return !meeting.meeting.empty(); }
  static std::string topic(std::string_view id) { return "meetings/" + std::string(id); }
  static void present(const MeetingEvent& event, const domain::EventInfo& when, const Meeting& after,
                      domain::Presenter& presenter);
  /// Other services need nothing from meetings yet.
  static std::optional<json::object> publish(const MeetingEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const MeetingEvent& event, const Meeting& before, const Meeting& after,
                                    const domain::Rows& rows);
};

/// Topics `votes/<meeting>`, `ballot/<meeting>/<person>` and `voices/<meeting>/<vote>`, as far as the event may have changed them.
void present_votes(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter);
/// Topic `declared/<person>` of everybody who declared an interest at the meeting, where the event may have changed it. After `present_room`.
void present_declared(const Meeting& meeting, const MeetingEvent& event, domain::Presenter& presenter);

/// The private index of meetings in progress: key `<meeting>`, value when the current item's overrun is to be told.
inline constexpr std::string_view k_overrun_index = "index/overrun";

/// Who prepares and runs a body's meetings.
inline const std::vector<Role>& staff_roles() {
  static const std::vector<Role> roles{Role::secretary, Role::chair, Role::co_chair};
  return roles;
}

}  // namespace witan::meetings
