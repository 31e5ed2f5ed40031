#include "gateway/exports/exports.hpp"

#include <set>

#include "gateway/auth/refusals.hpp"
#include "gateway/http/api.hpp"
#include "shared/contract/paged_list.hpp"
#include "shared/contract/topics.hpp"

namespace witan::exports {

namespace {

/// Of a list: beyond so many pages, which are some ten thousand rows, a file has the latest only.
constexpr std::int64_t k_pages_max = 100;

std::int64_t pages_behind(const Rows& rows) {
  const auto pages = row_as<PagesView>(rows, "pages");
  return pages ? pages->earlier_count : 0;
}

/// As the reader may see them now or not: that is asked when they are read.
std::set<std::string> topics_of(const Topic& wanted, pages::Params params, const auth::Caller& reader) {
  if (!wanted.is_of_each_seat) return {pages::filled(wanted.pattern, params).value_or("")};
  std::set<std::string> topics;
  for (const auto& seat : reader.seats) {
    params["seat"] = seat.body;
    topics.insert(pages::filled(wanted.pattern, params).value_or(""));
  }
  return topics;
}

}  // namespace

net::awaitable<http::Response> Exports::handle(http::Request request, auth::Caller caller) {
  const auto found = find(request.path);
  if (!found) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  const auto reader = co_await reader_of(*found, caller);
  if (!reader) co_return pages_.error_page(request, caller, reader.error());
  const auto material = co_await gather(*found, request, *reader);
  if (!material) co_return pages_.error_page(request, caller, material.error());
  auto [text, name] = found->what->write(*material);
  if (text.empty()) co_return pages_.error_page(request, caller, {ErrorCode::not_found, {}, {}, {}});
  http::Response response;
  response.set("content-type", std::string(found->what->media_type));
  if (!name.empty()) response.set("content-disposition", "attachment; filename=\"" + name + "\"");
  response.set("cache-control", reader->actor.signed_in() ? "no-store" : "no-cache");
  if (found->what->is_for_everybody) {  // also for pages of other sites
    response.set("access-control-allow-origin", "*");
    response.set("cross-origin-resource-policy", "cross-origin");
  } else {
    response.set("vary", "Cookie");
  }
  response.body = std::move(text);
  co_return response;
}

net::awaitable<Result<auth::Caller>> Exports::reader_of(const Found& found, auth::Caller caller) {
  if (found.what->is_for_everybody) co_return auth::Caller();
  if (!found.what->is_by_address) co_return caller;
  auto reader = co_await auth_.reader_of_calendar(found.params.at("calendar"));
  if (reader && !reader->actor.signed_in()) co_return reject(ErrorCode::not_found);
  co_return reader;
}

net::awaitable<Result<Material>> Exports::gather(Found found, const http::Request& request, auth::Caller caller) {
  Material material{origin_, request.path, request.query, found.params, {}};
  for (const auto& wanted : found.what->topics) {
    for (const auto& topic : topics_of(wanted, found.params, caller)) {
      auto rows = is_topic(topic) ? co_await read(topic, wanted.is_whole_list, caller) : Result<Rows>(reject(ErrorCode::not_found));
      if (!rows && !(wanted.is_optional && auth::is_absent(rows.error()))) co_return std::unexpected(std::move(rows.error()));
      material.topics.push_back(rows ? std::move(*rows) : Rows());
    }
  }
  co_return material;
}

net::awaitable<Result<Rows>> Exports::read(std::string topic, bool is_whole_list, auth::Caller caller) {
  auto audience = co_await http::audience_of(cache_, auth_, topic, caller);
  if (!audience) co_return std::unexpected(std::move(audience.error()));
  const auto view = co_await cache_.open(topic, *audience);
  if (!view) co_return std::unexpected(view.error());
  Rows rows = *view->entities;
  const auto newest = pages_behind(rows);
  if (!is_whole_list) co_return rows;
  for (auto page = newest; page > 0 && page > newest - k_pages_max; --page) {
    // The pages of a list have the rules of its head, and are asked for nevertheless.
    const auto earlier = co_await read(topic + "/page/" + std::to_string(page), false, caller);
    if (!earlier) co_return std::unexpected(earlier.error());
    rows.insert(earlier->begin(), earlier->end());
  }
  co_return rows;
}

}  // namespace witan::exports
