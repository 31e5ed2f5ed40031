#include "services/directory/app/post_office.hpp"

#include <memory>

#include "shared/base/log.hpp"
#include "shared/mail/mail.hpp"

namespace witan::directory {

namespace {

ConfigKey text(std::string name, std::string standard, std::string help) {
  return {std::move(name), std::move(standard), std::move(help), 0, 0};
}

std::shared_ptr<mail::Sender> make_sender(const Config& config) {
  if (is_mail_shown(config)) return mail::spool_sender(config.text("data") + "/mail", config.text("mail_from"));
  mail::SmtpOptions options;
  options.url = config.text("mail_url");
  options.user = config.text("mail_user");
  options.password_file = config.text("mail_password_file");
  options.ca_file = config.text("mail_ca_file");
  options.from = config.text("mail_from");
  return mail::smtp_sender(std::move(options));
}

}  // namespace

std::vector<ConfigKey> mail_keys() {
  return {
      text("public_origin", "http://127.0.0.1:8080", "Origin that browsers see; mailed links lead there."),
      text("mail_url", "", "Mail server, such as smtps://mail.example; empty: mail goes to the folder `mail` in the data folder, and administrators read it on a page."),
      text("mail_user", "", "User at the mail server."),
      text("mail_password_file", "", "File that holds the password at the mail server."),
      text("mail_ca_file", "", "Certificates that the mail server's is checked against; empty: the system's."),
      text("mail_from", "witan@localhost.localdomain", "Address that mail comes from."),
  };
}

bool is_mail_shown(const Config& config) { return config.text("mail_url").empty(); }

PostOffice post_office(const Config& config) {
  const auto sender = make_sender(config);
  const auto send = [sender](const OutgoingMail& mail) -> service::WorkOutcome {
    try {
      sender->send({mail.id, mail.to, mail.subject, mail.text});
      return std::nullopt;
    } catch (const mail::MailFailure& failure) {
      if (!failure.is_permanent()) throw;
      log::warning("mail", "refused", {{"mail", mail.id}});
      return failure.what();
    }
  };
  return {send, [sender](const std::string& id) { sender->destroy(id); }, [sender] { sender->abandon(); }};
}

}  // namespace witan::directory
