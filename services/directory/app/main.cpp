#include "services/directory/app/directory_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  return witan::service::run(
      "directory", [](const witan::Config& config) { return witan::directory::definition(config.text("secrets") + "/pepper"); },
      argc, argv);
}
