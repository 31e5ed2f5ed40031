#pragma once

#include "services/consultations/domain/standing.hpp"

/// Comments on earlier drafts come to a new one. The search for their words is work outside of the log (app/carrying.cpp): it comes back a
/// part at a time, each part is an event with every comment's fate, and what was not noted is looked for again. So a service that is killed
/// meanwhile loses none and carries none twice.
namespace witan::consultations {

/// What the search found for some of the comments that wait to be carried to a draft.
struct CarryFound {
  std::vector<CommentFate> comments;
};

struct CarryOverAggregate {
  static constexpr std::string_view k_kind = "carry";
  using State = CarryOver;
  using Event = CarryOverEvent;

  static CarryOver evolve(CarryOver carry, const CarryOverEvent& event);
  static bool exists(const CarryOver& carry) { return !carry.consultation.empty(); }
  static std::string topic(std::string_view id);
  static void present(const CarryOverEvent& event, const domain::EventInfo& when, const CarryOver& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const CarryOverEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const CarryOverEvent& event, const CarryOver& before, const CarryOver& after, const domain::Rows& rows);
};

/// The aggregate's id: `<consultation>-<draft>`.
std::string carry_id(const CarryNext& next);
CarryNext carry_of(std::string_view id);

/// Withdrawn, or carried, meanwhile: those are left out.
Result<domain::Decided<CarryOverEvent>> decide(const CarryOver& carry, const CarryFound& found, domain::Context& context);

}  // namespace witan::consultations
