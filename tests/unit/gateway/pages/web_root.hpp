#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "shared/base/ids.hpp"

namespace witan::pages {

/// A folder with templates and a manifest, gone at the end of the test.
class WebRoot {
 public:
  WebRoot() : path_(std::filesystem::temp_directory_path() / ("witan-web-root-" + random_id_text())) {
    std::filesystem::create_directories(path_ / "templates" / "partials");
  }
  ~WebRoot() { std::filesystem::remove_all(path_); }
  WebRoot(const WebRoot&) = delete;
  WebRoot& operator=(const WebRoot&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ / name) << text; }
  void page(const std::string& name, const std::string& text) const {
    write("templates/" + name + ".mustache", text);
  }
  void partial(const std::string& name, const std::string& text) const { page("partials/" + name, text); }

 private:
  std::filesystem::path path_;
};

}  // namespace witan::pages
