// Writes what is generated from the contract: witan-contract <repository root>. With --check nothing is written and the
// exit code says whether the checked-in files are up to date.

#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "shared/contract/catalogue.hpp"

namespace {

/// JSON for people and for line-by-line differences: two spaces, a member a line.
void pretty(const boost::json::value& value, std::string& to, int depth = 0) {
  const std::string indent(static_cast<std::size_t>(depth + 1) * 2, ' '), closing(static_cast<std::size_t>(depth) * 2, ' ');
  if (const auto* object = value.if_object(); object && !object->empty()) {
    to += "{\n";
    for (auto it = object->begin(); it != object->end(); ++it) {
      to += indent + boost::json::serialize(boost::json::string(it->key())) + ": ";
      pretty(it->value(), to, depth + 1);
      to += std::next(it) == object->end() ? "\n" : ",\n";
    }
    to += closing + "}";
  } else if (const auto* array = value.if_array(); array && !array->empty() && !array->front().is_string()) {
    to += "[\n";
    for (std::size_t i = 0; i < array->size(); ++i) {
      to += indent;
      pretty((*array)[i], to, depth + 1);
      to += i + 1 == array->size() ? "\n" : ",\n";
    }
    to += closing + "]";
  } else {
    to += boost::json::serialize(value);
  }
}

std::string page(const boost::json::value& value) {
  std::string text;
  pretty(value, text);
  return text + "\n";
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: witan-contract <repository root> [--check]\n", stderr);
    return 1;
  }
  const std::string root = argv[1];
  const bool check = argc > 2 && std::string(argv[2]) == "--check";
  using namespace witan::catalogue;
  const std::map<std::string, std::string> files = {
      {"shared/contract/generated/schema.json", page(contract_schema())},
      {"shared/contract/generated/openapi.json", page(openapi())},
      {"shared/contract/generated/asyncapi.json", page(asyncapi())},
      {"web-client/src/contract/types.ts", typescript()},
  };
  int stale = 0;
  for (const auto& [path, text] : files) {
    if (content_of(root + "/" + path) == text) continue;
    if (check) {
      std::fprintf(stderr, "%s is stale: run infra/scripts/generate\n", path.c_str());
      ++stale;
      continue;
    }
    std::ofstream(root + "/" + path, std::ios::binary) << text;
    std::printf("wrote %s\n", path.c_str());
  }
  return stale == 0 ? 0 : 1;
}
