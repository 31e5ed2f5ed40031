#include <expat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <vector>

#include "shared/extract/child/readers.hpp"
#include "shared/files/docx.hpp"

namespace witan::extract {

namespace {

/// The name without its prefix. Word's names have two name spaces, and a writer may choose any prefix; none of those below means
/// something else in the other name spaces that stand in a document's main part.
std::string_view local(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.find(':') + 1);
}

/// What is no text of the document, or no longer. In the properties of a paragraph a tab is a place and no character.
bool is_left_out(std::string_view name) {
  constexpr std::array<std::string_view, 9> k_names{"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "Fallback"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

/// Puts paragraphs and cells where they belong in a plain text. What parts two of them is written only when the second comes.
class Layout {
 public:
  explicit Layout(Collector& text) : text_(text) {}

  void put(std::string_view text) {
    constexpr std::array<std::string_view, 4> k_gaps{"", " ", "\n", "\n\n"};
    if (text.empty()) return;
    if (has_text_) text_.add(k_gaps[static_cast<std::size_t>(gap_)]);
    text_.add(text);
    gap_ = Gap::none;
    has_text_ = true;
  }

  void begin(std::string_view name) {
    if (name == "tbl") tables_.push_back(0);
    if (tables_.empty()) return;
    if (name == "tr") tables_.back() = 0;
    if (name == "tc" && tables_.back()++ > 0) {
      if (gap_ == Gap::space) gap_ = Gap::none;  // of the cell before
      put("\t");
    }
  }

  void end(std::string_view name) {
    if (name == "tbl" && !tables_.empty()) tables_.pop_back();
    const auto outside = tables_.empty() ? Gap::blank_line : Gap::space;  // inside of a cell a new line would break the row
    if (name == "p") gap_ = std::max(gap_, outside);
    if (name == "tbl") gap_ = outside;
    if (name == "tr") gap_ = Gap::line;
  }

 private:
  enum class Gap { none, space, line, blank_line };

  Collector& text_;
  std::vector<std::size_t> tables_;  ///< How many cells the row has had, of the table and those around it.
  Gap gap_ = Gap::none;
  bool has_text_ = false;
};

/// Goes through the XML in pieces, and keeps no more of it than what it is inside of.
class Reader {
 public:
  explicit Reader(Collector& text) : text_(text), layout_(text), parser_(::XML_ParserCreate("UTF-8"), &::XML_ParserFree) {
    if (!parser_) throw std::bad_alloc();
    ::XML_SetUserData(parser_.get(), this);
    ::XML_SetElementHandler(
        parser_.get(), [](void* self, const XML_Char* name, const XML_Char**) { static_cast<Reader*>(self)->begin(local(name)); },
        [](void* self, const XML_Char* name) { static_cast<Reader*>(self)->end(local(name)); });
    ::XML_SetCharacterDataHandler(parser_.get(), [](void* self, const XML_Char* text_begin, int size) {
      static_cast<Reader*>(self)->take_text(std::string_view(text_begin, static_cast<std::size_t>(size)));
    });
    // Word declares nothing, so it has no entities that could stand for gigabytes.
    ::XML_SetStartDoctypeDeclHandler(parser_.get(), [](void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
      ::XML_StopParser(static_cast<Reader*>(self)->parser_.get(), XML_FALSE);
    });
  }

  /// False when there is nothing more to read: it is wrong, or there is no room for more text.
  bool take(std::string_view xml) {
    is_well_ = ::XML_Parse(parser_.get(), xml.data(), static_cast<int>(xml.size()), XML_FALSE) == XML_STATUS_OK;
    if (::XML_GetErrorCode(parser_.get()) == XML_ERROR_NO_MEMORY) throw std::bad_alloc();
    return is_well_ && !text_.is_cut();
  }

  /// Whether all of it was there and well formed.
  bool finish() { return is_well_ && ::XML_Parse(parser_.get(), "", 0, XML_TRUE) == XML_STATUS_OK; }

 private:
  void begin(std::string_view name) {
    if (left_out_ > 0 || is_left_out(name)) {
      ++left_out_;
      return;
    }
    layout_.begin(name);
    if (name == "t") is_text_ = true;
    if (name == "tab" || name == "ptab") layout_.put("\t");
    if (name == "br" || name == "cr") layout_.put("\n");
    if (name == "noBreakHyphen") layout_.put("\u2011");
  }

  void end(std::string_view name) {
    if (left_out_ > 0) {
      --left_out_;
      return;
    }
    if (name == "t") is_text_ = false;
    layout_.end(name);
  }

  void take_text(std::string_view text) {
    if (is_text_ && left_out_ == 0) layout_.put(text);
  }

  Collector& text_;
  Layout layout_;
  std::unique_ptr<XML_ParserStruct, decltype(&::XML_ParserFree)> parser_;
  std::size_t left_out_ = 0;  ///< How deep inside of what is left out.
  bool is_text_ = false, is_well_ = true;
};

}  // namespace

std::expected<std::int64_t, Failure> read_docx(std::string_view file, Collector& text) {
  files::BytesSource source(file);
  Reader reader(text);
  const auto read = files::read_docx_part(source, files::k_docx_text_part, [&](std::string_view xml) { return reader.take(xml); });
  if (!text.is_cut() && (!read || !reader.finish())) return std::unexpected(Failure::unreadable);
  return 0;
}

}  // namespace witan::extract
