#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace witan {

/// Lower-case base32 (RFC 4648 alphabet, no padding) of `bytes`.
std::string base32(const std::uint8_t* bytes, std::size_t size);

/// 128 random bits from the kernel, as 26 characters of base32.
std::string random_id_text();

/// True for 26 characters of lower-case base32.
bool is_id_text(std::string_view text);

/// The name of one thing of one kind: 128 random bits written as 26 characters, so that a `MeetingId`
/// cannot stand where a `PersonId` is meant. A default-constructed id is empty and names nothing.
template <class Tag>
class Id {
 public:
  Id() = default;
  static std::optional<Id> parse(std::string_view text) {
    if (!is_id_text(text)) return std::nullopt;
    return Id(std::string(text));
  }
  static Id random() { return Id(random_id_text()); }
  /// For ids made elsewhere by the same rule (for example by a command's context).
  static Id from_trusted(std::string text) { return Id(std::move(text)); }

  const std::string& str() const { return text_; }
  bool empty() const { return text_.empty(); }
  auto operator<=>(const Id&) const = default;

 private:
  explicit Id(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

using PersonId = Id<struct PersonTag>;
using OrganisationId = Id<struct OrganisationTag>;
using BodyId = Id<struct BodyTag>;
using SeatId = Id<struct SeatTag>;
using MeetingId = Id<struct MeetingTag>;
using AgendaItemId = Id<struct AgendaItemTag>;
using PaperId = Id<struct PaperTag>;
using UploadId = Id<struct UploadTag>;
using SeriesId = Id<struct SeriesTag>;
using DecisionId = Id<struct DecisionTag>;
using ActionId = Id<struct ActionTag>;
using CorrectionId = Id<struct CorrectionTag>;
using EngagementId = Id<struct EngagementTag>;
using ConsultationId = Id<struct ConsultationTag>;
using CommentId = Id<struct CommentTag>;
using MailId = Id<struct MailTag>;

}  // namespace witan

template <class Tag>
struct std::hash<witan::Id<Tag>> {
  std::size_t operator()(const witan::Id<Tag>& id) const noexcept { return std::hash<std::string>()(id.str()); }
};
