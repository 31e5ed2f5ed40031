#pragma once

#include <cstdint>
#include <string>
#include <vector>

/// PDF and Word files made in memory, good ones and, with a detail changed, bad ones.
namespace witan::files::made {

std::string zlib(const std::string& text);
std::string deflated(const std::string& text);

/// A PDF with a page and `more` as its further objects, each "<<…>>" or "<<…>>stream…".
std::string pdf(const std::vector<std::string>& more = {}, const std::string& trailer_more = {});
/// A PDF with a page for each of the contents, whose font /F is Helvetica in Windows' encoding.
std::string pdf_of_pages(const std::vector<std::string>& contents);
/// The content of a page: texts from its top on, each a line. In them "\\" and brackets mean what they mean in a PDF.
std::string lines(const std::vector<std::string>& texts);
/// An object with a packed stream.
std::string packed_stream(const std::string& dictionary, const std::string& text);

struct Part {
  std::string name;
  std::string text;
  std::uint16_t method = 8;
  std::uint16_t flags = 0;         ///< With 8 its sizes stand behind it, as a writer does it that knew them only then.
  std::uint32_t attributes = 0;    ///< As Unix has them, if not 0.
  std::string local_name = {};     ///< Another name in front of the part than in the directory.
  std::int64_t size_less = 0;      ///< How much smaller it claims to be than it is.
  std::string behind = {};         ///< What stands between it and the next part.
  std::size_t empty_blocks = 0;    ///< Packed blocks of nothing after the first 30 bytes, if it is packed.
};

std::string zip(const std::vector<Part>& parts);
/// The three parts that every document has.
std::vector<Part> document(const std::string& body = "Good morning.");
std::string docx(const std::vector<Part>& more = {});
Part relations(const std::string& relations);

}  // namespace witan::files::made
