#pragma once

#include "services/advisory/app/advisory_service.hpp"
#include "shared/contract/advisory.hpp"
#include "shared/contract/directory.hpp"
#include "tests/support/service_scene.hpp"

namespace witan::test {

namespace wire = contract::advisory;

/// Advisory with the mobility group's body known from directory: a champion and one adviser sit in it.
class AdvisoryScene : public ServiceScene {
 public:
  const BodyId mobility = id_of<BodyId>("mobility");
  const SeatId champion_seat = id_of<SeatId>("seatofchampion");
  const SeatId adviser_seat = id_of<SeatId>("seatofadviser");
  const PersonId ada = id_of<PersonId>("ada");
  const PersonId ben = id_of<PersonId>("ben");
  const Actor admin = administrator();
  const Actor champion = holder(ada, mobility.str(), Role::champion);
  const Actor adviser = holder(ben, mobility.str(), Role::member);
  const std::string topic = "groups/" + mobility.str();
  const std::string log_topic = "engagements/" + mobility.str();

  AdvisoryScene() : ServiceScene(advisory::definition()) {
    hear_of(contract::directory::BodyEstablishedNotice{mobility, "Future of Mobility Group",
                                                       contract::directory::BodyKind::advisory_group});
    hear_of(contract::directory::SeatFilledNotice{mobility, champion_seat, "Business Champion",
                                                  Role::champion, ada, "Ada Motor", "Motor Works"});
    hear_of(contract::directory::SeatFilledNotice{mobility, adviser_seat, "Adviser, batteries", Role::member,
                                                  ben, "Ben Volt", "University of Volts"});
  }

  template <class N>
  void hear_of(const N& notice) {
    const auto heard = hear("directory", notice);
    EXPECT_TRUE(heard) << N::k_type;
  }
  Result<json::object> open() {
    return send(
        admin,
        wire::OpenGroup{mobility, wire::Challenge::future_of_mobility, {"Zero-emission vehicles by 2040."}});
  }
  wire::LogEngagement entry(const std::string& said = "Charging is too slow.",
                            const std::string& day = "2018-05-30") const {
    wire::LogEngagement command;
    command.group = mobility;
    command.organisation = {"Small Vans Ltd"};
    command.kind = wire::VoiceKind::business;
    command.sector = {"Logistics"};
    command.area = {"Cumbria"};
    command.size = wire::VoiceSize::small;
    command.heard_on = {day};
    command.channel = wire::Channel::roundtable;
    command.said = {said};
    command.follow_up = Text<0, 300>{"Send the charging study."};
    return command;
  }
  std::optional<wire::GroupView> group(const std::string& audience) {
    return world().row_as<wire::GroupView>(topic, audience, "group");
  }
};

}  // namespace witan::test
