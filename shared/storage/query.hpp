#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/storage/connection.hpp"

namespace witan::storage {

/// Bytes that are not text.
struct Blob {
  std::string_view bytes;
};

/// One use of a prepared statement: binds, steps, and gives the statement back when it goes out of scope (a
/// statement that is not given back would hold its read transaction open). Bound texts are not copied: they
/// outlive the Query.
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, const char* sql, const Values&... values)
      : connection_(connection), statement_(connection.prepared(sql)) {
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// True while there is a row. Throws as `throw_fault` does.
  bool step();
  /// Steps to the end; returns how many rows were written.
  int run();

  std::int64_t integer(int column) const;
  /// Valid until the next step.
  std::string_view view(int column) const;
  std::string text(int column) const { return std::string(view(column)); }
  bool is_null(int column) const;

 private:
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view value);
  void bind(int index, Blob value);
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void check(int code) const;

  Connection& connection_;
  sqlite3_stmt* statement_;
};

}  // namespace witan::storage
