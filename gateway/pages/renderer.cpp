#include "gateway/pages/renderer.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "shared/base/assert.hpp"

namespace witan::pages {

namespace {

namespace fs = std::filesystem;
namespace mustache = kainjow::mustache;

constexpr std::size_t k_partial_depth_max = 12;

/// Empty text and null are false here because they are in JavaScript; both print nothing.
mustache::data to_data(const json::value& value) {
  switch (value.kind()) {
    case json::kind::bool_:
      return mustache::data(value.get_bool());
    case json::kind::string:
      if (value.get_string().empty()) return mustache::data(false);
      return mustache::data(std::string(value.get_string()));
    case json::kind::int64:
      return mustache::data(fmt::format("{}", value.get_int64()));
    case json::kind::uint64:
      return mustache::data(fmt::format("{}", value.get_uint64()));
    case json::kind::double_:
      return mustache::data(fmt::format("{}", value.get_double()));
    case json::kind::null:
      return mustache::data(false);
    case json::kind::array: {
      mustache::data list(mustache::data::type::list);
      for (const auto& element : value.get_array()) list.push_back(to_data(element));
      return list;
    }
    case json::kind::object: {
      mustache::data object(mustache::data::type::object);
      for (const auto& [name, member] : value.get_object()) object[std::string(name)] = to_data(member);
      return object;
    }
  }
  return mustache::data(false);
}

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(fmt::format("The template {} cannot be read.", path.string()));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

using Sources = std::map<std::string, std::string, std::less<>>;

Sources read_folder(const fs::path& folder) {
  Sources sources;
  if (!fs::is_directory(folder)) return sources;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".mustache")
      sources[entry.path().stem().string()] = read_file(entry.path());
  }
  return sources;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// `source` with every `{{> name}}` replaced by that partial, and so on inside it.
std::string with_partials(std::string_view source, const Sources& partials, std::size_t depth) {
  if (depth > k_partial_depth_max) throw std::runtime_error("a partial contains itself");
  std::string text;
  for (;;) {
    const auto begin = source.find("{{>");
    const auto end = begin == std::string_view::npos ? begin : source.find("}}", begin);
    if (end == std::string_view::npos) return text.append(source);
    const auto name = trimmed(source.substr(begin + 3, end - begin - 3));
    const auto partial = partials.find(name);
    if (partial == partials.end()) throw std::runtime_error(fmt::format("there is no partial {}", name));
    text.append(source.substr(0, begin)).append(with_partials(partial->second, partials, depth + 1));
    source.remove_prefix(end + 2);
  }
}

}  // namespace

struct Template::Engine {
  explicit Engine(const std::string& source) : compiled(source) {}
  mustache::mustache compiled;
};

Template::Template(std::string_view name, const std::string& source, Escape escape)
    : engine_(std::make_unique<Engine>(source)) {
  if (!engine_->compiled.is_valid()) {
    throw std::runtime_error(
        fmt::format("The template {} does not parse: {}.", name, engine_->compiled.error_message()));
  }
  if (escape == Escape::nothing) {
    engine_->compiled.set_custom_escape([](const std::string& text) { return text; });
  }
}

Template::~Template() = default;
Template::Template(Template&&) noexcept = default;
Template& Template::operator=(Template&&) noexcept = default;

std::string Template::render(const json::object& context) {
  const auto data = to_data(context);
  std::string text;
  engine_->compiled.render(data, [&](const std::string& piece) { text += piece; });
  return text;
}

Renderer::Renderer(const fs::path& folder) {
  const auto partials = read_folder(folder / "partials");
  for (const auto& [name, source] : read_folder(folder)) {
    try {
      templates_.emplace(name, Template(name, with_partials(source, partials, 0)));
    } catch (const std::runtime_error& fault) {
      throw std::runtime_error(fmt::format("The template {} is not usable: {}", name, fault.what()));
    }
  }
}

std::string Renderer::render(std::string_view name, const json::object& context) {
  const auto found = templates_.find(name);
  ASSERT(found != templates_.end());
  return found->second.render(context);
}

}  // namespace witan::pages
