#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/json.hpp"

namespace witan::pages {

/// One compiled Mustache template. Escapes `& < > " '` in `{{name}}`; nothing in `{{{name}}}`.
/// Not thread-safe: rendering uses room inside the engine.
class Template {
 public:
  enum class Escape { html, nothing };

  /// Throws std::runtime_error with one sentence when `source` does not parse. `name` is for that sentence.
  Template(std::string_view name, const std::string& source, Escape escape = Escape::html);
  ~Template();
  Template(Template&&) noexcept;
  Template& operator=(Template&&) noexcept;

  std::string render(const json::object& context);

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// All templates of a folder, read once: `page.mustache`, and partials in `partials/`. A partial is put in
/// the place of its `{{> name}}` when the templates are read, so each page is parsed once; hence a partial
/// may not contain itself.
class Renderer {
 public:
  /// Throws std::runtime_error with one sentence when a template does not parse or a partial is not there.
  explicit Renderer(const std::filesystem::path& folder);

  bool has(std::string_view name) const { return templates_.contains(name); }
  /// `name` must be one that is there.
  std::string render(std::string_view name, const json::object& context);

 private:
  std::map<std::string, Template, std::less<>> templates_;
};

}  // namespace witan::pages
