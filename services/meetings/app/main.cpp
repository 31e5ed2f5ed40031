#include "services/meetings/app/meetings_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  return witan::service::run(
      "meetings", [](const witan::Config&) { return witan::meetings::definition(); }, argc, argv);
}
