#include "shared/messaging/emptying.hpp"

#include <boost/asio/io_context.hpp>

#include "shared/contract/envelope.hpp"
#include "shared/contract/topics.hpp"

namespace witan::messaging {

namespace {
constexpr std::chrono::seconds k_wait{3};
}

void ask_to_empty(Bus& bus, const std::string& service, std::int64_t up_to) {
  // The answer arrives here and not at the caller's loop, which may have ended by now.
  net::io_context loop;
  Result<std::string> answer = reject(ErrorCode::deadline_exceeded);
  bus.request(subjects::empty(service), json::serialize(codec::encode(EmptyStreamRequest{up_to})), k_wait, loop.get_executor(),
              [&answer](Result<std::string> text) { answer = std::move(text); });
  loop.run();
  const auto reply = answer ? parse_reply(*answer) : Result<json::value>(std::unexpected(answer.error()));
  if (reply) return;
  throw MessagingFailure("the provisioner did not empty the stream of " + service + ": " +
                         std::string(info(reply.error().code).name) + " " + reply.error().detail);
}

}  // namespace witan::messaging
