#include "services/consultations/app/consultations_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  return witan::service::run(
      "consultations", [](const witan::Config&) { return witan::consultations::definition(); }, argc, argv);
}
