#include "gateway/pages/done_words.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

#include "shared/base/json.hpp"

namespace witan::pages {

DoneWords::DoneWords(std::string_view text) {
  boost::system::error_code fault;
  const auto object = json::parse(json::string_view(text.data(), text.size()), fault);
  if (fault || !object.is_object()) throw std::runtime_error("What is said after success is not a JSON object.");
  for (const auto& [name, words] : object.get_object()) {
    if (!words.is_string()) throw std::runtime_error(fmt::format("What is said after {} is not text.", std::string_view(name)));
    words_.emplace(name, words.get_string());
  }
}

DoneWords DoneWords::load(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error(fmt::format("{}, what is said after success, cannot be read.", file.string()));
  std::ostringstream text;
  text << stream.rdbuf();
  return DoneWords(text.str());
}

std::string DoneWords::of(std::string_view name) const {
  const auto found = words_.find(name);
  return found == words_.end() ? std::string() : found->second;
}

}  // namespace witan::pages
