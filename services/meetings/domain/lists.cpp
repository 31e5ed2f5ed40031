#include "services/meetings/domain/lists.hpp"

#include <fmt/format.h>

namespace witan::meetings {

const domain::PagedList& public_list() {
  static const domain::PagedList list("meetings", "public", {{"public", Who::anyone, {}, {}, {}}},
                                      {"/meetings", "/meetings/page/", "Earlier meetings", "Later meetings"});
  return list;
}

domain::PagedList list_of_body(const BodyId& body, std::string_view body_name) {
  return {body_topic(body.str()),
          "member",
          {{"member", Who::roles, {}, body.str(), {}},
           {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}},
          {"/meetings", fmt::format("/bodies/{}/meetings/", body.str()),
           fmt::format("Earlier meetings of {}", body_name), fmt::format("Later meetings of {}", body_name)}};
}

domain::PagedList decisions_of_body(const BodyId& body, std::string_view body_name) {
  const auto page = fmt::format("/bodies/{}/decisions", body.str());
  return {fmt::format("body-decisions/{}", body.str()),
          "member",
          {{"member", Who::roles, {}, body.str(), {}}, {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}},
          {page, page + "/members/", fmt::format("Earlier decisions of {}", body_name), fmt::format("Later decisions of {}", body_name)}};
}

domain::PagedList public_decisions_of_body(const BodyId& body, std::string_view body_name) {
  const auto page = fmt::format("/bodies/{}/decisions", body.str());
  return {fmt::format("decisions/{}", body.str()),
          "public",
          {{"public", Who::anyone, {}, {}, {}}},
          {page, page + "/", fmt::format("Earlier decisions of {}", body_name), fmt::format("Later decisions of {}", body_name)}};
}

domain::PagedList open_actions_of_body(const BodyId& body, std::string_view body_name) {
  const auto page = fmt::format("/bodies/{}/actions", body.str());
  return {fmt::format("body-actions/{}", body.str()),
          "member",
          {{"member", Who::roles, {}, body.str(), {}}, {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}},
          {page, page + "/open/", fmt::format("More open actions of {}", body_name), fmt::format("First open actions of {}", body_name)}};
}

domain::PagedList closed_actions_of_body(const BodyId& body, std::string_view body_name) {
  const auto page = fmt::format("/bodies/{}/actions", body.str());
  return {fmt::format("closed-actions/{}", body.str()),
          "member",
          {{"member", Who::roles, {}, body.str(), {}}, {"member", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}},
          {page + "/all", page + "/closed/", fmt::format("Earlier actions of {}", body_name), fmt::format("Later actions of {}", body_name)}};
}

const domain::PagedList& published_papers() {
  static const domain::PagedList list("published-papers", "public", {{"public", Who::anyone, {}, {}, {}}}, {"", "", "", ""});  // read by programs
  return list;
}

domain::PagedList published_papers_of(const BodyId& body) {
  return {fmt::format("body-papers/{}", body.str()), "public", {{"public", Who::anyone, {}, {}, {}}}, {"", "", "", ""}};
}

std::string series_topic(const SeriesId& series) { return fmt::format("series/{}", series.str()); }

std::string body_topic(std::string_view body) { return fmt::format("body-meetings/{}", body); }

}  // namespace witan::meetings
