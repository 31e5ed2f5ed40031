#pragma once

#include "shared/storage/connection.hpp"
#include "shared/storage/event_table.hpp"
#include "shared/storage/view_table.hpp"

namespace witan::storage {

/// The Store on one connection. Belongs to one thread.
class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, Mode mode);

  Connection& connection() { return *connection_; }

  EventLog& log() override { return *log_; }
  Views& views() override { return *views_; }
  std::optional<RememberedReply> remembered(std::string_view actor, std::string_view id) const override;
  void remember(std::string_view actor, std::string_view id, const RememberedReply& reply,
                Timestamp at) override;
  void forget_before(Timestamp limit) override;
  Erasable keep_text(std::string_view text) override;
  std::optional<std::string> text(std::string_view text_id) const override;
  void erase_text(std::string_view text_id) override;
  std::optional<Position> checkpoint(std::string_view producer) const override;
  void set_checkpoint(std::string_view producer, const Position& position) override;
  void park(std::string_view producer, std::int64_t seq, std::string_view reason,
            std::string_view body) override;
  void note_use(std::string_view key, Timestamp at) override;
  std::optional<Timestamp> last_use(std::string_view key) const override;
  std::string secret_key() const override { return secret_key_; }
  void begin_epoch() override;
  void consistently(const std::function<void()>& read) override { connection_->consistently(read); }
  SQLite::Database& database() override { return connection_->database(); }

 private:
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<EventTable> log_;
  std::unique_ptr<ViewTable> views_;
  std::string secret_key_;
};

}  // namespace witan::storage
