#include "shared/storage/compaction.hpp"

#include <SQLiteCpp/Database.h>

#include "shared/storage/connection.hpp"
#include "shared/storage/query.hpp"

namespace witan::storage {

namespace {

constexpr char k_is_wanted[] = "SELECT compaction_wanted FROM meta";

bool is_wanted(Connection& connection) {
  Query query(connection, k_is_wanted);
  return query.step() && query.integer(0) != 0;
}

}  // namespace

void ask_for_compaction(Store& store) { store.database().exec("UPDATE meta SET compaction_wanted = 1"); }

bool compact_if_asked(Connection& connection) {
  if (!is_wanted(connection)) return false;
  connection.execute("VACUUM");
  connection.execute("UPDATE meta SET compaction_wanted = 0");
  connection.empty_log();
  return true;
}

}  // namespace witan::storage
