#include "gateway/audit/own_export.hpp"

#include <array>

#include "gateway/http/api.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/words.hpp"

namespace witan::audit {

namespace {

constexpr std::size_t k_entries_max = 100'000;
constexpr std::chrono::milliseconds k_patience{20'000};

/// Topics that are one person's own, `<kind>/<person>`. Whoever adds one adds it here.
constexpr std::array<std::string_view, 5> k_own_topics{"account", "calendar", "interests", "declared", "own-actions"};

std::string who(const AuditEntry& entry, const auth::Caller& caller) {
  if (!entry.person) return "Witan";
  return entry.person == caller.actor.person ? "You" : "Somebody else";
}

json::array seats(const auth::Caller& caller) {
  json::array all;
  for (const auto& seat : caller.seats) all.push_back({{"body", seat.body_name}, {"title", seat.title}});
  return all;
}

json::object history_entry(const Entry& each, const auth::Caller& caller) {
  const auto& entry = each.entry;
  json::array words;
  for (const auto& [field, text] : entry.words.value_or(std::vector<AuditWords>())) words.push_back({{"field", field}, {"text", text}});
  return {{"time", uk_time::rfc3339(entry.at)},
          {"when", uk_time::date_and_time(entry.at)},
          {"service", each.service},
          {"kind", entry.kind},
          {"who", who(entry, caller)},
          {"what", entry.what},
          {"from", entry.from},
          {"to", entry.to},
          {"words", std::move(words)}};
}

/// The rows of a topic without their keys, by the kind in them: `account`, `session`.
json::object by_kind(const std::map<std::string, json::value>& entities) {
  json::object kinds;
  for (const auto& [key, row] : entities) {
    auto& rows = kinds[key.substr(0, key.find('/'))];
    if (!rows.is_array()) rows = json::array();
    rows.as_array().push_back(row);
  }
  return kinds;
}

}  // namespace

net::awaitable<http::Response> OwnExport::handle(http::Request request, auth::Caller caller) {
  if (!caller.actor.person) co_return pages_.error_page(request, caller, {ErrorCode::not_signed_in, {}, {}, {}});
  if (!auth_.rights_are_fresh()) co_return pages_.error_page(request, caller, http::rights_unknown());
  auto all = co_await gather(caller, request.trace);
  http::Response response;
  if (request.path == k_export_json_path) {
    response.set("content-type", "application/json; charset=utf-8");
    response.set("cache-control", "no-store");
    response.set("content-disposition", "attachment; filename=\"witan-my-data.json\"");
    response.body = json::serialize(all);
  } else {
    const pages::Page page{std::string(k_export_html_path), "account-export", "What Witan holds about you", "", {}, false};
    response = pages_.compose(request, caller, page, 200, {{"export", std::move(all)}});
    response.set("content-disposition", "attachment; filename=\"witan-my-data.html\"");
  }
  co_return response;
}

net::awaitable<json::object> OwnExport::gather(auth::Caller caller, std::string trace) {
  const auto now = SystemClock().now();
  json::object all{{"time", uk_time::rfc3339(now)}, {"as_of", uk_time::date_and_time(now)}, {"name", caller.name}};
  json::array missing;
  for (const auto kind : k_own_topics) {
    const auto view = co_await cache_.open(std::string(kind) + "/" + caller.actor.person->str(), "self");
    if (view) all.insert_or_assign(kind, by_kind(*view->entities));
    else if (view.error().code != ErrorCode::not_found && view.error().code != ErrorCode::unknown_topic) missing.emplace_back(json::object{{"name", capitalised(std::string(kind))}});
  }
  all["seats"] = seats(caller);
  all["has_seats"] = !caller.seats.empty();
  Filter own;
  own.person = caller.actor.person;
  own.is_own = true;
  const auto reading = co_await log_.read(std::move(own), {}, caller.actor, k_entries_max, k_patience, std::move(trace));
  json::array history;
  for (const auto& entry : reading.entries) history.push_back(history_entry(entry, caller));
  all["history"] = std::move(history);
  for (const auto& service : reading.missing) missing.emplace_back(json::object{{"name", capitalised(service)}});
  all["is_complete"] = missing.empty() && !reading.has_older && !reading.is_unfinished;
  all["missing"] = std::move(missing);
  co_return all;
}

}  // namespace witan::audit
