#pragma once

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace witan::markdown {

/// What is wrong with the HTML, read as strictly as a validator would: elements of the closed list with
/// exactly the attributes that the renderer writes, each closed in order, and everything else escaped. Empty
/// when all is well.
inline std::string fault_in(std::string_view html) {
  static const std::set<std::string_view> k_elements = {"p",     "ul",     "ol", "li", "blockquote", "table",
                                                        "thead", "tbody",  "tr", "td", "th",         "pre",
                                                        "code",  "strong", "em", "a",  "div"};
  std::vector<std::string_view> open;
  for (std::size_t at = 0; at < html.size(); ++at) {
    const auto rest = html.substr(at);
    if (rest[0] == '>' || rest[0] == '"' || rest[0] == '\'')
      return "not escaped: " + std::string(rest.substr(0, 30));
    if (rest[0] == '&') {
      constexpr std::array<std::string_view, 5> k_escapes = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
      if (std::none_of(k_escapes.begin(), k_escapes.end(),
                       [&](auto escape) { return rest.starts_with(escape); })) {
        return "strange entity: " + std::string(rest.substr(0, 30));
      }
    }
    if (rest[0] != '<') continue;
    const auto end = rest.find('>');
    if (end == std::string_view::npos) return "open tag: " + std::string(rest.substr(0, 30));
    const auto tag = rest.substr(1, end - 1);
    at += end;
    if (tag == "br") continue;
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1)) return "closed out of order: " + std::string(tag);
      open.pop_back();
      continue;
    }
    const auto name = tag.substr(0, tag.find(' '));
    if (!k_elements.contains(name)) return "element: " + std::string(tag);
    open.push_back(name);
    const auto attributes = tag.substr(name.size());
    if (name == "a") {
      constexpr std::string_view k_rel = "\" rel=\"nofollow noopener ugc\"";
      if (!attributes.starts_with(" href=\"") || !attributes.ends_with(k_rel))
        return "link: " + std::string(tag);
      std::string href(attributes.substr(7, attributes.size() - 7 - k_rel.size()));
      if (href.find_first_of("\"'<> \t\n") != std::string::npos) return "href: " + href;
      std::transform(href.begin(), href.end(), href.begin(), [](unsigned char c) { return std::tolower(c); });
      if (!href.starts_with("http://") && !href.starts_with("https://") && !href.starts_with("mailto:"))
        return "scheme: " + href;
    } else if (name == "ol" && !attributes.empty()) {
      const auto number = attributes.substr(std::min<std::size_t>(8, attributes.size()));
      if (!attributes.starts_with(" start=\"") ||
          number.find_first_not_of("0123456789") != number.size() - 1) {
        return "ol: " + std::string(tag);
      }
    } else if (name == "div") {
      if (attributes != " role=\"group\" aria-label=\"Table\" tabindex=\"0\"") return "div: " + std::string(tag);
    } else if (!attributes.empty() && !(name == "th" && attributes == " scope=\"col\"")) {
      return "attribute: " + std::string(tag);
    }
  }
  return open.empty() ? "" : "never closed: " + std::string(open.back());
}

}  // namespace witan::markdown
