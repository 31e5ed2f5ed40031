#pragma once

#include <string_view>
#include <vector>

#include "gateway/http/message.hpp"

namespace witan::live {

/// The subprotocol of shared/contract/live.hpp (RFC 6455, section 1.9). A browser's script can send nothing else of its own with a
/// handshake, so a ticket comes as one, too: in no address, and in no log of addresses.
inline constexpr std::string_view k_protocol = "witan.live.1";
inline constexpr std::string_view k_ticket_prefix = "ticket.";

/// What the browser offers to speak.
inline std::vector<std::string_view> subprotocols(const http::Request& request) {
  std::vector<std::string_view> offered;
  for (std::string_view rest = request.header("sec-websocket-protocol"); !rest.empty();) {
    const auto comma = rest.find(',');
    auto one = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    while (one.starts_with(' ')) one.remove_prefix(1);
    while (one.ends_with(' ')) one.remove_suffix(1);
    if (!one.empty()) offered.push_back(one);
  }
  return offered;
}

}  // namespace witan::live
