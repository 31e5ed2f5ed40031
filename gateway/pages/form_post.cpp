#include "gateway/pages/form_post.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "gateway/http/request_head.hpp"
#include "gateway/pages/manifest.hpp"
#include "shared/contract/catalogue.hpp"
#include "shared/contract/words.hpp"

namespace witan::pages {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  text = trimmed(text);
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool is_yes(std::string_view text) { return text == "true" || text == "on" || text == "yes" || text == "1"; }

/// Where a reserved field goes; null for a field of the command.
std::string* reserved(FormPost& post, std::string_view name) {
  if (name == "csrf") return &post.csrf;
  if (name == "command_id") return &post.command_id;
  if (name == "form") return &post.form;
  if (name == "return_to") return &post.return_to;
  if (name == "on_page") return &post.on_page;
  if (name == "done") return &post.done;
  return nullptr;
}

void add_argument(json::object& arguments, const std::string& command, const catalogue::Field& field,
                  const std::string& text, std::vector<FieldError>& errors) {
  const bool is_absent =
      trimmed(text).empty() && !field.may_be_empty && (!field.is_required || field.type == catalogue::FieldType::whole);
  if (is_absent) return;
  switch (field.type) {
    case catalogue::FieldType::whole:
      if (const auto number = whole_number(text)) {
        arguments[field.name] = *number;
      } else {
        errors.push_back({"/" + field.name, ErrorCode::wrong_type,
                          capitalised(words_for(command, field.name)) + " must be a whole number, such as 15."});
      }
      return;
    case catalogue::FieldType::boolean:
      arguments[field.name] = is_yes(text);
      return;
    case catalogue::FieldType::list:
      if (!arguments.contains(field.name)) arguments[field.name] = json::array();
      arguments[field.name].as_array().emplace_back(text);
      return;
    case catalogue::FieldType::text:
    case catalogue::FieldType::other:
      arguments[field.name] = text;
      return;
  }
}

/// The location with one more thing in its query.
std::string with_query(std::string location, std::string_view name, std::string_view value) {
  const auto fragment = std::min(location.find('#'), location.size());
  const auto mark = location.find('?') < fragment ? "&" : "?";
  return location.insert(fragment, fmt::format("{}{}={}", mark, name, value));
}

Params texts_of(const json::object& object) {
  Params texts;
  for (const auto& [name, value] : object) {
    if (value.is_string()) texts[std::string(name)] = http::percent_encode(value.get_string());
    if (value.is_int64()) texts[std::string(name)] = std::to_string(value.get_int64());
  }
  return texts;
}

}  // namespace

std::string referring_path(const http::Request& request) {
  const auto referer = request.header("referer");
  const auto host = referer.find("://");
  const auto path = host == std::string_view::npos ? host : referer.find('/', host + 3);
  if (path == std::string_view::npos) return {};
  return std::string(referer.substr(path, referer.find_first_of("?#", path) - path));
}

Result<void> add_field(FormPost& post, std::string name, std::string value) {
  if (!http::is_utf8(name) || !http::is_utf8(value)) return reject(ErrorCode::not_utf8);
  if (auto* place = reserved(post, name)) {
    *place = std::move(value);
  } else if (name == "if_version") {
    post.if_version = whole_number(value);
    if (!post.if_version && !value.empty()) return reject(ErrorCode::invalid_request, "if_version is not a number.");
  } else {
    post.fields.emplace_back(std::move(name), std::move(value));
  }
  return {};
}

Result<FormPost> read_form(const http::Request& request, std::string command) {
  if (!request.header("content-type").starts_with("application/x-www-form-urlencoded")) {
    return reject(ErrorCode::unsupported_media_type, "Forms are sent as application/x-www-form-urlencoded.");
  }
  auto fields = http::parse_form(request.body);
  if (fields.size() > k_form_fields_max) return reject(ErrorCode::too_large, "The form has too many fields.");
  FormPost post;
  post.command = std::move(command);
  for (auto& [name, value] : fields) {
    if (auto added = add_field(post, std::move(name), std::move(value)); !added) return std::unexpected(std::move(added.error()));
  }
  if (!http::is_local_path(post.on_page)) post.on_page = referring_path(request);
  return post;
}

Result<json::object> to_arguments(const FormPost& post) {
  const auto* shape = catalogue::fields_of(post.command);
  if (!shape) return reject(ErrorCode::unknown_command);
  json::object arguments;
  std::vector<FieldError> errors;
  for (const auto& [name, text] : post.fields) {
    const auto field =
        std::find_if(shape->begin(), shape->end(), [&](const auto& known) { return known.name == name; });
    if (field == shape->end()) {
      arguments[name] = text;  // The owner says that there is no such field.
    } else {
      add_argument(arguments, post.command, *field, text, errors);
    }
  }
  if (errors.empty()) return arguments;
  return std::unexpected(Rejection{ErrorCode::invalid_arguments, errors.front().detail, errors, {}});
}

std::string success_location(const FormPost& post, const json::object& result,
                             const json::object& arguments) {
  auto values = texts_of(result);
  values.merge(texts_of(arguments));
  const auto location = filled(post.return_to, values);
  return location && http::is_local_path(*location) ? *location : page_of(post);
}

std::string saying_others_later(std::string location) {
  return with_query(std::move(location), k_saved_name, k_saved_others_later);
}

std::string saying_done(std::string location, std::string_view done) {
  location.resize(std::min(location.find('#'), location.size()));
  return with_query(std::move(location), k_done_name, done).append(k_done_place);
}

std::string page_of(const FormPost& post) {
  for (const auto& candidate : {post.on_page, post.return_to}) {
    if (!http::is_local_path(candidate) || candidate.find('{') != std::string::npos) continue;
    return candidate.substr(0, candidate.find_first_of("?#"));
  }
  return "/";
}

}  // namespace witan::pages
