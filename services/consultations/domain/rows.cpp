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
  for (std::int64_t version = 1; version <= view.draft; ++version) {
    const auto topic = draft_topic(view.consultation.str(), version);
    for (const auto audience : k_audiences) {
      if (presenter.row(topic, audience, "consultation"))
        presenter.put(topic, std::string(audience), "consultation", view);
    }
  }
}

std::vector<wire::ConsultationView> open_consultations(const domain::Rows& rows) {
  std::vector<wire::ConsultationView> open;
  for (const auto& [key, row] : rows.rows(k_list_topic, "public", "consultation/")) {
    auto view = codec::decode<wire::ConsultationView>(row);
    if (view && view->is_open && view->closes_at) open.push_back(std::move(*view));
  }
  return open;
}

std::int64_t bytes_of(const domain::Rows& rows, const std::string& draft_topic) {
  const auto bytes = rows.row(k_size_index, k_private_audience, draft_topic);
  return bytes && bytes->is_int64() ? bytes->get_int64() : 0;
}

void add_bytes(std::int64_t more, const std::string& draft_topic, domain::Presenter& presenter) {
  presenter.put_private(std::string(k_size_index), draft_topic, bytes_of(presenter, draft_topic) + more);
}

}  // namespace witan::consultations
