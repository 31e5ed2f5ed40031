#pragma once

#include "services/directory/domain/second_factor.hpp"

/// An account is deleted: what ends with it, and which texts are erased. Numbers stay as they were: seats, appointments,
/// mails and events are still there, and say "Name removed".
namespace witan::directory {

/// ErasePerson after its slow part: whoever asks has shown that they know their own password.
struct CheckedErasure {
  PersonId person;
  std::optional<wire::WhyErased> reason;
  Erasable password;                   ///< Of whoever asks, as it was looked at.
  std::optional<CheckedCode> present;  ///< Of whoever asks.
};

/// Oneself, and administrators with a reason.
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedErasure& command, Context& context);

/// What was kept of a mail outside of the log is gone.
struct MailGone {
  std::optional<std::string> problem;
};
Result<Decided<MailEvent>> decide(const Mail& mail, const MailGone& done, Context& context);

/// Takes the person out of every row that names them.
void remove_person(const PersonErased& erased, domain::Presenter& presenter);

}  // namespace witan::directory
