#include "gateway/audit/audit_pages.hpp"

#include <fmt/format.h>

#include "gateway/audit/csv.hpp"
#include "gateway/auth/session_follower.hpp"
#include "gateway/http/api.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/paged_list.hpp"
#include "shared/contract/words.hpp"

namespace witan::audit {

namespace {

constexpr std::size_t k_page_entries = 50;
constexpr std::size_t k_csv_entries_max = 10'000;
constexpr std::chrono::milliseconds k_page_patience{3000};
constexpr std::chrono::milliseconds k_csv_patience{20'000};
/// Beyond so many pages of a list, the form does not offer the rest; an entry's own links still lead there.
constexpr std::int64_t k_option_pages_max = 20;

constexpr const char* k_witan = "Witan itself";

/// "Seat filled" for `seat_filled`.
std::string kind_words(std::string kind) {
  std::replace(kind.begin(), kind.end(), '_', ' ');
  return capitalised(std::move(kind));
}

json::object option(std::string value, std::string name, const std::string& chosen) {
  const bool is_chosen = value == chosen;
  return {{"value", std::move(value)}, {"name", std::move(name)}, {"selected", is_chosen}};
}

json::array kind_options(const std::set<std::string>& kinds, const std::optional<std::string>& chosen) {
  json::array all;
  for (const auto& kind : kinds) all.push_back(option(kind, kind_words(kind), chosen.value_or("")));
  return all;
}

json::array missing_services(const std::vector<std::string>& services) {
  json::array all;
  for (const auto& service : services) all.push_back(json::object{{"name", capitalised(service)}});
  return all;
}

/// The filter with another person or body.
std::string address_with(Query query, const Entry& entry, bool of_person) {
  if (of_person) query.filter.person = entry.entry.person;
  else query.filter.body = entry.entry.body;
  return address(std::string(k_page_path), query, {});
}

/// What the error summary and the fields of the form `filter` show.
void show_errors(const Query& query, json::object& more) {
  json::array summary;
  json::object by_field;
  for (const auto& error : query.errors) {
    summary.push_back({{"text", error.detail}, {"href", "#filter-" + error.pointer.substr(1)}});
    by_field[error.pointer.substr(1)] = error.detail;
  }
  more["has_errors"] = true;
  more["errors"] = std::move(summary);
  more["field_errors"] = json::object{{"filter", std::move(by_field)}};
}

/// A line at the end that says what is not in the file.
std::vector<std::string> remark(std::string words) { return {"", "", std::move(words), "", "", "", "", "", ""}; }

}  // namespace

net::awaitable<http::Response> AuditPages::handle(http::Request request, auth::Caller caller) {
  if (!caller.actor.may_audit()) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  if (!auth_.rights_are_fresh()) co_return pages_.error_page(request, caller, http::rights_unknown());
  auto query = read_query(request.query);
  const bool is_file = request.path == k_csv_path && query.errors.empty();
  if (is_file) co_return co_await download(std::move(request), std::move(caller), std::move(query));
  co_return co_await show(std::move(request), std::move(caller), std::move(query));
}

net::awaitable<http::Response> AuditPages::show(http::Request request, auth::Caller caller, Query query) {
  Reading reading;
  if (query.errors.empty()) {
    reading = co_await log_.read(query.filter, query.older, caller.actor, k_page_entries, k_page_patience, request.trace);
  }
  const std::string path(k_page_path);
  const auto& filter = query.filter;
  json::object audit;
  audit["as_of"] = uk_time::date_and_time(SystemClock().now());
  audit["reload_href"] = address(path, query, query.older);
  audit["newest_href"] = query.older.empty() ? "" : address(path, query, {});
  audit["csv_href"] = address(std::string(k_csv_path), query, {});
  audit["older_href"] = reading.has_older ? address(path, query, reading.older) : "";
  audit["has_entries"] = !reading.entries.empty();
  audit["is_unfinished"] = reading.is_unfinished;
  audit["searched_to"] = reading.searched_to ? uk_time::date_and_time(*reading.searched_to) : "";
  audit["missing"] = missing_services(reading.missing);
  audit["from"] = query.from;
  audit["to"] = query.to;
  audit["kinds"] = kind_options(reading.kinds, filter.kind);
  audit["people"] = co_await options("people", "person", filter.person ? filter.person->str() : "", caller);
  audit["bodies"] = co_await options("bodies", "body", filter.body ? filter.body->str() : "", caller);
  audit["entries"] = co_await shown(std::move(reading.entries), query);
  json::object more{{"audit", std::move(audit)}};
  if (!query.errors.empty()) show_errors(query, more);
  const pages::Page page{path, "audit", "Audit", "", {}, false};
  co_return pages_.compose(request, caller, page, query.errors.empty() ? 200 : 422, more);
}

net::awaitable<json::array> AuditPages::shown(std::vector<Entry> entries, Query query) {
  json::array rows;
  for (const auto& each : entries) {
    const auto& entry = each.entry;
    json::object row;
    row["id"] = fmt::format("{}-{}", each.service, entry.seq);
    row["at"] = uk_time::date_and_time(entry.at);
    row["who"] = co_await person_name(entry.person);
    row["who_href"] = entry.person ? address_with(query, each, true) : "";
    row["what"] = entry.what;
    row["body_name"] = entry.body ? co_await body_name(entry.body) : std::string();
    row["body_href"] = entry.body ? address_with(query, each, false) : "";
    row["from"] = entry.from;
    row["to"] = entry.to;
    rows.push_back(std::move(row));
  }
  co_return rows;
}

net::awaitable<http::Response> AuditPages::download(http::Request request, auth::Caller caller, Query query) {
  const auto reading = co_await log_.read(query.filter, query.older, caller.actor, k_csv_entries_max, k_csv_patience, request.trace);
  std::map<std::optional<PersonId>, std::string> people;
  std::map<std::optional<BodyId>, std::string> bodies;
  std::string file = csv_line({"time", "who", "what", "body", "from", "to", "kind", "person", "entry"});
  for (const auto& [service, entry] : reading.entries) {
    if (!people.contains(entry.person)) people[entry.person] = co_await person_name(entry.person);
    if (!bodies.contains(entry.body)) bodies[entry.body] = co_await body_name(entry.body);
    file += csv_line({uk_time::rfc3339(entry.at), people[entry.person], entry.what, bodies[entry.body], entry.from, entry.to, entry.kind,
                      entry.person ? entry.person->str() : "", fmt::format("{}/{}", service, entry.seq)});
  }
  for (const auto& service : reading.missing) {
    file += csv_line(remark(capitalised(service) + " could not be reached: its entries are not in this file."));
  }
  if (reading.has_older) {
    file += csv_line(remark("There may be older entries, which are not in this file. Choose fewer days to see them."));
  }
  http::Response response;
  response.set("content-type", "text/csv; charset=utf-8; header=present");
  response.set("content-disposition", "attachment; filename=\"witan-audit.csv\"");
  response.set("cache-control", "no-store");
  response.body = std::move(file);
  co_return response;
}

/// Directory's names of now.
net::awaitable<std::string> AuditPages::person_name(std::optional<PersonId> person) {
  if (!person) co_return k_witan;
  const auto rights = co_await cache_.open(auth::rights_topic(*person), std::string(k_gateway_audience));
  if (!rights) co_return rights.error().code == ErrorCode::not_found ? "Name removed" : "Name not available at the moment";
  const auto row = rights->entities->find("person");
  if (row == rights->entities->end() || !row->second.is_object()) co_return "Name removed";
  co_return std::string(string_at(row->second.get_object(), "name"));
}

net::awaitable<std::string> AuditPages::body_name(std::optional<BodyId> body) {
  if (!body) co_return "";
  const auto view = co_await cache_.open("bodies/" + body->str(), "public");
  if (!view) co_return "Name not available at the moment";
  const auto row = view->entities->find("body");
  if (row == view->entities->end() || !row->second.is_object()) co_return "";
  co_return std::string(string_at(row->second.get_object(), "name"));
}

/// The rows of a list and its pages, as the caller may see them.
net::awaitable<json::array> AuditPages::options(std::string list, std::string member, std::string chosen, auth::Caller caller) {
  json::array all;
  const auto audience = co_await http::audience_of(cache_, auth_, list, caller);
  if (!audience) co_return all;
  std::int64_t pages = 0;
  for (std::int64_t page = 0; page <= std::min(pages, k_option_pages_max); ++page) {
    const auto view = co_await cache_.open(page == 0 ? list : fmt::format("{}/page/{}", list, page), *audience);
    if (!view) continue;
    for (const auto& [key, row] : *view->entities) {
      if (key.starts_with(member + "/") && row.is_object()) {
        all.push_back(option(std::string(string_at(row.get_object(), member)), std::string(string_at(row.get_object(), "name")), chosen));
      }
    }
    const auto turned = view->entities->find("pages");
    if (page > 0 || turned == view->entities->end()) continue;
    if (const auto counted = codec::decode<PagesView>(turned->second)) pages = counted->earlier_count;
  }
  std::sort(all.begin(), all.end(), [](const json::value& a, const json::value& b) {
    return string_at(a.get_object(), "name") < string_at(b.get_object(), "name");
  });
  co_return all;
}

}  // namespace witan::audit
