#pragma once

#include <map>
#include <string>

#include "gateway/audit/audit_query.hpp"
#include "gateway/auth/caller.hpp"
#include "gateway/http/message.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/topics/topic_cache.hpp"

namespace witan::audit {

inline constexpr std::string_view k_page_path = "/audit";
inline constexpr std::string_view k_csv_path = "/audit.csv";

/// Who did what, for auditors and administrators: a page, and the same as a file. For everybody else there is neither.
/// Used on the gateway's loop only; everything it is made of must outlive it.
class AuditPages {
 public:
  AuditPages(AuditLog& log, topics::TopicCache& cache, const auth::Auth& auth, pages::Pages& pages)
      : log_(log), cache_(cache), auth_(auth), pages_(pages) {}

  static bool is_path(std::string_view path) { return path == k_page_path || path == k_csv_path; }
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

 private:
  net::awaitable<http::Response> show(http::Request request, auth::Caller caller, Query query);
  net::awaitable<http::Response> download(http::Request request, auth::Caller caller, Query query);
  net::awaitable<std::string> person_name(std::optional<PersonId> person);
  net::awaitable<std::string> body_name(std::optional<BodyId> body);
  net::awaitable<json::array> options(std::string list, std::string member, std::string chosen, auth::Caller caller);
  net::awaitable<json::array> shown(std::vector<Entry> entries, Query query);

  AuditLog& log_;
  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  pages::Pages& pages_;
};

}  // namespace witan::audit
