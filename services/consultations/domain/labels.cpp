#include "services/consultations/domain/labels.hpp"

namespace witan::consultations {

using contract::consultations::ConsultationState;

std::string label(ConsultationState state) {
  switch (state) {
    case ConsultationState::preparing:
      return "In preparation";
    case ConsultationState::open:
      return "Open";
    case ConsultationState::closed:
      return "Closed";
  }
  return {};
}

}  // namespace witan::consultations
