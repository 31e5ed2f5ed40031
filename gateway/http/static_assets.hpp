#pragma once

#include <map>
#include <string>

#include "gateway/http/message.hpp"

namespace witan::http {

/// Scripts, styles and images, read into memory at the start with their `.br` and `.gz` forms. Only what was there
/// then has an address, so no path can lead anywhere else. Immutable, so safe to read from any thread.
class StaticAssets {
 public:
  /// Reads `folder` (nothing when it does not exist). Throws std::runtime_error when it is larger than 64 MiB.
  explicit StaticAssets(const std::string& folder);

  /// The answer for `path` below the folder, without a slash in front.
  Response serve(const Request& request, const std::string& path) const;
  std::size_t count() const { return files_.size(); }

 private:
  struct File {
    std::string plain;
    std::string brotli;   ///< Empty when there is none.
    std::string gzip;
    std::string type;
    std::string tag;      ///< ETag of the plain form.
    bool is_hashed = false;
  };
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace witan::http
