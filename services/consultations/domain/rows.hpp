#pragma once

#include <array>

#include "services/consultations/domain/state.hpp"
#include "shared/contract/paged_list.hpp"

/// The topics and private indexes of consultations, and the rows that more than one aggregate writes.
namespace witan::consultations {

inline constexpr std::string_view k_body_index = "index/bodies";     ///< `<body>` → name
inline constexpr std::string_view k_open_index = "index/open";       ///< `<consultation>` → when it closes
inline constexpr std::string_view k_opening_index = "index/opening";  ///< `<consultation>` → when it opens by itself
inline constexpr std::string_view k_people_index = "index/people";   ///< `<person>` → PersonNamed
inline constexpr std::string_view k_comment_index = "index/comments";  ///< `<person>/<comment>` → the bytes that were counted for it
inline constexpr std::string_view k_stand_index = "index/stands";    ///< `<comment>` → Stand
inline constexpr std::string_view k_uncarried_index = "index/uncarried";  ///< `<consultation>/<last draft it has come to>/<place>/<seq>` → Uncarried, also where there is no later draft yet
inline constexpr std::string_view k_carrying_index = "index/carrying";    ///< `<consultation>/<draft>` → how many comments are to be carried to it
inline constexpr std::string_view k_pace_index = "index/pace";       ///< `<person>` → how many comments they wrote of late
inline constexpr std::string_view k_thread_index = "index/threads";  ///< topic of a thread → ThreadEnd
inline constexpr std::array<std::string_view, 2> k_audiences{"staff", "public"};

std::string body_topic(std::string_view body);
std::string consultation_topic(std::string_view id);
std::string draft_topic(std::string_view id, std::int64_t version);
std::string list_key(const ConsultationId& id);

/// For everyone: consultations that have been opened.
const domain::PagedList& public_list();
/// For the members of a body: all that it leads, those in preparation included.
domain::PagedList list_of_body(const BodyId& body, std::string_view body_name);

/// Who prepares and runs a body's consultations.
const std::vector<Role>& staff_roles();

/// Puts the consultation's row wherever it is shown.
void put_everywhere(const wire::ConsultationView& view, domain::Presenter& presenter);

/// More or fewer comments in the thread of a paragraph.
void count_on_block(const ConsultationId& id, std::int64_t draft, const std::string& block, std::int64_t more, domain::Presenter& presenter);
/// More or fewer comments in all, wherever they were written.
void count_in_all(const ConsultationId& id, std::int64_t more, domain::Presenter& presenter);

/// When a consultation is to change by itself.
struct Turn {
  ConsultationId consultation;
  Timestamp at;
};
/// Each that takes comments, with when it closes.
std::vector<Turn> closing_times(const domain::Rows& rows);
/// Each that is to open by itself.
std::vector<Turn> opening_times(const domain::Rows& rows);

}  // namespace witan::consultations
