#include "services/consultations/app/consultations_service.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  using namespace witan;
  const consultations::CommentLimits standard;
  const auto make = [](const Config& config) {
    return consultations::definition({config.number("comments_per_minute"), config.number("comments_per_day")});
  };
  return service::run("consultations", make, argc, argv,
                      {{"comments_per_minute", standard.per_minute, "Comments that one person may write within a minute; 0: any number.", 0, 100},
                       {"comments_per_day", standard.per_day, "Comments that one person may write on one day; 0: any number.", 0, 1'000'000}});
}
