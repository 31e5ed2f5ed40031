#pragma once

#include <vector>

#include "services/directory/app/directory_service.hpp"
#include "shared/base/config.hpp"

/// How directory's mail leaves: by a mail server, or, without one, as files in a folder of the data folder.
namespace witan::directory {

std::vector<ConfigKey> mail_keys();
/// True without a mail server.
bool is_mail_shown(const Config& config);
struct PostOffice {
  SendMail send;
  std::function<void(const std::string& id)> destroy;
  std::function<void()> abandon;
};
PostOffice post_office(const Config& config);

}  // namespace witan::directory
