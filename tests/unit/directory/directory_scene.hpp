#pragma once

#include <filesystem>
#include <unistd.h>

#include "services/directory/app/directory_service.hpp"
#include "shared/contract/directory.hpp"
#include "tests/support/service_scene.hpp"

namespace witan::test {

namespace wire = contract::directory;

/// A directory with one council, whose first people a test can sign in. Its pepper lives in a folder of its
/// own.
class DirectoryScene : public ServiceScene {
 public:
  DirectoryScene() : DirectoryScene(new_folder()) {}
  ~DirectoryScene() { std::filesystem::remove_all(folder_); }
  DirectoryScene(const DirectoryScene&) = delete;
  DirectoryScene& operator=(const DirectoryScene&) = delete;

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

 private:
  explicit DirectoryScene(const std::filesystem::path& folder)
      : ServiceScene(directory::definition((folder / "pepper").string())), folder_(folder) {}
  static std::filesystem::path new_folder() {
    static int count = 0;
    return std::filesystem::temp_directory_path() /
           ("witan-directory-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  }
  std::filesystem::path folder_;
};

}  // namespace witan::test
