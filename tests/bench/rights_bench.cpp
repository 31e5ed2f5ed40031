// witan-bench-rights: what it costs to decide, for one delivery, whether the reader may still see the topic. Prints one
// JSON object a line.

#include <chrono>
#include <cstdio>

#include "shared/base/ids.hpp"
#include "shared/contract/access.hpp"

namespace witan {
namespace {

/// A member of ten bodies, and rules as a meeting has them: the last that can match does.
void measure() {
  const auto body = BodyId::random().str();
  Actor actor;
  actor.person = PersonId::random();
  for (int i = 0; i < 9; ++i) actor.roles[BodyId::random().str()] = {Role::member};
  actor.roles[body] = {Role::observer, Role::member};
  const std::vector<AccessRule> rules{{"staff", Who::roles, {}, std::string(k_everywhere), {Role::administrator}},
                                      {"staff", Who::roles, {}, body, {Role::chair, Role::co_chair, Role::secretary}},
                                      {"member", Who::roles, {}, body, {}}};
  const std::string audience = "member";
  constexpr int k_checks = 5'000'000;
  int allowed = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < k_checks; ++i) allowed += audience_for(rules, actor) == audience ? 1 : 0;
  const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - start;
  std::printf("{\"name\":\"rights_check\",\"unit\":\"us\",\"value\":%.4f,\"conditions\":\"one delivery, three rules, seats in ten bodies, %d of %d allowed\"}\n",
              passed.count() / k_checks, allowed, k_checks);
}

}  // namespace
}  // namespace witan

int main() { witan::measure(); }
