#include "services/meetings/domain/papers/reading.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/known_person.hpp"
#include "services/meetings/domain/meeting.hpp"

namespace witan::meetings {

namespace {

constexpr const char* k_self = "self";

std::string reading_id(const MeetingId& meeting, const PersonId& person) { return meeting.str() + "-" + person.str(); }
std::string opened_key(const PaperId& paper) { return "opened/" + paper.str(); }

}  // namespace

std::string ReadingAggregate::topic(std::string_view id) {
  const auto dash = id.find('-');
  return fmt::format("reading/{}/{}", id.substr(0, dash), dash == std::string_view::npos ? "" : id.substr(dash + 1));
}

Reading ReadingAggregate::evolve(Reading reading, const ReadingEvent& event) {
  const auto& e = std::get<PaperOpened>(event);
  reading.body = e.body;
  auto& version = reading.opened[e.paper];
  version = std::max(version, e.version);
  return reading;
}

std::optional<domain::FurtherEvent> opening(const Paper& paper, std::int64_t version, domain::Context& context) {
  const auto& actor = context.actor();
  const bool has_a_part = actor.is_administrator() || actor.holds(paper.body.str(), {});
  if (!actor.person || actor.changes_nothing || !has_a_part) return std::nullopt;
  if (context.rows(k_people_index, k_private_audience, actor.person->str() + "/").empty()) return std::nullopt;  // nothing is kept of who is deleted
  const auto id = reading_id(paper.meeting, *actor.person);
  const auto& opened = context.load<ReadingAggregate>(id).opened;
  const auto before = opened.find(paper.paper);
  if (before != opened.end() && before->second >= version) return std::nullopt;
  return domain::further<ReadingAggregate>(id, PaperOpened{paper.meeting, *actor.person, paper.body, paper.paper, version});
}

void ReadingAggregate::present(const ReadingEvent& event, const domain::EventInfo&, const Reading& after, domain::Presenter& presenter) {
  const auto& e = std::get<PaperOpened>(event);
  const auto own = topic(reading_id(e.meeting, e.person));
  presenter.put_private(std::string(k_reading_index), e.person.str() + "/" + e.meeting.str(), json::value(true));
  presenter.access(own, {{k_self, Who::person, e.person, {}, {}}});
  presenter.put(own, k_self, opened_key(e.paper), wire::OpenedPaperView{e.paper, after.opened.at(e.paper)});
}

domain::AuditLine ReadingAggregate::describe(const ReadingEvent& event, const Reading& before, const Reading&, const domain::Rows& rows) {
  const auto& e = std::get<PaperOpened>(event);
  const auto paper = paper_in(rows, e.paper.str());
  const auto known = before.opened.find(e.paper);
  return {fmt::format("Opened version {} of the paper “{}” for the first time", e.version, paper ? paper->title : ""), e.body,
          known == before.opened.end() ? std::string("Not opened") : fmt::format("Opened version {}", known->second), fmt::format("Opened version {}", e.version), {}};
}

void drop_reading_of(const PersonId& person, domain::Presenter& presenter) {
  for (const auto& [key, value] : presenter.rows(k_reading_index, k_private_audience, person.str() + "/")) {
    const auto own = ReadingAggregate::topic(reading_id(MeetingId::from_trusted(key.substr(key.find('/') + 1)), person));
    for (const auto& [opened, row] : presenter.rows(own, k_self, "opened/")) presenter.drop(own, k_self, opened);
    presenter.drop(std::string(k_reading_index), std::string(k_private_audience), key);
  }
}

}  // namespace witan::meetings
