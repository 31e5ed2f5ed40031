#include "services/meetings/domain/known_body.hpp"

#include "services/meetings/domain/actions/actions.hpp"
#include "services/meetings/domain/dates/dates.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/plan/plan.hpp"
#include "shared/contract/personal.hpp"

namespace witan::meetings {

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context&) {
  if (KnownBodyAggregate::exists(body)) return domain::Decided<KnownBodyEvent>{};  // told twice
  return domain::Decided<KnownBodyEvent>{{BodyNamed{notice.body, notice.name}}, {}, {}};
}

namespace {

std::vector<std::string> open_meetings(const BodyId& body, const domain::Rows& rows) {
  std::vector<std::string> meetings;
  for (const auto& [key, value] : rows.rows(k_open_index, k_private_audience, body.str() + "/")) meetings.push_back(key.substr(key.find('/') + 1));
  return meetings;
}

bool is_same(const HeldSeat& held, const contract::directory::SeatFilledNotice& notice) {
  return held.person == notice.person && held.title == notice.title && held.role == notice.role && held.organisation == notice.organisation;
}

/// Nobody holds it any more, or somebody else.
void forget_seat(const SeatId& seat, domain::Presenter& presenter) {
  for (const auto& [key, body] : presenter.rows(k_seats_index, k_private_audience, "")) {
    if (key.ends_with("/" + seat.str())) presenter.drop(std::string(k_seats_index), std::string(k_private_audience), key);
  }
}

}  // namespace

std::vector<domain::FurtherEvent> listed_in_open_meetings(const BodyId& body, const HeldSeat& held, const domain::Rows& rows) {
  std::vector<domain::FurtherEvent> further;
  for (const auto& meeting : open_meetings(body, rows)) further.push_back(domain::further<MeetingAggregate>(meeting, SeatsListed{{held}}));
  return further;
}

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body, const contract::directory::SeatFilledNotice& notice, domain::Context& context) {
  const auto found = body.seats.find(notice.seat);
  if (found != body.seats.end() && is_same(found->second, notice)) return domain::Decided<KnownBodyEvent>{};  // told twice
  const HeldSeat held{notice.seat, notice.title, notice.role, notice.person, context.keep(notice.person_name), notice.organisation};
  return domain::Decided<KnownBodyEvent>{{SeatTaken{notice.body, held}}, {}, {}, listed_in_open_meetings(notice.body, held, context)};
}

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body, const contract::directory::SeatVacatedNotice& notice, domain::Context& context) {
  if (!body.seats.contains(notice.seat)) return domain::Decided<KnownBodyEvent>{};
  domain::Decided<KnownBodyEvent> decided{{SeatLeft{notice.body, notice.seat}}, {}, {}};
  for (const auto& meeting : open_meetings(notice.body, context)) {
    decided.further.push_back(domain::further<MeetingAggregate>(meeting, SeatUnlisted{notice.seat}));
  }
  return decided;
}

KnownBody KnownBodyAggregate::evolve(KnownBody state, const KnownBodyEvent& event) {
  std::visit(domain::overloaded{
                 [&](const BodyNamed& e) { state.body = e.body, state.name = e.name; },
                 [&](const SeatTaken& e) { state.seats[e.held.seat] = e.held; },
                 [&](const SeatLeft& e) { state.seats.erase(e.seat); },
                 [&](const BodyQuorumSet& e) { state.quorum = e.quorum; },
                 [&](const BodyClearDaysSet& e) { state.clear_days = e.clear_days; },
             },
             event);
  return state;
}

void KnownBodyAggregate::present(const KnownBodyEvent& event, const domain::EventInfo& when, const KnownBody& after,
                                 domain::Presenter& presenter) {
  std::visit(domain::overloaded{
                 [&](const BodyNamed&) {
                   presenter.put_private(std::string(k_body_index), after.body.str(), json::string(after.name));
                   list_of_body(after.body, after.name).open(presenter);
                   decisions_of_body(after.body, after.name).open(presenter);
                   public_decisions_of_body(after.body, after.name).open(presenter);
                   open_actions_of_body(after.body, after.name).open(presenter);
                   closed_actions_of_body(after.body, after.name).open(presenter);
                   open_plan(after.body, presenter);
                   open_dates(after.body, presenter);
                 },
                 [&](const SeatTaken& e) {
                   domain::note_personal(e.held.person, e.held.name, presenter);
                   forget_seat(e.held.seat, presenter);
                   presenter.put_private(std::string(k_seats_index), e.held.person.str() + "/" + e.held.seat.str(), codec::encode(e.body));
                   present_owners_of_actions(e.body, presenter);
                   present_dates(e.body, when.at, presenter);
                 },
                 [&](const SeatLeft& e) { forget_seat(e.seat, presenter), present_owners_of_actions(e.body, presenter), present_dates(e.body, when.at, presenter); },
                 [](const BodyQuorumSet&) {},
                 [](const BodyClearDaysSet&) {},
             },
             event);
}

}  // namespace witan::meetings
