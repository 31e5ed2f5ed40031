#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/contract/result.hpp"

/// Every command, view and bus message of the contract, as data: what generators, forms and tests walk through.
namespace witan::catalogue {

enum class FieldType { text, whole, boolean, list, other };

struct Field {
  std::string name;
  FieldType type = FieldType::text;
  bool is_required = true;
  bool may_be_empty = false;  ///< Empty text is a value of its own, for example to clear what stood there.
};

/// The arguments of a command, or null for a command that the contract does not know.
const std::vector<Field>* fields_of(std::string_view command);

/// A command that people use who are not signed in, such as asking for a new password.
bool is_for_visitors(std::string_view command);

/// A command that only the gateway sends, with what it has drawn, such as a session's name: a client could choose one and hand
/// it to somebody else.
bool is_for_gateway(std::string_view command);

/// Names of all commands, in the contract's order.
const std::vector<std::string>& commands();

/// Names of every described struct that travels: commands' arguments, views, notices, envelopes, frames.
const std::vector<std::string>& message_types();
/// People and their programs write it, so unknown members are refused; commands' arguments and the browser's frames.
bool is_from_outside(std::string_view type);
/// Reads `from` as the named type and writes it again; how tests hold fixtures against the structs.
Result<json::value> reencode(std::string_view type, const json::value& from);

/// The same as text, by `codec::append_text`.
Result<std::string> rewrite(std::string_view type, const json::value& from);

/// JSON Schema 2020-12 of the whole contract: every struct under `$defs`.
json::object contract_schema();
/// OpenAPI 3.1 of `/api/v1`.
json::object openapi();
/// AsyncAPI 3.0 of the WebSocket at `/live` and of the bus.
json::object asyncapi();
/// TypeScript types of everything in `contract_schema`, and the names of the commands.
std::string typescript();

}  // namespace witan::catalogue
