#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "gateway/pages/done_words.hpp"
#include "gateway/pages/form_post.hpp"
#include "gateway/pages/manifest.hpp"
#include "gateway/pages/page_context.hpp"
#include "gateway/pages/renderer.hpp"
#include "gateway/pages/sources.hpp"

namespace witan::live {
class Presence;
}

namespace witan::pages {

struct PagesOptions {
  std::filesystem::path web_root;  ///< Holds `templates/`, `pages.json`, `done.json` and Vite's `manifest.json`.
  bool is_demo = false;            ///< Every page then says which of its data is invented.
  std::string openid_name = {};    ///< What people call the place where they may sign in as well; empty for none.
  std::string contact = {};        ///< Whom people ask who are stuck; may be empty.
};

/// Pages for people: GET shows topics through a template, POST carries out a command and comes back.
/// Everything works without script. Used on the gateway's loop only; must outlive the requests that it
/// handles.
class Pages {
 public:
  /// Reads manifest and templates; throws std::runtime_error with one sentence when they cannot be used.
  Pages(const PagesOptions& options, std::unique_ptr<TopicReader> topics, std::unique_ptr<SignInDesk> desk,
        http::CommandSender& sender);

  /// Every request that is not for the API, the socket or an asset. The caller's HTTP checks (origin, size,
  /// rate) are done.
  net::awaitable<http::Response> handle(http::Request request, auth::Caller caller);

  /// A page made of something other than topics, for this one request: `more` is added to what its template may use, and no
  /// browser keeps it. What it shows of `topics` goes on to change by itself.
  http::Response compose(const http::Request& request, const auth::Caller& caller, const Page& page, int status,
                         const json::object& more, const std::vector<ShownTopic>& topics = {});

  /// A page that asks for the same address again, by itself or by its link: from there, a cookie comes along that is kept from other
  /// sites' links.
  http::Response once_more(const http::Request& request);

  /// The command of a form that has been read: done, and shown where it says; or refused.
  net::awaitable<http::Response> carry_out(http::Request request, auth::Caller caller, FormPost post);

  /// The page that a form was sent from, which says what was wrong with it; an error page when that cannot be shown.
  net::awaitable<http::Response> refuse(http::Request request, auth::Caller caller, FormPost post, Rejection rejection);

  /// A page that says what went wrong and what to do now, for refusals anywhere in the gateway.
  http::Response error_page(const http::Request& request, const auth::Caller& caller,
                            const Rejection& rejection, const FormPost* post = nullptr);

 private:
  net::awaitable<http::Response> show(http::Request request, auth::Caller caller);
  net::awaitable<http::Response> post(http::Request request, auth::Caller caller);
  net::awaitable<http::Response> sign_in(http::Request request, auth::Caller caller, FormPost post);
  /// The second step of signing in, with the ticket of the first.
  http::Response ask_for_code(http::Request request, const auth::Caller& caller, const FormPost& post, const Rejection& refusal);
  net::awaitable<http::Response> sign_out(http::Request request, auth::Caller caller, FormPost post);
  net::awaitable<Result<std::vector<ShownTopic>>> read_topics(FoundPage found, auth::Caller caller);
  PageFacts facts(const http::Request& request, const FoundPage& found) const;
  http::Response rendered(int status, std::string_view name, const json::object& context, bool is_kept_nowhere);
  http::Response plain_refusal(const http::Request& request, const auth::Caller& caller,
                               const Rejection& rejection);
  std::string title_of(const Page& page, const json::object& context);

  Manifest manifest_;
  DoneWords done_words_;
  Renderer renderer_;
  std::map<std::string, Template, std::less<>> titles_;  ///< By the page's path.
  Assets assets_;
  bool is_demo_;
  std::string openid_name_;
  std::string contact_;
  std::unique_ptr<TopicReader> topics_;
  std::unique_ptr<SignInDesk> desk_;
  http::CommandSender& sender_;
};

/// Pages over the gateway's own topics and sessions, which must outlive them (room `page_sources`). Without `presence` no page says who is
/// there.
std::unique_ptr<Pages> make_pages(const PagesOptions& options, topics::TopicCache& cache, auth::Auth& auth,
                                  http::CommandSender& sender, messaging::ServiceLinks& links, const live::Presence* presence = nullptr);

}  // namespace witan::pages
