#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>
#include <utility>
#include <vector>

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

bool is_digit(char c) { return c >= '0' && c <= '9'; }

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

constexpr std::array<std::pair<std::string_view, Fault>, 18> k_forbidden{{{"JavaScript", Fault::pdf_has_script},
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
                                                                          {"GoToE", Fault::pdf_has_attachment},
                                                                          {"GoToR", Fault::pdf_reaches_outside},
                                                                          {"Movie", Fault::pdf_has_media},
                                                                          {"Sound", Fault::pdf_has_media},
                                                                          {"3DD", Fault::pdf_has_media}}};
constexpr std::size_t k_short_name = 5;

/// Where a link leads, as far as that decides whether it may.
class Address {
 public:
  void begin(bool is_hexadecimal) {
    text_.clear();
    is_hexadecimal_ = is_hexadecimal;
  }
  void take(char c) {
    if (text_.size() < k_most && !is_space(c)) text_ += c;
  }
  /// One of the web, of mail or of a telephone, or one that names no scheme: those are followed by people, with a browser.
  bool is_for_people() const {
    const auto text = is_hexadecimal_ ? from_hexadecimal(text_) : text_;
    const auto end = text.find_first_of(":/?#\\");
    if (end == std::string::npos || text[end] == '?' || text[end] == '#') return true;
    // A letter may be written with a backslash and a number, and a folder of a network begins with two of either kind.
    if (text[end] == '\\' || (end == 0 && text.starts_with("//"))) return false;
    if (text[end] == '/') return true;
    auto scheme = text.substr(0, end);
    std::ranges::transform(scheme, scheme.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
  }

 private:
  static constexpr std::size_t k_most = 32;

  static std::string from_hexadecimal(std::string_view digits) {
    std::string text;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) text += static_cast<char>(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
    return text;
  }

  std::string text_;
  bool is_hexadecimal_ = false;
};

/// Addresses that stand in an object of their own, "/URI 7 0 R" and "7 0 obj (https://…)": so Quartz writes every link, and with it what a Mac prints or
/// exports as PDF. Word, LibreOffice, TeX and browsers elsewhere write the text in its place. What the number leads to has to be a text for people, wherever
/// it is written. Quartz packs no objects, and in packed ones this is not looked for.
class DistantAddresses {
 public:
  void want(std::size_t object) { wanted_[std::min(object, k_objects_max)] = has_wanted_ = true; }

  /// Of the file's bytes, to find the objects.
  void feed(std::string_view text) {
    for (const char c : text) take(c);
  }

  std::optional<Fault> finish(bool has_packed_objects) const {
    if (!has_wanted_) return std::nullopt;
    for (std::size_t i = 0; i <= k_objects_max; ++i) {
      if (wanted_[i] && harmful_[i]) return Fault::pdf_reaches_outside;
    }
    for (std::size_t i = 0; i <= k_objects_max; ++i) {
      if (wanted_[i] && (!good_[i] || i == k_objects_max)) return Fault::pdf_hides_objects;
    }
    return has_packed_objects || has_odd_object_ ? std::optional(Fault::pdf_hides_objects) : std::nullopt;
  }

  /// More than a file of the largest size has; the last place is for all numbers from there on.
  static constexpr std::size_t k_objects_max = 1 << 20;

 private:
  static constexpr std::size_t k_word_max = 10;
  static constexpr std::size_t k_none = k_objects_max + 1;

  /// An object may be found in the text of another: readers go where the file's table leads them.
  void take(char c) {
    if (target_end_ != '\0') take_target(c);
    if (!is_space(c) && !is_delimiter(c) && c != '/') {
      if (std::exchange(is_at_value_, false)) harmful_[object_] = true;
      if (word_.size() > k_name_max) word_.erase(0, word_.size() - k_word_max - 1);  // its end is enough, and that it is no number
      word_ += c;
      return;
    }
    if (!word_.empty()) end_word();
    if (is_space(c)) return;
    before_ = last_ = k_none;
    if (std::exchange(is_at_value_, false)) begin_value(c);
  }

  void end_word() {
    std::size_t number = 0;
    const auto [end, failed] = std::from_chars(word_.data(), word_.data() + word_.size(), number);
    const bool is_number = failed == std::errc() && end == word_.data() + word_.size() && word_.size() <= k_word_max;
    is_at_value_ = word_ == "obj" && before_ != k_none;
    if (is_at_value_) object_ = before_;
    // One that cannot be told by its number, such as with a comment in between.
    const bool is_odd = word_.ends_with("obj") && (word_.size() == 3 || is_digit(word_[word_.size() - 4]));
    if (is_odd && !is_at_value_) has_odd_object_ = true;
    before_ = is_number ? last_ : k_none;
    last_ = is_number ? std::min(number, k_objects_max) : k_none;
    word_.clear();
  }

  void begin_value(char c) {
    if (target_end_ != '\0') end_target(address_.is_for_people());
    if (c != '(' && c != '<') {
      harmful_[object_] = true;
      return;
    }
    address_.begin(c == '<');
    target_end_ = c == '<' ? '>' : ')';
    text_object_ = object_;
  }

  void take_target(char c) {
    if (c == '<' && target_end_ == '>') return end_target(false);  // "<<" begins a dictionary
    if (c != target_end_) return address_.take(c);
    end_target(address_.is_for_people());
  }

  void end_target(bool is_good) {
    (is_good ? good_ : harmful_)[text_object_] = true;
    target_end_ = '\0';
  }

  std::vector<bool> wanted_ = std::vector<bool>(k_objects_max + 1), good_ = wanted_, harmful_ = wanted_;
  std::string word_;
  std::size_t before_ = k_none, last_ = k_none, object_ = 0, text_object_ = 0;
  Address address_;
  char target_end_ = '\0';  ///< Of the text that we are inside of.
  bool is_at_value_ = false, has_wanted_ = false, has_odd_object_ = false;
};

/// Finds forbidden names in what it is fed, however it is cut into pieces.
class Names {
 public:
  Names(bool with_short_names, DistantAddresses& distant) : with_short_names_(with_short_names), distant_(distant) {}

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
  /// Whether a table of objects is packed, so that some of them may be.
  bool has_packed_table() const { return has_packed_table_; }

 private:
  enum class Awaited { nothing, address, number_end };

  void take(char c) {
    if (is_in_target_) take_target(c);
    if (c == '/' || is_space(c) || is_delimiter(c)) {
      end_name();
      is_in_name_ = c == '/';
      is_in_address_ = is_in_address_ && c == '/';
    } else if (is_in_name_ && name_.size() < k_name_max) {
      name_ += c;
    }
    if (awaited_ != Awaited::nothing) take_awaited(c);
    // What stands in the comment is looked at too: another reader may take it for none.
    if (is_in_comment_ && (c == '\n' || c == '\r')) {
      is_in_comment_ = false;
      awaited_ = Awaited::address;
    }
  }

  /// What follows /URI; it is the name of the action's type too. Spaces and comments may stand in between.
  void take_awaited(char c) {
    if (awaited_ == Awaited::number_end) return take_number(c);
    if (is_space(c)) return;
    awaited_ = Awaited::nothing;
    if (c == '%') is_in_comment_ = true;
    if (c == '(' || c == '<') begin_target(c == '<');
    if (is_digit(c) || c == '+' || c == '-' || c == '.') {
      awaited_ = Awaited::number_end;
      object_ = 0;
      take_number(c);
    }
  }

  /// One that is not made of digits leads nowhere that we know.
  void take_number(char c) {
    const bool is_end = c == '/' || is_space(c) || is_delimiter(c);
    if (is_end) distant_.want(object_);
    if (is_end) awaited_ = Awaited::nothing;
    object_ = is_digit(c) ? std::min(object_ * 10 + static_cast<std::size_t>(c - '0'), DistantAddresses::k_objects_max) : DistantAddresses::k_objects_max;
  }

  void begin_target(bool is_hexadecimal) {
    if (is_in_target_) judge_target();  // one of the two is a trick
    is_in_address_ = !is_hexadecimal;
    address_.begin(is_hexadecimal);
    target_end_ = is_hexadecimal ? '>' : ')';
    is_in_target_ = true;
  }

  void take_target(char c) {
    is_in_target_ = c != target_end_ && (c != '<' || target_end_ != '>');  // "<<" begins a dictionary
    if (is_in_target_) return address_.take(c);
    if (c == target_end_) judge_target();
  }

  void judge_target() {
    if (!address_.is_for_people() && !found_) found_ = Fault::pdf_reaches_outside;
  }

  void end_name() {
    if (!std::exchange(is_in_name_, false)) return;
    const auto last_name = decoded(name_);
    name_.clear();
    awaited_ = last_name == "URI" || last_name == "Base" ? Awaited::address : Awaited::nothing;
    if (last_name == k_objects) ++object_streams_;
    if (last_name == "XRef") has_packed_table_ = true;
    // The address of a link is a text that may well have /Launch in it. It has no space, so no object hides there.
    if (is_in_address_ || found_) return;
    for (const auto& [name, fault] : k_forbidden) {
      if (last_name == name && (with_short_names_ || name.size() > k_short_name)) found_ = fault;
    }
  }

  bool with_short_names_;
  DistantAddresses& distant_;
  bool has_packed_table_ = false;
  bool is_in_name_ = false, is_in_address_ = false, is_in_target_ = false, is_in_comment_ = false;
  char target_end_ = ')';
  Address address_;
  Awaited awaited_ = Awaited::nothing;
  std::string name_;
  std::size_t object_streams_ = 0, object_ = 0;
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
    const auto fault = distant_.finish(names_.object_streams() > 0 || names_.has_packed_table());
    return fault ? Checked(std::unexpected(*fault)) : Checked();
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
    distant_.feed(text.substr(from, to - from));
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
    Names names(has_objects, distant_);
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
  DistantAddresses distant_;
  Names names_{true, distant_};
  std::size_t streams_ = 0;
  std::set<std::uint64_t> object_streams_;  ///< Where their names stand.
  std::uint64_t unpacked_ = 0, packed_ = 0;
};

}  // namespace

Checked check_pdf(Source& file) { return PdfCheck(file).run(); }

}  // namespace witan::files
