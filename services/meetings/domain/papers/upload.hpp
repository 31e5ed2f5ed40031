#pragma once

#include <optional>
#include <variant>

#include "shared/contract/domain.hpp"
#include "shared/contract/meetings.hpp"

/// A file on its way: who hands it in, and for which meeting. Its bytes are elsewhere (storage::FileTable), under the same name.
namespace witan::meetings {

namespace wire = contract::meetings;

struct UploadBegun {
  static constexpr std::string_view k_type = "upload_begun";
  UploadId upload;
  MeetingId meeting;
  BodyId body;
  PersonId by;
  wire::PaperKind kind = wire::PaperKind::pdf;  ///< As its name says.
  std::int64_t bytes = 0;                       ///< Of the whole file.
  Timestamp at;
};
BOOST_DESCRIBE_STRUCT(UploadBegun, (), (upload, meeting, body, by, kind, bytes, at))

/// It has become the file of a paper.
struct UploadUsed {
  static constexpr std::string_view k_type = "upload_used";
};
BOOST_DESCRIBE_STRUCT(UploadUsed, (), ())

struct UploadCancelled {
  static constexpr std::string_view k_type = "upload_cancelled";
};
BOOST_DESCRIBE_STRUCT(UploadCancelled, (), ())

/// Nobody went on with it. Comes by itself.
struct UploadExpired {
  static constexpr std::string_view k_type = "upload_expired";
};
BOOST_DESCRIBE_STRUCT(UploadExpired, (), ())

using UploadEvent = std::variant<UploadBegun, UploadUsed, UploadCancelled, UploadExpired>;

struct Upload {
  std::optional<UploadBegun> begun;
  bool is_over = false;
};

/// An upload may have been left for a day. It is to be gone on with by then.
struct UploadIsOld {};

inline constexpr std::chrono::hours k_upload_kept{24};
/// Of one person, at once.
inline constexpr std::size_t k_uploads_max = 5;

/// Private: key `<upload>`, value UploadBegun, of those that are not over.
inline constexpr std::string_view k_upload_index = "index/uploads";

struct UploadAggregate {
  static constexpr std::string_view k_kind = "upload";
  using State = Upload;
  using Event = UploadEvent;

  static Upload evolve(Upload upload, const UploadEvent& event);
  static bool exists(const Upload& upload) { return upload.begun.has_value(); }
  static std::string topic(std::string_view) { return "meetings"; }
  static void present(const UploadEvent& event, const domain::EventInfo& when, const Upload& after, domain::Presenter& presenter);
  static std::optional<json::object> publish(const UploadEvent&, const domain::Rows&) { return std::nullopt; }
  static domain::AuditLine describe(const UploadEvent& event, const Upload& before, const Upload& after, const domain::Rows& rows);
};

using DecidedUpload = Result<domain::Decided<UploadEvent>>;
DecidedUpload decide(const Upload& upload, const wire::BeginUpload& command, domain::Context& context);
DecidedUpload decide(const Upload& upload, const wire::CancelUpload& command, domain::Context& context);
DecidedUpload decide(const Upload& upload, const UploadIsOld& old, domain::Context& context);

/// Why a file is not taken, for the field in which it was chosen. `fault` is stable: programs may rely on it.
Rejection file_refused(std::string fault, std::string sentence);

}  // namespace witan::meetings
