#include "services/directory/app/openid_desk.hpp"

#include <algorithm>

#include "shared/base/log.hpp"

namespace witan::directory {

namespace {

Rejection told(const openid::Failure& failure) {
  using openid::Trouble;
  log::warning("openid", "failed", {{"reason", failure.reason}});
  switch (failure.trouble) {
    case Trouble::unavailable:
      return {ErrorCode::openid_unavailable,
              "The service that you sign in with does not answer. Try again in a few minutes, or use your e-mail address and password.", {}, {}};
    case Trouble::refused:
      return {ErrorCode::openid_refused,
              "The service that you sign in with did not confirm who you are. Start again, or use your e-mail address and password.", {}, {}};
    case Trouble::not_trusted:
      return {ErrorCode::openid_not_trusted,
              "The answer of the service that you sign in with cannot be trusted. Use your e-mail address and password, and tell the people who "
              "run Witan.",
              {}, {}};
  }
  return {};
}

std::unexpected<Rejection> switched_off() {
  return reject(ErrorCode::not_now, "Here people sign in with their e-mail address and password only.");
}

}  // namespace

void OpenidDesk::open(Open begun) {
  const std::lock_guard lock(mutex_);
  std::erase_if(open_, [&](const auto& entry) { return begun.since - entry.second.since > k_open_for; });
  if (open_.size() >= k_open_max) {  // a flood: whoever has been away the longest starts again
    open_.erase(std::ranges::min_element(open_, {}, [](const auto& entry) { return entry.second.since; }));
  }
  auto key = crypto::sha256_text(begun.secrets.state);
  open_.insert_or_assign(std::move(key), std::move(begun));
}

std::optional<OpenidDesk::Open> OpenidDesk::take(const std::string& state) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.extract(crypto::sha256_text(state));
  if (found.empty() || now_() - found.mapped().since > k_open_for) return std::nullopt;
  return std::move(found.mapped());
}

Result<BegunOpenid> OpenidDesk::prepare(const wire::BeginOpenid& command, const Actor& actor, const domain::Rows& rows) {
  if (!provider_) return switched_off();
  if (actor.person) {
    if (!command.current_password) return reject_field("/current_password", ErrorCode::missing_field, "Enter your password.");
    if (auto confirmed = credentials_->own_password(*actor.person, *command.current_password, rows); !confirmed) {
      return std::unexpected(confirmed.error());
    }
  }
  Open begun{{command.state.value, crypto::random_token(), crypto::random_token()}, actor.person, now_()};
  const auto location = provider_->authorisation_url(begun.secrets);
  if (!location) return std::unexpected(told(location.error()));
  open(std::move(begun));
  return BegunOpenid{crypto::sha256_text(command.state.value), *location};
}

Result<std::string> OpenidDesk::ask(const wire::LinkOpenid& came_back, const std::optional<PersonId>& person) {
  if (!provider_) return switched_off();
  const auto begun = take(came_back.state.value);
  if (!begun || begun->person != person) {
    return reject(ErrorCode::openid_expired,
                  "This was begun more than 10 minutes ago, or has been finished already. Nothing was changed. Start again.");
  }
  const auto said_issuer = came_back.issuer ? std::optional(came_back.issuer->value) : std::nullopt;
  const auto subject = provider_->redeem(came_back.code.value, said_issuer, begun->secrets);
  if (!subject) return std::unexpected(told(subject.error()));
  return credentials_->subject_key(provider_->issuer(), *subject);
}

Result<CheckedOpenidSignIn> OpenidDesk::prepare(const wire::FinishOpenidSignIn& command, const Actor&, const domain::Rows& rows) {
  if (auto fine = must_name_a_session(command.session.value); !fine) return std::unexpected(fine.error());
  auto key = ask({command.state, command.code, command.issuer}, std::nullopt);
  if (!key) return std::unexpected(std::move(key.error()));
  CheckedOpenidSignIn ready{provider_->issuer(), std::move(*key), command.session.value, std::nullopt};
  if (command.device) ready.device = command.device->value;
  if (const auto person = person_behind(ready.subject_key, rows)) {
    const auto device = credentials_->known_device(*person, command.known_device);
    ready.known_device = credentials_->seal_of_device(*person, device);
    ready.is_new_device = !device;
  }
  return ready;
}

Result<CheckedOpenidLink> OpenidDesk::prepare(const wire::LinkOpenid& command, const Actor& actor, const domain::Rows&) {
  if (!actor.person) return reject(ErrorCode::not_signed_in);
  auto key = ask(command, actor.person);
  if (!key) return std::unexpected(std::move(key.error()));
  return CheckedOpenidLink{*actor.person, provider_->issuer(), std::move(*key)};
}

}  // namespace witan::directory
