#include "shared/contract/catalogue.hpp"

#include <map>

#include "shared/contract/advisory.hpp"
#include "shared/contract/audit.hpp"
#include "shared/contract/consultations.hpp"
#include "shared/contract/directory.hpp"
#include "shared/contract/files.hpp"
#include "shared/contract/live.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/contract/paged_list.hpp"
#include "shared/contract/presence.hpp"
#include "shared/contract/schema.hpp"

namespace witan::catalogue {

namespace {

namespace mp = boost::mp11;

using AllCommands = mp::mp_append<contract::directory::Commands, contract::meetings::Commands,
                                  contract::advisory::Commands, contract::consultations::Commands>;
using AllViews = mp::mp_append<contract::directory::Views, contract::meetings::Views, contract::advisory::Views,
                               contract::consultations::Views, live::Views, mp::mp_list<PagesView>>;
using AllNotices = contract::directory::Notices;
using Envelopes = mp::mp_list<CommandRequest, CommandReply, ViewRequest, ViewReply, Change, Head, HeadsRequest,
                              CloudEvent, EventsSinceRequest, EventsSinceReply, EmptyStreamRequest, AccessRule, AuditRequest,
                              AuditReply, UseRequest, UseReply, FilePut, FilePutReply, FileGet, FileGetReply, live::PersonHere, live::NowPart>;

using AllMessages = mp::mp_append<AllCommands, AllViews, AllNotices, Envelopes, live::FromBrowser, live::ToBrowser>;

/// What people and their programs write; everything else is written by our own parts.
using FromOutside = mp::mp_append<AllCommands, live::FromBrowser>;

template <class T>
Result<T> decode(const json::value& from) {
  if constexpr (mp::mp_contains<FromOutside, T>::value) return codec::decode_from_outside<T>(from);
  else return codec::decode<T>(from);
}

template <class List, class F>
void for_each_type(F&& f) {
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>([&](auto type) { f.template operator()<typename decltype(type)::type>(); });
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

/// Closed where an unknown member is refused; open where a newer version may say more.
json::object definitions() {
  schema::Definitions all;
  for_each_type<AllMessages>([&]<class T>() { schema::of<T>(all); });
  schema::Definitions closed;
  for_each_type<FromOutside>([&]<class T>() { schema::of<T>(closed); });
  for (const auto& entry : closed) {
    auto& schema = all[entry.key()].as_object();
    if (schema.contains("properties")) schema["additionalProperties"] = false;
  }
  all["Problem_details"] = {
      {"type", "object"},
      {"description", "RFC 9457 problem details"},
      {"properties",
       {{"type", {{"type", "string"}}},
        {"title", {{"type", "string"}}},
        {"status", {{"type", "integer"}}},
        {"code", schema::reference("ErrorName")},
        {"detail", {{"type", "string"}}},
        {"may_retry", {{"type", "boolean"}}},
        {"instance", {{"type", "string"}}},
        {"errors",
         {{"type", "array"},
          {"items",
           {{"type", "object"},
            {"properties",
             {{"pointer", {{"type", "string"}}}, {"code", schema::reference("ErrorName")}, {"detail", {{"type", "string"}}}}},
            {"required", {"pointer", "code", "detail"}}}}}}}},
      {"required", {"type", "title", "status", "code", "detail", "may_retry"}}};
  json::array names;
  for (const auto& error : all_errors()) names.emplace_back(error.name);
  all["ErrorName"] = {{"type", "string"}, {"enum", std::move(names)}};
  return all;
}

/// `#/$defs/X` → `#/components/schemas/X`, everywhere below `value`.
void rebase_references(json::value& value) {
  if (auto* object = value.if_object()) {
    for (auto& entry : *object) {
      if (entry.key() == "$ref" && entry.value().is_string()) {
        std::string target(entry.value().get_string());
        entry.value() = "#/components/schemas/" + target.substr(target.rfind('/') + 1);
      } else {
        rebase_references(entry.value());
      }
    }
  } else if (auto* array = value.if_array()) {
    for (auto& element : *array) rebase_references(element);
  }
}

json::object component_schemas() {
  json::value all = definitions();
  rebase_references(all);
  return std::move(all.as_object());
}

json::object component(std::string_view name) { return {{"$ref", "#/components/schemas/" + std::string(name)}}; }

json::object json_content(json::object body_schema) {
  return {{"application/json", {{"schema", std::move(body_schema)}}}};
}

json::object answers(std::string_view description, json::object body_schema) {
  json::object problem = {{"description", "A problem, with a stable code"},
                          {"content", {{"application/problem+json", {{"schema", component("Problem_details")}}}}}};
  return {{"200", {{"description", description}, {"content", json_content(std::move(body_schema))}}},
          {"4XX", problem},
          {"5XX", problem}};
}

json::object command_request_schema() {
  json::array one_of;
  for_each_type<AllCommands>([&]<class C>() {
    one_of.push_back({{"type", "object"},
                      {"properties",
                       {{"id", {{"type", "string"}, {"pattern", "^[A-Za-z0-9._-]{1,64}$"}}},
                        {"name", {{"const", C::k_name}}},
                        {"args", component(schema::type_name<C>())},
                        {"if_version", {{"type", "integer"}}}}},
                      {"required", {"id", "name", "args"}},
                      {"additionalProperties", false}});
  });
  return {{"oneOf", std::move(one_of)}};
}

/// One type of the schema as TypeScript.
std::string typescript_of(const json::object& schema) {
  if (const auto* reference = schema.if_contains("$ref")) {
    const std::string target(reference->get_string());
    return target.substr(target.rfind('/') + 1);
  }
  if (const auto* values = schema.if_contains("enum")) {
    std::string joined;
    for (const auto& value : values->get_array()) joined += (joined.empty() ? "" : " | ") + json::serialize(value);
    return joined;
  }
  const auto type = string_at(schema, "type");
  if (type == "string") return "string";
  if (type == "integer") return "number";
  if (type == "boolean") return "boolean";
  if (type == "array") return "Array<" + typescript_of(schema.at("items").as_object()) + ">";
  if (type == "object") {
    if (const auto* values = object_at(schema, "additionalProperties")) return "Record<string, " + typescript_of(*values) + ">";
    return "Record<string, unknown>";
  }
  return "unknown";
}

std::string typescript_interface(std::string_view name, const json::object& schema) {
  std::string text = "export interface " + std::string(name) + " {\n";
  json::array required;
  if (const auto* listed = schema.if_contains("required")) required = listed->get_array();
  for (const auto& [field, shape] : schema.at("properties").as_object()) {
    const bool is_required = std::find(required.begin(), required.end(), json::value(field)) != required.end();
    text += "  " + std::string(field) + (is_required ? ": " : "?: ") + typescript_of(shape.as_object()) + ";\n";
  }
  return text + "}\n";
}

}  // namespace

const std::vector<std::string>& commands() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for_each_type<AllCommands>([&]<class C>() { all.emplace_back(C::k_name); });
    return all;
  }();
  return names;
}

const std::vector<std::string>& message_types() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for_each_type<AllMessages>([&]<class T>() { all.push_back(schema::type_name<T>()); });
    return all;
  }();
  return names;
}

bool is_from_outside(std::string_view type) {
  bool is_among = false;
  for_each_type<FromOutside>([&]<class T>() { is_among = is_among || schema::type_name<T>() == type; });
  return is_among;
}

Result<json::value> reencode(std::string_view type, const json::value& from) {
  Result<json::value> written = reject(ErrorCode::not_found, "There is no such type.");
  for_each_type<AllMessages>([&]<class T>() {
    if (schema::type_name<T>() != type) return;
    auto decoded = decode<T>(from);
    if (decoded) written = codec::encode(*decoded);
    else written = std::unexpected(std::move(decoded.error()));
  });
  return written;
}

Result<std::string> rewrite(std::string_view type, const json::value& from) {
  Result<std::string> written = reject(ErrorCode::not_found, "There is no such type.");
  for_each_type<AllMessages>([&]<class T>() {
    if (schema::type_name<T>() != type) return;
    auto decoded = decode<T>(from);
    if (!decoded) written = std::unexpected(std::move(decoded.error()));
    else codec::append_text(*decoded, written.emplace());
  });
  return written;
}

const std::vector<Field>* fields_of(std::string_view command) {
  static const std::map<std::string, std::vector<Field>, std::less<>> all = [] {
    std::map<std::string, std::vector<Field>, std::less<>> made;
    for_each_type<AllCommands>([&]<class C>() { made.emplace(C::k_name, fields<C>()); });
    return made;
  }();
  const auto found = all.find(command);
  return found == all.end() ? nullptr : &found->second;
}

bool is_for_visitors(std::string_view command) {
  bool found = false;
  for_each_type<AllCommands>([&]<class C>() {
    if constexpr (requires { C::k_for_visitors; }) found = found || C::k_name == command;
  });
  return found;
}

bool is_for_gateway(std::string_view command) {
  bool found = false;
  for_each_type<AllCommands>([&]<class C>() {
    if constexpr (requires { C::k_for_gateway; }) found = found || C::k_name == command;
  });
  return found;
}

json::object contract_schema() {
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"$id", "urn:witan:contract"},
          {"title", "Everything that travels between Witan's browsers, gateway and services"},
          {"$defs", definitions()}};
}

json::object openapi() {
  json::object api;
  api["openapi"] = "3.1.0";
  api["info"] = {{"title", "Witan"},
                 {"version", "1"},
                 {"summary", "Commands and views, as used by Witan's own pages"},
                 {"license", {{"name", "See the repository"}, {"identifier", "LicenseRef-Witan"}}}};
  api["servers"] = json::array{{{"url", "/"}}};
  api["security"] = json::array{json::object{{"session", json::array{}}}, json::object{{"bearer", json::array{}}}, json::object{}};
  json::object paths;
  paths["/api/v1/commands"] = {
      {"post",
       {{"operationId", "sendCommand"},
        {"summary", "Carry out one command. The same id and body give the same answer."},
        {"requestBody", {{"required", true}, {"content", json_content(command_request_schema())}}},
        {"responses", answers("Carried out and on disk", component("CommandReply"))}}}};
  paths["/api/v1/views/{topic}"] = {
      {"get",
       {{"operationId", "readView"},
        {"summary", "A topic as the caller may see it now. Slashes in the topic stay as they are."},
        {"parameters", json::array{{{"name", "topic"}, {"in", "path"}, {"required", true}, {"schema", {{"type", "string"}}}}}},
        {"responses", answers("The topic", component("ViewReply"))}}}};
  const json::object first_step = {{"type", "object"},
                                   {"properties", {{"email", {{"type", "string"}}}, {"password", {{"type", "string"}, {"writeOnly", true}}}}},
                                   {"required", {"email", "password"}}};
  const json::object second_step = {
      {"type", "object"},
      {"description", "For who has a second factor. The ticket is in the problem document `second_factor_needed` that answered the first step."},
      {"properties", {{"ticket", {{"type", "string"}}}, {"code", {{"type", "string"}, {"writeOnly", true}}}}},
      {"required", {"ticket", "code"}}};
  json::object sign_in_schema = {{"oneOf", {first_step, second_step}}};
  json::object signed_in_schema = {{"type", "object"},
                                   {"properties", {{"person", {{"type", "string"}}}, {"name", {{"type", "string"}}}, {"csrf", {{"type", "string"}}}}},
                                   {"required", {"person", "name", "csrf"}}};
  paths["/api/v1/sessions"] = {
      {"post",
       {{"operationId", "signIn"},
        {"summary", "Sign in; the session is in the cookie that is set."},
        {"requestBody", {{"required", true}, {"content", json_content(std::move(sign_in_schema))}}},
        {"responses", answers("Signed in", std::move(signed_in_schema))}}},
      {"delete",
       {{"operationId", "signOut"},
        {"summary", "End the session."},
        {"responses", answers("Signed out", {{"type", "object"}})}}}};
  api["paths"] = std::move(paths);
  api["components"] = {
      {"schemas", component_schemas()},
      {"securitySchemes",
       {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "witan"}}}, {"bearer", {{"type", "http"}, {"scheme", "bearer"}}}}}};
  return api;
}

json::object asyncapi() {
  json::object messages, to_browser, from_browser;
  json::object schemas = component_schemas();
  const auto describe = [&]<class T>(json::object& direction) {
    const auto name = schema::type_name<T>();
    auto& shape = schemas[name].as_object();
    shape["properties"].as_object()["type"] = {{"const", T::k_type}};
    shape["required"].as_array().emplace_back("type");
    messages[name] = {{"name", T::k_type}, {"contentType", "application/json"}, {"payload", component(name)}};
    direction[name] = {{"$ref", "#/components/messages/" + name}};
  };
  for_each_type<live::FromBrowser>([&]<class T>() { describe.template operator()<T>(from_browser); });
  for_each_type<live::ToBrowser>([&]<class T>() { describe.template operator()<T>(to_browser); });
  json::object live_messages = from_browser;
  for (const auto& [name, message] : to_browser) live_messages[name] = message;
  for (const char* name : {"Change", "Head", "CloudEvent", "NowPart"}) {
    messages[name] = {{"name", name}, {"contentType", "application/json"}, {"payload", component(name)}};
  }
  const auto on_bus = [](std::string_view address, std::string_view message, std::string_view about) {
    return json::object{{"address", address},
                        {"description", about},
                        {"servers", json::array{{{"$ref", "#/servers/bus"}}}},
                        {"messages", {{message, {{"$ref", "#/components/messages/" + std::string(message)}}}}}};
  };
  const auto operation = [](std::string_view action, std::string_view channel, const json::object& carried) {
    json::array list;
    for (const auto& entry : carried) {
      list.push_back({{"$ref", "#/channels/" + std::string(channel) + "/messages/" + std::string(entry.key())}});
    }
    return json::object{{"action", action}, {"channel", {{"$ref", "#/channels/" + std::string(channel)}}}, {"messages", std::move(list)}};
  };
  json::object all;
  all["asyncapi"] = "3.0.0";
  all["info"] = {{"title", "Witan live"},
                 {"version", "1"},
                 {"description", "JSON text frames on the WebSocket at /live, each with its `type`, and the messages on the bus."}};
  all["servers"] = {{"gateway", {{"host", "127.0.0.1:8080"}, {"protocol", "ws"}, {"pathname", "/live"}}},
                    {"bus", {{"host", "127.0.0.1:4222"}, {"protocol", "nats"}}}};
  all["channels"] = {
      {"live", {{"address", "/live"}, {"servers", json::array{{{"$ref", "#/servers/gateway"}}}}, {"messages", live_messages}}},
      {"changes", on_bus("live.*.changes", "Change",
                         "What people see changed, a line for each change: audience, topic, then the JSON of the change, parted "
                         "by spaces; at most once, healed by heads.")},
      {"heads", on_bus("live.*.head", "Head", "How far each service is, once a second.")},
      {"events", on_bus("evt.>", "CloudEvent", "What one command committed, for other services; JetStream.")},
      {"presence", on_bus("now.>", "NowPart", "Who is at a topic by way of one gateway; between gateways, at most once, stored nowhere.")}};
  all["operations"] = {{"fromBrowser", operation("receive", "live", from_browser)},
                       {"toBrowser", operation("send", "live", to_browser)},
                       {"announceChange", operation("send", "changes", {{"Change", 0}})},
                       {"announceHead", operation("send", "heads", {{"Head", 0}})},
                       {"publishEvents", operation("send", "events", {{"CloudEvent", 0}})},
                       {"tellPresence", operation("send", "presence", {{"NowPart", 0}})}};
  all["components"] = {{"messages", std::move(messages)}, {"schemas", std::move(schemas)}};
  return all;
}

std::string typescript() {
  std::string text = "// Generated from shared/contract by witan-contract. Do not edit: run infra/scripts/generate.\n\n";
  for (const auto& [name, shape] : definitions()) {
    const auto& schema = shape.as_object();
    if (schema.contains("properties")) {
      text += typescript_interface(name, schema) + "\n";
    } else {
      text += "export type " + std::string(name) + " = " + typescript_of(schema) + ";\n\n";
    }
  }
  text += "export interface CommandArguments {\n";
  for_each_type<AllCommands>([&]<class C>() {
    text += "  \"" + std::string(C::k_name) + "\": " + schema::type_name<C>() + ";\n";
  });
  text += "}\n\nexport type CommandName = keyof CommandArguments;\n";
  const auto frames = [&]<class List>(std::string_view name) {
    text += "\nexport type " + std::string(name) + " =";
    for_each_type<List>([&]<class T>() {
      text += "\n  | ({ type: \"" + std::string(T::k_type) + "\" } & " + schema::type_name<T>() + ")";
    });
    text += ";\n";
  };
  frames.template operator()<live::FromBrowser>("FrameFromBrowser");
  frames.template operator()<live::ToBrowser>("FrameToBrowser");
  return text;
}

}  // namespace witan::catalogue
