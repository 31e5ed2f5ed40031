// The bus's layout is written by hand, since the services' rights follow from it; it must say what the services declare.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "infra/nats/config.hpp"
#include "services/advisory/app/advisory_service.hpp"
#include "services/consultations/app/consultations_service.hpp"
#include "services/directory/app/directory_service.hpp"
#include "services/meetings/app/meetings_service.hpp"

namespace witan {
namespace {

using Follows = std::map<std::string, std::set<std::string>>;

void declare(const service::Definition& definition, Follows& follows) {
  auto& producers = follows[definition.name];
  for (const auto& notice : definition.notices) producers.insert(notice.producer);
}

TEST(BusLayout, is_what_the_services_declare) {
  Follows declared, laid_out;
  const auto no_mail = [](const directory::OutgoingMail&) { return service::WorkOutcome(); };
  declare(directory::definition({crypto::Secret(std::string(32, 'k')), "http://127.0.0.1", true, no_mail}), declared);
  declare(meetings::definition(), declared);
  declare(advisory::definition(), declared);
  declare(consultations::definition(), declared);
  for (const auto& service : nats::layout()) laid_out[service.name] = {service.follows.begin(), service.follows.end()};
  EXPECT_EQ(laid_out, declared);
}

}  // namespace
}  // namespace witan
