#include "gateway/papers/reading.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

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

/// What stands in columns keeps a gap between them.
void append_line(std::string& html, std::string_view line) {
  for (std::size_t at = 0; at <= line.size();) {
    const auto end = std::min(line.find('\t', at), line.size());
    markdown::append_escaped(html, line.substr(at, end - at));
    if (end < line.size()) html += " &nbsp; ";
    at = end + 1;
  }
}

void append_paragraph(std::string& html, const std::vector<std::string_view>& lines, bool is_broken_for_paper) {
  const auto longest = std::ranges::max(lines, {}, &std::string_view::size).size();
  html += "<p>";
  for (std::size_t n = 0; n < lines.size(); ++n) {
    append_line(html, lines[n]);
    if (n + 1 < lines.size()) html += is_broken_for_paper && runs_on(lines[n], longest) ? "\n" : "<br>\n";
  }
  html += "</p>\n";
}

std::string paragraphs_of(std::string_view page, bool is_broken_for_paper) {
  std::string html;
  std::vector<std::string_view> lines;
  const auto end = [&] {
    if (!lines.empty()) append_paragraph(html, lines, is_broken_for_paper);
    lines.clear();
  };
  for (const auto line : parts_of(page, '\n')) {
    if (is_blank(line)) end();
    else lines.push_back(line);
  }
  end();
  return html;
}

/// Cut where a character ends.
std::string_view shown(std::string_view text) {
  auto end = std::min(text.size(), k_shown_bytes_max);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string_view heading_of(markdown::Block::Kind kind) {
  switch (kind) {
    case markdown::Block::title:
    case markdown::Block::section: return "h2 class=\"govuk-heading-m\"";
    case markdown::Block::subsection: return "h3 class=\"govuk-heading-s\"";
    default: return {};
  }
}

}  // namespace

json::array pages_of_markdown(std::string_view text) {
  std::string html;
  for (const auto& block : markdown::blocks_of(shown(text))) {
    const auto heading = heading_of(block.kind);
    html += heading.empty() ? block.html : fmt::format("<{}>{}</{}>", heading, block.html, heading.substr(0, 2));
    html += '\n';
  }
  return {json::object{{"html", std::move(html)}}};
}

json::array pages_of_text(std::string_view text, bool runs_on) {
  json::array pages;
  const bool has_pages = std::ranges::count(text, '\f') > 0;
  const auto parts = parts_of(shown(text), '\f');
  for (std::size_t n = 0; n < parts.size() && pages.size() < k_pages_shown_max; ++n) {
    auto html = paragraphs_of(parts[n], runs_on);
    if (html.empty()) continue;
    json::object page{{"html", std::move(html)}};
    if (has_pages) page["number"] = static_cast<std::int64_t>(n) + 1;
    pages.push_back(std::move(page));
  }
  return pages;
}

bool is_too_long_to_show(std::string_view text) {
  return text.size() > k_shown_bytes_max || static_cast<std::size_t>(std::ranges::count(text, '\f')) >= k_pages_shown_max;
}

}  // namespace witan::papers
