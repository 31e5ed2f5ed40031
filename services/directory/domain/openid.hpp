#pragma once

#include "services/directory/domain/decide.hpp"

/// Accounts at an OpenID provider that open accounts here. They are linked by the person themselves, never by an e-mail
/// address: who may set the address there would otherwise be whoever it names here.
namespace witan::directory {

/// `index/openid`, key: the keyed hash of issuer and subject.
struct OpenidRow {
  PersonId person;
};
BOOST_DESCRIBE_STRUCT(OpenidRow, (), (person))
inline constexpr std::string_view k_openid_index = "index/openid";

/// BeginOpenid, prepared: where at the provider to go.
struct BegunOpenid {
  std::string session;  ///< A name that no session has.
  std::string location;
};
/// FinishOpenidSignIn after the provider has said who it is.
struct CheckedOpenidSignIn {
  std::string issuer;
  std::string subject_key;
  std::string session;
  std::optional<std::string> device;
  std::string known_device = {};  ///< As in CheckedSignIn.
  bool is_new_device = true;
};
/// LinkOpenid after the same.
struct CheckedOpenidLink {
  PersonId person;
  std::string issuer;
  std::string subject_key;
};

/// Whose account it opens; nothing for one that nobody has linked.
std::optional<PersonId> person_behind(const std::string& subject_key, const domain::Rows& rows);

Result<Decided<SessionEvent>> decide(const Session& session, const BegunOpenid& command, Context& context);
Result<Decided<SessionEvent>> decide(const Session& session, const CheckedOpenidSignIn& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const CheckedOpenidLink& command, Context& context);
Result<Decided<PersonEvent>> decide(const Person& person, const wire::UnlinkOpenid& command, Context& context);

void index_openid(const OpenidLinked& linked, domain::Presenter& presenter);
void forget_openid(const PersonId& person, domain::Presenter& presenter);

}  // namespace witan::directory
