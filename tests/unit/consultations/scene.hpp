#pragma once

#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/consultation.hpp"
#include "services/consultations/domain/draft.hpp"
#include "services/consultations/domain/known.hpp"
#include "services/consultations/domain/thread.hpp"
#include "tests/support/given.hpp"

/// Cumbria's consultation on its draft Local Industrial Strategy, open to 31 October 2019, as the tests know
/// it.
namespace witan::consultations::test {

using namespace witan::test;
using Scene = Given<ConsultationAggregate, KnownBodyAggregate>;
using CommentScene = Given<CommentAggregate, ConsultationAggregate, KnownBodyAggregate, KnownPersonAggregate>;

inline const auto k_cumbria = id_of<BodyId>("cumbria");
inline const auto k_consultation = id_of<ConsultationId>("consultation");
inline const auto k_comment = id_of<CommentId>("comment");
inline const auto k_robin = id_of<PersonId>("robin");
inline const auto k_officer = holder(id_of<PersonId>("officer"), k_cumbria.str(), Role::officer);
inline const std::string k_topic = "consultations/" + k_consultation.str();
inline const std::string k_draft_topic = "drafts/" + k_consultation.str() + "/1";
/// Paragraph 1.1 of the first draft.
inline const Thread k_thread{k_consultation, 1, "b3"};
inline const std::string k_thread_topic = "threads/" + k_consultation.str() + "/1/b3";
inline constexpr std::string_view k_before_closing = "2019-10-04T13:15:00Z";
inline constexpr std::string_view k_closing = "2019-10-31T23:59:00Z";

/// b1 title, b2 section 1, b3 paragraph 1.1, b4 paragraph 1.2, b5 section 2, b6 paragraph 2.1.
inline constexpr std::string_view k_markdown =
    "# Draft strategy\n\n## People\n\nSkills for **all**.\n\nA college in each town.\n\n## Places\n\n- "
    "Carlisle\n- Barrow\n";

inline BodyNamed cumbria_named() { return {k_cumbria, "Cumbria LEP"}; }
inline ConsultationCreated created() {
  return {k_consultation, k_cumbria, "Local Industrial Strategy", "Cumbria", "What should it say?"};
}
inline DraftPublished published(std::int64_t version, std::string_view markdown = k_markdown) {
  return {version, std::string(markdown), blocks_from(markdown)};
}
inline ConsultationOpened opened() { return {moment(k_closing)}; }

inline Scene in_preparation() {
  Scene scene(k_consultation.str());
  scene.and_also<KnownBodyAggregate>(k_cumbria.str(), cumbria_named())
      .at("2019-09-19T09:00:00Z")
      .by(k_officer)
      .happened(created());
  return scene;
}
inline Scene open_consultation() { return in_preparation().happened(published(1), opened()); }

/// The consultation is open, Robin of Kendal College is known and signed in.
inline CommentScene robin_reads() {
  CommentScene scene(k_comment.str());
  const PersonNamed robin{k_robin, scene.keep("Robin Example"), "Kendal College"};
  scene.at("2019-09-19T09:00:00Z")
      .by(k_officer)
      .and_also<KnownBodyAggregate>(k_cumbria.str(), cumbria_named())
      .and_also<ConsultationAggregate>(k_consultation.str(), created(), published(1), opened())
      .and_also<KnownPersonAggregate>(k_robin.str(), robin)
      .at(k_before_closing)
      .by(person(k_robin));
  return scene;
}

inline PacedComment add(std::string block = "b3", std::string text = "Name the towns.") {
  return {{k_consultation, {1}, {std::move(block)}, {std::move(text)}}, {}};
}

}  // namespace witan::consultations::test
