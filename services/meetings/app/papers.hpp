#pragma once

#include <functional>
#include <memory>
#include <string>

#include "services/meetings/domain/papers/paper.hpp"
#include "shared/base/config.hpp"
#include "shared/service/definition.hpp"

namespace witan::meetings {

/// Where the bytes of papers are, and who looks into them.
struct PaperDesk {
  /// Under which they are encrypted. Null: no bytes are taken.
  std::shared_ptr<const crypto::Secret> key = {};
  /// What has been handed in so far, as the file that its name said: how long it is, or why it is not taken. Takes its time.
  std::function<Result<std::int64_t>(const std::string& upload, wire::PaperKind kind)> look_into = {};
  /// What can be read of a file that was kept. Takes its time. Throws when another try may succeed. Empty: nothing is looked through.
  std::function<LookedThrough(const PaperFile& file)> look_through = {};
  /// The program for it was not to be had a moment ago. Then one paper is tried and not all of them.
  std::function<bool()> is_looking_in_vain = {};
  /// Ends that, and `scan`, soon, from any thread: the service stops.
  std::function<void()> abandon = {};
  /// Why a whole upload that was looked into is not taken: `file_refused`, or `unavailable` when nobody can say. Takes its time. Empty: there
  /// is no scanner.
  std::function<Result<void>(const std::string& upload)> scan = {};
};

/// The key from the secrets folder, made when it is not there, and the service's own file.
PaperDesk paper_desk(const Config& config);

/// Who prepares the meetings of the body whose meeting it is. To everybody else a draft is not there.
Result<void> may_prepare(const Actor& actor, const std::string& meeting, const domain::Rows& rows);

/// Papers and uploads: their aggregates, and who may do what with them.
void add_papers(service::Builder& builder, const PaperDesk& desk);

}  // namespace witan::meetings
