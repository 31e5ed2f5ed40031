#include "gateway/app/use_report.hpp"

#include "gateway/auth/session_use.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/ids.hpp"
#include "shared/base/log.hpp"
#include "shared/contract/codec.hpp"

namespace witan::app {

net::awaitable<void> UseReport::tell() {
  is_telling_ = true;
  next_ = std::chrono::steady_clock::now() + period_;
  const auto uses = auth_.untold_uses();
  const auto reply = co_await auth::tell_directory(links_, {uses, {}});
  co_await tell_of_strangers();
  is_telling_ = false;
  if (!reply) {
    log::debug("gateway", "uses_untold", {{"sessions", uses.size()}, {"reason", std::string(info(reply.error().code).name)}});
    co_return;
  }
  auth_.told(uses);
  const auto now = SystemClock().now();
  for (const auto& [session, at] : reply->ending) auth_.will_end(session, std::chrono::ceil<std::chrono::seconds>(at - now));
}

net::awaitable<void> UseReport::tell_of_strangers() {
  const auto came = auth_.strangers().take();
  if (!came) co_return;
  CommandRequest request;
  request.id = random_id_text();
  request.name = contract::directory::NoteStrangers::k_name;
  request.args = codec::encode(*came).as_object();
  request.trace = http::new_trace();
  const auto reply = co_await sender_.send(std::move(request));
  // Without an answer in time it may be in the log: better counted not at all than twice.
  if (!reply && reply.error().code == ErrorCode::unavailable) auth_.strangers().give_back(*came);
}

}  // namespace witan::app
