#pragma once

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gateway/papers/zip.hpp"
#include "shared/contract/meetings.hpp"
#include "shared/crypto/sha256.hpp"

/// All papers of a meeting that somebody may read, as one file that is never in memory whole.
namespace witan::papers {

/// A paper that goes into the pack.
struct PackFile {
  std::string paper;
  std::int64_t version = 1;
  ZipEntry entry;
  std::string sha256;  ///< Once its bytes have gone by.
};

/// The agenda as the reader's own page shows it.
struct PackAgenda {
  contract::meetings::MeetingView meeting;
  std::vector<contract::meetings::AgendaItemView> items;
};

/// Whether the reader's page offers the paper's file.
bool has_file(const contract::meetings::PaperView& paper);
/// "03.01 Regional productivity v2.pdf": in the order of the agenda also where files are sorted by name, each part of the number with `digits`; and no two
/// alike, also where capitals are not told from small letters.
std::string pack_name(std::string_view item_number, std::size_t digits, std::string_view title, std::int64_t version, std::string_view ending,
                      const std::vector<PackFile>& before);
/// The last entry: what the pack has, with checksums, and what it has not. As long whatever the checksums are.
std::string pack_index(const PackAgenda& agenda, const std::vector<PackFile>& files);

/// On its way out. Used by one coroutine.
class Pack {
 public:
  /// What a file has from the offset on, some of it.
  using Read = std::function<boost::asio::awaitable<Result<std::string>>(const PackFile& file, std::uint64_t offset)>;

  Pack(PackAgenda agenda, std::vector<PackFile> files);
  std::uint64_t bytes() const { return bytes_; }
  /// Each time some more of it; an error once a file cannot be read to its end.
  boost::asio::awaitable<Result<std::string>> next(const Read& read);

 private:
  std::string end();

  PackAgenda agenda_;
  std::vector<PackFile> files_;
  std::uint64_t bytes_ = 0;
  std::size_t at_ = 0;        ///< Which file,
  std::uint64_t within_ = 0;  ///< and how much of it has gone out.
  crypto::Sha256 hash_;
};

}  // namespace witan::papers
