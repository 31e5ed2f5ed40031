#include "infra/operator/loader.hpp"

#include <fmt/format.h>

namespace witan::operate {

namespace {

std::string sentence(const Rejection& rejection) {
  std::string text = rejection.detail.empty() ? std::string(info(rejection.code).title) : rejection.detail;
  for (const auto& error : rejection.errors) text += fmt::format(" [{} {}: {}]", error.pointer, info(error.code).name, error.detail);
  return fmt::format("{} ({})", text, info(rejection.code).name);
}

/// Stand-ins for the ids that a real command would answer.
Result<CommandReply> rehearsed(const CommandRequest& request) {
  CommandReply reply;
  for (const auto* field : {"body", "organisation", "person", "seat", "meeting", "series", "item", "group", "engagement",
                            "consultation", "draft", "comment"}) {
    reply.result[field] = fmt::format("{}-{}", request.id, field);
  }
  return reply;
}

}  // namespace

Actor Loader::actor_for(const Step& step) const {
  Actor actor;
  if (step.as.empty()) {
    actor.roles[std::string(k_everywhere)] = {Role::administrator};
    return actor;
  }
  const auto person = saved_.find(step.as);
  if (person == saved_.end() || !person->second.is_string()) throw StepFailure(fmt::format("{}: nobody was saved as '{}' before", step.name, step.as));
  const std::string id(person->second.get_string());
  actor.person = PersonId::from_trusted(id);
  actor.roles = roll_.roles_of(id);
  return actor;
}

CommandRequest Loader::request_for(const Step& step) const {
  CommandRequest request;
  request.id = step.command_id;
  request.name = step.command;
  request.actor = actor_for(step);
  request.trace = step.command_id;
  try {
    request.args = resolve(step.args, saved_, step.folder).as_object();
  } catch (const StepFailure& failure) {
    throw StepFailure(fmt::format("{} ({}): {}", step.name, step.command, failure.what()));
  }
  if (!step.wants_account) return request;
  const auto password = passwords_.find(std::string(string_at(request.args, "email")));
  if (password != passwords_.end()) request.args["password"] = password->second;
  return request;
}

// A run that was cut short and is repeated on another day sends other dates under the same id. Nothing of the answer
// is needed if nothing is saved.
bool Loader::was_done_on_another_day(const Step& step, const Rejection& rejection) const {
  return rejection.code == ErrorCode::idempotency_mismatch && step.save.empty() &&
         resolve(step.args, saved_, step.folder, Timestamp{}) != resolve(step.args, saved_, step.folder);
}

void Loader::carry_out(const Step& step) {
  const auto request = request_for(step);
  auto reply = send_(request);
  if (!reply && was_done_on_another_day(step, reply.error())) reply = CommandReply{};
  if (!reply) throw StepFailure(fmt::format("{} ({}): {}", step.name, step.command, sentence(reply.error())));
  for (const auto& [field, name] : step.save) {
    const auto* value = reply->result.if_contains(field);
    if (!value) throw StepFailure(fmt::format("{} ({}): the answer has no '{}'", step.name, step.command, field));
    saved_[name] = *value;
  }
  roll_.note(step.command, request.args, reply->result);
  if (!step.wants_account) return;
  Account account{std::string(string_at(request.args, "email")), std::string(string_at(request.args, "password")),
                  std::string(string_at(request.args, "name")), {}};
  accounts_.emplace_back(std::string(string_at(reply->result, "person")), std::move(account));
}

std::vector<Account> Loader::accounts() const {
  std::vector<Account> result;
  for (const auto& [person, account] : accounts_) {
    result.push_back(account);
    result.back().roles = roll_.titles_of(person);
  }
  return result;
}

std::vector<Account> rehearse(const std::vector<Step>& steps) {
  Loader loader(rehearsed, {});
  for (const auto& step : steps) loader.carry_out(step);
  return loader.accounts();
}

Send patiently(Send send, std::chrono::milliseconds limit, std::function<void(std::chrono::milliseconds)> pause) {
  return [send = std::move(send), limit, pause = std::move(pause)](const CommandRequest& request) {
    constexpr std::chrono::milliseconds k_pause{100};
    const auto end = std::chrono::steady_clock::now() + limit;
    while (true) {
      auto reply = send(request);
      if (reply || std::chrono::steady_clock::now() >= end) return reply;
      const auto code = reply.error().code;
      // not_found: a service has not heard yet of a body or a person that directory has just made.
      const bool may_come = code == ErrorCode::not_found || code == ErrorCode::unavailable ||
                            code == ErrorCode::deadline_exceeded || code == ErrorCode::storage_full;
      if (!may_come) return reply;
      pause(k_pause);
    }
  };
}

}  // namespace witan::operate
