#include "services/consultations/app/consultations_service.hpp"

#include "services/consultations/app/carrying.hpp"
#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/consultation.hpp"
#include "services/consultations/domain/known.hpp"
#include "services/consultations/domain/rows.hpp"

namespace witan::consultations {

namespace {

/// Whoever wrote the comment, and nobody else: taking back words is the author's alone.
auto the_author() {
  return [](const Actor& actor, const Comment& comment, const auto&) -> Result<void> {
    if (!actor.signed_in()) return reject(ErrorCode::not_signed_in);
    if (actor.person == comment.by) return {};
    return reject(ErrorCode::forbidden);
  };
}

/// Whoever wrote the comment, or who prepares the drafts that it is about.
auto the_author_or_staff() {
  return [](const Actor& actor, const Comment& comment, const auto&, const domain::Rows& rows) -> Result<void> {
    if (actor.person && actor.person == comment.by) return {};
    const auto consultation = rows.row_as<wire::ConsultationView>(consultation_topic(comment.consultation.str()), "staff", "consultation");
    return service::allowed_if(actor, actor.is_administrator() || (consultation && actor.holds(consultation->body.str(), staff_roles())));
  };
}

/// Every open consultation is to close by itself, and those that are scheduled are to open.
std::vector<service::Due> turns(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& turn : opening_times(rows)) due.push_back({turn.at, turn.consultation.str()});
  for (const auto& turn : closing_times(rows)) due.push_back({turn.at, turn.consultation.str()});
  return due;
}

}  // namespace

service::Definition definition(const CommentLimits& limits) {
  using service::in_body;
  const auto consultation_of = [](const auto& command) { return command.consultation.str(); };
  const auto comment_of = [](const auto& command) { return command.comment.str(); };
  // Who prepares the consultations of the body that the command names, and of the body whose consultation it
  // is.
  const auto staff_named =
      in_body([](const Consultation&, const auto& command) { return command.body.str(); }, staff_roles());
  const auto staff = in_body(
      [](const Consultation& consultation, const auto&) { return consultation.body.str(); }, staff_roles());

  service::Builder builder("consultations");
  builder.aggregate<ConsultationAggregate>()
      .aggregate<CommentAggregate>()
      .aggregate<KnownBodyAggregate>()
      .aggregate<KnownPersonAggregate>()
      .erasing<PersonForgotten>()
      .promises<wire::Commands>()
      .public_list(public_list().topic())
      .views_shape(7)  // 2: a topic for each paragraph's comments, lists have pages; 3: index/open; 4: whose comments; 5: index/pace; 6: opens; 7: ledgers
      .creation<wire::CreateConsultation, ConsultationAggregate>(staff_named)
      .command<wire::PublishDraft, ConsultationAggregate>(consultation_of, staff)
      .command<wire::OpenConsultation, ConsultationAggregate>(consultation_of, staff)
      .command<wire::CancelOpening, ConsultationAggregate>(consultation_of, staff)
      .command<wire::ExtendConsultation, ConsultationAggregate>(consultation_of, staff)
      .command<wire::CloseConsultation, ConsultationAggregate>(consultation_of, staff)
      .due<TimeIsUp, ConsultationAggregate>(turns)
      .creation_with<wire::AddComment, PacedComment, CommentAggregate>(
          service::signed_in(), [limits](const wire::AddComment& command) { return PacedComment{command, limits}; })
      .command<wire::WithdrawComment, CommentAggregate>(comment_of, the_author())
      .command<wire::PlaceComment, CommentAggregate>(comment_of, the_author_or_staff())
      .notice<contract::directory::BodyEstablishedNotice, KnownBodyAggregate>(
          "directory", [](const auto& notice) { return notice.body.str(); })
      .notice<contract::directory::PersonRegisteredNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); })
      .notice<contract::directory::PersonRenamedNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); })
      .notice<contract::directory::PersonErasedNotice, KnownPersonAggregate>(
          "directory", [](const auto& notice) { return notice.person.str(); });
  add_carrying(builder);
  return builder.build();
}

}  // namespace witan::consultations
