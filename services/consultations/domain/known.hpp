#pragma once

#include "services/consultations/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// Bodies and people that directory has told us of.
namespace witan::consultations {

struct KnownBodyAggregate {
  static constexpr std::string_view k_kind = "body";
  using State = KnownBody;
  using Event = KnownBodyEvent;

  static KnownBody evolve(KnownBody body, const KnownBodyEvent& event);
  static bool exists(const KnownBody& body) { return !body.body.empty(); }
  static std::string topic(std::string_view id);
  static void present(const KnownBodyEvent& event, const domain::EventInfo& when, const KnownBody& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const KnownBodyEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const KnownBodyEvent& event, const KnownBody& before, const KnownBody& after,
                                    const domain::Rows& rows);
};

struct KnownPersonAggregate {
  static constexpr std::string_view k_kind = "person";
  using State = KnownPerson;
  using Event = KnownPersonEvent;

  static KnownPerson evolve(KnownPerson person, const KnownPersonEvent& event);
  static bool exists(const KnownPerson& person) { return !person.person.empty() && !person.is_forgotten; }
  static std::string topic(std::string_view id);
  static void present(const KnownPersonEvent& event, const domain::EventInfo& when, const KnownPerson& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const KnownPersonEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const KnownPersonEvent& event, const KnownPerson& before, const KnownPerson& after,
                                    const domain::Rows& rows);
};

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context& context);
Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonRegisteredNotice& notice,
                                                 domain::Context& context);
/// What they say from here on carries the new name.
Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonRenamedNotice& notice,
                                                 domain::Context& context);
Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonErasedNotice& notice,
                                                 domain::Context& context);

}  // namespace witan::consultations
