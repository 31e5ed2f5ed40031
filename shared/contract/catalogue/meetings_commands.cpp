#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/meetings.hpp"

namespace witan::catalogue {

std::vector<CommandType> meetings_commands() { return commands_of<contract::meetings::Commands>(); }

}  // namespace witan::catalogue
