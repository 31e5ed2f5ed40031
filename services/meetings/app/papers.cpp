#include "services/meetings/app/papers.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>

#include <boost/describe/enum_to_string.hpp>

#include "services/meetings/app/scanner.hpp"
#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/papers/reading.hpp"
#include "shared/base/log.hpp"
#include "shared/base/own_folder.hpp"
#include "shared/extract/extract.hpp"
#include "shared/files/check.hpp"
#include "shared/storage/file_reader.hpp"

namespace witan::meetings {

Result<void> may_prepare(const Actor& actor, const std::string& meeting, const domain::Rows& rows) {
  const auto topic = MeetingAggregate::topic(meeting);
  const auto view = rows.row_as<wire::MeetingView>(topic, "staff", "meeting");
  if (!view) return reject(ErrorCode::not_found);
  auto allowed = service::allowed_if(actor, actor.is_administrator() || actor.holds(view->body.str(), staff_roles()));
  if (allowed || allowed.error().code != ErrorCode::forbidden) return allowed;
  const auto access = rows.row_as<std::vector<AccessRule>>(topic, k_access_audience, k_access_key);
  return access && audience_for(*access, actor) ? allowed : reject(ErrorCode::not_found);
}

namespace {

constexpr std::string_view k_text_of = "/text";
constexpr std::size_t k_looked_through_in_a_row = 2;  // one that fails keeps the other from nothing

/// What is kept here, as `shared/files` wants it.
class KeptSource final : public files::Source {
 public:
  explicit KeptSource(storage::FileReader& reader) : reader_(reader) {}
  std::uint64_t size() const override { return reader_.size(); }
  std::size_t read(std::uint64_t offset, char* to, std::size_t size) override { return reader_.read(offset, to, size); }

 private:
  storage::FileReader& reader_;
};

/// What it was handed in under does not matter; its ending says what it is to be.
std::string_view name_for(wire::PaperKind kind) {
  switch (kind) {
    case wire::PaperKind::pdf: return "paper.pdf";
    case wire::PaperKind::docx: return "paper.docx";
    case wire::PaperKind::markdown: return "paper.md";
  }
  return {};
}

/// Takes the text out of files that are kept, by a program of its own. Used by one thread; `abandon` by any.
class Looker {
 public:
  Looker(std::string store_path, std::shared_ptr<const crypto::Secret> key) : store_path_(std::move(store_path)), key_(std::move(key)) {}

  /// A file from which no text could be taken is a paper all the same: it is downloaded.
  LookedThrough look(const PaperFile& file) {
    const auto store = storage::Store::open(store_path_, storage::Store::Mode::read);
    const auto reader = storage::FileReader::of_file(*store, *key_, file.address);
    if (!reader) throw std::runtime_error("a paper's file is not there");
    KeptSource source(*reader);
    const auto kind = file.kind == wire::PaperKind::pdf ? files::Kind::pdf : files::Kind::docx;
    auto found = extract::text_of(own_folder() / "witan-extract", kind, source, {.is_abandoned = &is_abandoned_});
    const bool is_unavailable = !found && found.error() == extract::Failure::unavailable;
    if (is_unavailable && !is_to_blame(file)) {
      in_vain_until_ = std::chrono::steady_clock::now() + k_wait_after_failure;
      throw std::runtime_error("the program that looks through papers is not to be had");
    }
    if (!is_unavailable) has_worked_ = true, in_vain_until_ = {};
    if (!found) {
      log::warning("papers", "no_text", {{"file", file.address}, {"reason", boost::describe::enum_to_string(found.error(), "")}});
      return {};
    }
    const bool is_blank = found->text.find_first_not_of(" \t\n\f") == std::string::npos;
    return {1, found->pages, is_blank ? std::string() : std::move(found->text), found->is_cut};
  }
  bool is_in_vain() const { return std::chrono::steady_clock::now() < in_vain_until_; }
  void abandon() { is_abandoned_ = true; }

 private:
  static constexpr std::chrono::seconds k_wait_after_failure{60};
  static constexpr int k_tries_max = 3;

  /// The program was ended from outside again and again while others were well, as where a machine runs out of memory over this file: it is left, or all
  /// others would wait for it for ever.
  bool is_to_blame(const PaperFile& file) { return !is_abandoned_ && ++tries_[file.address] >= k_tries_max && has_worked_; }

  std::string store_path_;
  std::shared_ptr<const crypto::Secret> key_;
  std::atomic<bool> is_abandoned_ = false;
  std::chrono::steady_clock::time_point in_vain_until_;
  bool has_worked_ = false;
  std::map<std::string, int> tries_;  ///< That found the program unavailable, since the start.
};

std::unexpected<Rejection> not_on_its_way() {
  return reject_field("/upload", ErrorCode::not_found, "This file is not on its way any more. Choose it again.");
}

Result<std::int64_t> look_into(const std::string& store_path, const crypto::Secret& key, const std::string& upload, wire::PaperKind kind) {
  const auto store = storage::Store::open(store_path, storage::Store::Mode::read);
  const auto reader = storage::FileReader::of_upload(*store, key, upload);
  if (!reader) return 0;  // nothing has arrived yet
  KeptSource source(*reader);
  const auto checked = files::check(name_for(kind), source);
  if (!checked) return std::unexpected(file_refused(files::code(checked.error()), files::sentence(checked.error())));
  return static_cast<std::int64_t>(reader->size());
}

Result<void> look_for_viruses(const std::string& store_path, const crypto::Secret& key, const std::string& upload, Scanner& scanner) {
  const auto store = storage::Store::open(store_path, storage::Store::Mode::read);
  const auto reader = storage::FileReader::of_upload(*store, key, upload);
  if (!reader) return not_on_its_way();  // cancelled meanwhile
  KeptSource source(*reader);
  return scanner.look(upload, source);
}

/// As `may_prepare`, of a paper's meeting; one that may not even know of the paper does not learn that it is there.
Result<void> may_change(const Actor& actor, const std::string& id, const domain::Rows& rows) {
  const auto paper = paper_in(rows, id);
  if (!paper) return reject(ErrorCode::not_found);
  auto allowed = may_prepare(actor, paper->meeting.str(), rows);
  if (allowed || allowed.error().code != ErrorCode::forbidden) return allowed;
  const auto access = rows.row_as<std::vector<AccessRule>>(PaperAggregate::topic(id), k_access_audience, k_access_key);
  return access && audience_for(*access, actor) ? allowed : reject(ErrorCode::not_found);
}

/// The actor's own upload, whole, looked into and looked through.
template <class Command>
Result<WithFile<Command>> with_file(const Command& command, const Actor& actor, const domain::Rows& rows, const PaperDesk& desk) {
  const auto begun = rows.row_as<UploadBegun>(k_upload_index, k_private_audience, command.upload.str());
  if (!begun || actor.person != begun->by || !desk.look_into) return not_on_its_way();
  const auto bytes = desk.look_into(command.upload.str(), begun->kind);
  if (!bytes) return std::unexpected(bytes.error());
  if (*bytes != begun->bytes) return reject_field("/upload", ErrorCode::not_now, "Not all of the file has arrived. Send the rest first.");
  // Last, since it takes longest; and before anything is decided: what was not looked through is no paper.
  if (auto scanned = desk.scan ? desk.scan(command.upload.str()) : Result<void>(); !scanned) return std::unexpected(std::move(scanned.error()));
  return WithFile<Command>{command, begun->kind, *bytes};
}

service::FileRules file_rules(std::shared_ptr<const crypto::Secret> key) {
  return {std::move(key),
          [](const std::string& upload, const Actor& actor, const domain::Rows& rows) -> Result<std::int64_t> {
            const auto begun = rows.row_as<UploadBegun>(k_upload_index, k_private_audience, upload);
            if (!begun || actor.changes_nothing || actor.person != begun->by) return reject(ErrorCode::not_found);
            return begun->bytes;
          },
          [](const std::string& of, std::int64_t version, const Actor& actor, const domain::Rows& rows, Timestamp now) -> Result<std::string> {
            const bool is_text = of.ends_with(k_text_of);
            const auto known = paper_in(rows, is_text ? of.substr(0, of.size() - k_text_of.size()) : of);
            const auto found = known ? readable(*known, version, actor, rows, now) : std::nullopt;
            if (!found || (is_text && !found->text_address)) return reject(ErrorCode::not_found);
            return is_text ? *found->text_address : found->address;
          }};
}

std::vector<std::string> unread(const domain::Rows& rows, const PaperDesk& desk) {
  // The latest first, and a few at a time: whoever has just handed one in waits for it, and not for all that were there before.
  auto waiting = rows.rows(k_unread_index, k_private_audience, "");
  std::ranges::sort(waiting, std::greater(), [](const auto& row) { return codec::decode<Timestamp>(row.second).value_or(Timestamp()); });
  std::vector<std::string> ids;
  for (const auto& [paper, at] : waiting) ids.push_back(paper);
  const std::size_t most = desk.is_looking_in_vain && desk.is_looking_in_vain() ? 1 : k_looked_through_in_a_row;
  if (ids.size() > most) ids.resize(most);
  return ids;
}

std::vector<service::Due> old_uploads(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [upload, value] : rows.rows(k_upload_index, k_private_audience, "")) {
    due.push_back({codec::decode<UploadBegun>(value).value().at + k_upload_kept, upload});
  }
  return due;
}

std::vector<service::Due> embargoes(const domain::Rows& rows) {
  std::vector<service::Due> due;
  for (const auto& [paper, at] : rows.rows(k_embargo_index, k_private_audience, "")) {
    if (const auto moment = codec::decode<Timestamp>(at)) due.push_back({*moment, paper});
  }
  return due;
}

}  // namespace

PaperDesk paper_desk(const Config& config) {
  const auto key = std::make_shared<const crypto::Secret>(crypto::read_or_make_secret_file(config.text("secrets") + "/files-key"));
  const auto path = config.text("data") + "/meetings.sqlite";
  const auto looker = std::make_shared<Looker>(path, key);
  PaperDesk desk{key, [key, path](const std::string& upload, wire::PaperKind kind) { return look_into(path, *key, upload, kind); },
                 [looker](const PaperFile& file) { return looker->look(file); }, [looker] { return looker->is_in_vain(); }, [looker] { looker->abandon(); }};
  const auto scanner = scanner_of(config);
  if (!scanner) return desk;
  desk.scan = [key, path, scanner](const std::string& upload) { return look_for_viruses(path, *key, upload, *scanner); };
  desk.abandon = [looker, scanner] { looker->abandon(), scanner->abandon(); };
  return desk;
}

void add_papers(service::Builder& builder, const PaperDesk& desk) {
  const auto staff = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) {
    return may_prepare(actor, command.meeting.str(), rows);
  };
  const auto staff_of_paper = [](const Actor& actor, const auto&, const auto& command, const domain::Rows& rows) {
    return may_change(actor, command.paper.str(), rows);
  };
  // What they began is nobody else's business.
  const auto who_began = [](const Actor& actor, const Upload& upload, const auto&) -> Result<void> {
    if (!actor.signed_in()) return reject(ErrorCode::not_signed_in);
    if (actor.person != upload.begun->by) return reject(ErrorCode::not_found);
    return {};
  };
  const auto paper_of = [](const auto& command) { return command.paper.str(); };

  builder.aggregate<UploadAggregate>()
      .aggregate<PaperAggregate>()
      .aggregate<ReadingAggregate>()
      .creation<wire::BeginUpload, UploadAggregate>(staff)
      .creation<wire::AnnouncePaper, PaperAggregate>(staff)
      .command<wire::CancelUpload, UploadAggregate>([](const auto& command) { return command.upload.str(); }, who_began)
      .prepared<wire::AddPaper, WithFile<wire::AddPaper>, PaperAggregate>(
          [](const auto& with, domain::Context& context) { return with.command.fills ? with.command.fills->str() : context.new_id_text(); },
          [](const Actor& actor, const auto&, const auto& with, const domain::Rows& rows) { return may_prepare(actor, with.command.meeting.str(), rows); },
          [desk](const auto& command, const Actor& actor, const domain::Rows& rows) -> Result<WithFile<wire::AddPaper>> {
            if (auto may = may_prepare(actor, command.meeting.str(), rows); !may) return std::unexpected(may.error());
            return with_file(command, actor, rows, desk);
          })
      .prepared<wire::AddPaperVersion, WithFile<wire::AddPaperVersion>, PaperAggregate>(
          [](const auto& with, domain::Context&) { return with.command.paper.str(); },
          [](const Actor& actor, const auto&, const auto& with, const domain::Rows& rows) { return may_change(actor, with.command.paper.str(), rows); },
          [desk](const auto& command, const Actor& actor, const domain::Rows& rows) -> Result<WithFile<wire::AddPaperVersion>> {
            if (auto may = may_change(actor, command.paper.str(), rows); !may) return std::unexpected(may.error());
            return with_file(command, actor, rows, desk);
          })
      .command<wire::ReleasePaper, PaperAggregate>(paper_of, staff_of_paper)
      .command<wire::WithdrawPaper, PaperAggregate>(paper_of, staff_of_paper)
      .command<wire::ReadPaper, PaperAggregate>(paper_of, service::anyone())  // who may read which is decided by the clock as well
      .auditors_may<wire::ReadPaper>()
      .due<UploadIsOld, UploadAggregate>(old_uploads)
      .due<TimeOfPaperHasCome, PaperAggregate>(embargoes);
  if (desk.key) builder.files(file_rules(desk.key));
  if (!desk.look_through) return;
  builder.outside<LookedThrough, PaperAggregate>([desk](const domain::Rows& rows) { return unread(rows, desk); }, [look = desk.look_through](const std::string& id, const domain::Rows& rows) {
    const auto paper = paper_in(rows, id);
    const auto version = paper ? newest_unread(*paper) : std::nullopt;
    if (!version) return LookedThrough{};
    auto found = look(paper->versions[static_cast<std::size_t>(*version) - 1].file);
    found.version = *version;
    return found;
  }, desk.abandon);
}

}  // namespace witan::meetings
