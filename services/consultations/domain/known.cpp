#include "services/consultations/domain/known.hpp"

#include "services/consultations/domain/comment.hpp"
#include "services/consultations/domain/rows.hpp"
#include "shared/contract/personal.hpp"

namespace witan::consultations {

Result<domain::Decided<KnownBodyEvent>> decide(const KnownBody& body,
                                               const contract::directory::BodyEstablishedNotice& notice,
                                               domain::Context&) {
  if (KnownBodyAggregate::exists(body)) return domain::Decided<KnownBodyEvent>{};  // told twice
  return domain::Decided<KnownBodyEvent>{{BodyNamed{notice.body, notice.name}}, {}, {}};
}

std::string KnownBodyAggregate::topic(std::string_view id) { return body_topic(id); }

KnownBody KnownBodyAggregate::evolve(KnownBody, const KnownBodyEvent& event) {
  return {std::get<BodyNamed>(event).body};
}

void KnownBodyAggregate::present(const KnownBodyEvent& event, const domain::EventInfo&,
                                 const KnownBody& after, domain::Presenter& presenter) {
  const auto& name = std::get<BodyNamed>(event).name;
  presenter.put_private(std::string(k_body_index), after.body.str(), json::string(name));
  list_of_body(after.body, name).open(presenter);
}

Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonRegisteredNotice& notice,
                                                 domain::Context& context) {
  if (KnownPersonAggregate::exists(person)) return domain::Decided<KnownPersonEvent>{};
  return domain::Decided<KnownPersonEvent>{
      {PersonNamed{notice.person, context.keep(notice.name), notice.organisation}}, {}, {}};
}

Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonRenamedNotice& notice,
                                                 domain::Context& context) {
  if (!KnownPersonAggregate::exists(person)) return domain::Decided<KnownPersonEvent>{};
  if (notice.number <= person.number) return domain::Decided<KnownPersonEvent>{};  // told twice
  return domain::Decided<KnownPersonEvent>{{PersonNamed{notice.person, context.keep(notice.name), person.organisation, notice.number}}, {}, {}};
}

Result<domain::Decided<KnownPersonEvent>> decide(const KnownPerson& person,
                                                 const contract::directory::PersonErasedNotice& notice,
                                                 domain::Context& context) {
  if (person.is_forgotten) return domain::Decided<KnownPersonEvent>{};
  domain::Decided<KnownPersonEvent> decided{{PersonForgotten{notice.person}}, {}, {}};
  decided.erased = domain::personal_texts(notice.person, context);
  return decided;
}

std::string KnownPersonAggregate::topic(std::string_view) { return std::string(k_people_index); }

KnownPerson KnownPersonAggregate::evolve(KnownPerson, const KnownPersonEvent& event) {
  return std::visit(domain::overloaded{
                        [](const PersonNamed& e) { return KnownPerson{e.person, e.name, e.organisation, e.number.value_or(0), false}; },
                        [](const PersonForgotten& e) { return KnownPerson{e.person, std::nullopt, {}, 0, true}; },
                    },
                    event);
}

void KnownPersonAggregate::present(const KnownPersonEvent& event, const domain::EventInfo&,
                                   const KnownPerson& after, domain::Presenter& presenter) {
  if (after.is_forgotten) {
    remove_author(after.person, presenter);
    presenter.drop(std::string(k_people_index), std::string(k_private_audience), after.person.str());
    return domain::drop_personal(after.person, presenter);
  }
  const auto& named = std::get<PersonNamed>(event);
  domain::note_personal(named.person, named.name, presenter);
  presenter.put_private(std::string(k_people_index), after.person.str(), codec::encode(named));
}

}  // namespace witan::consultations
