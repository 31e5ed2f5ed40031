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

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context& context);

}  // namespace witan::meetings
