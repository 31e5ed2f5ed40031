#include "gateway/exports/atom.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace witan::exports {

using contract::meetings::PaperKind;
using contract::meetings::PublishedPaperView;

namespace {

/// What a feed says of its last change that has never had an entry.
constexpr Timestamp k_never{};

/// Text, also within quotes. XML 1.0 has no place for control characters, nor for U+FFFE and U+FFFF, and they are left out.
std::string xml(std::string_view text) {
  constexpr std::size_t k_bytes = 3;  // of these two, in UTF-8
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const auto rest = text.substr(at, k_bytes);
    if (rest == "\xEF\xBF\xBE" || rest == "\xEF\xBF\xBF") at += k_bytes - 1;
    else if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else if (c == '>') result += "&gt;";
    else if (c == '"') result += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') result += c;
  }
  return result;
}

std::string summary_of(const PublishedPaperView& paper) {
  auto text = fmt::format("For “{}” at {}, {}.", paper.item_title, paper.meeting_title, paper.when);
  if (paper.withdrawn_reason) return text + " Withdrawn: " + *paper.withdrawn_reason;
  if (paper.what_changed) text += fmt::format(" Version {}: {}", paper.version, *paper.what_changed);
  return text;
}

std::string entry(const PublishedPaperView& paper, const std::string& origin) {
  const auto address = xml(origin + paper.href);
  std::string text = "  <entry>\n";
  text += fmt::format("    <id>{}</id>\n", address);
  text += fmt::format("    <title>{}{}</title>\n", paper.withdrawn_reason ? "Withdrawn: " : "", xml(paper.title));
  text += fmt::format("    <updated>{}</updated>\n", uk_time::rfc3339(paper.updated_at));
  text += fmt::format("    <published>{}</published>\n", uk_time::rfc3339(paper.published_at));
  text += fmt::format("    <author><name>{}</name></author>\n", xml(paper.body_name));
  text += fmt::format("    <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", address);
  if (!paper.file_href.empty()) {
    const auto* type = paper.kind == PaperKind::pdf ? "application/pdf" : "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    text += fmt::format("    <link rel=\"enclosure\" type=\"{}\" length=\"{}\" href=\"{}\"/>\n", type, paper.bytes, xml(origin + paper.file_href));
  }
  text += fmt::format("    <summary>{}</summary>\n", xml(summary_of(paper)));
  return text + "  </entry>\n";
}

}  // namespace

std::string atom(const AtomFeed& feed, const std::vector<PublishedPaperView>& papers) {
  const auto latest = std::ranges::max_element(papers, {}, &PublishedPaperView::updated_at);
  std::string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n";
  text += fmt::format("  <id>{}</id>\n  <title>{}</title>\n", xml(feed.address), xml(feed.title));
  text += fmt::format("  <updated>{}</updated>\n", uk_time::rfc3339(latest == papers.end() ? k_never : latest->updated_at));
  text += "  <author><name>Witan</name></author>\n";
  text += fmt::format("  <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n", xml(feed.address));
  text += fmt::format("  <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", xml(feed.page));
  for (const auto& paper : papers) text += entry(paper, feed.origin);
  return text + "</feed>\n";
}

}  // namespace witan::exports
