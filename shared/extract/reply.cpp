#include "shared/extract/reply.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "shared/files/utf8.hpp"

namespace witan::extract {

namespace {

constexpr std::string_view k_name = "witan-extract 1 ";

struct Head {
  std::int64_t pages = 0;
  bool is_cut = false;
};

std::optional<Head> read_head(std::string_view line) {
  if (!line.starts_with(k_name)) return std::nullopt;
  line.remove_prefix(k_name.size());
  Head head;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), head.pages);
  if (error != std::errc() || head.pages < 0 || head.pages > k_pages_max) return std::nullopt;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  if (line != " 0" && line != " 1") return std::nullopt;
  head.is_cut = line == " 1";
  return head;
}

bool may_stand_in_text(char32_t code) {
  if (code == '\n' || code == '\t' || code == '\f') return true;
  // What turns the direction of writing would let a sum read otherwise here than in the file.
  const bool turns_direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  if (turns_direction) return false;
  return code >= 0x20 && (code < 0x7F || code >= 0xA0);
}

/// In place, so that the text is never in memory twice. Whether it is UTF-8.
bool leave_out_control_characters(std::string& text) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size();) {
    const auto character = files::character_at(text, from);
    if (character.size == 0) return false;
    if (may_stand_in_text(character.code)) {
      for (std::size_t i = 0; i < character.size; ++i) text[to + i] = text[from + i];
      to += character.size;
    }
    from += character.size;
  }
  text.resize(to);
  return true;
}

}  // namespace

std::string head_of(std::int64_t pages, bool is_cut) { return std::string(k_name) + std::to_string(pages) + (is_cut ? " 1\n" : " 0\n"); }

std::expected<Text, Failure> read_reply(std::string output, std::size_t text_bytes_max) {
  const auto end = std::string_view(output).substr(0, k_head_bytes_max).find('\n');
  if (end == std::string_view::npos) return std::unexpected(Failure::unreadable);
  const auto head = read_head(std::string_view(output).substr(0, end));
  if (!head || output.size() - end - 1 > text_bytes_max) return std::unexpected(Failure::unreadable);
  output.erase(0, end + 1);
  if (!leave_out_control_characters(output)) return std::unexpected(Failure::unreadable);
  return Text{head->pages, std::move(output), head->is_cut};
}

}  // namespace witan::extract
