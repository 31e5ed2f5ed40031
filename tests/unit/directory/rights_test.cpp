#include <gtest/gtest.h>

#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const PersonId k_somebody = id_of<PersonId>("somebody");

TEST(DirectoryRights, every_promised_command_has_a_rule) {
  const DirectoryScene scene;
  for (const auto& name : scene.definition().promised_commands)
    EXPECT_TRUE(scene.definition().commands.contains(name)) << name;
  EXPECT_EQ(scene.definition().commands.size(), scene.definition().promised_commands.size());
}

TEST(DirectoryRights, only_administrators_establish_and_register) {
  DirectoryScene scene;
  const auto council = scene.body();
  const auto refuse = [&](const auto& command) {
    EXPECT_EQ(code_of(scene.send(visitor(), command)), "not_signed_in") << command.k_name;
    EXPECT_EQ(code_of(scene.send(person(k_somebody), command)), "forbidden") << command.k_name;
    EXPECT_EQ(code_of(scene.send(holder(k_somebody, council.str(), Role::secretary), command)), "forbidden")
        << command.k_name;
    // The role counts everywhere or not at all.
    EXPECT_EQ(code_of(scene.send(holder(k_somebody, council.str(), Role::administrator), command)),
              "forbidden")
        << command.k_name;
    EXPECT_EQ(code_of(scene.send(scene.admin, command)), "") << command.k_name;
  };
  refuse(wire::EstablishBody{{"Mobility group"}, wire::BodyKind::advisory_group, {}, {}});
  refuse(wire::RegisterOrganisation{{"Cumbria LEP"}, wire::OrganisationKind::lep, {}});
  refuse(wire::RegisterPerson{{"Hilda"}, {"hilda@example.org"}, {}, {}, {}});
}

TEST(DirectoryRights, a_stranger_does_not_learn_which_address_is_taken) {
  DirectoryScene scene;
  scene.person("Hilda", "hilda@example.org");
  for (const auto* email : {"hilda@example.org", "nobody@example.org"}) {
    const wire::RegisterPerson command{{"Eve"}, {email}, {}, {}, {}};
    EXPECT_EQ(code_of(scene.send(visitor(), command)), "not_signed_in");
    EXPECT_EQ(code_of(scene.send(person(k_somebody), command)), "forbidden");
  }
}

TEST(DirectoryRights, seats_are_for_the_secretary_of_that_body_and_administrators) {
  DirectoryScene scene;
  const auto council = scene.body(), other = scene.body("Another body");
  const auto hilda = scene.person("Hilda", "hilda@example.org");
  const auto secretary = holder(k_somebody, council.str(), Role::secretary);
  const auto seat = SeatId::from_trusted(
      scene.made("seat", secretary, wire::CreateSeat{council, {"Chair, Cumbria LEP"}, Role::member, {}}));
  const auto refuse = [&](const auto& command) {
    EXPECT_EQ(code_of(scene.send(visitor(), command)), "not_signed_in") << command.k_name;
    EXPECT_EQ(code_of(scene.send(person(k_somebody), command)), "forbidden") << command.k_name;
    EXPECT_EQ(code_of(scene.send(holder(k_somebody, council.str(), Role::chair), command)), "forbidden")
        << command.k_name;
    EXPECT_EQ(code_of(scene.send(holder(k_somebody, other.str(), Role::secretary), command)), "forbidden")
        << command.k_name;
  };
  refuse(wire::CreateSeat{council, {"Minister"}, Role::minister, {}});
  refuse(wire::FillSeat{council, seat, hilda});
  EXPECT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, hilda}));
  refuse(wire::AbolishSeat{council, seat});
  refuse(wire::VacateSeat{council, seat, {}});
  EXPECT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, {}}));
  EXPECT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda}));
}

TEST(DirectoryRights, a_body_that_does_not_exist_is_not_found) {
  DirectoryScene scene;
  const auto nowhere = id_of<BodyId>("nowhere");
  EXPECT_EQ(code_of(scene.send(scene.admin, wire::CreateSeat{nowhere, {"Chair"}, Role::chair, {}})),
            "not_found");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::CreateSeat{nowhere, {"Chair"}, Role::chair, {}})),
            "not_found");
}

}  // namespace
}  // namespace witan::test
