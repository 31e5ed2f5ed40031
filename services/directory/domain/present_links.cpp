#include "services/directory/domain/aggregates.hpp"
#include "services/directory/domain/email_change.hpp"
#include "services/directory/domain/rows.hpp"
#include "shared/contract/personal.hpp"

namespace witan::directory {

using domain::EventInfo;
using domain::Presenter;

namespace {

constexpr const char* k_public = "public";
constexpr const char* k_staff = "staff";

std::string text_of(const std::optional<Erasable>& text, const Presenter& presenter) {
  return text ? presenter.text(*text).value_or("") : std::string();
}

void put_link(const Link& link, Presenter& presenter) {
  const auto& issued = link.issued;
  wire::LinkView view;
  view.is_invitation = issued.kind == wire::LinkKind::invitation;
  view.is_password = issued.kind == wire::LinkKind::password;
  view.is_administrator = issued.kind == wire::LinkKind::administrator;
  view.is_address = use_of(issued.kind) == LinkUse::confirm;
  view.is_present_address = issued.kind == wire::LinkKind::present_address;
  view.is_complete = view.is_address && is_confirmed_everywhere(link, presenter);
  view.needs_password = view.is_address && !issued.other;
  view.is_open = link.is_open;
  view.was_used = link.was_used;
  if (issued.body) {
    const auto body = presenter.row_as<wire::BodyView>(body_topic(*issued.body), k_public, "body");
    const auto seat = presenter.row_as<wire::SeatView>(body_topic(*issued.body), k_public, "seat/" + issued.seat->str());
    view.body_name = body ? body->name : std::string();
    view.body_href = body ? body->href : std::string();
    view.title = seat ? seat->title : std::string();
  }
  if (link.is_open) {  // afterwards nobody needs to read this here
    view.name = text_of(issued.name, presenter);
    view.email = text_of(issued.email, presenter);
  }
  view.expires = uk_time::date_and_time(issued.expires);
  presenter.put(link_topic(issued.link), k_public, "link", view);
}

void put_invitation(const LinkIssued& issued, const EventInfo& when, Presenter& presenter) {
  wire::InvitationView view;
  view.link = issued.link;
  view.seat = *issued.seat;
  const auto seat = presenter.row_as<wire::SeatView>(body_topic(*issued.body), k_public, "seat/" + issued.seat->str());
  view.title = seat ? seat->title : std::string();
  view.name = text_of(issued.name, presenter);
  view.email = text_of(issued.email, presenter);
  view.sent = uk_time::date_and_time(when.at);
  view.expires = uk_time::date_and_time(issued.expires);
  view.sort = domain::newest_first(when.at);
  presenter.put(body_topic(*issued.body), k_staff, "invitation/" + issued.link, view);
}

void close_link(const Link& link, Presenter& presenter) {
  const auto& issued = link.issued;
  presenter.drop(std::string(k_links_index), std::string(k_private_audience), issued.link);
  if (issued.body) presenter.drop(body_topic(*issued.body), k_staff, "invitation/" + issued.link);
  put_link(link, presenter);
  if (use_of(issued.kind) == LinkUse::confirm) show_email_change(*issued.person, presenter);
}

}  // namespace

std::string LinkAggregate::topic(std::string_view id) { return link_topic(id); }

void LinkAggregate::present(const Event& event, const EventInfo& when, const Link& after, Presenter& presenter) {
  std::visit(domain::overloaded{
                 [&](const LinkIssued& e) {
                   presenter.access(link_topic(e.link), {{k_public, Who::anyone, {}, {}, {}}});
                   presenter.put_private(std::string(k_links_index), e.link,
                                         codec::encode(LinkRow{e.kind, e.expires, when.at, e.person, e.body, e.seat, when.actor, e.email}));
                   put_link(after, presenter);
                   if (e.body) put_invitation(e, when, presenter);
                   if (use_of(e.kind) == LinkUse::confirm) show_email_change(*e.person, presenter);
                 },
                 [&](const LinkUsed&) {
                   close_link(after, presenter);
                   show_at_the_other(after, presenter);
                 },
                 [&](const LinkClosed&) {
                   close_link(after, presenter);
                   show_at_the_other(after, presenter);
                 },
                 [](const DeadLinkFollowed&) {},
             },
             event);
}

std::optional<json::object> LinkAggregate::publish(const Event&, const domain::Rows&) { return std::nullopt; }

std::string MailAggregate::topic(std::string_view) { return list_of_mail().topic(); }

void MailAggregate::present(const Event& event, const EventInfo& when, const Mail& after, Presenter& presenter) {
  const auto done = [&](const MailId& mail, const std::string& refused) {
    presenter.drop(std::string(k_mail_index), std::string(k_private_audience), mail.str());
    const auto key = "mail/" + mail.str();
    auto view = list_of_mail().row_as<wire::MailView>(key, presenter);
    if (!view) return;
    view->is_waiting = false;
    view->was_refused = !refused.empty();
    view->reason = refused;
    list_of_mail().put(key, *view, presenter);
  };
  std::visit(domain::overloaded{
                 [&](const MailQueued& e) {
                   presenter.put_private(std::string(k_mail_index), e.mail.str(), codec::encode(MailRow{e.to, e.subject, e.text, when.at}));
                   presenter.put_private(std::string(k_letters_index), e.mail.str(), codec::encode(LetterRow{e.to, e.person}));
                   wire::MailView view;
                   view.mail = e.mail;
                   view.to = presenter.text(e.to).value_or("");
                   view.subject = e.subject;
                   view.queued = uk_time::date_and_time(when.at);
                   if (after.is_shown) view.text = presenter.text(e.text).value_or("");
                   view.sort = domain::newest_first(when.at);
                   list_of_mail().put("mail/" + e.mail.str(), view, presenter);
                 },
                 [&](const MailSent& e) { done(e.mail, {}); },
                 [&](const MailRefused& e) { done(e.mail, e.reason); },
                 [&](const MailDestroyed& e) { presenter.drop(std::string(k_doomed_mail_index), std::string(k_private_audience), e.mail.str()); },
             },
             event);
}

std::optional<json::object> MailAggregate::publish(const Event&, const domain::Rows&) { return std::nullopt; }

}  // namespace witan::directory
