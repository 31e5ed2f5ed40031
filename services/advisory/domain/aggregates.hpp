#pragma once

#include "services/advisory/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// The kinds of thing that advisory owns, each with its rules (see shared/contract/domain.hpp).
namespace witan::advisory {

/// Its id is the body's id in directory.
struct GroupAggregate {
  static constexpr std::string_view k_kind = "group";
  using State = Group;
  using Event = GroupEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.is_open; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

/// An entry of its own, so that a group stays small however much it hears.
struct EngagementAggregate {
  static constexpr std::string_view k_kind = "engagement";
  using State = Engagement;
  using Event = EngagementEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  /// The list of groups; decisions name where the entry stands.
  static std::string topic(std::string_view) { return "groups"; }
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

struct PersonAggregate {
  static constexpr std::string_view k_kind = "person";
  using State = Person;
  using Event = PersonEvent;
  static State evolve(State, const Event&) { return {true}; }
  static bool exists(const State& state) { return state.is_forgotten; }
  static std::string topic(std::string_view) { return "groups"; }
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

}  // namespace witan::advisory
