#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/advisory.hpp"

namespace witan::catalogue {

std::vector<CommandType> advisory_commands() { return commands_of<contract::advisory::Commands>(); }
std::vector<Message> advisory_views() { return messages_of<contract::advisory::Views>(); }

}  // namespace witan::catalogue
