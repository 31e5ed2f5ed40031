#include "shared/crypto/stream.hpp"

#include <sodium.h>

#include "shared/base/assert.hpp"
#include "shared/base/ids.hpp"

namespace witan::crypto {

namespace {

static_assert(k_sealed_bytes_more == crypto_secretstream_xchacha20poly1305_ABYTES);

const unsigned char* raw(std::string_view bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

Secret key_for(std::string_view purpose, const Secret& key) { return Secret(blake2b("stream " + std::string(purpose), key.bytes())); }

}  // namespace

struct SealingStream::State {
  crypto_secretstream_xchacha20poly1305_state stream{};
  ~State() { sodium_memzero(&stream, sizeof stream); }
};

SealingStream::SealingStream(std::string_view purpose, const Secret& key)
    : header_(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0'), state_(std::make_unique<State>()) {
  start();
  const auto own = key_for(purpose, key);
  ASSERT(crypto_secretstream_xchacha20poly1305_init_push(&state_->stream, raw(header_), raw(own.bytes())) == 0);
}

SealingStream::SealingStream(std::string header, std::unique_ptr<State> state) : header_(std::move(header)), state_(std::move(state)) {}
SealingStream::SealingStream(SealingStream&&) noexcept = default;
SealingStream::~SealingStream() = default;

std::string SealingStream::seal(std::string_view plain, bool is_last) {
  std::string sealed(plain.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
  const unsigned char tag = is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
  ASSERT(crypto_secretstream_xchacha20poly1305_push(&state_->stream, raw(sealed), nullptr, raw(plain), plain.size(), nullptr, 0, tag) == 0);
  return sealed;
}

OpeningStream::OpeningStream(std::string_view purpose, std::string header, const Secret& key)
    : header_(std::move(header)), state_(std::make_unique<SealingStream::State>()) {
  start();
  const auto own = key_for(purpose, key);
  ASSERT(header_.size() == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  ASSERT(crypto_secretstream_xchacha20poly1305_init_pull(&state_->stream, raw(header_), raw(own.bytes())) == 0);
}

OpeningStream::OpeningStream(std::string header, std::unique_ptr<SealingStream::State> state) : header_(std::move(header)), state_(std::move(state)) {}
OpeningStream::OpeningStream(OpeningStream&&) noexcept = default;
OpeningStream::~OpeningStream() = default;

OpeningStream OpeningStream::copy() const { return {header_, std::make_unique<SealingStream::State>(*state_)}; }

std::optional<OpeningStream::Piece> OpeningStream::open(std::string_view sealed) {
  if (sealed.size() < crypto_secretstream_xchacha20poly1305_ABYTES) return std::nullopt;
  Piece piece{std::string(sealed.size() - crypto_secretstream_xchacha20poly1305_ABYTES, '\0'), false};
  unsigned char tag = 0;
  const bool is_next = crypto_secretstream_xchacha20poly1305_pull(&state_->stream, raw(piece.plain), nullptr, &tag, raw(sealed), sealed.size(),
                                                                  nullptr, 0) == 0;
  piece.is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return is_next ? std::optional(std::move(piece)) : std::nullopt;
}

/// Writer and reader of a stream go through the same states, piece by piece (libsodium's documentation, "Algorithm").
SealingStream OpeningStream::go_on() && { return {std::move(header_), std::move(state_)}; }

struct PieceHash::State {
  crypto_generichash_state hash{};
};

PieceHash::PieceHash(std::string_view key) : state_(std::make_unique<State>()) {
  start();
  ASSERT(crypto_generichash_init(&state_->hash, key.empty() ? nullptr : raw(key), key.size(), crypto_generichash_BYTES) == 0);
}

PieceHash::PieceHash(PieceHash&&) noexcept = default;
PieceHash::~PieceHash() = default;

void PieceHash::add(std::string_view piece) { ASSERT(crypto_generichash_update(&state_->hash, raw(piece), piece.size()) == 0); }

std::string PieceHash::text() {
  std::string digest(crypto_generichash_BYTES, '\0');
  ASSERT(crypto_generichash_final(&state_->hash, raw(digest), digest.size()) == 0);
  return base32(raw(digest), digest.size());
}

}  // namespace witan::crypto
