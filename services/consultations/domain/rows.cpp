#include "services/consultations/domain/rows.hpp"

#include <fmt/format.h>

namespace witan::consultations {

namespace {

std::vector<Turn> turns_in(std::string_view index, const domain::Rows& rows) {
  std::vector<Turn> turns;
  for (const auto& [id, at] : rows.rows(index, k_private_audience, "")) turns.push_back({ConsultationId::from_trusted(id), codec::decode<Timestamp>(at).value()});
  return turns;
}

}  // namespace

std::string body_topic(std::string_view body) { return fmt::format("body-consultations/{}", body); }
std::string consultation_topic(std::string_view id) { return fmt::format("consultations/{}", id); }
std::string draft_topic(std::string_view id, std::int64_t version) {
  return fmt::format("drafts/{}/{}", id, version);
}
std::string list_key(const ConsultationId& id) { return "consultation/" + id.str(); }

const domain::PagedList& public_list() {
  static const domain::PagedList list(
      "consultations", "public", {{"public", Who::anyone, {}, {}, {}}},
      {"/consultations", "/consultations/page/", "Earlier consultations", "Later consultations"});
  return list;
}

domain::PagedList list_of_body(const BodyId& body, std::string_view body_name) {
  return {body_topic(body.str()),
          "member",
          {{"member", Who::roles, {}, body.str(), {}},
           {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}},
          {"/consultations", fmt::format("/bodies/{}/consultations/", body.str()),
           fmt::format("Earlier consultations of {}", body_name),
           fmt::format("Later consultations of {}", body_name)}};
}

const std::vector<Role>& staff_roles() {
  static const std::vector<Role> roles{Role::officer, Role::secretary, Role::chair};
  return roles;
}

void put_everywhere(const wire::ConsultationView& view, domain::Presenter& presenter) {
  const auto own = consultation_topic(view.consultation.str());
  presenter.put(own, "staff", "consultation", view);
  list_of_body(view.body, view.body_name).put(list_key(view.consultation), view, presenter);
  if (!view.is_preparing) {
    presenter.put(own, "public", "consultation", view);
    public_list().put(list_key(view.consultation), view, presenter);
  }
}

void count_on_block(const ConsultationId& id, std::int64_t draft, const std::string& block, std::int64_t more, domain::Presenter& presenter) {
  const auto topic = draft_topic(id.str(), draft);
  for (const auto audience : k_audiences) {
    auto view = presenter.row_as<wire::BlockView>(topic, audience, "block/" + block);
    if (!view) continue;
    view->comment_count += more;
    view->has_comments = view->comment_count > 0;
    view->has_one_comment = view->comment_count == 1;
    presenter.put(topic, std::string(audience), "block/" + block, *view);
  }
}

void count_in_all(const ConsultationId& id, std::int64_t more, domain::Presenter& presenter) {
  auto view = presenter.row_as<wire::ConsultationView>(consultation_topic(id.str()), "staff", "consultation");
  if (!view) return;
  view->comment_count += more;
  put_everywhere(*view, presenter);
}

std::vector<Turn> closing_times(const domain::Rows& rows) { return turns_in(k_open_index, rows); }
std::vector<Turn> opening_times(const domain::Rows& rows) { return turns_in(k_opening_index, rows); }

}  // namespace witan::consultations
