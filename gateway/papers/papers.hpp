#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "gateway/auth/caller.hpp"
#include "gateway/http/command_sender.hpp"
#include "gateway/http/message.hpp"
#include "gateway/http/rate_limiter.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/papers/downloads.hpp"
#include "gateway/papers/multipart.hpp"
#include "gateway/papers/pack.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/contract/files.hpp"
#include "shared/messaging/service_links.hpp"

/// Files of papers on their way between browsers and the service that keeps them, a piece in memory at a time.
namespace witan::papers {

inline constexpr std::string_view k_uploads = "/uploads/";

/// Of one session, or one address of visitors.
struct Limits {
  std::size_t downloads_max = 16;  ///< Files at a time on their way out.
  double packs_per_minute = 10;    ///< Each asks its service for up to some hundred papers.
};

/// Used on the gateway's loop only; everything it is made of must outlive it.
class Papers {
 public:
  Papers(messaging::ServiceLinks& services, http::CommandSender& sender, topics::TopicCache& cache, auth::Auth& auth, pages::Pages& pages, Limits limits)
      : services_(services), sender_(sender), cache_(cache), auth_(auth), pages_(pages), downloads_(auth, limits.downloads_max), packs_(limits.packs_per_minute, limits.packs_per_minute) {}

  /// A form with a file: its body is taken piece by piece.
  static bool is_form_with_file(const http::Request& request);
  /// `/papers/<paper>/file/<version>`, `/papers/<paper>/read/<version>`, `/meetings/<meeting>/pack.zip` and `/uploads/<upload>`.
  static bool is_path(std::string_view path);

  /// The form of a command that needs a file, from a page with or without script. Who may is asked before any byte of the file is
  /// taken.
  net::awaitable<http::Response> take_form(http::Request request, auth::Caller caller);
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

 private:
  /// The next piece of an upload that script has begun, or the question how far it is.
  net::awaitable<http::Response> take_piece(http::Request request, auth::Caller caller, std::string upload);
  net::awaitable<http::Response> give_file(http::Request request, auth::Caller caller, std::string paper, std::int64_t version);
  /// The text of a version, as a page.
  net::awaitable<http::Response> give_text(http::Request request, auth::Caller caller, std::string paper, std::int64_t version);
  net::awaitable<Result<std::string>> whole_text(std::string paper, std::int64_t version, std::int64_t bytes, std::shared_ptr<const Downloads::Download> download,
                                                 std::string trace);
  net::awaitable<http::Response> give_pack(http::Request request, auth::Caller caller, std::string meeting);
  net::awaitable<Result<PackAgenda>> agenda_of(std::string meeting, auth::Caller caller);
  /// All papers of the agenda that can be read now. That they were is on record for each that not everybody may read.
  net::awaitable<Result<std::vector<PackFile>>> files_of(const PackAgenda& agenda, auth::Caller caller, std::shared_ptr<const Downloads::Download> download,
                                                           std::string trace);
  /// What a paper's file has from the offset on, at the rights of who downloads it as they are then.
  net::awaitable<Result<std::string>> piece_of(std::string paper, std::int64_t version, std::uint64_t offset, std::shared_ptr<const Downloads::Download> download,
                                               std::string trace);
  /// One that is not there is the same as one that is not for them; whoever tries on is noted.
  net::awaitable<http::Response> not_to_be_had(http::Request request, auth::Caller caller, Rejection why, std::string paper);
  http::Response too_many(const http::Request& request, const auth::Caller& caller, std::string why, std::int64_t retry_after_s);
  /// Reads the form to its end. The name of the upload that holds its file is among the post's fields then.
  net::awaitable<Result<void>> read_whole(MultipartReader& form, auth::Caller caller, pages::FormPost& post, std::string trace);
  net::awaitable<Result<std::string>> begin(auth::Caller caller, const pages::FormPost& post, std::string file_name, std::int64_t bytes,
                                            std::string trace);
  net::awaitable<Result<void>> hand_in(MultipartReader& form, auth::Caller caller, std::string upload, std::string trace);
  /// What was written in the form in place of a file, as a file.
  net::awaitable<Result<void>> hand_in_written(auth::Caller caller, pages::FormPost& post, const char* if_nothing, std::string trace);
  net::awaitable<Result<std::int64_t>> put(FilePut put, std::string bytes);
  net::awaitable<Result<CommandReply>> send(std::string_view name, json::object args, auth::Caller caller, std::string trace);

  messaging::ServiceLinks& services_;
  http::CommandSender& sender_;
  topics::TopicCache& cache_;
  const auth::Auth& auth_;
  pages::Pages& pages_;
  Downloads downloads_;
  http::RateLimiter packs_;
};

}  // namespace witan::papers
