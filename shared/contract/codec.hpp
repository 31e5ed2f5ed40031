#pragma once

#include <algorithm>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "shared/base/clock.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/json.hpp"
#include "shared/base/uk_time.hpp"
#include "shared/contract/fields.hpp"
#include "shared/contract/result.hpp"
#include "shared/contract/words.hpp"

namespace witan {
BOOST_DESCRIBE_STRUCT(Erasable, (), (text_id, hash))
}  // namespace witan

/// The one way between described structs and JSON. A struct described with BOOST_DESCRIBE_STRUCT can be encoded,
/// decoded (every fault collected, with its JSON pointer) and turned into JSON Schema 2020-12 and TypeScript.
/// Members of type `std::optional` may be absent; all others must be there.
namespace witan::codec {

namespace detail {

template <class T>
struct is_id : std::false_type {};
template <class Tag>
struct is_id<Id<Tag>> : std::true_type {};

template <class T>
concept AnyId = is_id<T>::value;
template <class T>
concept AnyText = requires(T t) {
  { T::k_multiline } -> std::convertible_to<bool>;
  { t.value } -> std::convertible_to<std::string>;
};
template <class T>
concept AnyWhole = requires { { T::k_least } -> std::convertible_to<std::int64_t>; };
template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
struct optional_of : std::false_type {};
template <class T>
struct optional_of<std::optional<T>> : std::true_type {
  using type = T;
};
template <class T>
struct vector_of : std::false_type {};
template <class T>
struct vector_of<std::vector<T>> : std::true_type {
  using type = T;
};
template <class T>
struct map_of : std::false_type {};
template <class T>
struct map_of<std::map<std::string, T>> : std::true_type {
  using type = T;
};

template <class T, class F>
void for_each_member(F&& f) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
      [&](auto member) { f(member); });
}

}  // namespace detail

/// What becomes of a member that the struct does not have.
enum class Unknown { passed_over, refused };

/// Where decoding stands and what it found wrong.
class Decoder {
 public:
  explicit Decoder(Unknown unknown) : unknown_(unknown) {}

  bool refuses_unknown() const { return unknown_ == Unknown::refused; }
  /// The whole value is the arguments of this command, whose words for its fields are used.
  void begin_command(std::string_view name) {
    if (pointer_.empty()) command_ = name;
  }
  /// The field where decoding stands, as a sentence names it.
  std::string words() const;
  std::string words_at_the_start() const { return capitalised(words()); }
  void fail(ErrorCode code, std::string detail) { errors_.push_back({pointer_, code, std::move(detail)}); }
  std::vector<FieldError> take_errors() { return std::move(errors_); }
  bool clean() const { return errors_.empty(); }

  template <class F>
  void at(std::string_view name, F&& inside) {
    const auto length = pointer_.size();
    pointer_ += '/';
    for (char c : name) {  // RFC 6901 escapes
      if (c == '~') pointer_ += "~0";
      else if (c == '/') pointer_ += "~1";
      else pointer_ += c;
    }
    inside();
    pointer_.resize(length);
  }

 private:
  Unknown unknown_;
  std::string_view command_;
  std::string pointer_;
  std::vector<FieldError> errors_;
};

/// Trims and checks text by the rules of `Text` and `Prose`; false after reporting to `decoder`.
bool read_text(const json::value& from, std::size_t min, std::size_t max, bool multiline, std::string& to, Decoder& decoder);
bool read_date(const json::value& from, std::string& to, Decoder& decoder);
bool read_clock(const json::value& from, std::string& to, Decoder& decoder);
bool read_email(const json::value& from, std::string& to, Decoder& decoder);
bool read_password(const json::value& from, std::string& to, Decoder& decoder);
/// The number of Unicode characters in valid UTF-8.
std::size_t character_count(std::string_view utf8);

template <class T>
void read(const json::value& from, T& to, Decoder& decoder);

template <class T>
json::value encode(const T& from);

namespace detail {

template <class T>
void read_struct(const json::value& from, T& to, Decoder& decoder) {
  const auto* object = from.if_object();
  if (!object) return decoder.fail(ErrorCode::wrong_type, "Expected an object.");
  if constexpr (requires { T::k_name; }) decoder.begin_command(T::k_name);
  for_each_member<T>([&](auto member) {
    auto& field = to.*member.pointer;
    using Field = std::remove_cvref_t<decltype(field)>;
    const auto* value = object->if_contains(member.name);
    decoder.at(member.name, [&] {
      if (value && !(optional_of<Field>::value && value->is_null())) {
        read(*value, field, decoder);
      } else if constexpr (!optional_of<Field>::value) {
        decoder.fail(ErrorCode::missing_field, (DescribedEnum<Field> ? "Choose " : "Enter ") + decoder.words() + ".");
      }
    });
  });
  if (!decoder.refuses_unknown()) return;
  for (const auto& entry : *object) {
    bool known = false;
    for_each_member<T>([&](auto member) { known = known || entry.key() == std::string_view(member.name); });
    if (!known) decoder.at(entry.key(), [&] { decoder.fail(ErrorCode::unknown_field, "There is no such field."); });
  }
}

template <class T>
void read_enum(const json::value& from, T& to, Decoder& decoder) {
  if (!from.is_string()) return decoder.fail(ErrorCode::wrong_type, "Expected text.");
  if (!boost::describe::enum_from_string(std::string(from.get_string()).c_str(), to)) {
    decoder.fail(ErrorCode::invalid_value, decoder.words_at_the_start() + " must be one of the possible values.");
  }
}

inline bool read_int(const json::value& from, std::int64_t& to, Decoder& decoder) {
  if (from.is_int64()) to = from.get_int64();
  else if (from.is_uint64() && from.get_uint64() <= INT64_MAX) to = static_cast<std::int64_t>(from.get_uint64());
  else {
    decoder.fail(ErrorCode::wrong_type, "Expected a whole number.");
    return false;
  }
  return true;
}

}  // namespace detail

template <class T>
void read(const json::value& from, T& to, Decoder& decoder) {
  if constexpr (detail::optional_of<T>::value) {
    read(from, to.emplace(), decoder);
  } else if constexpr (std::is_same_v<T, json::value>) {
    to = from;
  } else if constexpr (std::is_same_v<T, json::object>) {
    if (const auto* object = from.if_object()) to = *object;
    else decoder.fail(ErrorCode::wrong_type, "Expected an object.");
  } else if constexpr (std::is_same_v<T, bool>) {
    if (from.is_bool()) to = from.get_bool();
    else decoder.fail(ErrorCode::wrong_type, "Expected true or false.");
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (from.is_string()) to = std::string(from.get_string());
    else decoder.fail(ErrorCode::wrong_type, "Expected text.");
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t wide = 0;
    if (detail::read_int(from, wide, decoder)) to = static_cast<T>(wide);
  } else if constexpr (detail::AnyWhole<T>) {
    if (detail::read_int(from, to.value, decoder) && (to.value < T::k_least || to.value > T::k_most)) {
      decoder.fail(ErrorCode::out_of_range, decoder.words_at_the_start() + " must be a whole number from " +
                                                std::to_string(T::k_least) + " to " + std::to_string(T::k_most) + ".");
    }
  } else if constexpr (detail::AnyText<T>) {
    read_text(from, T::k_min, T::k_max, T::k_multiline, to.value, decoder);
  } else if constexpr (std::is_same_v<T, Password>) {
    read_password(from, to.value, decoder);
  } else if constexpr (std::is_same_v<T, EmailAddress>) {
    read_email(from, to.value, decoder);
  } else if constexpr (std::is_same_v<T, CalendarDate>) {
    read_date(from, to.value, decoder);
  } else if constexpr (std::is_same_v<T, ClockTime>) {
    read_clock(from, to.value, decoder);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    const auto moment = from.is_string() ? uk_time::parse_rfc3339(from.get_string()) : std::nullopt;
    if (moment) to = *moment;
    else decoder.fail(ErrorCode::invalid_value, "Expected a time such as 2018-06-19T13:00:00Z.");
  } else if constexpr (detail::AnyId<T>) {
    auto id = from.is_string() ? T::parse(from.get_string()) : std::nullopt;
    if (id) to = std::move(*id);
    else decoder.fail(ErrorCode::invalid_value, "This is not an id.");
  } else if constexpr (detail::vector_of<T>::value) {
    const auto* array = from.if_array();
    if (!array) return decoder.fail(ErrorCode::wrong_type, "Expected a list.");
    to.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
      decoder.at(std::to_string(i), [&] { read((*array)[i], to[i], decoder); });
    }
  } else if constexpr (detail::map_of<T>::value) {
    const auto* object = from.if_object();
    if (!object) return decoder.fail(ErrorCode::wrong_type, "Expected an object.");
    for (const auto& entry : *object) {
      decoder.at(entry.key(), [&] { read(entry.value(), to[std::string(entry.key())], decoder); });
    }
  } else if constexpr (detail::DescribedEnum<T>) {
    detail::read_enum(from, to, decoder);
  } else {
    static_assert(detail::Described<T>, "describe this struct with BOOST_DESCRIBE_STRUCT");
    detail::read_struct(from, to, decoder);
  }
}

template <class T>
json::value encode(const T& from) {
  if constexpr (detail::optional_of<T>::value) {
    return from ? encode(*from) : json::value(nullptr);
  } else if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, json::object> || std::is_same_v<T, bool>) {
    return from;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return json::string(from);
  } else if constexpr (std::is_integral_v<T>) {
    return static_cast<std::int64_t>(from);
  } else if constexpr (detail::AnyWhole<T>) {
    return from.value;
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return json::string(uk_time::rfc3339(from));
  } else if constexpr (detail::AnyId<T>) {
    return json::string(from.str());
  } else if constexpr (detail::AnyText<T> || std::is_same_v<T, EmailAddress> || std::is_same_v<T, CalendarDate> ||
                       std::is_same_v<T, ClockTime> || std::is_same_v<T, Password>) {
    return json::string(from.value);
  } else if constexpr (detail::vector_of<T>::value) {
    json::array array;
    for (const auto& element : from) array.push_back(encode(element));
    return array;
  } else if constexpr (detail::map_of<T>::value) {
    json::object object;
    for (const auto& [key, value] : from) object[key] = encode(value);
    return object;
  } else if constexpr (detail::DescribedEnum<T>) {
    return json::string(boost::describe::enum_to_string(from, "unknown"));
  } else {
    static_assert(detail::Described<T>, "describe this struct with BOOST_DESCRIBE_STRUCT");
    json::object object;
    detail::for_each_member<T>([&](auto member) {
      const auto& field = from.*member.pointer;
      if constexpr (detail::optional_of<std::remove_cvref_t<decltype(field)>>::value) {
        if (!field) return;  // absent, not null
      }
      object[member.name] = encode(field);
    });
    return object;
  }
}

/// Appends `text` as a JSON string, escaped as Boost.JSON does.
void append_string(std::string_view text, std::string& to);

/// Appends the same bytes as `json::serialize(encode(from))`, without building the value first: about ten times as
/// fast, for rebuilding views from millions of events.
template <class T>
void append_text(const T& from, std::string& to) {
  if constexpr (detail::optional_of<T>::value) {
    if (from) append_text(*from, to);
    else to += "null";
  } else if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, json::object>) {
    to += json::serialize(from);
  } else if constexpr (std::is_same_v<T, bool>) {
    to += from ? "true" : "false";
  } else if constexpr (std::is_same_v<T, std::string>) {
    append_string(from, to);
  } else if constexpr (std::is_integral_v<T>) {
    to += std::to_string(static_cast<std::int64_t>(from));
  } else if constexpr (detail::AnyWhole<T>) {
    to += std::to_string(from.value);
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    append_string(uk_time::rfc3339(from), to);
  } else if constexpr (detail::AnyId<T>) {
    append_string(from.str(), to);
  } else if constexpr (detail::AnyText<T> || std::is_same_v<T, EmailAddress> || std::is_same_v<T, CalendarDate> ||
                       std::is_same_v<T, ClockTime> || std::is_same_v<T, Password>) {
    append_string(from.value, to);
  } else if constexpr (detail::vector_of<T>::value) {
    to += '[';
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (i > 0) to += ',';
      append_text(from[i], to);
    }
    to += ']';
  } else if constexpr (detail::map_of<T>::value) {
    to += json::serialize(encode(from));
  } else if constexpr (detail::DescribedEnum<T>) {
    append_string(boost::describe::enum_to_string(from, "unknown"), to);
  } else {
    static_assert(detail::Described<T>, "describe this struct with BOOST_DESCRIBE_STRUCT");
    char before = '{';
    detail::for_each_member<T>([&](auto member) {
      const auto& field = from.*member.pointer;
      if constexpr (detail::optional_of<std::remove_cvref_t<decltype(field)>>::value) {
        if (!field) return;
      }
      to += before;
      before = ',';
      append_string(member.name, to);
      to += ':';
      append_text(field, to);
    });
    to += before == '{' ? "{}" : "}";
  }
}

/// All faults at once, each with its pointer; or the value. For what our own parts wrote, now or long ago, in this
/// version or a newer one: a member that was added since is passed over.
template <class T>
Result<T> decode(const json::value& from, Unknown unknown = Unknown::passed_over) {
  T value{};
  Decoder decoder(unknown);
  read(from, value, decoder);
  if (decoder.clean()) return value;
  Rejection rejection{ErrorCode::invalid_arguments, {}, decoder.take_errors(), {}};
  rejection.detail = rejection.errors.front().detail;
  return std::unexpected(std::move(rejection));
}

/// For what people and their programs send: a member that we do not know is a mistake of theirs, which they are told,
/// rather than a wish that is quietly not carried out.
template <class T>
Result<T> decode_from_outside(const json::value& from) {
  return decode<T>(from, Unknown::refused);
}

/// The name of an enumerator, as it is on the wire.
template <detail::DescribedEnum E>
std::string name_of(E value) {
  return boost::describe::enum_to_string(value, "unknown");
}

}  // namespace witan::codec
