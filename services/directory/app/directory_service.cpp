#include "services/directory/app/directory_service.hpp"

#include <algorithm>

#include "services/directory/app/credentials.hpp"
#include "services/directory/app/openid_desk.hpp"
#include "services/directory/domain/affiliations.hpp"
#include "services/directory/domain/calendar.hpp"
#include "services/directory/domain/idle.hpp"
#include "services/directory/domain/interests.hpp"
#include "services/directory/domain/profile.hpp"
#include "services/directory/domain/rows.hpp"
#include "services/directory/domain/strangers.hpp"

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

/// What is about one's own account, and administrators about anybody's. For others there is no such person.
constexpr auto own_account = [](const Actor& actor, const Person& person, const auto& command) -> Result<void> {
  if (person.exists && (actor.person == command.person || actor.is_administrator())) return {};
  return reject(ErrorCode::not_found);
};

/// Not even administrators.
constexpr auto themselves = [](const Actor& actor, const Person& person, const auto& command) -> Result<void> {
  if (person.exists && actor.person == command.person) return {};
  return reject(ErrorCode::not_found);
};

/// The secretary of the body that an invitation is for.
Result<void> inviting_secretary(const Actor& actor, const Link& link, const wire::WithdrawInvitation&) {
  const bool is_theirs = link.issued.body && actor.holds(link.issued.body->str(), {Role::secretary});
  return service::allowed_if(actor, is_theirs || actor.is_administrator());
}

/// The person, administrators, and secretaries of a body in which the person sits: members hand them their register on
/// paper, and it is theirs to keep. The audit and the entry say who wrote it.
Result<void> keeper_of_register(const Actor& actor, const Register&, const auto& command, const domain::Rows& rows) {
  if (actor.person == command.person || actor.is_administrator()) return {};
  const auto bodies = bodies_of(command.person, rows);
  const bool is_secretary = std::any_of(bodies.begin(), bodies.end(),
                                        [&](const auto& body) { return actor.holds(body.str(), {Role::secretary}); });
  return service::allowed_if(actor, is_secretary);
}

/// What only the person can know.
Result<void> own_register(const Actor& actor, const Register&, const wire::ConfirmInterests& command) {
  if (actor.person == command.person) return {};
  if (!actor.signed_in()) return reject(ErrorCode::not_signed_in);
  return reject(ErrorCode::forbidden, "Only the person themself can confirm a register of interests.");
}

/// Only from the machine that Witan runs on: administrators who are persons come too late for it.
Result<void> the_operator(const Actor& actor, const Link&, const wire::IssueAdministratorLink&) {
  return service::allowed_if(actor, !actor.signed_in() && actor.is_administrator());
}

/// When something happens to a body's terms next.
std::vector<service::Due> terms_to_come(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [seat, value] : rows.rows(k_terms_index, k_private_audience, "")) {
    const auto term = codec::decode<TermRow>(value);
    if (!term || !term->until) continue;
    const auto at = term->ends_soon ? *uk_time::day_ends(term->until->value) : term_warning_at(*term->until);
    due.push_back({at, term->body.str()});
  }
  return due;
}

std::vector<service::Due> links_to_expire(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [link, row] : open_links(rows)) due.push_back({row.expires, link});
  return due;
}

/// Oldest first.
std::vector<std::string> mail_to_send(const domain::Rows& rows) {
  std::vector<std::pair<Timestamp, std::string>> waiting;
  for (const auto& [mail, value] : rows.rows(k_mail_index, k_private_audience, "")) {
    if (const auto row = codec::decode<MailRow>(value)) waiting.emplace_back(row->queued, mail);
  }
  std::sort(waiting.begin(), waiting.end());
  std::vector<std::string> mails;
  for (auto& [queued, mail] : waiting) mails.push_back(std::move(mail));
  return mails;
}

std::vector<std::string> mail_to_destroy(const domain::Rows& rows) {
  std::vector<std::string> mails;
  for (const auto& row : rows.rows(k_doomed_mail_index, k_private_audience, "")) mails.push_back(row.first);
  return mails;
}

/// No mail is tried for longer: whoever waits for it has long asked again, and its link may be over.
constexpr std::chrono::hours k_mail_tried_for{24};

service::WorkOutcome send(const SendMail& send_mail, const std::string& id, const domain::Rows& rows) {
  const auto row = rows.row_as<MailRow>(k_mail_index, k_private_audience, id);
  const auto to = row ? rows.text(row->to) : std::nullopt;
  const auto text = row ? rows.text(row->text) : std::nullopt;
  if (!to || !text) return "The address or the text was erased before it was sent.";
  try {
    return send_mail({id, *to, row->subject, *text});
  } catch (const std::exception& failure) {
    if (SystemClock().now() < row->queued + k_mail_tried_for) throw;
    return std::string("Given up after a day: ") + failure.what();
  }
}

}  // namespace

service::Definition definition(Settings settings) {
  using namespace service;
  const auto credentials = std::make_shared<const Credentials>(std::move(settings.pepper), std::move(settings.now));
  const auto new_link = [origin = settings.public_origin, is_shown = settings.is_mail_shown] {
    const auto token = crypto::random_token();
    return NewLink{crypto::sha256_text(token), origin + "/link/" + token, is_shown};
  };

  const auto hash_password = [credentials](const wire::RegisterPerson& command, const Actor& actor,
                                           const domain::Rows& rows) -> Result<NewPerson> {
    // Rights come first here as well: a stranger's request must not cost a hash, nor tell which address is
    // taken.
    if (auto may = administrators()(actor, command, command); !may) return std::unexpected(may.error());
    return credentials->prepare(command, rows);
  };
  const auto check = [credentials](const auto& command, const Actor&, const domain::Rows& rows) { return credentials->prepare(command, rows); };
  const auto check_own = [credentials](const auto& command, const Actor& actor, const domain::Rows& rows)
      -> decltype(credentials->prepare(command, *actor.person, rows)) {
    if (!actor.person) return reject(ErrorCode::not_signed_in);
    return credentials->prepare(command, *actor.person, rows);
  };
  const auto check_erasure = [credentials](const wire::ErasePerson& command, const Actor& actor,
                                           const domain::Rows& rows) -> Result<CheckedErasure> {
    if (!actor.person) return reject(ErrorCode::not_signed_in);
    if (actor.person != command.person && !actor.is_administrator()) return reject(ErrorCode::not_found);
    return credentials->prepare(command, *actor.person, rows);
  };
  const auto check_email = [credentials, new_link](const wire::ChangeEmail& command, const Actor& actor,
                                                   const domain::Rows& rows) -> Result<CheckedEmailChange> {
    if (!actor.person) return reject(ErrorCode::not_signed_in);
    if (actor.person != command.person && !actor.is_administrator()) return reject(ErrorCode::not_found);
    return credentials->prepare(command, *actor.person, new_link(), new_link(), rows);
  };
  const auto check_as = [credentials](const auto& command, const Actor& actor, const domain::Rows& rows) {
    return credentials->prepare(command, actor, rows);
  };
  const auto with_link = [new_link](const wire::Invite& command, const Actor&, const domain::Rows&) -> Result<PreparedInvite> {
    return PreparedInvite{command, new_link()};
  };
  const auto with_calendar = [origin = settings.public_origin](const wire::OpenCalendar& command, const Actor&, const domain::Rows&) -> Result<NewCalendar> {
    const auto token = crypto::random_token();
    return NewCalendar{command.person, crypto::sha256_text(token), origin + "/calendar/" + token + ".ics"};
  };
  const auto find_account = [new_link, credentials](const wire::RequestPasswordReset& command, const Actor&,
                                                    const domain::Rows& rows) -> Result<PreparedReset> {
    return PreparedReset{credentials->person_at(command.email, rows), new_link()};
  };
  const auto desk = std::make_shared<OpenidDesk>(settings.openid, credentials);
  const auto at_the_desk = [desk](const auto& command, const Actor& actor, const domain::Rows& rows) {
    return desk->prepare(command, actor, rows);
  };
  const auto by_session = [](const auto& checked, domain::Context&) { return checked.session; };
  const auto by_new_link = [](const auto& prepared, domain::Context&) { return prepared.link.link; };
  const auto by_body = [](const auto& command, domain::Context&) { return command.body.str(); };
  const auto by_person = [](const auto& checked, domain::Context&) { return checked.person.str(); };
  const auto by_link = [](const auto& checked, domain::Context&) { return checked.link; };
  const auto of_the_invited_body = [](const Link&, const PreparedInvite& command) { return command.asked.body.str(); };
  const auto of_the_body = [](const Body&, const auto& command) { return command.body.str(); };
  const auto secretary = in_body(of_the_body, {Role::secretary});
  const auto keeper = [](const Actor& actor, const Register& present, const auto& command, const domain::Rows& rows) {
    return keeper_of_register(actor, present, command, rows);
  };

  const auto ending = [staff_idle = settings.staff_idle](const domain::Rows& rows, const LastUse& last_use, Timestamp by) {
    std::vector<UseRules::Ending> endings;
    for (auto& idle : sessions_ending(rows, last_use, by, staff_idle)) {
      endings.push_back({idle.at, std::move(idle.session), !idle.has_run_out});
    }
    return endings;
  };

  return Builder("directory")
      .aggregate<BodyAggregate>()
      .aggregate<OrganisationAggregate>()
      .aggregate<PersonAggregate>()
      .aggregate<SessionAggregate>()
      .aggregate<LinkAggregate>()
      .aggregate<MailAggregate>()
      .aggregate<RegisterAggregate>()
      .aggregate<StrangersAggregate>()
      // Who may do what. `secretary` is the secretary of the body in question; administrators may always.
      .creation<wire::EstablishBody, BodyAggregate>(administrators())
      .creation<wire::RegisterOrganisation, OrganisationAggregate>(administrators())
      .command<wire::RenameOrganisation, OrganisationAggregate>([](const auto& command) { return command.organisation.str(); }, administrators())
      .prepared<wire::RegisterPerson, NewPerson, PersonAggregate>(k_new_id, administrators(), hash_password)
      .command<wire::SetOrganisation, PersonAggregate>(k_person, administrators())
      .command<wire::CreateSeat, BodyAggregate>(k_body, secretary)
      .command<wire::ChangeSeat, BodyAggregate>(k_body, secretary)
      .prepared<wire::FillSeat, wire::FillSeat, BodyAggregate>(by_body, secretary, check_as)
      .command<wire::Reappoint, BodyAggregate>(k_body, secretary)
      .command<wire::VacateSeat, BodyAggregate>(k_body, secretary)
      .command<wire::AbolishSeat, BodyAggregate>(k_body, secretary)
      .prepared<wire::Invite, PreparedInvite, LinkAggregate>(by_new_link, in_body(of_the_invited_body, {Role::secretary}), with_link)
      .command<wire::WithdrawInvitation, LinkAggregate>([](const auto& command) { return command.link.value; }, inviting_secretary)
      .prepared<wire::AcceptInvitation, CheckedAcceptance, LinkAggregate>(by_link, anyone(), check_as)
      .prepared<wire::RequestPasswordReset, PreparedReset, LinkAggregate>(by_new_link, anyone(), find_account)
      .prepared<wire::ResetPassword, CheckedReset, LinkAggregate>(by_link, anyone(), check)
      .upsert<wire::IssueAdministratorLink, LinkAggregate>([](const auto& command) { return command.link.value; }, the_operator)
      .prepared<wire::ChangeEmail, CheckedEmailChange, PersonAggregate>(by_person, own_account, check_email)
      .command<wire::WithdrawEmailChange, PersonAggregate>(k_person, own_account)
      .upsert<wire::ConfirmEmail, LinkAggregate>([](const auto& command) { return crypto::sha256_text(command.token.value); }, anyone())
      .command<wire::RenamePerson, PersonAggregate>(k_person, own_account)
      .command<wire::SetPreferences, PersonAggregate>(k_person, own_account)
      .prepared<wire::OpenCalendar, NewCalendar, PersonAggregate>(by_person, themselves, with_calendar)
      .command<wire::CloseCalendar, PersonAggregate>(k_person, themselves)
      .prepared<wire::StartSession, CheckedSignIn, SessionAggregate>(by_session, anyone(), check)
      .creation<wire::NoteStrangers, StrangersAggregate>(anyone())
      .prepared<wire::FinishSignIn, CheckedSecondStep, SessionAggregate>(by_session, anyone(), check)
      .prepared<wire::SetSecondFactor, CheckedSecondFactor, PersonAggregate>(by_person, signed_in(), check_own)
      .prepared<wire::RenewRecoveryCodes, CheckedRecoveryCodes, PersonAggregate>(by_person, signed_in(), check_own)
      .prepared<wire::RemoveSecondFactor, CheckedRemoval, PersonAggregate>(by_person, own_account, check_as)
      .upsert<wire::RenewSession, SessionAggregate>([](const auto& command) { return command.session.value; }, signed_in())
      .command<wire::EndSession, SessionAggregate>([](const auto& command) { return command.session.value; },
                                                   own_session)
      .command<wire::EndSessions, PersonAggregate>(k_person, own_account)
      .prepared<wire::ChangePassword, CheckedPasswordChange, PersonAggregate>(
          by_person, signed_in(), check_own)
      .command<wire::GrantOffice, PersonAggregate>(k_person, administrators())
      .command<wire::WithdrawOffice, PersonAggregate>(k_person, administrators())
      .command<wire::SuspendPerson, PersonAggregate>(k_person, administrators())
      .command<wire::ReinstatePerson, PersonAggregate>(k_person, administrators())
      .prepared<wire::ErasePerson, CheckedErasure, PersonAggregate>(by_person, own_account, check_erasure)
      .erasing<PersonErased>()
      .upsert<wire::DeclareInterest, RegisterAggregate>(k_person, keeper)
      .upsert<wire::ChangeInterest, RegisterAggregate>(k_person, keeper)
      .upsert<wire::WithdrawInterest, RegisterAggregate>(k_person, keeper)
      .upsert<wire::ConfirmInterests, RegisterAggregate>(k_person, own_register)
      .prepared<wire::BeginOpenid, BegunOpenid, SessionAggregate>(by_session, anyone(), at_the_desk)
      .prepared<wire::FinishOpenidSignIn, CheckedOpenidSignIn, SessionAggregate>(by_session, anyone(), at_the_desk)
      .prepared<wire::LinkOpenid, CheckedOpenidLink, PersonAggregate>(by_person, signed_in(), at_the_desk)
      .command<wire::UnlinkOpenid, PersonAggregate>(k_person, own_account)
      .wait_for_others<wire::BeginOpenid, wire::FinishOpenidSignIn, wire::LinkOpenid>()
      .auditors_may<wire::StartSession, wire::FinishSignIn, wire::SetSecondFactor, wire::RenewRecoveryCodes,
                    wire::RemoveSecondFactor, wire::RenewSession, wire::EndSession, wire::EndSessions, wire::ChangePassword, wire::RequestPasswordReset,
                    wire::ResetPassword, wire::BeginOpenid, wire::FinishOpenidSignIn, wire::LinkOpenid, wire::UnlinkOpenid,
                    wire::ErasePerson, wire::ChangeEmail, wire::WithdrawEmailChange, wire::ConfirmEmail, wire::RenamePerson,
                    wire::SetPreferences, wire::OpenCalendar, wire::CloseCalendar>()
      .promises<wire::Commands>()
      .due<TermsDue, BodyAggregate>(terms_to_come)
      .due<LinkExpires, LinkAggregate>(links_to_expire)
      .ends_unused<SessionUnused, SessionAggregate>(ending)
      .outside<MailDone, MailAggregate>(mail_to_send, [send_mail = settings.send_mail](const std::string& id, const domain::Rows& rows) {
        return send(send_mail, id, rows);
      }, settings.abandon_mail)
      .outside<MailGone, MailAggregate>(mail_to_destroy, [destroy = settings.destroy_mail](const std::string& id, const domain::Rows&) {
        destroy(id);
        return WorkOutcome();
      })
      .public_list(list_of_bodies().topic())
      .public_list(list_of_organisations().topic())
      // 2: the lists of bodies and organisations have pages; 3: accounts and their sessions; 4: terms, offices, what staff see;
      // 5: second factors; 6: registers of interests, whether an account elsewhere is linked, which sessions there are, which
      // texts, appointments and mails are whose; 7: changes of address, preferences, to whom letters about whom went;
      // 8: what seats stand for, names of bodies, seats on accounts, how often interests were changed;
      // 9: names compared by their keys, seats to which somebody is invited, who invites, how links ended, whom letters name
      // 10: to whom people are shown as being at a page
      .views_shape(10)
      .build();
}

}  // namespace witan::directory
