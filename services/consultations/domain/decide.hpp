#pragma once

#include "services/consultations/domain/pace.hpp"
#include "services/consultations/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// What may happen to a consultation and its comments. Who may ask for it stands in
/// app/consultations_service.cpp.
namespace witan::consultations {

using DecidedConsultation = Result<domain::Decided<ConsultationEvent>>;
using DecidedComment = Result<domain::Decided<CommentEvent>>;

DecidedConsultation decide(const Consultation& consultation, const wire::CreateConsultation& command,
                           domain::Context& context);
DecidedConsultation decide(const Consultation& consultation, const wire::PublishDraft& command,
                           domain::Context& context);
DecidedConsultation decide(const Consultation& consultation, const wire::OpenConsultation& command,
                           domain::Context& context);
DecidedConsultation decide(const Consultation& consultation, const wire::CancelOpening& command,
                           domain::Context& context);
DecidedConsultation decide(const Consultation& consultation, const wire::ExtendConsultation& command,
                           domain::Context& context);
DecidedConsultation decide(const Consultation& consultation, const wire::CloseConsultation& command,
                           domain::Context& context);

/// The time of opening or closing has come; nobody asks for it.
struct TimeIsUp {};
DecidedConsultation decide(const Consultation& consultation, const TimeIsUp&, domain::Context& context);

DecidedComment decide(const Comment& comment, const PacedComment& command, domain::Context& context);
DecidedComment decide(const Comment& comment, const wire::WithdrawComment& command, domain::Context& context);
DecidedComment decide(const Comment& comment, const wire::PlaceComment& command, domain::Context& context);

}  // namespace witan::consultations
