#include "services/directory/app/openid_settings.hpp"

#include <stdexcept>

namespace witan::directory {

std::vector<ConfigKey> openid_keys() {
  return {
      {"openid_issuer", std::string(), "Issuer of the OpenID provider where people may sign in, such as https://login.example; empty: by password only.", 0, 0},
      {"openid_client_id", std::string(), "Witan's name at the OpenID provider. Its secret is the file `openid-client-secret` in the folder of secrets.", 0, 0},
      {"openid_ca_file", std::string(), "Certificates that the OpenID provider's is checked against; empty: the system's.", 0, 0},
  };
}

std::shared_ptr<openid::Provider> openid_provider(const Config& config) {
  openid::Options options;
  options.issuer = config.text("openid_issuer");
  if (options.issuer.empty()) return nullptr;
  const auto file = config.text("secrets") + "/openid-client-secret";
  auto secret = crypto::read_secret_file(file);
  if (!secret) throw std::runtime_error("there is no client secret for the OpenID provider at " + file);
  options.client_id = config.text("openid_client_id");
  options.client_secret = std::move(*secret);
  options.redirect_uri = config.text("public_origin") + "/sign-in/openid";
  return openid::provider(std::move(options), openid::fetch_by_curl(config.text("openid_ca_file")));
}

}  // namespace witan::directory
