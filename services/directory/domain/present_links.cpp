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

/// Which of the ways of ending it was, for whoever holds the link.
std::string why_over(const Link& link, Timestamp at) {
  if (link.is_open || link.was_used) return {};
  const bool is_password = link.issued.kind == wire::LinkKind::password;
  switch (link.how_closed.value_or(LinkEnd::expired)) {
    case LinkEnd::expired:
      return "It ran out at " + uk_time::date_and_time(link.issued.expires) + ".";
    case LinkEnd::replaced:
      return (is_password ? "The password was set anew after it was sent, at " : "A newer link took its place at ") + uk_time::date_and_time(at) + ".";
    case LinkEnd::withdrawn:
      return "It was withdrawn at " + uk_time::date_and_time(at) + ".";
    case LinkEnd::password_changed:
      return "The password was changed after it was sent, at " + uk_time::date_and_time(at) + ", which ended it.";
  }
  return {};
}

void put_link(const Link& link, const EventInfo& when, Presenter& presenter) {
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
    view.body_name = body ? body->name : std::string();
    view.body_href = body ? body->href : std::string();
    view.title = seat_title(*issued.body, *issued.seat, presenter);
  }
  if (link.is_open) {  // afterwards nobody needs to read this here
    view.name = text_of(issued.name, presenter);
    view.email = text_of(issued.email, presenter);
    if (issued.body && when.actor) view.inviter = name_of(presenter, *when.actor);
    if (issued.until) view.until = uk_time::short_date(*uk_time::day_begins(issued.until->value));
  }
  view.why_over = why_over(link, when.at);
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

/// For those who would invite somebody to the seat. An abolished one is not there any more.
void show_invited(const LinkIssued& issued, Presenter& presenter) {
  const auto topic = body_topic(*issued.body), key = "seat/" + issued.seat->str();
  auto view = presenter.row_as<wire::SeatView>(topic, k_staff, key);
  const bool is_invited = is_invited_to(*issued.seat, presenter);
  if (!view || view->is_invited == is_invited) return;
  view->is_invited = is_invited;
  presenter.put(topic, k_staff, key, *view);
}

void close_link(const Link& link, const EventInfo& when, Presenter& presenter) {
  const auto& issued = link.issued;
  presenter.drop(std::string(k_links_index), std::string(k_private_audience), issued.link);
  if (issued.body) {
    presenter.drop(body_topic(*issued.body), k_staff, "invitation/" + issued.link);
    show_invited(issued, presenter);
  }
  put_link(link, when, presenter);
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
                   put_link(after, when, presenter);
                   if (e.body) {
                     put_invitation(e, when, presenter);
                     show_invited(e, presenter);
                   }
                   if (use_of(e.kind) == LinkUse::confirm) show_email_change(*e.person, presenter);
                 },
                 [&](const LinkUsed& e) {
                   if (after.issued.body) presenter.put_private(std::string(k_invited_index), e.link, codec::encode(e.person));
                   close_link(after, when, presenter);
                   show_at_the_other(after, presenter);
                 },
                 [&](const LinkClosed&) {
                   close_link(after, when, presenter);
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
                   presenter.put_private(std::string(k_letters_index), e.mail.str(), codec::encode(LetterRow{e.to, e.person, e.names}));
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
