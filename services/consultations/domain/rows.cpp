#include "services/consultations/domain/rows.hpp"

#include <fmt/format.h>

namespace witan::consultations {

std::string body_topic(std::string_view body) { return fmt::format("body-consultations/{}", body); }
std::string consultation_topic(std::string_view id) { return fmt::format("consultations/{}", id); }
std::string draft_topic(std::string_view id, std::int64_t version) {
  return fmt::format("drafts/{}/{}", id, version);
}
std::string list_key(const ConsultationId& id) { return "consultation/" + id.str(); }

const std::vector<Role>& staff_roles() {
  static const std::vector<Role> roles{Role::officer, Role::secretary, Role::chair};
  return roles;
}

void put_everywhere(const wire::ConsultationView& view, domain::Presenter& presenter) {
  const auto own = consultation_topic(view.consultation.str());
  presenter.put(own, "staff", "consultation", view);
  presenter.put(body_topic(view.body.str()), "member", list_key(view.consultation), view);
  if (!view.is_preparing) {
    presenter.put(own, "public", "consultation", view);
    presenter.put(std::string(k_list_topic), "public", list_key(view.consultation), view);
  }
}

}  // namespace witan::consultations
