#pragma once

#include "services/consultations/domain/decide.hpp"

namespace witan::consultations {

/// So that all that is said of the closing date fits on the consultation's page.
inline constexpr std::int64_t k_extensions_max = 20;

/// The rules of a consultation and its drafts, as shared/contract/domain.hpp wants them.
struct ConsultationAggregate {
  static constexpr std::string_view k_kind = "consultation";
  using State = Consultation;
  using Event = ConsultationEvent;

  static Consultation evolve(Consultation consultation, const ConsultationEvent& event);
  static bool exists(const Consultation& consultation) { return consultation.exists(); }
  static std::string topic(std::string_view id);
  static void present(const ConsultationEvent& event, const domain::EventInfo& when,
                      const Consultation& after, domain::Presenter& presenter);
  /// Other services need nothing from consultations yet.
  static std::optional<json::object> publish(const ConsultationEvent&, const domain::Rows&) {
    return std::nullopt;
  }
  static domain::AuditLine describe(const ConsultationEvent& event, const Consultation& before, const Consultation& after,
                                    const domain::Rows& rows);
};

}  // namespace witan::consultations
