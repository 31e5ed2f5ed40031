#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/http/message.hpp"
#include "shared/base/json.hpp"
#include "shared/contract/result.hpp"

namespace witan::pages {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// A posted form: the reserved fields by name, everything else in `fields` as it came.
struct FormPost {
  std::string command;  ///< From the path `/do/<command>`.
  std::string command_id;
  std::string form;
  std::string csrf;
  std::string return_to;  ///< May hold `{field}` placeholders.
  std::string on_page;
  std::string done;  ///< The name of what is to be said after success (done.json); empty for forms whose change is seen in its place.
  std::optional<std::int64_t> if_version;
  Fields fields;
  Fields kept = {};  ///< Typed, and not sent with the command: only shown again where it is refused.
};

inline constexpr std::size_t k_form_fields_max = 200;

/// `unsupported_media_type`, `not_utf8`, `too_large`, `invalid_request`.
Result<FormPost> read_form(const http::Request& request, std::string command);

/// One more field, where it belongs. `not_utf8`, `invalid_request`.
Result<void> add_field(FormPost& post, std::string name, std::string value);

/// The path of the page in which the person pressed the button, as the browser tells it.
std::string referring_path(const http::Request& request);

/// The fields as the command's arguments, by its shape in the contract. An optional field that is empty is
/// absent. `unknown_command`, or `invalid_arguments` with a pointer to each number that is not one.
Result<json::object> to_arguments(const FormPost& post);

/// Where to go after success: `return_to` with its placeholders filled from `result`, then from `arguments`;
/// the page that was posted from when that leads nowhere on this site.
std::string success_location(const FormPost& post, const json::object& result, const json::object& arguments);

/// In the query of a page that is shown after a success which others will see only later.
inline constexpr std::string_view k_saved_name = "saved";
inline constexpr std::string_view k_saved_others_later = "others-later";
/// The same location, for a page that says so.
std::string saying_others_later(std::string location);

/// In the query of a page that is to say what was done: the name of a message, never words.
inline constexpr std::string_view k_done_name = "done";
inline constexpr std::string_view k_done_place = "#done";
/// The same location for a page that says it, at the message: a place further down would put it out of sight.
std::string saying_done(std::string location, std::string_view done);

/// The path of the page that is to show a refusal.
std::string page_of(const FormPost& post);

}  // namespace witan::pages
