#include <fmt/format.h>

#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/consultation.hpp"
#include "services/consultations/domain/known.hpp"
#include "services/consultations/domain/labels.hpp"
#include "services/consultations/domain/rows.hpp"
#include "shared/contract/personal.hpp"

/// Every event of consultations as a line of the audit. What a comment says stands where it was made, not here.
namespace witan::consultations {

using domain::AuditLine;

namespace {

std::string state_of(const Consultation& consultation) {
  if (!consultation.exists()) return {};
  const auto drafts = consultation.drafts.empty() ? std::string("no draft") : fmt::format("draft {}", consultation.drafts.size());
  const auto until = consultation.state == wire::ConsultationState::open && consultation.closes_at
                         ? " until " + uk_time::date_and_time(*consultation.closes_at)
                         : std::string();
  const auto from = consultation.is_scheduled() ? ", to open at " + uk_time::date_and_time(*consultation.opens_at) : std::string();
  return fmt::format("{}{}{}, {}", label(consultation.state), from, until, drafts);
}

}  // namespace

AuditLine ConsultationAggregate::describe(const ConsultationEvent& event, const Consultation& before, const Consultation& after,
                                          const domain::Rows&) {
  const auto title = fmt::format("“{}”", after.title);
  const auto what = std::visit(
      domain::overloaded{
          [&](const ConsultationCreated&) { return "Began the consultation " + title; },
          [&](const DraftPublished& e) { return fmt::format("Published draft {} of {}", e.draft, title); },
          [&](const OpeningScheduled& e) { return fmt::format("Set the consultation {} to open at {}", title, uk_time::date_and_time(e.opens_at)); },
          [&](const OpeningCancelled&) { return fmt::format("Set the consultation {} not to open by itself", title); },
          [&](const ConsultationExtended& e) { return fmt::format("Moved the closing date of the consultation {}: {}", title, e.reason); },
          [&](const ConsultationOpened&) { return "Opened the consultation " + title; },
          [&](const ConsultationClosed&) { return "Closed the consultation " + title; },
      },
      event);
  return {what, after.body, state_of(before), state_of(after), {}};
}

AuditLine CommentAggregate::describe(const CommentEvent& event, const Comment& before, const Comment& after, const domain::Rows& rows) {
  const auto consultation = rows.row_as<wire::ConsultationView>(consultation_topic(after.consultation.str()), "staff", "consultation");
  const auto block = rows.row_as<wire::BlockView>(draft_topic(after.consultation.str(), after.draft), "staff", "block/" + after.block);
  const auto where = fmt::format("paragraph {} of draft {} of “{}”", block ? block->number : after.block, after.draft,
                                 consultation ? consultation->title : "a consultation");
  const auto state = [](const Comment& comment) {
    return comment.comment.empty() ? "" : comment.is_withdrawn ? "Withdrawn" : "Shown";
  };
  const auto what = std::visit(
      domain::overloaded{
          [&](const CommentAdded&) { return "Commented on " + where; },
          [&](const CommentWithdrawn&) { return "Withdrew a comment on " + where; },
          [&](const CommentPlaced& e) {
            const auto to = rows.row_as<wire::BlockView>(draft_topic(after.consultation.str(), e.draft), "staff", "block/" + e.block);
            return fmt::format("Placed a comment on {} under paragraph {} of draft {}", where, to ? to->number : e.block, e.draft);
          },
      },
      event);
  return {what,
          consultation ? std::optional(consultation->body) : std::nullopt, state(before), state(after), {}};
}

AuditLine KnownBodyAggregate::describe(const KnownBodyEvent& event, const KnownBody&, const KnownBody&, const domain::Rows&) {
  const auto& named = std::get<BodyNamed>(event);
  return {"Consultations took note of the body “" + named.name + "”", named.body, "", "Known", {}};
}

AuditLine KnownPersonAggregate::describe(const KnownPersonEvent& event, const KnownPerson&, const KnownPerson&, const domain::Rows& rows) {
  const auto* named = std::get_if<PersonNamed>(&event);
  if (!named) return {"Erased the name and the comments of a deleted account in consultations", {}, "Known", "Forgotten", {}};
  return {"Consultations took note of " + rows.text(named->name).value_or(domain::k_name_removed), {}, "", "Known", {}};
}

}  // namespace witan::consultations
