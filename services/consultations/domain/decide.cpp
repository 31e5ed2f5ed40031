#include "services/consultations/domain/decide.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/consultation.hpp"
#include "services/consultations/domain/draft.hpp"
#include "services/consultations/domain/known.hpp"
#include "services/consultations/domain/standing.hpp"
#include "services/consultations/domain/words.hpp"

namespace witan::consultations {

namespace {

std::unexpected<Rejection> missing(std::string pointer, std::string detail) {
  return std::unexpected(Rejection{
      ErrorCode::not_found, detail, {FieldError{std::move(pointer), ErrorCode::not_found, detail}}, {}});
}

/// Whether the actor may know that the consultation is there.
bool is_seen(const ConsultationId& id, const domain::Context& context) {
  const auto rules =
      context.row_as<std::vector<AccessRule>>(consultation_topic(id.str()), k_access_audience, k_access_key);
  return rules && audience_for(*rules, context.actor());
}

std::string why_closed(const Consultation& consultation) {
  if (consultation.is_preparing()) return "The consultation has not opened yet.";
  return "The consultation closed at " + uk_time::date_and_time(*consultation.closes_at) + ".";
}

/// 11:59pm in the UK: midnight would be the next day to most readers.
std::optional<Timestamp> end_of(const CalendarDate& day) { return uk_time::from_local(day.value, "23:59"); }

/// Whether the block of the draft takes comments.
Result<void> check_place(const Consultation& consultation, const wire::AddComment& command) {
  if (command.draft < consultation.first_public_draft ||
      command.draft > static_cast<std::int64_t>(consultation.drafts.size())) {
    return reject_field("/draft", ErrorCode::invalid_value, "There is no such draft.");
  }
  const auto& draft = consultation.drafts[static_cast<std::size_t>(command.draft.value - 1)];
  const auto place = place_of_block(command.block.str());
  if (!place || *place >= draft.takes_comments.size()) {
    return reject_field("/block", ErrorCode::invalid_value, "There is no such paragraph in this draft.");
  }
  if (!draft.takes_comments[*place]) {
    return reject_field("/block", ErrorCode::invalid_value,
                        "This is a heading; comment on one of its paragraphs.");
  }
  return {};
}

/// A part of a block, and the block's text.
struct About {
  Range range;
  ReadText text;
};

/// The words of the comment that is answered, which must stand where the reply is to stand.
Result<About> words_answered(const wire::AddComment& command, const domain::Rows& rows) {
  const auto stand = stand_of(rows, *command.reply_to);
  const auto* shown = stand && stand->consultation == command.consultation ? shown_in(*stand, command.draft) : nullptr;
  if (!shown || shown->block != command.block.str()) {
    return reject_field("/reply_to", ErrorCode::not_found, "The comment that this answers is not among those on this paragraph.");
  }
  const auto answered = row_in(rows, *stand, *shown, *command.reply_to).value();
  if (answered.is_withdrawn) return reject_field("/reply_to", ErrorCode::not_now, "The comment that this answers has been withdrawn.");
  if (command.words && !command.words->str().empty()) {
    return reject_field("/words", ErrorCode::invalid_value, "A reply is about the same words as the comment that it answers.");
  }
  const auto block = rows.row_as<wire::BlockView>(draft_topic(command.consultation.str(), command.draft), "staff", "block/" + command.block.str()).value();
  return About{{answered.words_start, answered.words_length}, ReadText(block.text)};
}

/// Which words of its paragraph a comment is about.
Result<About> words_meant(const wire::AddComment& command, const domain::Rows& rows) {
  if (command.reply_to) return words_answered(command, rows);
  if (!command.words || command.words->str().empty()) return About{{}, ReadText({})};
  const auto block = rows.row_as<wire::BlockView>(draft_topic(command.consultation.str(), command.draft), "staff", "block/" + command.block.str()).value();
  ReadText text(block.text);
  const auto places = text.places_of(command.words->str());
  if (places.empty()) {
    return reject_field("/words", ErrorCode::invalid_value,
                        fmt::format("These words are not in paragraph {}. Copy them from it, or leave this empty to comment on all of it.", block.number));
  }
  const auto meant = std::ranges::find_if(places, [&](const Place& place) { return places.size() == 1 || (command.place && place.mark.from == *command.place); });
  if (meant != places.end()) return About{meant->range, std::move(text)};
  return reject_field("/words", ErrorCode::invalid_value,
                      fmt::format("These words stand {} times in paragraph {}. Give more of the words around those that you mean.", places.size(), block.number));
}

/// The block of the paragraph with this number; nothing where the draft has none.
std::optional<std::string> paragraph_numbered(std::string_view number, const ConsultationId& consultation, std::int64_t draft, const domain::Rows& rows) {
  for (const auto& [key, value] : rows.rows(draft_topic(consultation.str(), draft), "staff", "block/")) {
    const auto view = codec::decode<wire::BlockView>(value);
    if (view && view->is_paragraph && view->number == number) return view->block;
  }
  return std::nullopt;
}

}  // namespace

DecidedConsultation decide(const Consultation&, const wire::CreateConsultation& command,
                           domain::Context& context) {
  if (!KnownBodyAggregate::exists(context.load<KnownBodyAggregate>(command.body.str()))) {
    return missing("/body", "This body is not known here, or not known yet.");
  }
  const auto& id = context.aggregate_id();
  return domain::Decided<ConsultationEvent>{
      {ConsultationCreated{ConsultationId::from_trusted(id), command.body, command.title.str(),
                           command.area.str(), command.summary.str()}},
      {{"consultation", id}},
      {}};
}

DecidedConsultation decide(const Consultation& consultation, const wire::PublishDraft& command,
                           domain::Context&) {
  if (consultation.state == wire::ConsultationState::closed) {
    return reject(ErrorCode::consultation_closed, why_closed(consultation));
  }
  if (consultation.drafts.size() >= k_drafts_max) {
    return reject(ErrorCode::not_now, "A consultation has at most 100 drafts.");
  }
  const auto version = static_cast<std::int64_t>(consultation.drafts.size()) + 1;
  auto blocks = checked_blocks(consultation.consultation, version, command.markdown.str());
  if (!blocks) return std::unexpected(std::move(blocks.error()));
  return domain::Decided<ConsultationEvent>{
      {DraftPublished{version, command.markdown.str(), std::move(*blocks)}},
      {{"draft", version}},
      draft_topic(consultation.consultation.str(), version)};
}

DecidedConsultation decide(const Consultation& consultation, const wire::OpenConsultation& command,
                           domain::Context& context) {
  if (consultation.state == wire::ConsultationState::open) {
    return reject(ErrorCode::already_done, "The consultation is open already.");
  }
  if (consultation.state == wire::ConsultationState::closed) {
    return reject(ErrorCode::consultation_closed, why_closed(consultation));
  }
  if (consultation.drafts.empty())
    return reject(ErrorCode::not_now, "Publish a draft before opening the consultation.");
  const auto closes_at = end_of(command.closes_on);
  if (!closes_at || *closes_at <= context.now()) {
    return reject_field("/closes_on", ErrorCode::out_of_range, "The closing date must be today or later.");
  }
  if (!command.opens_on) {
    if (command.opens_time) return reject_field("/opens_on", ErrorCode::missing_field, "Give the day on which it opens, or leave out the time.");
    return domain::Decided<ConsultationEvent>{{ConsultationOpened{*closes_at}}, {}, {}};
  }
  const auto opens_at = uk_time::from_local(command.opens_on->value, command.opens_time ? command.opens_time->value : "00:00");
  if (!opens_at) return reject_field("/opens_time", ErrorCode::out_of_range, "There is no such time on that day: the clocks go forward then.");
  if (*opens_at <= context.now()) {
    return reject_field("/opens_on", ErrorCode::out_of_range, "This has passed. Leave the day and the time empty to open it now.");
  }
  if (*closes_at <= *opens_at) return reject_field("/closes_on", ErrorCode::out_of_range, "It must not close before it opens.");
  return domain::Decided<ConsultationEvent>{{OpeningScheduled{*opens_at, *closes_at}}, {}, {}};
}

DecidedConsultation decide(const Consultation& consultation, const wire::CancelOpening&, domain::Context&) {
  if (consultation.state == wire::ConsultationState::open) {
    return reject(ErrorCode::not_now, "The consultation has opened already. It can be closed before its date.");
  }
  if (!consultation.is_scheduled()) return reject(ErrorCode::not_now, "The consultation is not going to open by itself.");
  return domain::Decided<ConsultationEvent>{{OpeningCancelled{}}, {}, {}};
}

DecidedConsultation decide(const Consultation& consultation, const wire::ExtendConsultation& command,
                           domain::Context& context) {
  if (consultation.is_preparing()) return reject(ErrorCode::not_now, why_closed(consultation));
  if (!consultation.takes_comments_at(context.now())) return reject(ErrorCode::consultation_closed, why_closed(consultation));
  if (consultation.extensions >= k_extensions_max) {
    return reject(ErrorCode::not_now, fmt::format("The closing date has been moved {} times, which is as often as it can be.", k_extensions_max));
  }
  const auto closes_at = end_of(command.closes_on);
  if (!closes_at || *closes_at <= *consultation.closes_at) {
    return reject_field("/closes_on", ErrorCode::out_of_range,
                        "The new date must be later than the present one, " + uk_time::date_and_time(*consultation.closes_at) + ".");
  }
  return domain::Decided<ConsultationEvent>{{ConsultationExtended{*closes_at, command.reason.str()}}, {}, {}};
}

DecidedConsultation decide(const Consultation& consultation, const wire::CloseConsultation&,
                           domain::Context& context) {
  switch (consultation.state) {
    case wire::ConsultationState::preparing:
      return reject(ErrorCode::not_now, "The consultation has not opened yet.");
    case wire::ConsultationState::closed:
      return reject(ErrorCode::already_done, "The consultation has been closed already.");
    case wire::ConsultationState::open:
      break;
  }
  return domain::Decided<ConsultationEvent>{{ConsultationClosed{context.now()}}, {}, {}};
}

/// Opened, closed or put off by hand meanwhile: nothing is left to do.
DecidedConsultation decide(const Consultation& consultation, const TimeIsUp&, domain::Context& context) {
  if (consultation.is_scheduled() && *consultation.opens_at <= context.now()) {
    return domain::Decided<ConsultationEvent>{{ConsultationOpened{*consultation.closes_at}}, {}, {}};
  }
  const bool is_due = consultation.state == wire::ConsultationState::open && *consultation.closes_at <= context.now();
  if (!is_due) return domain::Decided<ConsultationEvent>{};
  return domain::Decided<ConsultationEvent>{{ConsultationClosed{*consultation.closes_at}}, {}, {}};
}

DecidedComment decide(const Comment&, const PacedComment& paced, domain::Context& context) {
  const auto& command = paced.asked;
  const auto& consultation = context.load<ConsultationAggregate>(command.consultation.str());
  if (!consultation.exists() || !is_seen(command.consultation, context)) {
    return missing("/consultation", "There is no such consultation.");
  }
  if (!consultation.takes_comments_at(context.now())) {
    return reject(ErrorCode::consultation_closed, why_closed(consultation));
  }
  if (auto place = check_place(consultation, command); !place)
    return std::unexpected(std::move(place.error()));
  const auto& by = *context.actor().person;  // the rights table asks for a person
  if (!KnownPersonAggregate::exists(context.load<KnownPersonAggregate>(by.str()))) {
    return reject(ErrorCode::unavailable,
                  "Your account is so new that it is not known here yet. Try again in a moment.");
  }
  if (auto fine = within_limits(paced.limits, context); !fine) return std::unexpected(fine.error());
  const auto& id = context.aggregate_id();
  const auto about = words_meant(command, context);
  if (!about) return std::unexpected(about.error());
  CommentAdded added{CommentId::from_trusted(id), command.consultation, command.draft, command.block.str(), by, {}};
  added.reply_to = command.reply_to;
  wire::CommentView view;
  view.text = command.text.str();
  if (!about->range.is_whole()) added.start = about->range.start, added.length = about->range.length, show_words(about->range, about->text, view);
  const Thread thread{command.consultation, command.draft, command.block.str()};
  const auto page = thread_end_with(context, thread, view).page;
  added.text = context.keep(command.text.str());
  return domain::Decided<CommentEvent>{
      {std::move(added)},
      {{"comment", id}, {"thread", thread_name(thread.block, page)}},
      thread_topic(thread, page)};
}

DecidedComment decide(const Comment& comment, const wire::WithdrawComment&, domain::Context& context) {
  if (comment.is_withdrawn)
    return reject(ErrorCode::already_done, "This comment has been withdrawn already.");
  const auto stand = stand_of(context, comment.comment).value();
  const auto& shown = stand.shown.back();
  return domain::Decided<CommentEvent>{{CommentWithdrawn{}}, {}, thread_topic(thread_in(stand, shown), shown.page)};
}

DecidedComment decide(const Comment& comment, const wire::PlaceComment& command, domain::Context& context) {
  if (comment.is_withdrawn) return reject(ErrorCode::not_now, "This comment has been withdrawn.");
  if (comment.placements >= k_placements_max) {
    return reject(ErrorCode::not_now, fmt::format("It has been said {} times where this comment belongs, which is as often as it can be.", k_placements_max));
  }
  const auto newest = static_cast<std::int64_t>(context.load<ConsultationAggregate>(comment.consultation.str()).drafts.size());
  if (command.draft != newest) return reject(ErrorCode::not_now, fmt::format("Draft {} is the newest. Say there where the comment belongs.", newest));
  if (comment.draft == newest) return reject(ErrorCode::not_now, "This comment was written about this draft, and stands where it was written.");
  const auto stand = stand_of(context, comment.comment).value();
  const auto& shown = stand.shown.back();
  if (shown.draft != newest) {
    return reject(ErrorCode::not_now, fmt::format("This comment has not come to draft {} yet. Try again in a moment.", newest));
  }
  const auto block = paragraph_numbered(command.paragraph.str(), comment.consultation, newest, context);
  if (!block) {
    return reject_field("/paragraph", ErrorCode::invalid_value,
                        fmt::format("Draft {} has no paragraph with this number. Give one as it stands beside the text, such as 2.3.", newest));
  }
  if (shown.block == *block) return reject(ErrorCode::already_done, "The comment stands under this paragraph already.");
  const Thread thread{comment.consultation, newest, *block};
  const CommentPlaced placed{newest, *block, context.actor().person == comment.by};
  std::vector<domain::FurtherEvent> replies;
  for (const auto& reply : replies_to(comment.comment, stand, context)) {
    replies.push_back(domain::further<CommentAggregate>(reply.str(), CommentPlaced{newest, *block, placed.by_author, true}));
  }
  const auto page = thread_end_with(context, thread, placed_in(row_in(context, stand, shown, comment.comment).value(), placed, stand, context.now(), context)).page;
  return domain::Decided<CommentEvent>{{placed},
                                       {{"comment", comment.comment.str()}, {"thread", thread_name(*block, page)}},
                                       thread_topic(thread, page),
                                       std::move(replies)};
}

}  // namespace witan::consultations
