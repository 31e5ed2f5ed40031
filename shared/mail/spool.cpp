#include <cerrno>
#include <mutex>
#include <sys/stat.h>
#include <system_error>
#include <utility>

#include "shared/base/durable_file.hpp"
#include "shared/mail/message.hpp"

namespace witan::mail {

namespace {

void make_private_folder(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  if (::chmod(folder.c_str(), 0700) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot make the mail folder " + folder.string());
  }
  sync_folder_of(folder);
}

class Spool final : public Sender {
 public:
  Spool(std::filesystem::path folder, std::string from) : folder_(std::move(folder)), from_(std::move(from)) {
    if (!is_address(from_)) throw std::runtime_error("the sender of mail is not an e-mail address");
    make_private_folder(folder_);
  }

  void destroy(const std::string& id) override {
    const auto file = folder_ / (id + ".eml");
    if (std::filesystem::remove(file)) sync_folder_of(file);
  }

  void abandon() override {}  // a file is written at once

  void send(const Message& message) override {
    check(message);
    const std::lock_guard one_at_a_time(writing_);
    try {
      replace_file(folder_ / (message.id + ".eml"), written(message, from_, SystemClock().now()));
    } catch (const std::system_error& refused) {
      throw MailFailure(MailFailure::Kind::passing,
                        "the mail folder cannot be written: " + refused.code().message());
    }
  }

 private:
  const std::filesystem::path folder_;
  const std::string from_;
  std::mutex writing_;
};

}  // namespace

std::unique_ptr<Sender> spool_sender(std::filesystem::path folder, std::string from) {
  return std::make_unique<Spool>(std::move(folder), std::move(from));
}

}  // namespace witan::mail
