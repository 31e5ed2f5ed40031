#include "services/meetings/app/meetings_service.hpp"
#include "services/meetings/app/scanner.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  return witan::service::run(
      "meetings", [](const witan::Config& config) { return witan::meetings::definition(witan::meetings::paper_desk(config)); }, argc, argv,
      witan::meetings::scanner_keys());
}
