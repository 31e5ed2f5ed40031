#include "gateway/exports/oparl.hpp"

#include <fmt/format.h>

#include "gateway/http/message.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/contract/paged_list.hpp"

namespace witan::exports {

namespace wire = contract::meetings;
using contract::directory::BodyView;

namespace {

struct FileType {
  std::string ending;
  std::string_view media_type;
};

FileType type_of(wire::PaperKind kind) {
  switch (kind) {
    case wire::PaperKind::pdf: return {".pdf", "application/pdf"};
    case wire::PaperKind::docx: return {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"};
    case wire::PaperKind::markdown: return {".md", "text/markdown; charset=utf-8"};
  }
  return {};
}

constexpr std::string_view k_json = "application/json; charset=utf-8";
constexpr const char* k_schema = "https://schema.oparl.org/1.1/";
constexpr const char* k_root = "/oparl/v1";

/// Addresses of the objects, which are their ids.
class Addresses {
 public:
  explicit Addresses(const std::string& origin) : origin_(origin), root_(origin + k_root) {}
  std::string at(const std::string& rest) const { return root_ + "/" + rest; }
  std::string page(const std::string& path) const { return origin_ + path; }
  std::string organization(const BodyId& body) const { return at("organizations/" + body.str()); }
  std::string meeting(const MeetingId& meeting) const { return at("meetings/" + meeting.str()); }
  std::string item(const MeetingId& of, const AgendaItemId& item) const { return meeting(of) + "/items/" + item.str(); }
  std::string paper(const PaperId& paper) const { return at("papers/" + paper.str()); }

 private:
  std::string origin_, root_;
};

json::object object(std::string id, const char* type) { return {{"id", std::move(id)}, {"type", k_schema + std::string(type)}}; }

Written written(const json::object& value) { return {json::serialize(value), ""}; }

// One object of each kind

json::object body(const Addresses& at) {
  auto result = object(at.at("body"), "Body");
  result["system"] = at.at("system");
  result["name"] = "Witan";
  result["organization"] = at.at("organizations");
  result["person"] = at.at("persons");
  result["meeting"] = at.at("meetings");
  result["paper"] = at.at("papers");
  result["legislativeTerm"] = json::array();
  result["web"] = at.page("/bodies");
  return result;
}

json::object organization(const BodyView& body, const Addresses& at) {
  auto result = object(at.organization(body.body), "Organization");
  result["body"] = at.at("body");
  result["name"] = body.name;
  result["classification"] = body.kind_label;
  result["membership"] = json::array();
  result["meeting"] = at.organization(body.body) + "/meetings";
  result["web"] = at.page("/bodies/" + body.body.str());
  return result;
}

json::object meeting(const wire::MeetingView& view, const Addresses& at) {
  auto result = object(at.meeting(view.meeting), "Meeting");
  result["name"] = view.title;
  result["meetingState"] = view.state_label;
  result["cancelled"] = view.cancellation.has_value();
  result["start"] = uk_time::rfc3339(view.starts_at);
  result["end"] = uk_time::rfc3339(view.ends_at);
  auto place = object(at.meeting(view.meeting) + "/location", "Location");
  place["description"] = view.place;
  result["location"] = std::move(place);
  result["organization"] = json::array{json::string(at.organization(view.body))};
  if (view.revised_at) result["modified"] = uk_time::rfc3339(*view.revised_at);
  result["web"] = at.page(view.href);
  return result;
}

json::object agenda_item(const wire::AgendaItemView& view, std::int64_t order, const Addresses& at) {
  auto result = object(at.item(view.meeting, view.item), "AgendaItem");
  result["meeting"] = at.meeting(view.meeting);
  result["number"] = view.number;
  result["order"] = order;
  result["public"] = !view.is_members_only;
  result["web"] = at.page("/meetings/" + view.meeting.str() + "#agenda-" + view.item.str());
  if (view.is_restricted) return result;
  result["name"] = view.title;
  // The first of its papers: OParl has room for one.
  const auto papers = view.papers.value_or(std::vector<wire::PaperView>());
  const auto first = std::ranges::find_if(papers, [](const auto& one) { return !one.is_withdrawn.value_or(false) && !one.is_to_follow.value_or(false); });
  if (first != papers.end()) result["consultation"] = at.paper(first->paper) + "/consultation";
  return result;
}

json::object file(const wire::PublishedPaperView& view, const Addresses& at) {
  auto result = object(at.paper(view.paper) + "/file", "File");
  result["name"] = view.title;
  result["fileName"] = view.paper.str() + type_of(view.kind).ending;
  result["mimeType"] = type_of(view.kind).media_type;
  result["date"] = uk_time::calendar_day(view.published_at);
  result["size"] = view.bytes;
  result["accessUrl"] = at.page(view.file_href);
  result["downloadUrl"] = at.page(view.file_href);
  result["paper"] = json::array{json::string(at.paper(view.paper))};
  result["created"] = uk_time::rfc3339(view.published_at);
  result["modified"] = uk_time::rfc3339(view.updated_at);
  return result;
}

json::object consultation(const wire::PublishedPaperView& view, const Addresses& at) {
  auto result = object(at.paper(view.paper) + "/consultation", "Consultation");
  result["paper"] = at.paper(view.paper);
  result["agendaItem"] = at.item(view.meeting, view.item);
  result["meeting"] = at.meeting(view.meeting);
  result["organization"] = json::array{json::string(at.organization(view.body))};
  result["created"] = uk_time::rfc3339(view.published_at);
  result["modified"] = uk_time::rfc3339(view.updated_at);
  return result;
}

/// Of one that was withdrawn, only that it is no more.
json::object paper(const wire::PublishedPaperView& view, const Addresses& at) {
  auto result = object(at.paper(view.paper), "Paper");
  result["created"] = uk_time::rfc3339(view.published_at);
  result["modified"] = uk_time::rfc3339(view.updated_at);
  if (view.withdrawn_reason) {
    result["deleted"] = true;
    return result;
  }
  result["body"] = at.at("body");
  result["name"] = view.title;
  result["date"] = uk_time::calendar_day(view.published_at);
  result["mainFile"] = file(view, at);
  result["underDirectionOf"] = json::array{json::string(at.organization(view.body))};
  result["consultation"] = json::array{consultation(view, at)};
  result["web"] = at.page(view.href);
  return result;
}

// Lists

/// `created_since`, `created_until`, `modified_since`, `modified_until` of the address; what has no such moment is left in.
class Filter {
 public:
  explicit Filter(std::string_view query) {
    for (const auto& [name, value] : http::parse_form(query)) {
      const auto moment = uk_time::parse_rfc3339(value);
      if (!moment || !(name == "created_since" || name == "created_until" || name == "modified_since" || name == "modified_until")) continue;
      limits_.emplace_back(name, *moment);
      kept_ += (kept_.empty() ? "?" : "&") + name + "=" + http::percent_encode(value);
    }
  }

  bool lets_through(const json::object& one) const {
    if (one.contains("deleted") && !asks_for_changes()) return false;
    return std::ranges::all_of(limits_, [&](const auto& limit) {
      const auto& [name, moment] = limit;
      const auto is = uk_time::parse_rfc3339(string_at(one, name.substr(0, name.find('_'))));
      return !is || (name.ends_with("_since") ? *is >= moment : *is <= moment);
    });
  }
  /// As the pages of a list hand it on.
  const std::string& kept() const { return kept_; }

 private:
  bool asks_for_changes() const { return std::ranges::any_of(limits_, [](const auto& limit) { return limit.first == "modified_since"; }); }

  std::vector<std::pair<std::string, Timestamp>> limits_;
  std::string kept_;
};

/// One page of a list: the newest is the list's own address, and those behind it are counted.
template <class View, class Make>
Written list(const Material& material, const std::string& prefix, const std::string& path, Make make) {
  const Addresses at(material.origin);
  const Filter filter(material.query);
  json::array data;
  for (const auto& row : list_of<View>(material.topics[0], prefix)) {
    auto one = make(row, at);
    if (filter.lets_through(one)) data.push_back(std::move(one));
  }
  const auto pages = row_as<PagesView>(material.topics[0], "pages").value_or(PagesView());
  const auto page = [&](std::int64_t number) { return at.at(path) + (number == 0 ? "" : fmt::format("/page/{}", number)) + filter.kept(); };
  json::object links{{"first", page(0)}, {"self", page(pages.page)}};
  if (pages.has_earlier) links["next"] = page(pages.earlier_count);
  return written({{"data", std::move(data)}, {"pagination", json::object()}, {"links", std::move(links)}});
}

Written everything_in(json::array data, const std::string& self) {
  return written({{"data", std::move(data)}, {"pagination", json::object()}, {"links", json::object{{"first", self}, {"self", self}}}});
}

// What is at each address

Written system_at(const Material& material) {
  const Addresses at(material.origin);
  auto result = object(at.at("system"), "System");
  result["oparlVersion"] = k_schema;
  result["name"] = "Witan";
  result["body"] = at.at("bodies");
  result["website"] = at.page("/");
  return written(result);
}

Written body_at(const Material& material) { return written(body(Addresses(material.origin))); }
Written bodies_at(const Material& material) {
  const Addresses at(material.origin);
  return everything_in(json::array{json::value(body(at))}, at.at("bodies"));
}
/// People are named on pages, where they can see and change it.
Written persons_at(const Material& material) { return everything_in({}, Addresses(material.origin).at("persons")); }

Written organizations_at(const Material& material) { return list<BodyView>(material, "body/", "organizations", organization); }
Written organization_at(const Material& material) {
  const auto row = row_as<BodyView>(material.topics[0], "body");
  return row ? written(organization(*row, Addresses(material.origin))) : Written();
}

Written meetings_at(const Material& material) { return list<wire::MeetingView>(material, "meeting/", "meetings", meeting); }
Written meetings_of_organization_at(const Material& material) {
  const Addresses at(material.origin);
  const Filter filter(material.query);
  const auto of = BodyId::from_trusted(material.params.at("body"));
  json::array data;
  for (const auto& row : list_of<wire::MeetingView>(material.topics[1], "meeting/")) {
    auto one = meeting(row, at);
    if (row.body == of && filter.lets_through(one)) data.push_back(std::move(one));
  }
  return everything_in(std::move(data), at.organization(of) + "/meetings" + filter.kept());
}

Written meeting_at(const Material& material) {
  const Addresses at(material.origin);
  const auto row = row_as<wire::MeetingView>(material.topics[0], "meeting");
  if (!row) return {};
  auto result = meeting(*row, at);
  json::array items;
  for (const auto& item : list_of<wire::AgendaItemView>(material.topics[0], "agenda/")) items.push_back(agenda_item(item, std::ssize(items), at));
  result["agendaItem"] = std::move(items);
  return written(result);
}

Written location_at(const Material& material) {
  const auto row = row_as<wire::MeetingView>(material.topics[0], "meeting");
  return row ? written(meeting(*row, Addresses(material.origin))["location"].as_object()) : Written();
}

Written item_at(const Material& material) {
  std::int64_t order = 0;
  for (const auto& item : list_of<wire::AgendaItemView>(material.topics[0], "agenda/")) {
    if (item.item.str() == material.params.at("item")) return written(agenda_item(item, order, Addresses(material.origin)));
    ++order;
  }
  return {};
}

Written papers_at(const Material& material) { return list<wire::PublishedPaperView>(material, "paper/", "papers", paper); }

std::optional<wire::PublishedPaperView> paper_named(const Material& material) {
  return row_as<wire::PublishedPaperView>(material.topics[0], "paper/" + material.params.at("paper"));
}

Written paper_at(const Material& material) {
  const auto row = paper_named(material);
  return row ? written(paper(*row, Addresses(material.origin))) : Written();
}

/// Something of a paper that is gone with it.
template <auto Make>
Written of_paper(const Material& material) {
  const auto row = paper_named(material);
  return row && !row->withdrawn_reason ? written(Make(*row, Addresses(material.origin))) : Written();
}

}  // namespace

std::vector<Export> oparl_table() {
  const std::vector<Topic> nothing, all_papers{{"published-papers", false, true}}, one_meeting{{"meetings/{meeting}"}};
  std::vector<Export> all;
  const auto add = [&](std::string_view path, std::vector<Topic> topics, Written (*write)(const Material&)) {
    all.push_back({path, std::move(topics), k_json, write, true});
  };
  add("/oparl/v1/system", nothing, system_at);
  add("/oparl/v1/bodies", nothing, bodies_at);
  add("/oparl/v1/body", nothing, body_at);
  add("/oparl/v1/persons", nothing, persons_at);
  add("/oparl/v1/organizations", {{"bodies", true}}, organizations_at);
  add("/oparl/v1/organizations/page/{page}", {{"bodies/page/{page}"}}, organizations_at);
  add("/oparl/v1/organizations/{body}", {{"bodies/{body}"}}, organization_at);
  add("/oparl/v1/organizations/{body}/meetings", {{"bodies/{body}"}, {"meetings", true, true}}, meetings_of_organization_at);
  add("/oparl/v1/meetings", {{"meetings", true}}, meetings_at);
  add("/oparl/v1/meetings/page/{page}", {{"meetings/page/{page}"}}, meetings_at);
  add("/oparl/v1/meetings/{meeting}", one_meeting, meeting_at);
  add("/oparl/v1/meetings/{meeting}/location", one_meeting, location_at);
  add("/oparl/v1/meetings/{meeting}/items/{item}", one_meeting, item_at);
  add("/oparl/v1/papers", {{"published-papers", true}}, papers_at);
  add("/oparl/v1/papers/page/{page}", {{"published-papers/page/{page}"}}, papers_at);
  add("/oparl/v1/papers/{paper}", all_papers, paper_at);
  add("/oparl/v1/papers/{paper}/file", all_papers, of_paper<file>);
  add("/oparl/v1/papers/{paper}/consultation", all_papers, of_paper<consultation>);
  return all;
}

}  // namespace witan::exports
