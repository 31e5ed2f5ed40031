#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/directory.hpp"

namespace witan::catalogue {

std::vector<CommandType> directory_commands() { return commands_of<contract::directory::Commands>(); }
std::vector<Message> directory_views() { return messages_of<contract::directory::Views>(); }
std::vector<Message> directory_notices() { return messages_of<contract::directory::Notices>(); }

}  // namespace witan::catalogue
