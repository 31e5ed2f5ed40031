#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// `done.json`: what people are told after a form has done its work, by the name that the form carries. Read once at the
/// start.
namespace witan::pages {

class DoneWords {
 public:
  /// Throws std::runtime_error with one sentence when it is not an object of texts.
  explicit DoneWords(std::string_view text);
  static DoneWords load(const std::filesystem::path& file);

  /// Empty for a name that is not known.
  [[nodiscard]] std::string of(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> words_;
};

}  // namespace witan::pages
