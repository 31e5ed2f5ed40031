// Every event of directory as the audit has it.
#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "services/directory/domain/openid.hpp"
#include "services/directory/domain/events.hpp"
#include "shared/crypto/totp.hpp"
#include "tests/support/audit_lines.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

const std::string k_password = "correct horse battery";
const std::string k_phone(52, 'a'), k_desk(52, 'b'), k_tablet(52, 'c'), k_fourth(52, 'd'), k_fifth(52, 'e'), k_renewed(52, 'f');

class DirectoryAudit : public testing::Test {
 protected:
  DirectoryAudit() {
    organisation = scene.organisation();
    council = scene.body();
    hilda = scene.person("Hilda Whitby", "hilda@example.org", k_password, organisation);
    const auto seat = clerk = scene.seat(council, "Clerk", Role::secretary);
    EXPECT_TRUE(scene.send(scene.admin, wire::FillSeat{council, seat, hilda, {}, CalendarDate{"2018-06-30"}}));
    scene.wait_until(scene.world().now);
    EXPECT_TRUE(scene.send(scene.admin, wire::Reappoint{council, seat, CalendarDate{"2021-06-30"}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::VacateSeat{council, seat, Text<0, 300>{"Term over"}, wire::HowEnded::resigned}));
    EXPECT_TRUE(scene.send(scene.admin, wire::Invite{council, seat, {"Oswald York"}, {"oswald@example.org"}, {}}));
    const auto first = scene.last_token();
    scene.post().problem = "No such mailbox.";
    EXPECT_TRUE(scene.send(scene.admin, wire::Invite{council, seat, {"Oswald York"}, {"oswald@example.org"}, {}}));
    const auto second = scene.last_token();
    const wire::AcceptInvitation accept{{first}, Text<1, 100>{"Oswald York"}, {}, Password{"four words that fit"}};
    EXPECT_FALSE(scene.send(visitor(), accept));
    EXPECT_TRUE(scene.send(visitor(), wire::AcceptInvitation{{second}, accept.name, {}, accept.password}));
    for (const auto& session : {k_phone, k_desk, k_tablet}) EXPECT_TRUE(scene.sign_in("hilda@example.org", k_password, session));
    Actor self = person(hilda);
    self.session = k_tablet;
    EXPECT_TRUE(scene.send(self, wire::EndSession{{k_phone}}));
    EXPECT_TRUE(scene.send(self, wire::RenewSession{{k_renewed}}));
    self.session = k_renewed;
    EXPECT_TRUE(scene.send(self, wire::ChangePassword{{k_password}, {"battery staple and more"}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::EndSessions{hilda, {}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::GrantOffice{hilda, wire::Office::auditor}));
    EXPECT_TRUE(scene.send(scene.admin, wire::WithdrawOffice{hilda, wire::Office::auditor}));
    use_second_factor(self);
    keep_register(self);
    change_account(self);
  }

  void change_account(const Actor& self) {
    EXPECT_TRUE(scene.send(visitor(), wire::NoteStrangers{{k_phone + " " + std::string(52, 'x')}, 3, 1, 2, 1, 4}));
    for (const auto* name : {"Hilda York", "Hilda Whitby"}) EXPECT_TRUE(scene.send(self, wire::RenamePerson{hilda, {name}}));
    EXPECT_TRUE(scene.send(self, wire::SetPreferences{hilda, true}));
    EXPECT_TRUE(scene.send(self, wire::OpenCalendar{hilda}));
    EXPECT_TRUE(scene.send(self, wire::CloseCalendar{hilda}));
    EXPECT_TRUE(scene.send(scene.admin, wire::SuspendPerson{hilda, Text<0, 300>{"On leave"}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::ReinstatePerson{hilda}));
    happened(scene, "person", hilda.str(), directory::EmailChangeAsked{hilda, scene.world().now});
    happened(scene, "person", hilda.str(),
             directory::EmailChanged{hilda, scene.world().keep("hilda.york@example.org"), scene.world().keep("a key"), {}, {}, {}});
    EXPECT_TRUE(scene.send(scene.admin, wire::ChangeSeat{council, clerk, {"Clerk"}, organisation}));
    EXPECT_TRUE(scene.send(scene.admin, wire::SetOrganisation{hilda, {}}));
    const auto foundry = scene.organisation("Ormskirk Fundry");
    EXPECT_TRUE(scene.send(scene.admin, wire::RenameOrganisation{foundry, {"Ormskirk Foundry"}}));
    const auto cook = scene.seat(council, "Cook", Role::officer), mistaken = scene.seat(council, "Clark", Role::officer);
    for (const auto& seat : {cook, mistaken}) EXPECT_TRUE(scene.send(scene.admin, wire::Invite{council, seat, {"Aldhelm"}, {"aldhelm@example.org"}, {}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::AbolishSeat{council, mistaken}));
  }

  void use_second_factor(const Actor& self) {
    const auto key = crypto::new_totp_key();
    const auto codes = crypto::new_recovery_codes();
    std::string joined;
    for (const auto& code : codes) joined += code + " ";
    const Password password{"battery staple and more"};
    const auto now = crypto::totp_step(scene.world().now);
    EXPECT_TRUE(scene.send(self, wire::SetSecondFactor{password, {crypto::totp_key_text(key)}, {joined}, {crypto::hotp(key, now - 1)}}));
    for (const auto& [code, session] : {std::pair(crypto::hotp(key, now), k_fourth), std::pair(codes[0], k_fifth), std::pair(std::string("000000"), k_fifth)}) {
      const auto first = scene.sign_in("hilda@example.org", password.value, session);
      const std::string ticket(string_at(first.error().extra, "ticket"));
      EXPECT_EQ(scene.send(visitor(), wire::FinishSignIn{{ticket}, {code}, {session}, {}}).has_value(), code != "000000");
    }
    EXPECT_TRUE(scene.send(self, wire::RenewRecoveryCodes{password, {joined}, Text<0, 40>{codes[1]}}));
    EXPECT_TRUE(scene.send(scene.admin, wire::RemoveSecondFactor{hilda, {}, {}}));
    const Erasable subject_key{"text", "hash"};
    happened(scene, "person", hilda.str(), directory::OpenidLinked{hilda, "https://login.example", subject_key, scene.world().now, {}});
    happened(scene, "person", hilda.str(), directory::OpenidUnlinked{hilda, subject_key});
    const auto left = id_of<PersonId>("left");
    happened(scene, "person", left.str(), directory::PersonErased{left, wire::WhyErased::mistake, {}, {}});
    const auto mail = id_of<MailId>("mail");
    happened(scene, "mail", mail.str(), directory::MailDestroyed{mail});
  }

  void keep_register(const Actor& self) {
    const auto interest = InterestId::from_trusted(scene.made(
        "interest", scene.admin, wire::DeclareInterest{hilda, wire::InterestKind::contract, organisation, {}, {"Printing"}, {}}));
    EXPECT_TRUE(scene.send(self, wire::ChangeInterest{hilda, interest, wire::InterestKind::land, {}, {}, {"A field"}, {}}));
    EXPECT_TRUE(scene.send(self, wire::ConfirmInterests{hilda}));
    EXPECT_TRUE(scene.send(self, wire::WithdrawInterest{hilda, interest}));
    EXPECT_TRUE(scene.send(self, wire::ConfirmInterests{hilda}));
  }

  DirectoryScene scene;
  OrganisationId organisation;
  BodyId council;
  SeatId clerk;
  PersonId hilda;
};

TEST_F(DirectoryAudit, says_of_every_event_what_was_done_from_which_state_to_which) {
  EXPECT_EQ(kinds_not_shown(scene), std::set<std::string>());
  EXPECT_EQ(audit_lines(scene), (std::vector<std::string>{
                                    "Registered the organisation “Cumbria LEP” |  | Local Enterprise Partnership",
                                    "Established the body “Council of LEP Chairs” |  | Council",
                                    "Opened an account for Hilda Whitby |  | No office",
                                    "Created the seat “Clerk” (Secretary) |  | Vacant",
                                    "Filled the seat “Clerk” | Vacant | Hilda Whitby until 30 June 2018",
                                    "A term ends within 90 days: the seat “Clerk” | Hilda Whitby | Hilda Whitby until 30 June 2018",
                                    "Reappointed to the seat “Clerk” | Hilda Whitby | Hilda Whitby until 30 June 2021",
                                    "Vacated the seat “Clerk” (Resigned). Reason: Term over | Hilda Whitby | Vacant",
                                    "Sent an invitation of somebody (name removed) to the seat “Clerk” |  | Can be used",
                                    "Wrote a mail: Your invitation to Council of LEP Chairs |  | Waits to be sent",
                                    "Sent a mail | Waits to be sent | Sent",
                                    "Sent an invitation of Oswald York to the seat “Clerk” |  | Can be used",
                                    "Ended an invitation of somebody (name removed) to the seat “Clerk” | Can be used | Replaced by another",
                                    "Wrote a mail: Your invitation to Council of LEP Chairs |  | Waits to be sent",
                                    "Could not send a mail | Waits to be sent | Not delivered: No such mailbox.",
                                    "Somebody tried an invitation of somebody (name removed) to the seat “Clerk” that could be used no more | Replaced by another | Replaced by another",
                                    "Used an invitation of Oswald York to the seat “Clerk” | Can be used | Used",
                                    "Opened an account for Oswald York |  | No office",
                                    "Filled the seat “Clerk” | Vacant | Oswald York",
                                    "Hilda Whitby signed in (Unknown device) | Signed out | Signed in",
                                    "Hilda Whitby signed in (Unknown device) | Signed out | Signed in",
                                    "Hilda Whitby signed in (Unknown device) | Signed out | Signed in",
                                    "Signed Hilda Whitby out | Signed in | Signed out",
                                    "The session of Hilda Whitby got another name, since they may do more | Signed in | Signed in",
                                    "Changed the password of Hilda Whitby |  | Signed out in 1 other place",
                                    "Signed Hilda Whitby out in other places | Signed in in 1 other place | Signed out there",
                                    "Gave an office to Hilda Whitby | No office | Auditor",
                                    "Withdrew an office from Hilda Whitby | Auditor | No office",
                                    "Set up an authenticator app for Hilda Whitby | No authenticator app | Authenticator app, 10 recovery codes",
                                    "Wrote a mail: Signing in now takes a code |  | Waits to be sent",
                                    "Hilda Whitby signed in (Unknown device) | Signed out | Signed in",
                                    "Hilda Whitby gave a code of the authenticator app | Authenticator app, 10 recovery codes | Authenticator app, 10 recovery codes",
                                    "Hilda Whitby signed in (Unknown device) | Signed out | Signed in",
                                    "Hilda Whitby gave a recovery code | Authenticator app, 10 recovery codes | Authenticator app, 9 recovery codes",
                                    "Wrote a mail: A recovery code was used |  | Waits to be sent",
                                    "Somebody entered a wrong code after the password of Hilda Whitby | Signed out | Signed out",
                                    "Hilda Whitby gave a recovery code | Authenticator app, 9 recovery codes | Authenticator app, 8 recovery codes",
                                    "Made new recovery codes for Hilda Whitby | Authenticator app, 8 recovery codes | Authenticator app, 10 recovery codes",
                                    "Wrote a mail: You have new recovery codes |  | Waits to be sent",
                                    "Removed the authenticator app of Hilda Whitby | Authenticator app, 10 recovery codes | No authenticator app",
                                    "Wrote a mail: Signing in takes no code any more |  | Waits to be sent",
                                    "Linked an account elsewhere to that of Hilda Whitby | Not linked | Linked with https://login.example",
                                    "Unlinked the account elsewhere of Hilda Whitby | Linked with https://login.example | Not linked",
                                    "Deleted an account (it was opened by mistake) |  | Deleted",
                                    "Removed a mail to a deleted account | Kept | Removed",
                                    "Declared an interest of Hilda Whitby |  | Contract",
                                    "Changed an interest of Hilda Whitby: kind, organisation and description | Contract; Cumbria LEP; Printing | "
                                    "Land or property; No organisation; A field",
                                    "Confirmed the register of interests of Hilda Whitby |  | 1 interest",
                                    "Withdrew an interest of Hilda Whitby | Land or property | Withdrawn",
                                    "Confirmed the register of interests of Hilda Whitby |  | Nothing to declare",
                                    "Came and opened nothing: 1 cookie of a session that has ended, 2 cookies that are unknown, 1 link that is unknown or over, "
                                    "2 forms that were not given to their senders, or too long ago, 1 wrong code by somebody signed in, "
                                    "4 tries to sign in with a wrong e-mail address or password |  | Refused",
                                    "Changed the name of Hilda Whitby | Hilda Whitby | Hilda York",
                                    "Changed the name of Hilda Whitby | Hilda York | Hilda Whitby",
                                    "Set the preferences of Hilda Whitby | No mail at sign-in; on pages, shown to members | Mail at sign-in on a new device; on pages, shown to members",
                                    "Made an address for the calendar of Hilda Whitby | No address | An address",
                                    "Ended the address for the calendar of Hilda Whitby | An address | No address",
                                    "Suspended the account of Hilda Whitby. Reason: On leave | Can sign in | Suspended",
                                    "Reinstated the account of Hilda Whitby | Suspended | Can sign in",
                                    "Asked for another e-mail address for Hilda Whitby | The present address | Waits to be confirmed",
                                    "Moved the account of Hilda Whitby to the e-mail address that was confirmed | The earlier address | "
                                    "The new address, signed out everywhere, without a password",
                                    "Changed the seat “Clerk” | Clerk; stands for no organisation | Clerk; stands for Cumbria LEP",
                                    "Changed the organisation of Hilda Whitby | Cumbria LEP | No organisation",
                                    "Registered the organisation “Ormskirk Fundry” |  | Local Enterprise Partnership",
                                    "Changed the name of the organisation “Ormskirk Fundry” | Ormskirk Fundry | Ormskirk Foundry",
                                    "Created the seat “Cook” (Officer) |  | Vacant",
                                    "Created the seat “Clark” (Officer) |  | Vacant",
                                    "Sent an invitation of Aldhelm to the seat “Cook” |  | Can be used",
                                    "Wrote a mail: Your invitation to Council of LEP Chairs |  | Waits to be sent",
                                    "Sent an invitation of somebody (name removed) to the seat “Clark” |  | Can be used",
                                    "Wrote a mail: Your invitation to Council of LEP Chairs |  | Waits to be sent",
                                    "Abolished the seat “Clark” (Officer) | Vacant | Abolished",
                                    "Ended an invitation of somebody (name removed) to the seat “Clark” | Can be used | Withdrawn",
                                }));
}

/// The events about a body have one of these in their kind; here all links are invitations.
constexpr std::array<std::string_view, 4> k_of_bodies{"seat_", "body_", "term_", "link_"};

TEST_F(DirectoryAudit, names_the_body_of_what_happens_in_one_and_whoever_signs_in) {
  for (const auto& [kind, line] : described(scene)) {
    const bool is_of_body = std::any_of(k_of_bodies.begin(), k_of_bodies.end(), [&](auto of) { return kind.contains(of); });
    EXPECT_EQ(line.body, is_of_body ? std::optional(council) : std::nullopt) << kind;
    EXPECT_EQ(line.by.has_value(), kind == "session_started" || kind == "link_used" || kind == "second_factor_used") << kind;
  }
}

TEST_F(DirectoryAudit, says_that_a_name_has_been_removed) {
  scene.world().texts.clear();
  scene.world().rebuild();
  for (const auto& line : audit_lines(scene)) {
    for (const char* word : {"Hilda", "Oswald", "Aldhelm", "Printing", "A field"}) EXPECT_EQ(line.find(word), std::string::npos) << line;
  }
  const auto lines = audit_lines(scene);
  EXPECT_NE(std::find(lines.begin(), lines.end(), "Used an invitation of Name removed to the seat “Clerk” | Can be used | Used"), lines.end());
  EXPECT_EQ(audit_lines(scene)[4], "Filled the seat “Clerk” | Vacant | Name removed until 30 June 2018");
  EXPECT_EQ(audit_lines(scene)[7], "Vacated the seat “Clerk” (Resigned). Reason: text removed | Name removed | Vacant");
}

}  // namespace
}  // namespace witan::test
