#include "services/meetings/domain/known_body.hpp"

namespace witan::meetings {

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context&) {
  if (KnownBodyAggregate::exists(body)) return domain::Decided<KnownBodyEvent>{};  // told twice
  return domain::Decided<KnownBodyEvent>{{BodyNamed{notice.body, notice.name}}, {}, {}};
}

KnownBody KnownBodyAggregate::evolve(KnownBody, const KnownBodyEvent& event) {
  const auto& named = std::get<BodyNamed>(event);
  return {named.body, named.name};
}

void KnownBodyAggregate::present(const KnownBodyEvent&, const domain::EventInfo&, const KnownBody& after,
                                 domain::Presenter& presenter) {
  presenter.put_private(std::string(k_body_index), after.body.str(), json::string(after.name));
  list_of_body(after.body, after.name).open(presenter);
}

}  // namespace witan::meetings
