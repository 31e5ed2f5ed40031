#include "shared/files/check.hpp"

#include <algorithm>

#include <boost/describe/enum_to_string.hpp>

#include "shared/files/parts.hpp"
#include "shared/files/utf8.hpp"

namespace witan::files {

namespace {

constexpr std::string_view k_pdf_magic = "%PDF-";
constexpr std::string_view k_zip_magic = "PK\x03\x04";
/// A compound file: Word before 2007, and what Word writes when a document has a password.
constexpr std::string_view k_compound_magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Separators of folders, what no system lets stand in a name, and what turns the direction of writing, so that
/// "fdp.exe" would read as "exe.pdf".
bool may_stand_in_name(char32_t code) {
  if (code < 0x20 || (code >= 0x7F && code < 0xA0)) return false;
  if (code < 0x80 && std::string_view("/\\:*?\"<>|").find(static_cast<char>(code)) != std::string_view::npos) return false;
  const bool turns_direction = (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F);
  return !turns_direction && code != 0xFEFF && code != 0x061C;
}

bool is_good_name(std::string_view name) {
  if (name.empty() || name.size() > k_file_name_bytes_max || name.front() == '.' || name.front() == ' ') return false;
  for (std::size_t at = 0; at < name.size();) {
    const auto character = character_at(name, at);
    if (character.size == 0 || !may_stand_in_name(character.code)) return false;
    at += character.size;
  }
  return true;
}

bool ends_with_any_case(std::string_view text, std::string_view end) {
  if (text.size() <= end.size()) return false;
  return std::equal(end.begin(), end.end(), text.end() - static_cast<std::ptrdiff_t>(end.size()),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b); });
}

/// Text that shows as what it is: no bytes that are no UTF-8, no control characters, nothing that turns the direction of writing.
bool is_plain(char32_t code) {
  if (code < 0x20) return code == '\n' || code == '\r' || code == '\t';
  const bool turns_direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
  return (code < 0x7F || code >= 0xA0) && !turns_direction;
}

Checked check_markdown(Source& file) {
  if (file.size() > k_markdown_bytes_max) return std::unexpected(Fault::text_too_long);
  std::string text;
  while (text.size() < file.size()) {
    auto next = piece(file, text.size(), std::min<std::uint64_t>(file.size() - text.size(), 64 * 1024));
    if (next.empty()) return std::unexpected(Fault::truncated_file);
    text += next;
  }
  for (std::size_t at = 0; at < text.size();) {
    const auto character = character_at(text, at);
    if (character.size == 0 || !is_plain(character.code)) return std::unexpected(Fault::text_not_plain);
    at += character.size;
  }
  return text.find_first_not_of(" \t\r\n") == std::string::npos ? Checked(std::unexpected(Fault::empty_file)) : Checked();
}

}  // namespace

std::string code(Fault fault) { return boost::describe::enum_to_string(fault, ""); }

std::string sentence(Fault fault) {
  switch (fault) {
    case Fault::empty_file: return "The file is empty. Choose another one.";
    case Fault::file_too_large: return "The file is larger than 25 MB. Make it smaller, for example with smaller pictures, or split it.";
    case Fault::bad_file_name: return "The file's name cannot be used. Rename it with letters, digits, spaces and hyphens, at most 200 of them.";
    case Fault::wrong_file_type: return "The file is neither a PDF nor a Word document (DOCX), nor a text in Markdown (MD). Save it as one of these.";
    case Fault::name_does_not_match: return "The file is of another type than its name says. Save it again from the program that it was written with.";
    case Fault::truncated_file: return "The end of the file is missing. Check that it opens on your computer, then choose it again.";
    case Fault::damaged_file: return "The file is damaged. Save it again from the program that it was written with.";
    case Fault::encrypted_file: return "The file is protected with a password, so that not every reader could open it. Save it without one.";
    case Fault::too_compressed: return "The file grows far too large when it is unpacked. Save it again from the program that it was written with.";
    case Fault::pdf_has_script: return "The PDF contains a script (JavaScript or an XFA form). Print it to a new PDF and choose that.";
    case Fault::pdf_starts_program: return "The PDF can start a program on the reader's computer. Print it to a new PDF and choose that.";
    case Fault::pdf_has_attachment: return "The PDF has other files attached. Save it without them; attach each as a paper of its own.";
    case Fault::pdf_has_media: return "The PDF contains films, sounds or 3D objects that run in it. Print it to a new PDF and choose that.";
    case Fault::pdf_sends_data: return "The PDF has a form that sends or fetches data. Print it to a new PDF and choose that.";
    case Fault::pdf_reaches_outside: return "The PDF has a link to a file on a computer or a network. Remove it, or print the PDF to a new one and choose that.";
    case Fault::pdf_hides_objects: return "Parts of the PDF are packed in a way that cannot be checked. Print it to a new PDF and choose that.";
    case Fault::docx_has_macros: return "The document contains macros. Save it as a Word document without macros (DOCX).";
    case Fault::docx_has_embedded_program: return "The document has an object of another program in it. Replace it with a picture, or save it as PDF.";
    case Fault::docx_starts_program: return "The document has a field that can start another program (DDE). Replace it with its text, or save the document as PDF.";
    case Fault::docx_reaches_outside: return "The document fetches something from elsewhere when it is opened, such as a template or a linked picture. Put it into the document, or save it as PDF.";
    case Fault::docx_has_unsafe_name: return "A part inside of the document has a name that could overwrite other files. Save it again with Word.";
    case Fault::docx_has_link: return "The document contains a link to another file in place of a part. Save it again with Word.";
    case Fault::docx_too_many_parts: return "The document has more than 2,000 parts. Save it as PDF.";
    case Fault::docx_hides_data: return "The file contains data that does not belong to the document. Save it again with Word.";
    case Fault::docx_has_entities: return "The document uses XML in a way that Word does not. Save it again with Word.";
    case Fault::text_too_long: return "The text is longer than 256 KB. Make it shorter, or split it into several papers.";
    case Fault::text_not_plain: return "The text has characters that cannot be shown: save it as plain text in UTF-8, and leave out characters that turn the direction of writing.";
    case Fault::infected: return "The virus scanner found something harmful in the file. Do not pass it on: have your computer checked, and choose a clean copy.";
  }
  return {};
}

std::string media_type(Kind kind) {
  switch (kind) {
    case Kind::pdf: return "application/pdf";
    case Kind::docx: return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case Kind::markdown: return "text/markdown; charset=utf-8";
  }
  return {};
}

std::expected<Kind, Fault> check_name(std::string_view name) {
  if (!is_good_name(name)) return std::unexpected(Fault::bad_file_name);
  if (ends_with_any_case(name, ".pdf")) return Kind::pdf;
  if (ends_with_any_case(name, ".docx")) return Kind::docx;
  if (ends_with_any_case(name, ".md")) return Kind::markdown;
  return std::unexpected(Fault::wrong_file_type);
}

std::expected<Kind, Fault> check(std::string_view name, Source& file) {
  const auto claimed = check_name(name);
  if (!claimed) return claimed;
  if (file.size() == 0) return std::unexpected(Fault::empty_file);
  if (file.size() > k_file_bytes_max) return std::unexpected(Fault::file_too_large);
  const auto start = piece(file, 0, 8);
  if (start == k_compound_magic && *claimed == Kind::docx) return std::unexpected(Fault::encrypted_file);
  const bool is_pdf = start.starts_with(k_pdf_magic), is_zip = start.starts_with(k_zip_magic);
  if (*claimed == Kind::markdown) {
    if (is_pdf || is_zip) return std::unexpected(Fault::name_does_not_match);
    const auto checked = check_markdown(file);
    return checked ? claimed : std::unexpected(checked.error());
  }
  if (!is_pdf && !is_zip) return std::unexpected(Fault::wrong_file_type);
  if (is_pdf != (*claimed == Kind::pdf)) return std::unexpected(Fault::name_does_not_match);
  const auto checked = is_pdf ? check_pdf(file) : check_docx(file);
  if (!checked) return std::unexpected(checked.error());
  return claimed;
}

}  // namespace witan::files
