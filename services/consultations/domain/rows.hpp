#pragma once

#include <array>

#include "services/consultations/domain/state.hpp"
#include "shared/contract/domain.hpp"

/// The topics and private indexes of consultations, and the rows that more than one aggregate writes.
namespace witan::consultations {

inline constexpr std::string_view k_list_topic = "consultations";
inline constexpr std::string_view k_body_index = "index/bodies";    ///< `<body>` → name
inline constexpr std::string_view k_people_index = "index/people";  ///< `<person>` → PersonNamed
inline constexpr std::string_view k_size_index = "index/sizes";  ///< topic of a draft → bytes of its rows
inline constexpr std::array<std::string_view, 2> k_audiences{"staff", "public"};

std::string body_topic(std::string_view body);
std::string consultation_topic(std::string_view id);
std::string draft_topic(std::string_view id, std::int64_t version);
std::string list_key(const ConsultationId& id);

/// Who prepares and runs a body's consultations.
const std::vector<Role>& staff_roles();

/// Puts the consultation's row wherever it is shown. A draft's topic gets it for the audiences that have one
/// there.
void put_everywhere(const wire::ConsultationView& view, domain::Presenter& presenter);

/// Every consultation that is open, as people see it.
std::vector<wire::ConsultationView> open_consultations(const domain::Rows& rows);

/// The bytes that the rows of a draft's topic come to, comments included.
std::int64_t bytes_of(const domain::Rows& rows, const std::string& draft_topic);
void add_bytes(std::int64_t more, const std::string& draft_topic, domain::Presenter& presenter);

}  // namespace witan::consultations
