#pragma once

#include <string>
#include <vector>

#include "shared/files/check.hpp"

/// Files that somebody could hand in to do harm, and what is to be said of each. Fuzzing begins with them too (tests/fuzz).
namespace witan::files::made {

struct Hostile {
  std::string what;
  std::string name;
  std::string bytes;
  Fault fault;
};

std::vector<Hostile> hostile_names();
std::vector<Hostile> hostile_types();
std::vector<Hostile> hostile_pdfs();
std::vector<Hostile> hostile_documents();
/// All of these.
std::vector<Hostile> hostile_files();

struct Good {
  std::string name;
  std::string bytes;
};

/// Files that are to be taken.
std::vector<Good> good_files();

}  // namespace witan::files::made
