#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "shared/extract/child/collector.hpp"
#include "shared/extract/extract.hpp"

/// What reads files that strangers made: only for a program that is confined.
namespace witan::extract {

/// Lets Poppler and the C library open what they open at their first use. Call it before the program is confined.
void prepare_pdf();

/// The text of each page in the order of reading, into `text`, parted by form feeds, until there is no more room. The number of pages.
/// Throws std::bad_alloc.
std::expected<std::int64_t, Failure> read_pdf(std::string_view file, Collector& text);

/// The text of a Word document's main part: a line for each paragraph with a blank line between them, a line for each row of a table with
/// tabs between its cells. Not what was deleted or moved away with changes tracked, fields' instructions, the second form of what
/// older versions of Word cannot draw, headers, footers, footnotes and comments. 0, since it has no pages before it is set in type.
/// Throws std::bad_alloc.
std::expected<std::int64_t, Failure> read_docx(std::string_view file, Collector& text);

}  // namespace witan::extract
