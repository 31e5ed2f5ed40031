#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>

#include "shared/files/parts.hpp"

/// Looks for names of what acts by itself, over all bytes of the file and in all that unpacks in it. The structure is not
/// trusted: what one reader takes for the inside of a stream, another is led to as an object. Names of six letters and more do
/// not come up by chance in packed data (25 MiB: one in 10^7); shorter ones count outside of streams only.
namespace witan::files {

namespace {

constexpr std::size_t k_window = 64 * 1024, k_lookback = 16 * 1024, k_tail = 1024;
constexpr std::size_t k_name_max = 64;
constexpr std::string_view k_objects = "ObjStm";
constexpr std::size_t k_streams_max = 100'000;
constexpr std::uint64_t k_packed_read_times_max = 4;  ///< Streams in streams may not make the check quadratic.

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_delimiter(char c) { return std::string_view("()<>[]{}%").find(c) != std::string_view::npos; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Names may be written with the hexadecimal numbers of their letters: /J#61vaScript.
std::string decoded(std::string_view name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_number = name[i] == '#' && i + 2 < name.size() && hex_value(name[i + 1]) >= 0 && hex_value(name[i + 2]) >= 0;
    if (!is_number) {
      text += name[i];
      continue;
    }
    text += static_cast<char>(hex_value(name[i + 1]) * 16 + hex_value(name[i + 2]));
    i += 2;
  }
  return text;
}

constexpr std::array<std::pair<std::string_view, Fault>, 14> k_forbidden{{{"JavaScript", Fault::pdf_has_script},
                                                                          {"Launch", Fault::pdf_starts_program},
                                                                          {"EmbeddedFile", Fault::pdf_has_attachment},
                                                                          {"EmbeddedFiles", Fault::pdf_has_attachment},
                                                                          {"FileAttachment", Fault::pdf_has_attachment},
                                                                          {"RichMedia", Fault::pdf_has_media},
                                                                          {"RichMediaContent", Fault::pdf_has_media},
                                                                          {"Rendition", Fault::pdf_has_media},
                                                                          {"SubmitForm", Fault::pdf_sends_data},
                                                                          {"ImportData", Fault::pdf_sends_data},
                                                                          {"Encrypt", Fault::encrypted_file},
                                                                          {"XFA", Fault::pdf_has_script},
                                                                          {"JS", Fault::pdf_has_script},
                                                                          {"GoToE", Fault::pdf_has_attachment}}};
constexpr std::size_t k_short_name = 5;

/// Finds forbidden names in what it is fed, however it is cut into pieces.
class Names {
 public:
  explicit Names(bool with_short_names) : with_short_names_(with_short_names) {}

  void feed(std::string_view text) {
    for (const char c : text) take(c);
  }
  void use_short_names(bool use) { with_short_names_ = use; }
  std::optional<Fault> finish() {
    end_name();
    return found_;
  }
  std::optional<Fault> found() const { return found_; }
  /// How many streams say that there are objects in them.
  std::size_t object_streams() const { return object_streams_; }

 private:
  void take(char c) {
    if (c == '/') {
      end_name();
      is_in_name_ = true;
    } else if (is_space(c) || is_delimiter(c)) {
      end_name();
      is_in_address_ = c == '(' && last_name_ == "URI";
      if (is_delimiter(c)) last_name_.clear();
    } else if (!is_in_name_) {
      last_name_.clear();
    } else if (name_.size() < k_name_max) {
      name_ += c;
    }
  }

  void end_name() {
    if (!std::exchange(is_in_name_, false)) return;
    last_name_ = decoded(name_);
    name_.clear();
    if (last_name_ == k_objects) ++object_streams_;
    // The address of a link is a text that may well have /Launch in it. It has no space, so no object hides there.
    if (is_in_address_ || found_) return;
    for (const auto& [name, fault] : k_forbidden) {
      if (last_name_ == name && (with_short_names_ || name.size() > k_short_name)) found_ = fault;
    }
  }

  bool with_short_names_;
  bool is_in_name_ = false, is_in_address_ = false;
  std::string name_, last_name_;
  std::size_t object_streams_ = 0;
  std::optional<Fault> found_;
};

/// Where the name stands in the text for the first time.
std::optional<std::size_t> place_of_name(std::string_view text, std::string_view wanted) {
  for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
    auto end = at + 1;
    while (end < text.size() && !is_space(text[end]) && !is_delimiter(text[end]) && text[end] != '/') ++end;
    if (decoded(text.substr(at + 1, end - at - 1)) == wanted) return at;
  }
  return std::nullopt;
}

bool has_name(std::string_view text, std::string_view wanted) { return place_of_name(text, wanted).has_value(); }

/// The dictionary that stands before a stream, and sometimes more than it: from the last "7 0 obj" on.
std::string_view dictionary_in(std::string_view before) {
  for (auto at = before.rfind("obj"); at != std::string_view::npos && at > 0; at = before.rfind("obj", at - 1)) {
    auto number = at;
    while (number > 0 && is_space(before[number - 1])) --number;
    if (number < at && number > 0 && before[number - 1] >= '0' && before[number - 1] <= '9') return before.substr(at);
  }
  return before;
}

bool follows_dictionary(std::string_view before) {
  while (!before.empty() && is_space(before.back())) before.remove_suffix(1);
  return before.ends_with(">>");
}

class PdfCheck {
 public:
  explicit PdfCheck(Source& file) : file_(file) {}

  Checked run() {
    if (const auto framed = check_frame(); !framed) return framed;
    std::string text;  // what stood before the window, then the window
    for (std::uint64_t at = 0; at < file_.size();) {
      if (text.size() > k_lookback) text.erase(0, text.size() - k_lookback);
      const auto known = text.size();
      text += piece(file_, at, k_window);
      if (text.size() == known) return std::unexpected(Fault::truncated_file);
      if (const auto looked = look_at(text, known, at); !looked) return looked;
      at += text.size() - known;
    }
    if (const auto fault = names_.finish()) return std::unexpected(*fault);
    // One was not found in front of its stream: something makes the dictionary look as if it began later.
    if (names_.object_streams() != object_streams_.size()) return std::unexpected(Fault::pdf_hides_objects);
    return {};
  }

 private:
  /// The version at the start, and at the end where to begin reading.
  Checked check_frame() {
    const auto start = piece(file_, 0, 8);
    const bool is_version = start.size() == 8 && (start[5] == '1' || start[5] == '2') && start[6] == '.' && start[7] >= '0' && start[7] <= '9';
    if (!is_version) return std::unexpected(Fault::damaged_file);
    const auto end = piece(file_, file_.size() - std::min<std::uint64_t>(file_.size(), k_tail), k_tail);
    const auto last = end.rfind("%%EOF"), pointer = end.rfind("startxref");
    if (last == std::string::npos || pointer == std::string::npos || pointer > last) return std::unexpected(Fault::truncated_file);
    auto digit = pointer + std::string_view("startxref").size();
    while (digit < last && is_space(end[digit])) ++digit;
    std::uint64_t table = 0;
    const auto [rest, failed] = std::from_chars(end.data() + digit, end.data() + last, table);
    if (failed != std::errc() || table >= file_.size()) return std::unexpected(Fault::damaged_file);
    return check_table(table);
  }

  Checked check_table(std::uint64_t offset) {
    const auto text = piece(file_, offset, 32);
    const auto first = std::find_if_not(text.begin(), text.end(), is_space);
    const std::string_view table(first, text.end());
    const bool is_table = table.starts_with("xref") || (!table.empty() && table[0] >= '0' && table[0] <= '9' && table.find("obj") != std::string_view::npos);
    if (!is_table) return std::unexpected(Fault::damaged_file);
    return {};
  }

  /// Goes through `text` from `known` on; `at` is where in the file that is.
  Checked look_at(std::string_view text, std::size_t known, std::uint64_t at) {
    static constexpr std::string_view k_stream = "stream";
    // One that ends with the window is seen whole in the next; so is the line's end after it.
    const auto from = known > k_stream.size() + 2 ? known - k_stream.size() - 2 : 0;
    auto fed = known;
    for (auto found = text.find(k_stream, from); found != std::string_view::npos; found = text.find(k_stream, found + 1)) {
      const auto end = found + k_stream.size();
      if (end + 2 > text.size() && at + (text.size() - known) < file_.size()) break;
      if (end + 2 <= known) continue;  // seen in the window before
      if (end > fed) fed = feed(text, fed, end);
      if (found >= 3 && text.substr(found - 3, 3) == "end") {
        names_.use_short_names(true);
        continue;
      }
      if (!follows_dictionary(text.substr(0, found))) continue;
      const auto data = text.substr(end, 2) == "\r\n" ? end + 2 : end + 1;
      names_.use_short_names(false);
      const auto dictionary = dictionary_in(text.substr(0, found));
      if (const auto place = place_of_name(dictionary, k_objects)) {
        object_streams_.insert(at + found - dictionary.size() + *place - known);
      }
      if (const auto unpacked = look_into(dictionary, at + data - known); !unpacked) return unpacked;
    }
    feed(text, fed, text.size());
    if (const auto fault = names_.found()) return std::unexpected(*fault);
    return {};
  }

  std::size_t feed(std::string_view text, std::size_t from, std::size_t to) {
    names_.feed(text.substr(from, to - from));
    return to;
  }

  Checked look_into(std::string_view dictionary, std::uint64_t offset) {
    if (++streams_ > k_streams_max) return std::unexpected(Fault::pdf_hides_objects);
    const bool has_objects = has_name(dictionary, k_objects);
    if (has_objects) {
      for (const auto* filter : {"ASCIIHexDecode", "AHx", "ASCII85Decode", "A85", "LZWDecode", "LZW", "RunLengthDecode", "RL", "Crypt", "Predictor"}) {
        if (has_name(dictionary, filter)) return std::unexpected(Fault::pdf_hides_objects);
      }
    }
    const auto header = piece(file_, offset, 2);
    const bool is_packed = header.size() == 2 && (header[0] & 0x0F) == 8 &&
                           (static_cast<unsigned char>(header[0]) * 256 + static_cast<unsigned char>(header[1])) % 31 == 0;
    if (!is_packed) {
      // Objects that stand there as they are have been looked at with the rest of the file.
      if (has_objects && has_name(dictionary, "FlateDecode")) return std::unexpected(Fault::pdf_hides_objects);
      return {};
    }
    if (!has_objects && has_name(dictionary, "Image")) return {};
    return unpack(offset, has_objects);
  }

  Checked unpack(std::uint64_t offset, bool has_objects) {
    Names names(has_objects);
    Inflater inflater(Inflater::Wrapping::zlib);
    const auto ended = inflater.run(file_, offset, file_.size() - offset, [&](std::string_view text) {
      unpacked_ += text.size();
      names.feed(text);
      return unpacked_ <= k_unpacked_bytes_max && !names.found();
    });
    packed_ += inflater.used();
    if (const auto fault = names.finish()) return std::unexpected(*fault);
    if (unpacked_ > k_unpacked_bytes_max || packed_ > k_packed_read_times_max * file_.size()) return std::unexpected(Fault::too_compressed);
    if (has_objects && ended != Inflater::Ended::whole) return std::unexpected(Fault::pdf_hides_objects);
    return {};
  }

  Source& file_;
  Names names_{true};
  std::size_t streams_ = 0;
  std::set<std::uint64_t> object_streams_;  ///< Where their names stand.
  std::uint64_t unpacked_ = 0, packed_ = 0;
};

}  // namespace

Checked check_pdf(Source& file) { return PdfCheck(file).run(); }

}  // namespace witan::files
