#pragma once

#include <map>

#include "shared/contract/directory.hpp"
#include "shared/contract/domain.hpp"

/// The register of interests of one person: its events, its state, its rules. The aggregate's id is the person's.
namespace witan::directory {

namespace wire = contract::directory;
using domain::Context;
using domain::Decided;

/// What an entry says. All that the person wrote is erasable.
struct InterestEntry {
  wire::InterestKind kind = wire::InterestKind::employment;
  std::optional<OrganisationId> organisation;
  std::optional<Erasable> organisation_name;  ///< Of one that is not registered.
  Erasable description;
  std::optional<CalendarDate> since;
};
BOOST_DESCRIBE_STRUCT(InterestEntry, (), (kind, organisation, organisation_name, description, since))

struct InterestDeclared {
  static constexpr std::string_view k_type = "interest_declared";
  PersonId person;
  InterestId interest;
  InterestEntry entry;
};
BOOST_DESCRIBE_STRUCT(InterestDeclared, (), (person, interest, entry))

struct InterestChanged {
  static constexpr std::string_view k_type = "interest_changed";
  PersonId person;
  InterestId interest;
  InterestEntry entry;
};
BOOST_DESCRIBE_STRUCT(InterestChanged, (), (person, interest, entry))

struct InterestWithdrawn {
  static constexpr std::string_view k_type = "interest_withdrawn";
  PersonId person;
  InterestId interest;
};
BOOST_DESCRIBE_STRUCT(InterestWithdrawn, (), (person, interest))

struct InterestsConfirmed {
  static constexpr std::string_view k_type = "interests_confirmed";
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(InterestsConfirmed, (), (person))

using RegisterEvent = std::variant<InterestDeclared, InterestChanged, InterestWithdrawn, InterestsConfirmed>;

struct Interest {
  InterestEntry entry;
  bool is_withdrawn = false;
  std::int64_t change_count = 0;
};

struct Register {
  bool exists = false;
  std::map<InterestId, Interest> interests;
  std::size_t written = 0;   ///< Entries and changes: all that the page shows.
  bool has_nothing = false;  ///< "Nothing to declare" was the last word.

  std::size_t present_count() const;  ///< Entries that have not been withdrawn.
};

struct RegisterAggregate {
  static constexpr std::string_view k_kind = "register";
  using State = Register;
  using Event = RegisterEvent;
  static State evolve(State state, const Event& event);
  static bool exists(const State& state) { return state.exists; }
  static std::string topic(std::string_view id);
  static void present(const Event& event, const domain::EventInfo& when, const State& after,
                      domain::Presenter& presenter);
  static std::optional<json::object> publish(const Event& event, const domain::Rows& rows);
  static domain::AuditLine describe(const Event& event, const State& before, const State& after, const domain::Rows& rows);
};

/// So many entries of ordinary length stay well under the 256 kB of a topic.
inline constexpr std::size_t k_register_entries_max = 200;

/// `index/organisation-names`, key: the name's key (labels.hpp). Under which name an organisation is registered.
inline constexpr std::string_view k_organisation_names_index = "index/organisation-names";

/// The registered organisation of this name, if there is one; capitals and how much white space there is make no difference.
std::optional<OrganisationId> organisation_called(const std::string& name, const domain::Rows& rows);

Result<Decided<RegisterEvent>> decide(const Register& present, const wire::DeclareInterest& command, Context& context);
Result<Decided<RegisterEvent>> decide(const Register& present, const wire::ChangeInterest& command, Context& context);
Result<Decided<RegisterEvent>> decide(const Register& present, const wire::WithdrawInterest& command, Context& context);
Result<Decided<RegisterEvent>> decide(const Register& present, const wire::ConfirmInterests& command, Context& context);

std::string register_topic(const PersonId& person);
/// The account was deleted, and its register goes with it.
void remove_register(const PersonId& person, domain::Presenter& presenter);
std::string register_href(const PersonId& person);
/// The bodies in which the person holds a seat now.
std::vector<BodyId> bodies_of(const PersonId& person, const domain::Rows& rows);
/// Opens the register of a new account, and says anew who may read it and write in it after a seat was taken or left.
void open_register(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::directory
