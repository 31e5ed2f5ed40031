#include "gateway/app/use_report.hpp"

#include "gateway/auth/session_use.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/log.hpp"

namespace witan::app {

net::awaitable<void> UseReport::tell() {
  is_telling_ = true;
  next_ = std::chrono::steady_clock::now() + period_;
  const auto uses = auth_.untold_uses();
  const auto reply = co_await auth::tell_directory(links_, {uses, {}});
  is_telling_ = false;
  if (!reply) {
    log::debug("gateway", "uses_untold", {{"sessions", uses.size()}, {"reason", std::string(info(reply.error().code).name)}});
    co_return;
  }
  auth_.told(uses);
  const auto now = SystemClock().now();
  for (const auto& [session, at] : reply->ending) auth_.will_end(session, std::chrono::ceil<std::chrono::seconds>(at - now));
}

}  // namespace witan::app
