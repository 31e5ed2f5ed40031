#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// `pages.json`: which template and which topics make the page at a path. Read once at the start.
namespace witan::pages {

using Params = std::map<std::string, std::string, std::less<>>;

struct TopicOfPage {
  std::string alias;
  std::string pattern;  ///< `meetings/{meeting}`; `{me}` is the reader.
  bool is_optional =
      false;  ///< The page is shown without it when the caller may not see it or it is not there.
  bool is_each_body = false;  ///< Once for every body in which the caller holds a seat; `{body}` is its id.
  bool is_spare = false;      ///< The page is also shown without it while nobody can say whether it is there. Where it is known that it is not, it is empty.
};

struct Page {
  std::string path;   ///< `/meetings/{meeting}`
  std::string name;   ///< The template.
  std::string title;  ///< A template too, for plain text.
  std::string section;
  std::vector<TopicOfPage> topics;
  bool draws_second_factor = false;  ///< Shows a new key for an authenticator app and new recovery codes.
  bool is_for_signed_in = false;  ///< Cannot do without a topic of the reader's own (`{me}` in its pattern).
};

struct FoundPage {
  const Page* page = nullptr;
  Params params;
};

class Manifest {
 public:
  /// Throws std::runtime_error with one sentence when the text is not a manifest.
  explicit Manifest(std::string_view text);
  static Manifest load(const std::filesystem::path& file);

  const std::vector<Page>& pages() const { return pages_; }
  /// The first page whose path fits. A `{name}` stands for one segment that is not empty.
  std::optional<FoundPage> find(std::string_view path) const;

 private:
  std::vector<Page> pages_;
};

/// `pattern` with each `{name}` replaced by what `values` has for it; nothing when it has none.
std::optional<std::string> filled(std::string_view pattern, const Params& values);

}  // namespace witan::pages
