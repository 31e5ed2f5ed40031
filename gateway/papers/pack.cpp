#include "gateway/papers/pack.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/split.hpp>

#include "gateway/http/message.hpp"
#include "shared/markdown/escape.hpp"

namespace witan::papers {

namespace {

namespace net = boost::asio;

constexpr std::size_t k_title_bytes_max = 100;
constexpr std::size_t k_hash_letters = 64;
const std::string k_index = "index.html";
constexpr const char* k_about = "The papers that whoever downloaded them could read then. What differs from its checksum was altered, or was not downloaded whole.";
constexpr const char* k_nothing = "There was no paper that whoever downloaded this could read then.";

std::string escaped(std::string_view text) {
  std::string html;
  markdown::append_escaped(html, text);
  return html;
}

/// "03.01", so that item 3.10 comes after item 3.2.
std::string sortable(std::string_view number, std::size_t digits) {
  std::vector<std::string> parts;
  boost::split(parts, number, [](char c) { return c == '.'; });
  std::string all;
  for (const auto& part : parts) all += fmt::format("{}{:0>{}}", all.empty() ? "" : ".", part, digits);
  return all;
}

/// Who else may read it, and since when: whoever passes the file on must know.
std::string limits_of(const contract::meetings::PaperView& paper) {
  return std::string(paper.is_late ? ", late" : "") + (paper.is_named ? ", for named seats only" : paper.is_members_only ? ", for members only" : "") + (paper.not_before ? ", not before " + escaped(*paper.not_before) : std::string()) + (paper.waits_for_second ? ", not released" : "");
}

/// What the page of the agenda says of a paper, with the file where it is in the pack.
std::string paper_line(const contract::meetings::PaperView& paper, const std::vector<PackFile>& files) {
  const auto file = std::ranges::find(files, paper.paper.str(), &PackFile::paper);
  if (file != files.end()) {
    const auto hash = file->sha256.empty() ? std::string(k_hash_letters, '0') : file->sha256;
    return fmt::format("<li><a href=\"./{}\">{}</a>: {}, version {}, {}{}<br><small>SHA-256 {}</small></li>\n", http::percent_encode(file->entry.name),
                       escaped(file->entry.name), escaped(paper.title), file->version, escaped(paper.size), limits_of(paper), hash);
  }
  if (paper.is_to_follow) return fmt::format("<li>{}: to follow{}</li>\n", escaped(paper.title), paper.expected ? ", expected by " + escaped(*paper.expected) : std::string());
  if (paper.is_withdrawn) return fmt::format("<li>{}: withdrawn</li>\n", escaped(paper.title));
  return has_file(paper) ? fmt::format("<li>{}: could not be read when this file was made</li>\n", escaped(paper.title)) : std::string();
}

}  // namespace

bool has_file(const contract::meetings::PaperView& paper) { return !paper.file_href.empty() && !paper.is_withdrawn && !paper.is_to_follow; }

std::string pack_name(std::string_view item_number, std::size_t digits, std::string_view title, std::int64_t version, std::string_view ending,
                      const std::vector<PackFile>& before) {
  const auto plain = fmt::format("{} {} v{}", sortable(item_number, digits), safe_file_name(title, k_title_bytes_max), version);
  auto name = fmt::format("{}.{}", plain, ending);
  const auto is_taken = [&](const PackFile& one) { return boost::to_lower_copy(one.entry.name) == boost::to_lower_copy(name); };
  for (int n = 2; std::ranges::any_of(before, is_taken); ++n) name = fmt::format("{} ({}).{}", plain, n, ending);
  return name;
}

std::string pack_index(const PackAgenda& agenda, const std::vector<PackFile>& files) {
  const auto& meeting = agenda.meeting;
  const auto title = escaped(meeting.title);
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Papers: {}</title></head>\n<body><main>\n"
      "<h1>{}</h1>\n<p>{}</p>\n<p>{}<br>{}</p>\n<p>{}{}</p>\n<p>{}</p>\n<h2>Agenda</h2>\n",
      title, title, escaped(meeting.body_name), escaped(meeting.when), escaped(meeting.place), escaped(meeting.state_label),
      meeting.cancellation ? ": " + escaped(meeting.cancellation->reason) : std::string(), files.empty() ? k_nothing : k_about);
  for (const auto& item : agenda.items) {
    html += fmt::format("<h3>{} {}</h3>\n", escaped(item.number), item.is_restricted ? "For members only" : escaped(item.title));
    if (!item.papers) continue;
    html += "<ul>\n";
    for (const auto& paper : *item.papers) html += paper_line(paper, files);
    html += "</ul>\n";
  }
  return html + "</main></body>\n</html>\n";
}

Pack::Pack(PackAgenda agenda, std::vector<PackFile> files) : agenda_(std::move(agenda)), files_(std::move(files)) {
  for (auto& file : files_) {
    file.entry.offset = bytes_;
    bytes_ += zip_header(file.entry).size() + file.entry.bytes + zip_descriptor(file.entry).size();
  }
  bytes_ += end().size();
}

net::awaitable<Result<std::string>> Pack::next(const Read& read) {
  if (at_ == files_.size()) co_return end();
  auto& file = files_[at_];
  auto piece = within_ == 0 ? zip_header(file.entry) : std::string();
  const auto bytes = co_await read(file, within_);
  if (!bytes) co_return bytes;
  if (bytes->empty() || bytes->size() > file.entry.bytes - within_) co_return reject(ErrorCode::internal);
  file.entry.crc = crc32_of(*bytes, file.entry.crc);
  hash_.add(*bytes);
  within_ += bytes->size();
  piece += *bytes;
  if (within_ < file.entry.bytes) co_return piece;
  file.sha256 = std::exchange(hash_, {}).hex();
  piece += zip_descriptor(file.entry);
  ++at_;
  within_ = 0;
  co_return piece;
}

/// The index, and what a ZIP file ends with.
std::string Pack::end() {
  const auto html = pack_index(agenda_, files_);
  std::vector<ZipEntry> entries;
  for (const auto& file : files_) entries.push_back(file.entry);
  const auto offset = files_.empty() ? 0 : files_.back().entry.offset + zip_header(files_.back().entry).size() + files_.back().entry.bytes + zip_descriptor(files_.back().entry).size();
  entries.push_back({k_index, html.size(), offset, crc32_of(html, 0)});
  const auto whole = zip_header(entries.back()) + html + zip_descriptor(entries.back());
  return whole + zip_directory(entries, offset + whole.size());
}

}  // namespace witan::papers
