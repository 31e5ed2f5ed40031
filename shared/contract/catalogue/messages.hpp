#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/contract/catalogue.hpp"
#include "shared/contract/codec.hpp"
#include "shared/contract/schema.hpp"

/// The types that travel, as rows of functions. Each service's are compiled in a file of their own: one function over all of them takes
/// the compiler minutes, and again after every change of any.
namespace witan::catalogue {

/// One type of the contract.
struct Message {
  std::string type;              ///< `AgendaItemView`
  bool is_from_outside = false;  ///< People and their programs write it.
  Result<json::value> (*reencode)(const json::value& from);
  Result<std::string> (*rewrite)(const json::value& from);
  void (*define)(schema::Definitions& definitions);
};

struct CommandType {
  std::string_view name;         ///< `meetings.add_agenda_item`
  Message message;
  bool is_for_visitors = false;
  bool is_for_gateway = false;
  std::vector<Field> fields;
};

// In the contract's order.
std::vector<CommandType> directory_commands();
std::vector<CommandType> meetings_commands();
std::vector<CommandType> advisory_commands();
std::vector<CommandType> consultations_commands();
std::vector<Message> directory_views();
std::vector<Message> meetings_views();
std::vector<Message> advisory_views();
std::vector<Message> consultations_views();
std::vector<Message> live_views();
std::vector<Message> directory_notices();
std::vector<Message> envelopes();
std::vector<Message> frames();

namespace detail {

template <class T, bool is_from_outside>
Result<T> decode(const json::value& from) {
  if constexpr (is_from_outside) return codec::decode_from_outside<T>(from);
  else return codec::decode<T>(from);
}

template <class T, bool is_from_outside>
Result<json::value> reencode(const json::value& from) {
  auto decoded = decode<T, is_from_outside>(from);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  return codec::encode(*decoded);
}

template <class T, bool is_from_outside>
Result<std::string> rewrite(const json::value& from) {
  auto decoded = decode<T, is_from_outside>(from);
  if (!decoded) return std::unexpected(std::move(decoded.error()));
  std::string text;
  codec::append_text(*decoded, text);
  return text;
}

template <class T>
void define(schema::Definitions& definitions) {
  schema::of<T>(definitions);
}

template <class T>
constexpr FieldType field_type() {
  using namespace codec::detail;
  if constexpr (optional_of<T>::value) return field_type<typename optional_of<T>::type>();
  else if constexpr (std::is_same_v<T, bool>) return FieldType::boolean;
  else if constexpr (AnyWhole<T> || std::is_integral_v<T>) return FieldType::whole;
  else if constexpr (vector_of<T>::value) return FieldType::list;
  else if constexpr (map_of<T>::value || std::is_same_v<T, json::object> || std::is_same_v<T, json::value>) return FieldType::other;
  else return FieldType::text;
}

template <class T>
constexpr bool may_be_empty() {
  using namespace codec::detail;
  if constexpr (optional_of<T>::value) return may_be_empty<typename optional_of<T>::type>();
  else if constexpr (AnyText<T>) return T::k_min == 0;
  else return false;
}

template <class C>
std::vector<Field> fields() {
  std::vector<Field> found;
  codec::detail::for_each_member<C>([&](auto member) {
    using T = std::remove_cvref_t<decltype(std::declval<C>().*member.pointer)>;
    found.push_back({member.name, field_type<T>(), !codec::detail::optional_of<T>::value, may_be_empty<T>()});
  });
  return found;
}

}  // namespace detail

template <class T, bool is_from_outside>
Message message() {
  return {schema::type_name<T>(), is_from_outside, detail::reencode<T, is_from_outside>, detail::rewrite<T, is_from_outside>, detail::define<T>};
}

/// For types that our own parts write.
template <class List>
std::vector<Message> messages_of() {
  std::vector<Message> all;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>(
      [&](auto type) { all.push_back(message<typename decltype(type)::type, false>()); });
  return all;
}

template <class List>
std::vector<CommandType> commands_of() {
  std::vector<CommandType> all;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, List>>([&](auto type) {
    using C = typename decltype(type)::type;
    all.push_back({C::k_name, message<C, true>(), requires { C::k_for_visitors; }, requires { C::k_for_gateway; }, detail::fields<C>()});
  });
  return all;
}

}  // namespace witan::catalogue
