#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "infra/operator/accounts.hpp"
#include "infra/operator/roll.hpp"
#include "infra/operator/steps.hpp"
#include "shared/contract/envelope.hpp"

namespace witan::operate {

/// Carries one command out and waits for the answer.
using Send = std::function<Result<CommandReply>(const CommandRequest&)>;

/// Walks through steps once, remembering what was saved and who holds which seat.
class Loader {
 public:
  /// `passwords`: for the people with an account, by e-mail address.
  Loader(Send send, std::map<std::string, std::string> passwords) : send_(std::move(send)), passwords_(std::move(passwords)) {}

  /// Throws StepFailure at the first step that is wrong or refused.
  void carry_out(const Step& step);

  /// The people with an account, with the roles they came to hold.
  std::vector<Account> accounts() const;

 private:
  CommandRequest request_for(const Step& step) const;
  Actor actor_for(const Step& step) const;
  bool was_done_on_another_day(const Step& step, const Rejection& rejection) const;

  Send send_;
  std::map<std::string, std::string> passwords_;
  Saved saved_;
  Roll roll_;
  std::vector<std::pair<std::string, Account>> accounts_;  ///< Person id and account.
};

/// Walks through the steps without sending anything: finds wrong references before the first command, and tells who
/// gets an account. Throws StepFailure.
std::vector<Account> rehearse(const std::vector<Step>& steps);

/// `send`, tried again for up to `limit` while a part is not up yet or has not heard from another one.
/// `pause` waits between two tries.
Send patiently(Send send, std::chrono::milliseconds limit, std::function<void(std::chrono::milliseconds)> pause);

}  // namespace witan::operate
