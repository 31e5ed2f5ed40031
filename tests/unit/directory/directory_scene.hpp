#pragma once

#include "services/directory/app/directory_service.hpp"
#include "shared/contract/directory.hpp"
#include "tests/support/service_scene.hpp"

namespace witan::test {

namespace wire = contract::directory;

/// A directory under a pepper of the tests', with short ways to fill it.
class DirectoryScene : public ServiceScene {
 public:
  explicit DirectoryScene(bool is_mail_shown = true, std::shared_ptr<openid::Provider> openid = {})
      : DirectoryScene(std::make_shared<PostBox>(), std::make_shared<DirectoryScene*>(nullptr), is_mail_shown, std::move(openid)) {}

  /// What was sent, in order; `problem` is what came of the next ones.
  struct PostBox {
    std::vector<directory::OutgoingMail> sent;
    std::optional<std::string> problem;
    std::vector<std::string> destroyed;
  };
  PostBox& post() { return *post_; }

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
  /// The token of the link in the last mail.
  std::string last_token() {
    do_outside_work();
    const std::string mark = "https://witan.example/link/";
    const auto& text = post_->sent.back().text;
    return text.substr(text.find(mark) + mark.size(), 52);
  }

 private:
  DirectoryScene(std::shared_ptr<PostBox> post, std::shared_ptr<DirectoryScene*> self, bool is_mail_shown,
                 std::shared_ptr<openid::Provider> openid)
      : ServiceScene(directory::definition({crypto::Secret(std::string(32, 'p')), "https://witan.example", is_mail_shown,
                                            [post](const directory::OutgoingMail& mail) -> service::WorkOutcome {
                                              post->sent.push_back(mail);
                                              return post->problem;
                                            },
                                            [post](const std::string& mail) { post->destroyed.push_back(mail); }, {}, std::move(openid),
                                            [self] { return (*self)->world().now; }})),
        post_(std::move(post)) {
    *self = this;
  }

  std::shared_ptr<PostBox> post_;
};

}  // namespace witan::test
