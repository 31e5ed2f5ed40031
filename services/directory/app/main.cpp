#include "services/directory/app/directory_service.hpp"
#include "services/directory/app/openid_settings.hpp"
#include "services/directory/app/post_office.hpp"
#include "shared/service/service.hpp"

int main(int argc, char** argv) {
  using namespace witan;
  const auto make = [](const Config& config) {
    auto post = directory::post_office(config);
    return directory::definition({crypto::read_or_make_secret_file(config.text("secrets") + "/pepper"),
                                  config.text("public_origin"), directory::is_mail_shown(config), std::move(post.send),
                                  std::move(post.destroy), std::move(post.abandon), directory::openid_provider(config),
                                  [] { return SystemClock().now(); }, std::chrono::seconds(config.number("staff_idle_s"))});
  };
  auto keys = directory::mail_keys();
  for (auto& key : directory::openid_keys()) keys.push_back(std::move(key));
  keys.push_back({"staff_idle_s", std::int64_t{std::chrono::seconds(directory::k_staff_idle).count()},
                  "Seconds that a session of chairs, secretaries, officers and holders of offices may go unused.", 1, 43'200});
  return service::run("directory", make, argc, argv, std::move(keys));
}
