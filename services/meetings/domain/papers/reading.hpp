#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>

#include "services/meetings/domain/papers/paper.hpp"
#include "shared/contract/domain.hpp"

/// Which papers of a meeting somebody has opened, for themselves alone: so that the agenda can tell them what they have not read. Of those who have
/// a part in the body. An aggregate of its own, with the id `<meeting>-<person>`. Who opened papers that are not for everybody is told to
/// staff by PaperRead, whoever it was.
namespace witan::meetings {

/// Once for each version, or the newer one.
struct PaperOpened {
  static constexpr std::string_view k_type = "paper_opened";
  MeetingId meeting;
  PersonId person;
  BodyId body;
  PaperId paper;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(PaperOpened, (), (meeting, person, body, paper, version))

using ReadingEvent = std::variant<PaperOpened>;

struct Reading {
  BodyId body;
  std::map<PaperId, std::int64_t> opened;  ///< Paper → the newest version.
};

/// Private: key `<person>/<meeting>`, value true: where somebody has opened papers.
inline constexpr std::string_view k_reading_index = "index/reading";

struct ReadingAggregate {
  static constexpr std::string_view k_kind = "reading";
  using State = Reading;
  using Event = ReadingEvent;

  static Reading evolve(Reading reading, const ReadingEvent& event);
  static bool exists(const Reading& reading) { return !reading.body.empty(); }
  static std::string topic(std::string_view id);
  static void present(const ReadingEvent& event, const domain::EventInfo& when, const Reading& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const ReadingEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const ReadingEvent& event, const Reading& before, const Reading& after, const domain::Rows& rows);
};

/// What opening a version adds to what the actor has opened; nothing where it is there already, or not kept.
std::optional<domain::FurtherEvent> opening(const Paper& paper, std::int64_t version, domain::Context& context);
/// All of it, once their account is deleted.
void drop_reading_of(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::meetings
