#pragma once

#include "services/directory/domain/interests.hpp"
#include "services/directory/domain/state.hpp"

/// Which interests of its members a body has to consider. An interest touches a body when
/// - it is a contract, land or property, or sponsorship, gifts or hospitality: money between the person and whoever decides
///   about money, whomever it comes from; or
/// - the organisation that it is in has a seat in the body: a seat stands for it, or whoever holds the seat comes from it.
/// It is shown to those who appoint, and forbids nothing.
namespace witan::directory {

/// `index/interests`, key `<person>/<interest>`: those that have not been withdrawn.
struct InterestRow {
  wire::InterestKind kind = wire::InterestKind::employment;
  std::optional<OrganisationId> organisation;
  std::optional<Erasable> organisation_name;
};
BOOST_DESCRIBE_STRUCT(InterestRow, (), (kind, organisation, organisation_name))

/// An organisation that has a seat in a body.
struct SeatedOrganisation {
  OrganisationId organisation;
  std::optional<PersonId> holder;  ///< Absent while the seat is vacant.
  auto operator<=>(const SeatedOrganisation&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeatedOrganisation, (), (organisation, holder))

inline constexpr std::string_view k_interests_index = "index/interests";
/// `index/seated-organisations`, key: the body's id.
inline constexpr std::string_view k_seated_organisations_index = "index/seated-organisations";
/// So many of a person's interests are shown to those who appoint; the register shows the others.
inline constexpr std::size_t k_concerns_shown = 3;

std::string concerns_topic(const BodyId& body);
std::vector<SeatedOrganisation> seated_organisations(const Body& body, const domain::Rows& rows);
/// The person's interests that touch a body with these organisations, each in a few words.
std::vector<std::string> interests_to_consider(const PersonId& person, const std::vector<SeatedOrganisation>& seated,
                                               const domain::Rows& rows);
/// How many of them there would be once the person sits in the seat.
std::int64_t interests_at_appointment(Body body, const SeatId& seat, const PersonId& person, const domain::Rows& rows);
/// Events leave a count of nothing out.
inline std::optional<std::int64_t> if_any(std::int64_t count) { return count > 0 ? std::optional(count) : std::nullopt; }

/// Whoever may appoint may read it.
void open_concerns(const BodyId& body, domain::Presenter& presenter);
/// The seats of the body have changed, most of all with regard to `person`.
void show_concerns(const BodyId& id, const Body& body, const std::optional<PersonId>& person, domain::Presenter& presenter);
/// The interests of the person have changed.
void show_concerns_of(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::directory
