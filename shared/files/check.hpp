#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include <boost/describe/enum.hpp>

#include "shared/files/source.hpp"

namespace witan::files {

BOOST_DEFINE_ENUM_CLASS(Kind, pdf, docx, markdown)

/// Why a file is not taken. The names are stable: programs may rely on them. `infected` is a scanner's word (shared/scan), not that of `check`.
BOOST_DEFINE_ENUM_CLASS(Fault, empty_file, file_too_large, bad_file_name, wrong_file_type, name_does_not_match, truncated_file, damaged_file,
                        encrypted_file, too_compressed, pdf_has_script, pdf_starts_program, pdf_has_attachment, pdf_has_media,
                        pdf_sends_data, pdf_reaches_outside, pdf_hides_objects, docx_has_macros, docx_has_embedded_program, docx_starts_program, docx_reaches_outside,
                        docx_has_unsafe_name, docx_has_link, docx_too_many_parts, docx_hides_data, docx_has_entities, text_too_long, text_not_plain, infected)

inline constexpr std::uint64_t k_file_bytes_max = 25 * 1024 * 1024;
/// Of a text in Markdown: some hundred pages.
inline constexpr std::uint64_t k_markdown_bytes_max = 256 * 1024;
/// What all parts of a file may come to when they are unpacked, and how many times their size they may grow.
inline constexpr std::uint64_t k_unpacked_bytes_max = 200 * 1024 * 1024;
inline constexpr std::uint64_t k_unpacked_ratio_max = 100;
inline constexpr std::size_t k_parts_max = 2000;
inline constexpr std::size_t k_file_name_bytes_max = 200;

/// The stable code: "pdf_has_script".
std::string code(Fault fault);
/// What is wrong and what to do about it, as one or two sentences for the person who chose the file.
std::string sentence(Fault fault);
/// "application/pdf", and so on.
std::string media_type(Kind kind);

/// Whether the name is one that a PDF, a Word file or a text may be kept and offered under, and which of them it claims to be.
std::expected<Kind, Fault> check_name(std::string_view name);

/// Whether the file is a PDF or a Word document (DOCX), whole, readable by everybody, and without anything that acts by
/// itself when it is opened; or a text in UTF-8 (Markdown). Looks at the content; the name must agree with it. Reads the file in pieces: the
/// memory of its own is a few MiB at most, however large the file says that it or its parts are.
std::expected<Kind, Fault> check(std::string_view name, Source& file);

}  // namespace witan::files
