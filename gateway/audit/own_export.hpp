#pragma once

#include "gateway/audit/audit_log.hpp"
#include "gateway/auth/caller.hpp"
#include "gateway/http/message.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/topics/topic_cache.hpp"

namespace witan::audit {

inline constexpr std::string_view k_export_json_path = "/account/export.json";
inline constexpr std::string_view k_export_html_path = "/account/export.html";

/// All that Witan holds on the person who asks, and for nobody else: the account as it is, and everything that they did or
/// that was done about them, from the log of every service, with their own words. Two files: JSON for programs, HTML to read.
/// Used on the gateway's loop only; everything it is made of must outlive it.
class OwnExport {
 public:
  OwnExport(AuditLog& log, topics::TopicCache& cache, const auth::Auth& auth, pages::Pages& pages)
      : log_(log), cache_(cache), auth_(auth), pages_(pages) {}

  static bool is_path(std::string_view path) { return path == k_export_json_path || path == k_export_html_path; }
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

 private:
  /// What both files are made of.
  net::awaitable<json::object> gather(auth::Caller caller, std::string trace);

  AuditLog& log_;
  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  pages::Pages& pages_;
};

}  // namespace witan::audit
