#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/meetings.hpp"

namespace witan::catalogue {

std::vector<Message> meetings_views() { return messages_of<contract::meetings::Views>(); }

}  // namespace witan::catalogue
