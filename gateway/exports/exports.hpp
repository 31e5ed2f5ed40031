#pragma once

#include <string>

#include "gateway/auth/caller.hpp"
#include "gateway/exports/table.hpp"
#include "gateway/http/message.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/topics/topic_cache.hpp"

namespace witan::exports {

namespace net = boost::asio;

/// Agendas, minutes, decisions and meetings as files for other programs, with the rights of whoever asks: a file says what the page
/// of the same rows says. Used on the gateway's loop only; everything it is made of must outlive it.
class Exports {
 public:
  /// `origin`: of the site, for whole addresses.
  Exports(topics::TopicCache& cache, auth::Auth& auth, pages::Pages& pages, std::string origin)
      : cache_(cache), auth_(auth), pages_(pages), origin_(std::move(origin)) {}

  static bool is_path(std::string_view path) { return find(path).has_value(); }
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

 private:
  /// As whom the file is read.
  net::awaitable<Result<auth::Caller>> reader_of(const Found& found, auth::Caller caller);
  net::awaitable<Result<Material>> gather(Found found, const http::Request& request, auth::Caller caller);
  /// The rows of a topic, and where that is wanted of the pages behind it.
  net::awaitable<Result<Rows>> read(std::string topic, bool is_whole_list, auth::Caller caller);

  topics::TopicCache& cache_;
  auth::Auth& auth_;
  pages::Pages& pages_;
  std::string origin_;
};

}  // namespace witan::exports
