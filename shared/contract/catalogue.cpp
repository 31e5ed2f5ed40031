#include "shared/contract/catalogue.hpp"

#include <algorithm>
#include <iterator>

#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/live.hpp"

namespace witan::catalogue {

namespace {

namespace mp = boost::mp11;

template <class T>
void append(std::vector<T>& all, std::vector<T> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

const std::vector<CommandType>& command_types() {
  static const std::vector<CommandType> types = [] {
    auto all = directory_commands();
    append(all, meetings_commands());
    append(all, advisory_commands());
    append(all, consultations_commands());
    return all;
  }();
  return types;
}

const std::vector<Message>& messages() {
  static const std::vector<Message> types = [] {
    std::vector<Message> all;
    for (const auto& type : command_types()) all.push_back(type.message);
    for (auto part : {directory_views(), meetings_views(), advisory_views(), consultations_views(), live_views(), directory_notices(), envelopes(), frames()})
      append(all, std::move(part));
    return all;
  }();
  return types;
}

const Message* message_of(std::string_view type) {
  const auto found = std::ranges::find(messages(), type, &Message::type);
  return found == messages().end() ? nullptr : &*found;
}

const CommandType* command_of(std::string_view name) {
  const auto found = std::ranges::find(command_types(), name, &CommandType::name);
  return found == command_types().end() ? nullptr : &*found;
}

template <class List, class F>
void for_each_type(F&& f) {
  mp::mp_for_each<mp::mp_transform<mp::mp_identity, List>>([&](auto type) { f.template operator()<typename decltype(type)::type>(); });
}

/// Closed where an unknown member is refused; open where a newer version may say more.
json::object definitions() {
  schema::Definitions all;
  schema::Definitions closed;
  for (const auto& message : messages()) {
    message.define(all);
    if (message.is_from_outside) message.define(closed);
  }
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
  for (const auto& command : command_types()) {
    one_of.push_back({{"type", "object"},
                      {"properties",
                       {{"id", {{"type", "string"}, {"pattern", "^[A-Za-z0-9._-]{1,64}$"}}},
                        {"name", {{"const", command.name}}},
                        {"args", component(command.message.type)},
                        {"if_version", {{"type", "integer"}}}}},
                      {"required", {"id", "name", "args"}},
                      {"additionalProperties", false}});
  }
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
    for (const auto& command : command_types()) all.emplace_back(command.name);
    return all;
  }();
  return names;
}

const std::vector<std::string>& message_types() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& message : messages()) all.push_back(message.type);
    return all;
  }();
  return names;
}

bool is_from_outside(std::string_view type) {
  const auto* message = message_of(type);
  return message != nullptr && message->is_from_outside;
}

Result<json::value> reencode(std::string_view type, const json::value& from) {
  const auto* message = message_of(type);
  return message ? message->reencode(from) : reject(ErrorCode::not_found, "There is no such type.");
}

Result<std::string> rewrite(std::string_view type, const json::value& from) {
  const auto* message = message_of(type);
  return message ? message->rewrite(from) : reject(ErrorCode::not_found, "There is no such type.");
}

const std::vector<Field>* fields_of(std::string_view command) {
  const auto* found = command_of(command);
  return found ? &found->fields : nullptr;
}

bool is_for_visitors(std::string_view command) {
  const auto* found = command_of(command);
  return found != nullptr && found->is_for_visitors;
}

bool is_for_gateway(std::string_view command) {
  const auto* found = command_of(command);
  return found != nullptr && found->is_for_gateway;
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
  for (const auto& command : command_types()) text += "  \"" + std::string(command.name) + "\": " + command.message.type + ";\n";
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
