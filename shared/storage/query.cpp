#include "shared/storage/query.hpp"

#include <sqlite3.h>

namespace witan::storage {

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

void Query::check(int code) const {
  if (code != SQLITE_OK)
    throw_fault(connection_.handle(), sqlite3_extended_errcode(connection_.handle()),
                sqlite3_sql(statement_));
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

int Query::run() {
  while (step()) {
  }
  return sqlite3_changes(connection_.handle());
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Query::view(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return bytes ? std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
               : std::string_view();
}

bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

void Query::bind(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_, index, value)); }

void Query::bind(int index, std::string_view value) {
  // A null pointer would bind NULL instead of an empty text.
  const char* bytes = value.data() ? value.data() : "";
  check(sqlite3_bind_text64(statement_, index, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind(int index, Blob value) {
  check(sqlite3_bind_blob64(statement_, index, value.bytes.data(), value.bytes.size(), SQLITE_STATIC));
}

}  // namespace witan::storage
