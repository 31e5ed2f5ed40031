#pragma once

#include "services/directory/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// The kinds of thing that directory owns, each with its rules (see shared/contract/domain.hpp).
namespace witan::directory {

struct BodyAggregate {
  static constexpr std::string_view k_kind = "body";
  using State = Body;
  using Event = BodyEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

/// What came that opens nothing: noted for the audit, and nowhere else.
struct StrangersAggregate {
  static constexpr std::string_view k_kind = "strangers";
  using State = Strangers;
  using Event = StrangersEvent;
  static State evolve(State, const Event&) { return {true}; }
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view) { return "people"; }
  static void present(const Event&, const domain::EventInfo&, const State&, domain::Presenter&) {}
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

struct LinkAggregate {
  static constexpr std::string_view k_kind = "link";
  using State = Link;
  using Event = LinkEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
};

struct MailAggregate {
  static constexpr std::string_view k_kind = "mail";
  using State = Mail;
  using Event = MailEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
};

struct OrganisationAggregate {
  static constexpr std::string_view k_kind = "organisation";
  using State = Organisation;
  using Event = OrganisationEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

struct PersonAggregate {
  static constexpr std::string_view k_kind = "person";
  using State = Person;
  using Event = PersonEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

struct SessionAggregate {
  static constexpr std::string_view k_kind = "session";
  using State = Session;
  using Event = SessionEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

}  // namespace witan::directory
