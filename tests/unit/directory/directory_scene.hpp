#pragma once

#include "services/directory/app/directory_service.hpp"
#include "shared/contract/directory.hpp"
#include "tests/support/service_scene.hpp"

namespace witan::test {

namespace wire = contract::directory;

/// A directory under a pepper of the tests', with short ways to fill it.
class DirectoryScene : public ServiceScene {
 public:
  DirectoryScene() : ServiceScene(directory::definition(crypto::Secret(std::string(32, 'p')))) {}

  const Actor admin = administrator();

  BodyId body(const std::string& name = "Council of LEP Chairs") {
    return BodyId::from_trusted(
        made("body", admin, wire::EstablishBody{{name}, wire::BodyKind::council, {}, {}}));
  }
  OrganisationId organisation(const std::string& name = "Cumbria LEP") {
    return OrganisationId::from_trusted(
        made("organisation", admin, wire::RegisterOrganisation{{name}, wire::OrganisationKind::lep, {}}));
  }
  PersonId person(const std::string& name, const std::string& email, std::optional<std::string> password = {},
                  std::optional<OrganisationId> organisation = {}) {
    wire::RegisterPerson command{{name}, {email}, organisation, {}, {}};
    if (password) command.password = Password{*password};
    return PersonId::from_trusted(made("person", admin, command));
  }
  SeatId seat(const BodyId& of, const std::string& title, Role role = Role::member,
              std::optional<OrganisationId> organisation = {}) {
    return SeatId::from_trusted(made("seat", admin, wire::CreateSeat{of, {title}, role, organisation}));
  }
  Result<json::object> sign_in(const std::string& email, const std::string& password,
                               const std::string& session) {
    return send(visitor(), wire::StartSession{{email}, {password}, {session}, {}});
  }
};

}  // namespace witan::test
