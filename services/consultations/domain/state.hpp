#pragma once

#include "services/consultations/domain/events.hpp"

namespace witan::consultations {

/// Which blocks of a draft take comments.
struct Draft {
  std::vector<bool> takes_comments;  ///< `b1` first.
  std::int64_t paragraph_count = 0;
};

/// A consultation on draft strategies of one body. Default-constructed: does not exist yet.
struct Consultation {
  ConsultationId consultation;
  BodyId body;
  std::string title;
  std::string area;
  std::string summary;
  wire::ConsultationState state = wire::ConsultationState::preparing;
  std::optional<Timestamp> opens_at;    ///< While in preparation: when it opens by itself.
  std::optional<Timestamp> closes_at;   ///< Once closed by hand: when that was, if earlier.
  std::int64_t extensions = 0;
  std::vector<Draft> drafts;            ///< Version 1 first.
  std::int64_t first_public_draft = 0;  ///< Earlier ones were the body's own preparation; 0 before opening.

  bool exists() const { return !consultation.empty(); }
  bool is_preparing() const { return state == wire::ConsultationState::preparing; }
  bool is_scheduled() const { return is_preparing() && opens_at.has_value(); }
  bool takes_comments_at(Timestamp now) const {
    return state == wire::ConsultationState::open && now < *closes_at;
  }
};

/// One person's comment on one paragraph of one draft.
struct Comment {
  CommentId comment;
  ConsultationId consultation;
  std::int64_t draft = 0;
  std::string block;
  PersonId by;
  bool is_withdrawn = false;
  std::int64_t placements = 0;  ///< How often somebody said where it belongs.
};

/// The carrying over of comments to one draft.
struct CarryOver {
  ConsultationId consultation;
  std::int64_t draft = 0;
};

/// A body that directory has established, as far as consultations needs to know it.
struct KnownBody {
  BodyId body;
};

/// A person whom directory has registered, as far as consultations needs to know them.
struct KnownPerson {
  PersonId person;
  std::optional<Erasable> name;  ///< Absent before directory has told of them.
  std::string organisation;
  std::int64_t number = 0;  ///< Of the last change of name that was heard.
  bool is_forgotten = false;  ///< Their account was deleted.
};

}  // namespace witan::consultations
