#pragma once

#include "shared/storage/connection.hpp"

namespace witan::storage {

/// The newest schema that this program knows. A file's own is its `PRAGMA user_version`.
std::int64_t newest_schema();

/// Brings the file to the newest schema, one numbered step after the other, each in a transaction of its own.
/// Throws StorageFailure when the file is another program's, or was written by a newer Witan.
void migrate(Connection& connection);

/// For readers, who change nothing: throws StorageFailure unless the file has exactly the newest schema.
void require_newest_schema(Connection& connection);

}  // namespace witan::storage
