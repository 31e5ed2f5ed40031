#pragma once

#include "shared/contract/codec.hpp"

/// JSON Schema 2020-12 from described structs. Named structs and enums land in `$defs` under their type name.
namespace witan::schema {

/// `AgendaItemView` for `witan::contract::meetings::AgendaItemView`; `meetings.Commands` style prefixes are not needed
/// because names are unique over the whole contract (a test checks it).
template <class T>
std::string type_name() {
  // __PRETTY_FUNCTION__ of clang: "std::string witan::schema::type_name() [T = witan::X]"
  std::string_view pretty = __PRETTY_FUNCTION__;
  const auto from = pretty.rfind(':') != std::string_view::npos && pretty.rfind(':') > pretty.find("T = ")
                        ? pretty.rfind(':') + 1
                        : pretty.find("T = ") + 4;
  return std::string(pretty.substr(from, pretty.size() - from - 1));
}

using Definitions = json::object;

inline json::object reference(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

/// The schema of T; adds what T uses to `definitions`.
template <class T>
json::object of(Definitions& definitions) {
  using namespace codec::detail;
  if constexpr (optional_of<T>::value) {
    return of<typename optional_of<T>::type>(definitions);
  } else if constexpr (std::is_same_v<T, json::value>) {
    return {};
  } else if constexpr (std::is_same_v<T, json::object>) {
    return {{"type", "object"}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (std::is_integral_v<T>) {
    return {{"type", "integer"}};
  } else if constexpr (AnyWhole<T>) {
    return {{"type", "integer"}, {"minimum", T::k_least}, {"maximum", T::k_most}};
  } else if constexpr (AnyText<T>) {
    return {{"type", "string"}, {"minLength", T::k_min}, {"maxLength", T::k_max}};
  } else if constexpr (std::is_same_v<T, Password>) {
    return {{"type", "string"}, {"minLength", 1}, {"maxLength", 128}, {"writeOnly", true}};
  } else if constexpr (std::is_same_v<T, EmailAddress>) {
    return {{"type", "string"}, {"maxLength", 254}, {"pattern", "^[^@ ]+@[^@ ]+\\.[^@ ]+$"}};
  } else if constexpr (std::is_same_v<T, CalendarDate>) {
    return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
  } else if constexpr (std::is_same_v<T, ClockTime>) {
    return {{"type", "string"}, {"pattern", "^[0-9]{2}:[0-9]{2}$"}};
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return {{"type", "string"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"}};
  } else if constexpr (AnyId<T>) {
    return {{"type", "string"}, {"pattern", "^[a-z2-7]{26}$"}};
  } else if constexpr (vector_of<T>::value) {
    return {{"type", "array"}, {"items", of<typename vector_of<T>::type>(definitions)}};
  } else if constexpr (map_of<T>::value) {
    return {{"type", "object"}, {"additionalProperties", of<typename map_of<T>::type>(definitions)}};
  } else if constexpr (DescribedEnum<T>) {
    const auto name = type_name<T>();
    if (!definitions.contains(name)) {
      json::array values;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) { values.emplace_back(e.name); });
      definitions[name] = {{"type", "string"}, {"enum", std::move(values)}};
    }
    return reference(name);
  } else {
    const auto name = type_name<T>();
    if (!definitions.contains(name)) {
      definitions[name] = nullptr;  // its place, should T contain itself
      json::object properties;
      json::array required;
      for_each_member<T>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        properties[member.name] = of<Field>(definitions);
        if constexpr (!optional_of<Field>::value) required.emplace_back(member.name);
      });
      definitions[name] = {{"type", "object"},
                           {"properties", std::move(properties)},
                           {"required", std::move(required)}};
    }
    return reference(name);
  }
}

}  // namespace witan::schema
