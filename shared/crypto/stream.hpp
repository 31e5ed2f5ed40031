#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/crypto/crypto.hpp"

/// Long things in pieces: libsodium's secretstream (XChaCha20-Poly1305) and BLAKE2b, so that nothing is in memory whole.
namespace witan::crypto {

/// How much longer a sealed piece is than what is in it.
inline constexpr std::size_t k_sealed_bytes_more = 17;

/// Encrypts a row of pieces. No piece can be changed, left out, doubled or put elsewhere unnoticed, and the last is marked.
class SealingStream {
 public:
  /// Under a key of its own, worked out from `key` and `purpose`.
  SealingStream(std::string_view purpose, const Secret& key);
  SealingStream(SealingStream&&) noexcept;
  ~SealingStream();
  /// Not secret; kept beside the pieces, and needed to read them.
  const std::string& header() const { return header_; }
  std::string seal(std::string_view plain, bool is_last);

 private:
  friend class OpeningStream;
  struct State;
  SealingStream(std::string header, std::unique_ptr<State> state);
  std::string header_;
  std::unique_ptr<State> state_;
};

class OpeningStream {
 public:
  OpeningStream(std::string_view purpose, std::string header, const Secret& key);
  OpeningStream(OpeningStream&&) noexcept;
  ~OpeningStream();
  /// One more that stands at the same place: for coming back to it later.
  OpeningStream copy() const;
  struct Piece {
    std::string plain;
    bool is_last = false;
  };
  /// Nothing for a piece that is not the next one of this stream.
  std::optional<Piece> open(std::string_view sealed);
  /// Goes on writing after the pieces that were read. The stream is not read any further then.
  SealingStream go_on() &&;

 private:
  OpeningStream(std::string header, std::unique_ptr<SealingStream::State> state);
  std::string header_;
  std::unique_ptr<SealingStream::State> state_;
};

/// BLAKE2b-256 of pieces, as `blake2b_text` of the whole.
class PieceHash {
 public:
  explicit PieceHash(std::string_view key = {});
  PieceHash(PieceHash&&) noexcept;
  ~PieceHash();
  void add(std::string_view piece);
  /// Once, at the end.
  std::string text();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace witan::crypto
