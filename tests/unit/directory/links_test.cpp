#include <gtest/gtest.h>

#include "services/directory/domain/decide.hpp"
#include "services/directory/domain/rows.hpp"
#include "tests/unit/directory/directory_scene.hpp"

namespace witan::test {
namespace {

constexpr const char* k_password = "four words that fit";

/// A council with a secretary and a vacant seat, and Oswald, who has an account.
class Links : public testing::Test {
 protected:
  Result<json::object> invite(const std::string& email = "hilda@example.org") {
    return scene.send(secretary, wire::Invite{council, seat, {"Hilda Whitby"}, {email}, CalendarDate{"2021-05-31"}});
  }
  Result<json::object> accept(const Actor& actor, const std::string& token, std::optional<std::string> password = k_password) {
    wire::AcceptInvitation command{{token}, Text<1, 100>{"Hilda Whitby"}, {}, {}};
    if (password) command.password = Password{*password};
    return scene.send(actor, command);
  }
  wire::LinkView link(const std::string& token) {
    return *scene.world().row_as<wire::LinkView>("links/" + crypto::sha256_text(token), "public", "link");
  }
  std::optional<std::string> holder_name() {
    const auto view = scene.world().row_as<wire::SeatView>("bodies/" + council.str(), "public", "seat/" + seat.str());
    return view->is_vacant ? std::nullopt : std::optional(view->person_name);
  }
  std::size_t invitations_shown() {
    const auto keys = scene.world().keys("bodies/" + council.str(), "staff");
    return static_cast<std::size_t>(
        std::count_if(keys.begin(), keys.end(), [](const auto& key) { return key.starts_with("invitation/"); }));
  }
  std::string ask_reset(const std::string& email = "oswald@example.org") {
    EXPECT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{email}}));
    return scene.last_token();
  }

  DirectoryScene scene;
  const BodyId council = scene.body();
  const SeatId seat = scene.seat(council, "Chair, Cumbria LEP");
  const PersonId oswald = scene.person("Oswald York", "oswald@example.org", "correct horse battery");
  Actor secretary = holder(id_of<PersonId>("secretary"), council.str(), Role::secretary);
  const std::string phone = std::string(52, 'a'), desk = std::string(52, 'b');
};

TEST_F(Links, an_invitation_makes_an_account_and_fills_the_seat_in_one_step) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  ASSERT_EQ(scene.post().sent.size(), 1U);
  EXPECT_EQ(scene.post().sent[0].to, "hilda@example.org");
  EXPECT_NE(scene.post().sent[0].text.find("Chair, Cumbria LEP"), std::string::npos);
  EXPECT_TRUE(link(token).is_open);
  EXPECT_EQ(link(token).title, "Chair, Cumbria LEP");
  EXPECT_EQ(invitations_shown(), 1U);
  const auto joined = accept(visitor(), token);
  ASSERT_TRUE(joined) << joined.error().detail;
  EXPECT_EQ(holder_name(), "Hilda Whitby");
  EXPECT_TRUE(scene.sign_in("hilda@example.org", k_password, phone));
  EXPECT_FALSE(link(token).is_open);
  EXPECT_TRUE(link(token).was_used);
  EXPECT_EQ(link(token).email, "");
  EXPECT_EQ(invitations_shown(), 0U);
  const auto term = directory::term_of(WorldReader(scene.world()), seat);
  ASSERT_TRUE(term);
  EXPECT_EQ(term->until, CalendarDate{"2021-05-31"});
}

TEST_F(Links, an_invitation_says_who_invites_and_until_when) {
  const auto ada = scene.person("Ada Lowe", "ada@example.org");
  secretary.person = ada;
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  const auto text = scene.post().sent.back().text;
  EXPECT_NE(text.find("Ada Lowe invites you to take a seat in Council of LEP Chairs"), std::string::npos) << text;
  EXPECT_NE(text.find("The last day of the term is 31 May 2021."), std::string::npos) << text;
  EXPECT_EQ(link(token).inviter, "Ada Lowe");
  EXPECT_EQ(link(token).until, "31 May 2021");
  ASSERT_TRUE(scene.send(scene.admin, wire::RenamePerson{ada, {"Ada Byron"}}));
  EXPECT_EQ(link(token).inviter, "Ada Byron");
  ASSERT_TRUE(accept(visitor(), token));
  EXPECT_EQ(link(token).inviter, "");
}

TEST_F(Links, a_seat_says_to_its_secretary_that_somebody_is_invited_to_it) {
  const auto is_invited = [&](const char* audience) {
    return scene.world().row_as<wire::SeatView>("bodies/" + council.str(), audience, "seat/" + seat.str())->is_invited;
  };
  EXPECT_FALSE(is_invited("staff"));
  ASSERT_TRUE(invite());
  ASSERT_TRUE(invite("another@example.org"));
  const auto token = scene.last_token();
  EXPECT_TRUE(is_invited("staff")) << "the first one ended, the second waits";
  EXPECT_FALSE(is_invited("public"));
  ASSERT_TRUE(scene.send(secretary, wire::ChangeSeat{council, seat, {"Chair"}, {}}));
  EXPECT_TRUE(is_invited("staff"));
  ASSERT_TRUE(scene.send(secretary, wire::WithdrawInvitation{{crypto::sha256_text(token)}}));
  EXPECT_FALSE(is_invited("staff"));
}

TEST_F(Links, abolishing_a_seat_withdraws_the_invitation_to_it) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  ASSERT_TRUE(scene.send(secretary, wire::AbolishSeat{council, seat}));
  EXPECT_EQ(invitations_shown(), 0U);
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
  EXPECT_TRUE(link(token).why_over.starts_with("It was withdrawn at ")) << link(token).why_over;
  EXPECT_EQ(link(token).title, "Chair, Cumbria LEP");
}

TEST_F(Links, a_link_that_is_over_says_which_way_it_ended) {
  ASSERT_TRUE(invite());
  const auto replaced = scene.last_token();
  EXPECT_EQ(link(replaced).why_over, "");
  ASSERT_TRUE(invite());
  const auto expired = scene.last_token();
  EXPECT_TRUE(link(replaced).why_over.starts_with("A newer link took its place at ")) << link(replaced).why_over;
  const auto asked = ask_reset();
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{asked}, {k_password}}));
  EXPECT_EQ(link(asked).why_over, "") << "it was used";
  scene.world().now += directory::k_invitation_lasts;
  scene.wait_until(scene.world().now);
  EXPECT_EQ(link(expired).why_over, "It ran out at " + link(expired).expires + ".");
}

TEST_F(Links, a_link_for_a_new_password_says_that_it_was_set_with_another) {
  const auto first = ask_reset();
  scene.world().now += directory::k_reset_again;
  const auto second = ask_reset();
  ASSERT_NE(first, second);
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{second}, {k_password}}));
  EXPECT_TRUE(link(first).why_over.starts_with("The password was set anew after it was sent, at ")) << link(first).why_over;
}

TEST_F(Links, an_invitation_can_be_used_once) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  ASSERT_TRUE(accept(visitor(), token));
  const auto events = scene.world().log.size();
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
  EXPECT_EQ(scene.world().log.size(), events + 1) << "the first try with a used link leaves a trace";
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
  EXPECT_EQ(scene.world().log.size(), events + 1) << "the next ones do not fill the log";
}

TEST_F(Links, an_invitation_ends_after_seven_days) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  scene.world().now += directory::k_invitation_lasts;
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid") << "also in the moment before it is noted";
  EXPECT_FALSE(holder_name());
  scene.wait_until(scene.world().now);
  EXPECT_FALSE(link(token).is_open);
  EXPECT_FALSE(link(token).was_used);
  EXPECT_EQ(invitations_shown(), 0U);
}

TEST_F(Links, another_invitation_to_the_seat_takes_the_place_of_the_first) {
  ASSERT_TRUE(invite());
  const auto first = scene.last_token();
  ASSERT_TRUE(invite("hilda.whitby@example.org"));
  const auto second = scene.last_token();
  EXPECT_EQ(code_of(accept(visitor(), first)), "link_not_valid");
  EXPECT_EQ(invitations_shown(), 1U);
  EXPECT_TRUE(accept(visitor(), second));
}

TEST_F(Links, a_withdrawn_invitation_cannot_be_used) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  const wire::WithdrawInvitation withdraw{{crypto::sha256_text(token)}};
  EXPECT_EQ(code_of(scene.send(person(oswald), withdraw)), "forbidden");
  EXPECT_EQ(code_of(scene.send(holder(oswald, scene.body("Another").str(), Role::secretary), withdraw)), "forbidden");
  EXPECT_TRUE(scene.send(secretary, withdraw));
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
  EXPECT_TRUE(scene.send(secretary, withdraw)) << "again is no fault";
}

TEST_F(Links, somebody_with_an_account_accepts_while_signed_in_to_it) {
  ASSERT_TRUE(invite("oswald@example.org"));
  const auto token = scene.last_token();
  EXPECT_EQ(code_of(accept(visitor(), token)), "not_signed_in");
  EXPECT_EQ(code_of(accept(person(id_of<PersonId>("somebody")), token)), "forbidden");
  EXPECT_FALSE(holder_name());
  EXPECT_TRUE(accept(person(oswald), token, {}));
  EXPECT_EQ(holder_name(), "Oswald York");
}

TEST_F(Links, an_invitation_to_a_seat_that_is_held_by_now_makes_no_account) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  ASSERT_TRUE(scene.send(secretary, wire::FillSeat{council, seat, oswald}));
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
  EXPECT_EQ(code_of(scene.sign_in("hilda@example.org", k_password, phone)), "sign_in_failed");
  ASSERT_TRUE(scene.send(secretary, wire::VacateSeat{council, seat, {}, {}}));
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid") << "whoever invited somebody before decides anew";
}

TEST_F(Links, accepting_without_an_account_needs_name_and_a_long_password) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  EXPECT_EQ(code_of(accept(visitor(), token, {})), "invalid_arguments");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::AcceptInvitation{{token}, {}, {}, Password{k_password}})), "invalid_arguments");
  EXPECT_EQ(code_of(accept(visitor(), token)), "");
}

TEST_F(Links, a_short_password_is_refused_and_the_link_stays_open) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  EXPECT_EQ(code_of(accept(visitor(), token, "only eleven")), "invalid_arguments");
  EXPECT_EQ(code_of(accept(visitor(), token, "Password2018!")), "invalid_arguments") << "long, and tried first";
  EXPECT_TRUE(link(token).is_open);
}

TEST_F(Links, only_the_bodys_secretary_and_administrators_invite) {
  for (const auto& other : {visitor(), person(oswald), holder(oswald, council.str(), Role::chair),
                            holder(oswald, scene.body("Another").str(), Role::secretary)}) {
    EXPECT_FALSE(scene.send(other, wire::Invite{council, seat, {"A"}, {"a@example.org"}, {}}));
  }
  EXPECT_TRUE(scene.send(scene.admin, wire::Invite{council, seat, {"A"}, {"a@example.org"}, {}}));
}

TEST_F(Links, forged_tokens_are_not_known_and_leave_nothing_in_the_log) {
  const auto events = scene.world().log.size();
  EXPECT_EQ(code_of(accept(visitor(), std::string(52, 'z'))), "link_not_valid");
  EXPECT_EQ(code_of(accept(visitor(), "../../etc/passwd-and-more")), "link_not_valid");
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{std::string(52, 'z')}, {k_password}})), "link_not_valid");
  EXPECT_EQ(scene.world().log.size(), events);
}

TEST_F(Links, a_link_of_one_kind_is_no_link_of_another) {
  ASSERT_TRUE(invite());
  const auto invitation = scene.last_token();
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{invitation}, {k_password}})), "link_not_valid");
  const auto reset = ask_reset();
  EXPECT_EQ(code_of(accept(person(oswald), reset)), "link_not_valid");
  EXPECT_EQ(code_of(accept(visitor(), reset)), "link_not_valid");
  EXPECT_TRUE(link(invitation).is_open && link(reset).is_open);
}

TEST_F(Links, a_forgotten_password_is_set_anew_and_everybody_who_knew_the_old_one_is_out) {
  ASSERT_TRUE(scene.sign_in("oswald@example.org", "correct horse battery", phone));
  const auto token = ask_reset();
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{token}, {k_password}}));
  EXPECT_TRUE(scene.world().keys("sessions/" + phone, "gateway").empty());
  EXPECT_EQ(code_of(scene.sign_in("oswald@example.org", "correct horse battery", desk)), "sign_in_failed");
  EXPECT_TRUE(scene.sign_in("oswald@example.org", k_password, desk));
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{token}, {k_password}})), "link_not_valid");
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.back().subject, "Your password was changed");
  EXPECT_EQ(scene.post().sent.back().to, "oswald@example.org");
}

TEST_F(Links, asking_for_a_new_password_tells_nobody_who_has_an_account) {
  const auto known = scene.send(visitor(), wire::RequestPasswordReset{{"oswald@example.org"}});
  const auto unknown = scene.send(visitor(), wire::RequestPasswordReset{{"nobody@example.org"}});
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(*known, *unknown);
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.size(), 1U);
}

TEST_F(Links, a_link_for_a_password_ends_with_another_one_and_with_a_change_of_the_password) {
  const auto first = ask_reset();
  scene.world().now += directory::k_reset_again;
  const auto second = ask_reset();
  ASSERT_TRUE(scene.send(visitor(), wire::ResetPassword{{first}, {k_password}}));
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{second}, {"another that fits"}})), "link_not_valid");
  scene.world().now += directory::k_reset_again;
  const auto third = ask_reset();
  ASSERT_TRUE(scene.send(person(oswald), wire::ChangePassword{{k_password}, {"a changed one, long"}}));
  EXPECT_EQ(code_of(scene.send(visitor(), wire::ResetPassword{{third}, {k_password}})), "link_not_valid");
  std::size_t hashes = 0;
  for (const auto& [id, text] : scene.world().texts) hashes += text.starts_with("$argon2id$") ? 1 : 0;
  EXPECT_EQ(hashes, 1U) << "a replaced hash is erased";
}

TEST_F(Links, an_account_gets_three_links_for_a_password_at_a_time) {
  for (std::size_t i = 0; i < directory::k_resets_max + 2; ++i) {
    ask_reset();
    scene.world().now += directory::k_reset_again;
  }
  EXPECT_EQ(scene.post().sent.size(), directory::k_resets_max);
}

TEST_F(Links, a_secretary_who_goes_takes_their_invitations_along) {
  const auto clerk = scene.seat(council, "Secretary", Role::secretary);
  ASSERT_TRUE(scene.send(scene.admin, wire::FillSeat{council, clerk, oswald}));
  ASSERT_TRUE(scene.send(holder(oswald, council.str(), Role::secretary), wire::Invite{council, seat, {"A friend"}, {"friend@example.org"}, {}}));
  const auto token = scene.last_token();
  ASSERT_TRUE(scene.send(scene.admin, wire::VacateSeat{council, clerk, {}, {}}));
  EXPECT_EQ(code_of(accept(visitor(), token)), "link_not_valid");
}

TEST_F(Links, two_who_are_checked_at_the_same_time_use_a_link_once) {
  ASSERT_TRUE(invite());
  const auto token = scene.last_token();
  const WorldReader rows(scene.world());
  const auto& rules = scene.definition().commands.at("directory.accept_invitation");
  const wire::AcceptInvitation command{{token}, Text<1, 100>{"Hilda Whitby"}, {}, Password{k_password}};
  const auto args = codec::encode(command).as_object();
  const auto one = rules.prepare(args, visitor(), rows), other = rules.prepare(args, visitor(), rows);
  ASSERT_TRUE(one && other);
  EXPECT_TRUE(scene.carry_out(*one, visitor()));
  EXPECT_EQ(code_of(scene.carry_out(*other, visitor())), "link_not_valid");
}

TEST_F(Links, asking_again_at_once_sends_no_second_mail) {
  const auto first = ask_reset();
  EXPECT_TRUE(scene.send(visitor(), wire::RequestPasswordReset{{"oswald@example.org"}}));
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.size(), 1U);
  scene.world().now += directory::k_reset_again;
  const auto second = ask_reset();
  EXPECT_EQ(scene.post().sent.size(), 2U);
  EXPECT_TRUE(link(first).is_open && link(second).is_open) << "or a stranger who asks could take the owner's away";
}

TEST_F(Links, the_first_administrator_comes_by_a_link_of_the_operator_while_there_is_none) {
  Actor op;
  op.roles[std::string(k_everywhere)] = {Role::administrator};
  const std::string token(52, 't');
  const wire::IssueAdministratorLink issue{{crypto::sha256_text(token)}};
  EXPECT_EQ(code_of(scene.send(scene.admin, issue)), "forbidden");
  EXPECT_EQ(code_of(scene.send(visitor(), issue)), "not_signed_in");
  EXPECT_EQ(code_of(scene.send(op, wire::IssueAdministratorLink{{"no hash of a token, surely"}})), "invalid_arguments");
  ASSERT_TRUE(scene.send(op, issue));
  EXPECT_EQ(code_of(scene.send(op, issue)), "already_exists");
  const wire::AcceptInvitation command{{token}, Text<1, 100>{"Imogen"}, EmailAddress{"imogen@example.org"}, Password{k_password}};
  ASSERT_TRUE(scene.send(visitor(), command));
  EXPECT_EQ(code_of(scene.send(visitor(), command)), "link_not_valid");
  EXPECT_EQ(code_of(scene.send(op, wire::IssueAdministratorLink{{crypto::sha256_text("another")}})), "not_now");
  EXPECT_TRUE(scene.sign_in("imogen@example.org", k_password, phone));
}

TEST_F(Links, mail_waits_until_it_is_sent_and_says_what_came_of_it) {
  ASSERT_TRUE(invite());
  const auto key = scene.world().keys("mail", "staff").front();
  EXPECT_TRUE(scene.world().row_as<wire::MailView>("mail", "staff", key)->is_waiting);
  scene.post().problem = "There is no such mailbox.";
  scene.do_outside_work();
  const auto refused = scene.world().row_as<wire::MailView>("mail", "staff", key);
  EXPECT_FALSE(refused->is_waiting);
  EXPECT_EQ(refused->reason, "There is no such mailbox.");
  scene.do_outside_work();
  EXPECT_EQ(scene.post().sent.size(), 1U);
  for (const auto& other : {visitor(), person(oswald), secretary, holder(oswald, k_everywhere, Role::auditor)}) {
    EXPECT_FALSE(scene.world().audience("mail", other));
  }
  EXPECT_EQ(scene.world().audience("mail", scene.admin), "staff");
}

TEST_F(Links, where_a_mail_server_takes_the_mail_nobody_here_reads_it_and_it_is_erased) {
  DirectoryScene far(false);
  const auto body = far.body();
  const auto chair = far.seat(body, "Chair");
  ASSERT_TRUE(far.send(far.admin, wire::Invite{body, chair, {"Hilda"}, {"hilda@example.org"}, {}}));
  const auto token = far.last_token();
  for (const auto& audience : {"staff", "public", "self", "gateway"}) {
    EXPECT_EQ(far.world().all_of(audience).find(token), std::string::npos) << audience;
  }
  for (const auto& [id, text] : far.world().texts) EXPECT_EQ(text.find(token), std::string::npos);
}

TEST_F(Links, what_the_inviting_one_wrote_is_erasable) {
  ASSERT_TRUE(invite());
  EXPECT_EQ(scene.world().all_events().find("Hilda"), std::string::npos);
  EXPECT_EQ(scene.world().all_events().find("hilda@example.org"), std::string::npos);
  EXPECT_EQ(scene.world().all_of("public").find("hilda@example.org") == std::string::npos, false)
      << "only in the topic of the link itself";
  scene.world().texts.clear();
  scene.world().rebuild();
  EXPECT_EQ(scene.world().all_of("public").find("hilda@example.org"), std::string::npos);
}

}  // namespace
}  // namespace witan::test
