#pragma once

#include <filesystem>
#include <string_view>

/// Files that are whole and on the disk once a call has returned, for this user alone (mode 0600).
/// Every function throws std::system_error when the disk refuses.
namespace witan {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

/// Writes a file that must not be there yet. Its name is on the disk after `sync_folder_of`.
void write_new_file(const std::filesystem::path& path, std::string_view bytes);
/// Puts a file in place of the one that may be there: whoever reads sees all of the old one or all of the new
/// one. One caller at a time for each path.
void replace_file(const std::filesystem::path& path, std::string_view bytes);
/// Makes new names in the folder of `path` last.
void sync_folder_of(const std::filesystem::path& path);

}  // namespace witan
