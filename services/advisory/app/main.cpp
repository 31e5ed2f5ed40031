#include "services/advisory/app/advisory_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  return witan::service::run(
      "advisory", [](const witan::Config&) { return witan::advisory::definition(); }, argc, argv);
}
