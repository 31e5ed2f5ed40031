#pragma once

#include <expected>
#include <functional>
#include <string_view>

#include "shared/files/check.hpp"

namespace witan::files {

/// Where a Word document keeps its text; `check` takes no document without it.
inline constexpr std::string_view k_docx_text_part = "word/document.xml";

/// Unpacks the part called `name` (in any case) of a Word document and hands its bytes to `take` in pieces of at most 64 KiB, until the
/// part ends or `take` says false. Looks at the document's directory as `check` does, but not at the content of other parts.
/// Fails with what is wrong with the directory, or with `damaged_file` when there is no such part or it is not what it is listed
/// as; of that `take` may have had a beginning.
std::expected<void, Fault> read_docx_part(Source& file, std::string_view name, const std::function<bool(std::string_view)>& take);

}  // namespace witan::files
