#include "services/directory/app/directory_service.hpp"

#include "services/directory/app/credentials.hpp"
#include "services/directory/domain/rows.hpp"

namespace witan::directory {

namespace {

constexpr auto k_new_id = [](const auto&, domain::Context& context) { return context.new_id_text(); };
constexpr auto k_person = [](const auto& command) { return command.person.str(); };
constexpr auto k_body = [](const auto& command) { return command.body.str(); };

/// Only the person whose session it is may end it, from there or from another one, and administrators. For others it does
/// not exist.
Result<void> own_session(const Actor& actor, const Session& session, const wire::EndSession&) {
  if (actor.person == session.person || actor.is_administrator()) return {};
  return reject(ErrorCode::not_found);
}

/// One's own sessions, and anybody's for administrators. For others there is no such person.
Result<void> own_sessions(const Actor& actor, const Person&, const wire::EndSessions& command) {
  if (actor.person == command.person || actor.is_administrator()) return {};
  return reject(ErrorCode::not_found);
}

}  // namespace

service::Definition definition(crypto::Secret pepper) {
  using namespace service;
  const auto credentials = std::make_shared<const Credentials>(std::move(pepper));

  const auto hash_password = [credentials](const wire::RegisterPerson& command, const Actor& actor,
                                           const domain::Rows& rows) -> Result<NewPerson> {
    // Rights come first here as well: a stranger's request must not cost a hash, nor tell which address is
    // taken.
    if (auto may = administrators()(actor, command, command); !may) return std::unexpected(may.error());
    return credentials->prepare(command, rows);
  };
  const auto check_password = [credentials](const wire::StartSession& command, const Actor&,
                                            const domain::Rows& rows) {
    return credentials->prepare(command, rows);
  };
  const auto check_own_password = [credentials](const wire::ChangePassword& command, const Actor& actor,
                                                const domain::Rows& rows) -> Result<CheckedPasswordChange> {
    if (!actor.person) return reject(ErrorCode::not_signed_in);
    return credentials->prepare(command, *actor.person, rows);
  };
  const auto of_the_body = [](const Body&, const auto& command) { return command.body.str(); };
  const auto secretary = in_body(of_the_body, {Role::secretary});

  return Builder("directory")
      .aggregate<BodyAggregate>()
      .aggregate<OrganisationAggregate>()
      .aggregate<PersonAggregate>()
      .aggregate<SessionAggregate>()
      // Who may do what. `secretary` is the secretary of the body in question; administrators may always.
      .creation<wire::EstablishBody, BodyAggregate>(administrators())
      .creation<wire::RegisterOrganisation, OrganisationAggregate>(administrators())
      .prepared<wire::RegisterPerson, NewPerson, PersonAggregate>(k_new_id, administrators(), hash_password)
      .command<wire::CreateSeat, BodyAggregate>(k_body, secretary)
      .command<wire::FillSeat, BodyAggregate>(k_body, secretary)
      .command<wire::VacateSeat, BodyAggregate>(k_body, secretary)
      .prepared<wire::StartSession, CheckedSignIn, SessionAggregate>(
          [](const CheckedSignIn& sign_in, domain::Context&) { return sign_in.session; }, anyone(),
          check_password)
      .command<wire::EndSession, SessionAggregate>([](const auto& command) { return command.session.value; },
                                                   own_session)
      .command<wire::EndSessions, PersonAggregate>([](const auto& command) { return command.person.str(); },
                                                   own_sessions)
      .prepared<wire::ChangePassword, CheckedPasswordChange, PersonAggregate>(
          [](const CheckedPasswordChange& change, domain::Context&) { return change.person.str(); }, signed_in(),
          check_own_password)
      .command<wire::GrantOffice, PersonAggregate>(k_person, administrators())
      .command<wire::WithdrawOffice, PersonAggregate>(k_person, administrators())
      .auditors_may<wire::StartSession, wire::EndSession, wire::EndSessions, wire::ChangePassword>()
      .promises<wire::Commands>()
      .public_list(list_of_bodies().topic())
      .public_list(list_of_organisations().topic())
      .views_shape(4)  // 2: the lists of bodies and organisations have pages; 3: accounts and their sessions; 4: offices
      .build();
}

}  // namespace witan::directory
