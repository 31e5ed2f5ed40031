#include <string>
#include <string_view>

#include "services/directory/app/directory_service.hpp"
#include "shared/service/service.hpp"

namespace {

/// The value of `--<key>=…`, the last one given, before the harness has checked the arguments.
std::string argument(int argc, char** argv, std::string_view key, std::string otherwise) {
  const std::string prefix = "--" + std::string(key) + "=";
  for (int i = 1; i < argc; ++i) {
    const std::string_view given = argv[i];
    if (given.starts_with(prefix)) otherwise = given.substr(prefix.size());
  }
  return otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  const auto data = argument(argc, argv, "data", "./data");
  const auto secrets = argument(argc, argv, "secrets", "");
  const auto pepper = (secrets.empty() ? data + "/secrets" : secrets) + "/pepper";
  return witan::service::run(witan::directory::definition(pepper), argc, argv);
}
