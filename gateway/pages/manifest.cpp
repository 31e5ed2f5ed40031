#include "gateway/pages/manifest.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "shared/base/json.hpp"

namespace witan::pages {

namespace {

std::string required_text(const json::object& page, std::string_view member) {
  const auto text = string_at(page, member);
  if (text.empty()) {
    throw std::runtime_error(
        fmt::format("A page in the manifest has no {}: {}", member, json::serialize(page)));
  }
  return std::string(text);
}

std::vector<std::string> texts_at(const json::object& page, std::string_view member) {
  std::vector<std::string> texts;
  const auto* list = page.if_contains(member);
  if (!list || !list->is_array()) return texts;
  for (const auto& entry : list->get_array()) {
    if (entry.is_string()) texts.emplace_back(entry.get_string());
  }
  return texts;
}

void add_topics(Page& page, const json::object& from, std::string_view member, bool is_each_body) {
  const auto* topics = object_at(from, member);
  if (!topics) return;
  const auto optional = texts_at(from, "optional"), spare = texts_at(from, "spare");
  for (const auto& [alias, pattern] : *topics) {
    if (!pattern.is_string())
      throw std::runtime_error(fmt::format("The topic of {} is not text.", page.path));
    const bool is_optional =
        std::find(optional.begin(), optional.end(), std::string_view(alias)) != optional.end();
    const bool is_own = std::string_view(pattern.get_string()).find("{me}") != std::string_view::npos;
    if (is_own && !is_optional) page.is_for_signed_in = true;
    page.topics.push_back({std::string(alias), std::string(pattern.get_string()), is_optional, is_each_body, std::ranges::count(spare, std::string_view(alias)) > 0});
  }
}

Page page_from(const json::object& object) {
  Page page;
  page.path = required_text(object, "path");
  page.name = required_text(object, "template");
  page.title = required_text(object, "title");
  page.section = string_at(object, "section");
  page.draws_second_factor = string_at(object, "draws") == "second_factor";
  add_topics(page, object, "topics", false);
  add_topics(page, object, "each_body", true);
  return page;
}

std::string_view next_segment(std::string_view& rest) {
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const auto segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

std::optional<Params> match(std::string_view pattern, std::string_view path) {
  Params params;
  while (!pattern.empty() && !path.empty()) {
    const auto expected = next_segment(pattern);
    const auto given = next_segment(path);
    if (expected.starts_with('{') && expected.ends_with('}')) {
      if (given.empty()) return std::nullopt;
      params.emplace(expected.substr(1, expected.size() - 2), given);
    } else if (expected != given) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return params;
}

}  // namespace

Manifest::Manifest(std::string_view text) {
  boost::system::error_code fault;
  const auto list = json::parse(json::string_view(text.data(), text.size()), fault);
  if (fault || !list.is_array()) throw std::runtime_error("The pages' manifest is not a JSON list.");
  for (const auto& entry : list.get_array()) {
    if (!entry.is_object())
      throw std::runtime_error("The pages' manifest holds something that is not a page.");
    pages_.push_back(page_from(entry.get_object()));
  }
}

Manifest Manifest::load(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(fmt::format("The pages' manifest {} cannot be read.", file.string()));
  std::ostringstream text;
  text << stream.rdbuf();
  return Manifest(text.str());
}

std::optional<FoundPage> Manifest::find(std::string_view path) const {
  for (const auto& page : pages_) {
    if (auto params = match(page.path, path)) return FoundPage{&page, std::move(*params)};
  }
  return std::nullopt;
}

std::optional<std::string> filled(std::string_view pattern, const Params& values) {
  std::string text;
  while (!pattern.empty()) {
    const auto open = std::min(pattern.find('{'), pattern.size());
    text += pattern.substr(0, open);
    pattern.remove_prefix(open);
    const auto close = pattern.find('}');
    if (close == std::string_view::npos) break;
    const auto value = values.find(pattern.substr(1, close - 1));
    if (value == values.end()) return std::nullopt;
    text += value->second;
    pattern.remove_prefix(close + 1);
  }
  return text.append(pattern);
}

}  // namespace witan::pages
