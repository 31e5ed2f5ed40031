#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "shared/contract/envelope.hpp"
#include "shared/messaging/service_links.hpp"

namespace witan::auth {

namespace net = boost::asio;

/// When sessions were in use at this gateway, until directory has heard of it (infra/decisions/0015).
class SessionUse {
 public:
  void note(const std::string& session, Timestamp at) { untold_[session] = at; }
  std::vector<Use> untold() const;
  /// Directory has these on disk. What was used again meanwhile stays to be told.
  void told(const std::vector<Use>& uses);

 private:
  std::unordered_map<std::string, Timestamp> untold_;
};

/// Tells directory, or asks it; see UseRequest.
net::awaitable<Result<UseReply>> tell_directory(messaging::ServiceLinks& links, UseRequest request);

}  // namespace witan::auth
