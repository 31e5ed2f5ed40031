#include "services/directory/app/directory_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  const auto with_pepper = [](const witan::Config& config) {
    return witan::directory::definition(
        witan::crypto::read_or_make_secret_file(config.text("secrets") + "/pepper"));
  };
  return witan::service::run("directory", with_pepper, argc, argv);
}
