#include "gateway/papers/reading.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "shared/markdown/escape.hpp"
#include "shared/markdown/markdown.hpp"

namespace witan::papers {

namespace {

std::vector<std::string_view> parts_of(std::string_view text, char between) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(between, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

/// A line that is nearly as long as the longest beside it was broken because the paper ended there, a shorter one because its writer did.
bool runs_on(std::string_view line, std::size_t longest) { return line.size() * 4 >= longest * 3; }

std::string paragraph_of(const std::vector<std::string_view>& lines) {
  const auto longest = std::ranges::max(lines, {}, &std::string_view::size).size();
  std::string html = "<p>";
  for (std::size_t n = 0; n < lines.size(); ++n) {
    markdown::append_escaped(html, lines[n]);
    if (n + 1 < lines.size()) html += runs_on(lines[n], longest) ? "\n" : "<br>\n";
  }
  return html + "</p>";
}

json::array paragraphs_of(std::string_view page) {
  json::array blocks;
  std::vector<std::string_view> lines;
  const auto end = [&] {
    if (!lines.empty()) blocks.push_back({{"html", paragraph_of(lines)}});
    lines.clear();
  };
  for (const auto line : parts_of(page, '\n')) {
    if (is_blank(line)) end();
    else lines.push_back(line);
  }
  end();
  return blocks;
}

}  // namespace

json::array pages_of_markdown(std::string_view text) {
  json::array blocks;
  for (const auto& block : markdown::blocks_of(text)) {
    json::object shown{{"html", block.html}};
    if (block.kind == markdown::Block::title || block.kind == markdown::Block::section) shown["is_heading"] = true;
    if (block.kind == markdown::Block::subsection) shown["is_subheading"] = true;
    blocks.push_back(std::move(shown));
  }
  return {json::object{{"blocks", std::move(blocks)}}};
}

json::array pages_of_text(std::string_view text) {
  json::array pages;
  const auto parts = parts_of(text, '\f');
  const bool has_pages = std::ranges::count(text, '\f') > 0;
  for (std::size_t n = 0; n < parts.size(); ++n) {
    auto blocks = paragraphs_of(parts[n]);
    if (blocks.empty()) continue;
    json::object page{{"blocks", std::move(blocks)}};
    if (has_pages) page["number"] = static_cast<std::int64_t>(n) + 1;
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace witan::papers
