#pragma once

#include "shared/storage/store.hpp"

namespace witan::storage {

class Connection;

/// SQLite overwrites a row that goes (secure_delete), but not the copies that it left in the free part of a page when it
/// moved the row aside earlier. Only writing the whole file anew is sure to leave none. Nothing else is
/// written meanwhile: it is for the rare erasure of a person, not for each text that goes.

/// Within a job: once it is committed, the writer writes the file anew, before its next jobs or after the next start.
void ask_for_compaction(Store& store);
/// Outside of a transaction. False when nobody has asked.
bool compact_if_asked(Connection& connection);

}  // namespace witan::storage
