#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/auth/caller.hpp"
#include "gateway/pages/form_post.hpp"
#include "gateway/pages/manifest.hpp"
#include "gateway/topics/topic_cache.hpp"
#include "shared/base/json.hpp"

/// Everything that a template may use, as one JSON object; README.md in this folder lists it. Pure functions.
namespace witan::pages {

/// A topic as it stands on one page.
struct ShownTopic {
  std::string alias;
  bool is_each_body = false;  ///< One of a list under its alias.
  topics::View view;
};

/// Addresses of the built script and styles, from Vite's manifest.
struct Assets {
  std::string js;
  std::string css;
};
/// Throws std::runtime_error when the text is not such a manifest.
Assets assets_from(std::string_view manifest_text);

struct PageFacts {
  const Page* page = nullptr;  ///< Null for an error page.
  std::string path;
  std::string nonce;      ///< Begins the id of every command sent from this page.
  std::string return_to;  ///< For the sign-in page: where to go afterwards.
  std::string done;       ///< In words, what a form has just done; empty otherwise.
  bool others_later = false;  ///< What was just saved will reach others only when the bus is back.
  bool is_demo = false;
  std::string openid_name;
  std::string contact;
  Params params;
  Assets assets;
};

/// The context without `page.title` and `live_state`.
json::object page_context(const PageFacts& facts, const auth::Caller& caller,
                          const std::vector<ShownTopic>& topics);

/// Sets `page.title`, then `live_state` from the finished page, for the browser to go on from.
void finish(json::object& context, std::string title, const std::vector<ShownTopic>& topics);

/// Adds the error summary, what was typed and what is wrong with each field.
void show_refusal(json::object& context, const FormPost& post, const Rejection& rejection,
                  std::string_view trace);

/// Adds to an error page what was typed into a form whose own page cannot be shown, to be copied, and whether anything
/// was saved. Without secrets.
void show_typed(json::object& context, const FormPost& post, const Rejection& rejection);

/// `problem` alone, for error pages.
void show_problem(json::object& context, const Rejection& rejection, std::string_view trace);

/// True when nobody knows whether the command was carried out, so that only repeating it with the same id is
/// safe.
bool is_outcome_unknown(const Rejection& rejection);

}  // namespace witan::pages
