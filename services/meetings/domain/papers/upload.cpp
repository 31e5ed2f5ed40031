#include "services/meetings/domain/papers/upload.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "services/meetings/domain/meeting.hpp"
#include "services/meetings/domain/papers/paper.hpp"
#include "services/meetings/domain/schedule/schedule.hpp"
#include "shared/files/check.hpp"

namespace witan::meetings {

namespace {

using Decided = domain::Decided<UploadEvent>;

/// Why the file is not taken, as far as its name and its length say.
std::expected<files::Kind, files::Fault> look_at(const wire::BeginUpload& command) {
  const auto kind = files::check_name(command.file_name.str());
  if (!kind) return kind;
  if (command.bytes == 0) return std::unexpected(files::Fault::empty_file);
  if (static_cast<std::uint64_t>(command.bytes.value) > files::k_file_bytes_max) return std::unexpected(files::Fault::file_too_large);
  const bool is_long_text = *kind == files::Kind::markdown && static_cast<std::uint64_t>(command.bytes.value) > files::k_markdown_bytes_max;
  if (is_long_text) return std::unexpected(files::Fault::text_too_long);
  return kind;
}

wire::PaperKind paper_kind(files::Kind kind) {
  switch (kind) {
    case files::Kind::pdf: return wire::PaperKind::pdf;
    case files::Kind::docx: return wire::PaperKind::docx;
    case files::Kind::markdown: return wire::PaperKind::markdown;
  }
  return wire::PaperKind::pdf;
}

std::size_t unfinished_of(const PersonId& person, const domain::Rows& rows) {
  const auto all = rows.rows(k_upload_index, k_private_audience, "");
  return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto& row) {
    const auto begun = codec::decode<UploadBegun>(row.second);
    return begun && begun->by == person;
  }));
}

}  // namespace

Rejection file_refused(std::string fault, std::string sentence) {
  Rejection refused{ErrorCode::file_refused, sentence, {{"/upload", ErrorCode::file_refused, sentence}}, {}};
  refused.extra["fault"] = std::move(fault);
  return refused;
}

DecidedUpload decide(const Upload&, const wire::BeginUpload& command, domain::Context& context) {
  const auto& meeting = context.load<MeetingAggregate>(command.meeting.str());
  if (!MeetingAggregate::exists(meeting)) return reject(ErrorCode::not_found);
  if (meeting.is_closed()) return reject(ErrorCode::not_now, "The meeting is closed; its papers stay as they are.");
  if (auto open = not_cancelled(meeting); !open) return std::unexpected(open.error());
  const auto kind = look_at(command);
  if (!kind) return std::unexpected(file_refused(files::code(kind.error()), files::sentence(kind.error())));
  if (unfinished_of(*context.actor().person, context) >= k_uploads_max) {
    return reject(ErrorCode::not_now, fmt::format("You have {} files that are on their way and not finished. Finish or cancel one first; "
                                                  "what is left alone is removed after a day.", k_uploads_max));
  }
  const auto id = UploadId::from_trusted(context.aggregate_id());
  const auto type = paper_kind(*kind);
  return Decided{{UploadBegun{id, command.meeting, meeting.body, *context.actor().person, type, command.bytes.value, context.now()}},
                 {{"upload", id.str()}}, MeetingAggregate::topic(command.meeting.str())};
}

DecidedUpload decide(const Upload& upload, const wire::CancelUpload& command, domain::Context& context) {
  if (upload.is_over) return Decided{};
  context.drop_upload(command.upload.str());
  return Decided{{UploadCancelled{}}, {}, {}};
}

DecidedUpload decide(const Upload& upload, const UploadIsOld&, domain::Context& context) {
  if (!upload.begun || upload.is_over || context.now() < upload.begun->at + k_upload_kept) return Decided{};
  context.drop_upload(upload.begun->upload.str());
  return Decided{{UploadExpired{}}, {}, {}};
}

Upload UploadAggregate::evolve(Upload upload, const UploadEvent& event) {
  if (const auto* begun = std::get_if<UploadBegun>(&event)) upload.begun = *begun;
  else upload.is_over = true;
  return upload;
}

void UploadAggregate::present(const UploadEvent&, const domain::EventInfo&, const Upload& after, domain::Presenter& presenter) {
  const std::string index(k_upload_index);
  if (after.is_over) presenter.drop(index, std::string(k_private_audience), after.begun->upload.str());
  else presenter.put_private(index, after.begun->upload.str(), codec::encode(*after.begun));
}

domain::AuditLine UploadAggregate::describe(const UploadEvent& event, const Upload&, const Upload& after, const domain::Rows&) {
  const auto& begun = *after.begun;
  const auto file = fmt::format("a {} of {}", begun.kind == wire::PaperKind::pdf ? "PDF" : begun.kind == wire::PaperKind::docx ? "Word document" : "text", size_in_words(begun.bytes));
  const auto line = [&](std::string what, std::string from, std::string to) {
    return domain::AuditLine{std::move(what), begun.body, std::move(from), std::move(to), {}};
  };
  return std::visit(domain::overloaded{
                        [&](const UploadBegun&) { return line("Began to hand in " + file, "", "On its way"); },
                        [&](const UploadUsed&) { return line("Finished handing in " + file, "On its way", "A paper's file"); },
                        [&](const UploadCancelled&) { return line("Cancelled handing in " + file, "On its way", "Removed"); },
                        [&](const UploadExpired&) { return line("Nobody went on handing in " + file, "On its way", "Removed"); },
                    },
                    event);
}

}  // namespace witan::meetings
