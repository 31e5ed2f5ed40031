#include "shared/contract/catalogue/messages.hpp"
#include "shared/contract/consultations.hpp"

namespace witan::catalogue {

std::vector<CommandType> consultations_commands() { return commands_of<contract::consultations::Commands>(); }
std::vector<Message> consultations_views() { return messages_of<contract::consultations::Views>(); }

}  // namespace witan::catalogue
