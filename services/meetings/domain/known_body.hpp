#pragma once

#include "services/meetings/domain/lists.hpp"
#include "services/meetings/domain/state.hpp"
#include "shared/contract/domain.hpp"

namespace witan::meetings {

/// The private index of bodies' names: key `<body>`, value the name.
inline constexpr std::string_view k_body_index = "index/bodies";

/// Bodies whose meetings can be scheduled: those that directory has told us of.
struct KnownBodyAggregate {
  static constexpr std::string_view k_kind = "body";
  using State = KnownBody;
  using Event = KnownBodyEvent;

  static KnownBody evolve(KnownBody body, const KnownBodyEvent& event);
  static bool exists(const KnownBody& body) { return !body.body.empty(); }
  static std::string topic(std::string_view id) { return body_topic(id); }
  static void present(const KnownBodyEvent& event, const domain::EventInfo& when, const KnownBody& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const KnownBodyEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const KnownBodyEvent& event, const KnownBody& before, const KnownBody& after,
                                    const domain::Rows& rows);
};

/// Who sits in the body is on the attendance list of each of its meetings that is not closed.
Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body, const contract::directory::SeatFilledNotice& notice, domain::Context& context);
Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body, const contract::directory::SeatVacatedNotice& notice, domain::Context& context);
/// As further events: the seat is held so from here on.
std::vector<domain::FurtherEvent> listed_in_open_meetings(const BodyId& body, const HeldSeat& held, const domain::Rows& rows);

/// The private index of who holds which seat: key `<person>/<seat>`, value the body.
inline constexpr std::string_view k_seats_index = "index/seats";

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context& context);

}  // namespace witan::meetings
