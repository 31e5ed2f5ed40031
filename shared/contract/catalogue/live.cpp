#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/audit.hpp"
#include "shared/contract/envelope.hpp"
#include "shared/contract/files.hpp"
#include "shared/contract/live.hpp"
#include "shared/contract/paged_list.hpp"
#include "shared/contract/presence.hpp"

namespace witan::catalogue {

std::vector<Message> live_views() { return messages_of<boost::mp11::mp_append<live::Views, boost::mp11::mp_list<PagesView>>>(); }

std::vector<Message> envelopes() {
  return messages_of<boost::mp11::mp_list<CommandRequest, CommandReply, ViewRequest, ViewReply, Change, Head, HeadsRequest, CloudEvent, EventsSinceRequest, EventsSinceReply,
                                          EmptyStreamRequest, AccessRule, AuditRequest, AuditReply, UseRequest, UseReply, FilePut, FilePutReply, FileGet, FileGetReply,
                                          live::PersonHere, live::NowPart>>();
}

std::vector<Message> frames() {
  std::vector<Message> all;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, live::FromBrowser>>(
      [&](auto type) { all.push_back(message<typename decltype(type)::type, true>()); });
  for (auto& sent : messages_of<live::ToBrowser>()) all.push_back(std::move(sent));
  return all;
}

}  // namespace witan::catalogue
