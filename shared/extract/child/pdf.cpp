#include <iconv.h>

#include <limits>
#include <memory>
#include <string>

#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include "shared/extract/child/readers.hpp"

namespace witan::extract {

namespace {

/// A page with a letter on it, without a table of its objects: Poppler then finds them itself.
constexpr std::string_view k_first_pdf =
    "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>\nendobj\n"
    "4 0 obj\n<</Length 26>>\nstream\nBT /F 1 Tf 1 1 Td(a)Tj ET \nendstream\nendobj\n"
    "5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\ntrailer\n<</Root 1 0 R>>\n";

std::unique_ptr<poppler::document> opened(std::string_view file) {
  if (file.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return std::unique_ptr<poppler::document>(poppler::document::load_from_raw_data(file.data(), static_cast<int>(file.size())));
}

void append_utf8(std::string& to, char32_t code) {
  const auto add = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12);
    add(0x80 | (code >> 6 & 0x3F));
  } else {
    add(0xF0 | code >> 18);
    add(0x80 | (code >> 12 & 0x3F));
    add(0x80 | (code >> 6 & 0x3F));
  }
  add(0x80 | (code & 0x3F));
}

/// Poppler's own way gives nothing at all when there is half of a pair somewhere; here it becomes U+FFFD.
std::string utf8_of(const poppler::ustring& utf16) {
  std::string text;
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    char32_t code = utf16[i];
    const bool is_pair = code >= 0xD800 && code < 0xDC00 && i + 1 < utf16.size() && utf16[i + 1] >= 0xDC00 && utf16[i + 1] < 0xE000;
    if (is_pair) code = 0x10000 + ((code - 0xD800) << 10) + (char32_t{utf16[++i]} - 0xDC00);
    if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
    // Form feeds part pages, so there is none in a page; a byte order mark comes with each conversion.
    if (code != '\f' && code != 0xFEFF) append_utf8(text, code);
  }
  return text;
}

std::string text_of_page(const poppler::document& file, int number) {
  const std::unique_ptr<poppler::page> page(file.create_page(number));
  if (!page) return {};  // the others may be well
  auto text = utf8_of(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout));
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

void prepare_pdf() {
  // Both stay for ever: what they have loaded is kept only while somebody uses it.
  [[maybe_unused]] static const iconv_t to_utf16 = ::iconv_open("UTF-16", "UTF-8");
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  static const auto first = opened(k_first_pdf);
  if (first) text_of_page(*first, 0);
}

std::expected<std::int64_t, Failure> read_pdf(std::string_view file, Collector& text) {
  const auto document = opened(file);
  if (!document || document->is_locked() || document->pages() <= 0) return std::unexpected(Failure::unreadable);
  const int pages = document->pages();
  if (pages > k_pages_max) return std::unexpected(Failure::too_large);
  for (int page = 0; page < pages && !text.is_cut(); ++page) text.add((page == 0 ? "" : "\f") + text_of_page(*document, page));
  return pages;
}

}  // namespace witan::extract
