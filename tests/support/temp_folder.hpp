#pragma once

#include <filesystem>
#include <string>

namespace witan::test {

/// A folder of its own under the machine's temporary folder, removed with everything in it when destroyed.
class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  const std::filesystem::path& path() const { return path_; }
  /// The path of a file or folder in it, which need not exist.
  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace witan::test
