#include "services/consultations/domain/consultation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/consultations/domain/draft.hpp"
#include "services/consultations/domain/labels.hpp"
#include "services/consultations/domain/standing.hpp"

namespace witan::consultations {

namespace {

void apply(Consultation& consultation, const ConsultationCreated& e) {
  consultation = {};
  consultation.consultation = e.consultation;
  consultation.body = e.body;
  consultation.title = e.title;
  consultation.area = e.area;
  consultation.summary = e.summary;
}

void apply(Consultation& consultation, const DraftPublished& e) {
  Draft draft;
  for (const auto& block : e.blocks) {
    const bool is_paragraph = block.kind == BlockKind::paragraph;
    draft.takes_comments.push_back(is_paragraph);
    draft.paragraph_count += is_paragraph;
  }
  consultation.drafts.push_back(std::move(draft));
}

void apply(Consultation& consultation, const OpeningScheduled& e) {
  consultation.opens_at = e.opens_at;
  consultation.closes_at = e.closes_at;
}

void apply(Consultation& consultation, const OpeningCancelled&) {
  consultation.opens_at.reset();
  consultation.closes_at.reset();
}

void apply(Consultation& consultation, const ConsultationExtended& e) {
  consultation.closes_at = e.closes_at;
  ++consultation.extensions;
}

void apply(Consultation& consultation, const ConsultationOpened& e) {
  consultation.opens_at.reset();
  consultation.state = wire::ConsultationState::open;
  consultation.closes_at = e.closes_at;
  consultation.first_public_draft = static_cast<std::int64_t>(consultation.drafts.size());
}

void apply(Consultation& consultation, const ConsultationClosed& e) {
  consultation.state = wire::ConsultationState::closed;
  consultation.closes_at = std::min(consultation.closes_at.value_or(e.closed_at), e.closed_at);
}

/// Open ones first, the next to close at the top; then those in preparation; then closed ones, the latest at
/// the top.
std::string sort_of(const Consultation& consultation) {
  constexpr std::int64_t k_beyond_any_date = 300'000'000'000'000;
  if (consultation.is_preparing()) return "2-" + consultation.title;
  const auto closes = consultation.closes_at->time_since_epoch().count();
  if (consultation.state == wire::ConsultationState::open) return fmt::format("1-{:015}-{}", closes, consultation.title);
  return fmt::format("3-{:015}-{}", k_beyond_any_date - closes, consultation.title);
}

wire::ConsultationView view_of(const Consultation& consultation, const domain::Rows& rows) {
  const auto& id = consultation.consultation.str();
  const auto name = rows.row(k_body_index, k_private_audience, consultation.body.str());
  const auto before = rows.row_as<wire::ConsultationView>(consultation_topic(id), "staff", "consultation");
  wire::ConsultationView view;
  view.consultation = consultation.consultation;
  view.body = consultation.body;
  view.body_name = name && name->is_string() ? std::string(name->get_string()) : std::string();
  view.title = consultation.title;
  view.area = consultation.area;
  view.summary = consultation.summary;
  view.state = consultation.state;
  view.state_label = label(consultation.state);
  view.is_preparing = consultation.is_preparing();
  view.is_open = consultation.state == wire::ConsultationState::open;
  view.is_closed = consultation.state == wire::ConsultationState::closed;
  view.closes_at = consultation.closes_at;
  if (view.closes_at) view.closes = uk_time::date_and_time(*view.closes_at);
  view.is_scheduled = consultation.is_scheduled();
  view.opens_at = consultation.opens_at;
  if (view.opens_at) view.opens = uk_time::date_and_time(*view.opens_at);
  view.has_draft = !consultation.drafts.empty();
  view.draft = static_cast<std::int64_t>(consultation.drafts.size());
  if (view.has_draft) {
    view.draft_href = fmt::format("/consultations/{}/draft/{}", id, view.draft);
    view.paragraph_count = consultation.drafts.back().paragraph_count;
  }
  view.comment_count = before ? before->comment_count : 0;  // comments keep it
  view.href = "/consultations/" + id;
  view.sort = sort_of(consultation);
  return view;
}

std::vector<AccessRule> access_for(const Consultation& consultation, bool is_public) {
  std::vector<AccessRule> rules{{"staff", Who::roles, {}, consultation.body.str(), staff_roles()},
                                {"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}}};
  if (is_public) rules.push_back({"public", Who::anyone, {}, {}, {}});
  return rules;
}

void show_draft(const DraftPublished& published, const Consultation& consultation,
                domain::Presenter& presenter) {
  const auto topic = draft_topic(consultation.consultation.str(), published.draft);
  const bool is_public = !consultation.is_preparing();
  const auto access = access_for(consultation, is_public);
  presenter.access(topic, access);
  for (std::size_t place = 0; place < published.blocks.size(); ++place) {
    const auto& block = published.blocks[place];
    const auto view = block_view(consultation.consultation, published.draft, block, place);
    presenter.put(topic, "staff", "block/" + block.block, view);
    if (is_public) presenter.put(topic, "public", "block/" + block.block, view);
    if (!view.is_paragraph) continue;
    begin_thread({consultation.consultation, published.draft, block.block}, block, access, is_public,
                 presenter);
  }
  begin_thread({consultation.consultation, published.draft, std::string(k_unplaced)}, {}, access, is_public, presenter);
  const auto shown = presenter.row_as<wire::ConsultationView>(consultation_topic(consultation.consultation.str()), "staff", "consultation");
  begin_ledger(consultation.consultation, published.draft, shown ? shown->comment_count : 0, is_public, presenter);
}

/// When a consultation is to open or close by itself; nothing where it is not.
void put_turn(std::string_view index, const ConsultationId& id, const std::optional<Timestamp>& at, domain::Presenter& presenter) {
  if (at) presenter.put_private(std::string(index), id.str(), codec::encode(*at));
  else presenter.drop(std::string(index), std::string(k_private_audience), id.str());
}

/// The reason for a later closing date, beside the date that was announced before.
void show_extension(const Consultation& consultation, const ConsultationExtended& extended, const wire::ConsultationView& before,
                    const domain::EventInfo& when, domain::Presenter& presenter) {
  constexpr std::int64_t k_sorts_before_all = 1000;
  const auto topic = consultation_topic(consultation.consultation.str());
  const wire::ExtensionView view{consultation.extensions,
                                 before.closes,
                                 uk_time::date_and_time(extended.closes_at),
                                 extended.reason,
                                 uk_time::date_and_time(when.at),
                                 fmt::format("{:04}", k_sorts_before_all - consultation.extensions)};
  for (const auto audience : k_audiences) presenter.put(topic, std::string(audience), fmt::format("extension/{}", view.number), view);
}

/// Opening shows the newest draft to everyone; earlier ones stay with those who prepared them.
void show_to_public(const Consultation& consultation, domain::Presenter& presenter) {
  const auto version = consultation.first_public_draft;
  const auto topic = draft_topic(consultation.consultation.str(), version);
  const auto access = access_for(consultation, true);
  presenter.access(consultation_topic(consultation.consultation.str()), access);
  presenter.access(topic, access);
  for (auto& [key, row] : presenter.rows(topic, "staff", "")) presenter.put_value(topic, "public", key, row);
  const auto& takes_comments = consultation.drafts.back().takes_comments;
  for (std::size_t place = 0; place < takes_comments.size(); ++place) {
    if (!takes_comments[place]) continue;
    show_thread_to_public({consultation.consultation, version, fmt::format("b{}", place + 1)}, access,
                          presenter);
  }
  show_thread_to_public({consultation.consultation, version, std::string(k_unplaced)}, access, presenter);
}

}  // namespace

Consultation ConsultationAggregate::evolve(Consultation consultation, const ConsultationEvent& event) {
  std::visit([&](const auto& e) { apply(consultation, e); }, event);
  return consultation;
}

std::string ConsultationAggregate::topic(std::string_view id) { return consultation_topic(id); }

void ConsultationAggregate::present(const ConsultationEvent& event, const domain::EventInfo& when,
                                    const Consultation& after, domain::Presenter& presenter) {
  const auto view = view_of(after, presenter);
  std::visit(domain::overloaded{
                 [&](const ConsultationCreated&) {
                   presenter.access(consultation_topic(after.consultation.str()), access_for(after, false));
                 },
                 [&](const DraftPublished& published) { show_draft(published, after, presenter); },
                 [](const OpeningScheduled&) {},
                 [](const OpeningCancelled&) {},
                 [&](const ConsultationOpened&) { show_to_public(after, presenter); },
                 [&](const ConsultationExtended& extended) {
                   const auto before = presenter.row_as<wire::ConsultationView>(consultation_topic(after.consultation.str()), "staff", "consultation");
                   show_extension(after, extended, before.value(), when, presenter);
                 },
                 [](const ConsultationClosed&) {},
             },
             event);
  put_turn(k_opening_index, after.consultation, after.opens_at, presenter);
  put_turn(k_open_index, after.consultation, view.is_open ? after.closes_at : std::nullopt, presenter);
  put_everywhere(view, presenter);
}

}  // namespace witan::consultations
